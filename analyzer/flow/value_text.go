package flow

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"github.com/dop251/goja/ftoa"
)

// Texts and numbers as the language has them.

// formatNumber returns the text of a number.
func formatNumber(n float64) string {
	if n == math.Trunc(n) && math.Abs(n) < 1e15 {
		return strconv.FormatInt(int64(n), 10)
	}
	return string(ftoa.FToStr(n, ftoa.ModeStandard, 0, nil))
}

// utf16Length is the length that a text has for the language.
func utf16Length(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// lessText is s < t, by UTF-16 units.
func lessText(s, t string) bool {
	return slices.Compare(utf16.Encode([]rune(s)), utf16.Encode([]rune(t))) < 0
}
