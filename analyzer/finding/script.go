package finding

import (
	"unicode"
	"unicode/utf8"
)

// script is a set of digits: 0 for those of ASCII, however they are written, han for Chinese
// numerals, and else the character for nought.
type script rune

const han script = '零'

// numerals are sets of ten digits that Unicode does not call decimal digits.
var numerals = []string{"⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉", "⓪①②③④⑤⑥⑦⑧⑨", "⓿❶❷❸❹❺❻❼❽❾"}

// hanNumerals are the ways to write Chinese digits.
var hanNumerals = []string{"零一二三四五六七八九", "〇幺贰叁肆伍陆柒捌玖", "〇壹貳參肆伍陸柒捌玖"}

// otherDigits are the digits in both, by character.
var otherDigits = func() map[rune]digit {
	all := map[rune]digit{}
	add := func(set string, s script) {
		value := byte('0')
		for _, r := range set {
			all[r] = digit{value: value, script: s}
			value++
		}
	}
	for _, set := range numerals {
		zero, _ := utf8.DecodeRuneInString(set)
		add(set, script(zero))
	}
	for _, set := range hanNumerals {
		add(set, han)
	}
	return all
}()

// otherDigit reads a digit at i that is neither ASCII nor full width: １ is, and ١, १, 𝟏, ①, 一 and
// 壹 are others.
func otherDigit(s string, i int) (digit, bool) {
	r, size := utf8.DecodeRuneInString(s[i:])
	d, ok := otherDigits[r]
	if !ok && unicode.Is(unicode.Nd, r) {
		d, ok = decimal(r), true
	}
	d.from, d.to = i, i+size
	return d, ok
}

// decimal is a decimal digit of Unicode: they come in sets of ten.
func decimal(r rune) digit {
	for _, set := range unicode.Nd.R16 {
		if rune(set.Lo) <= r && r <= rune(set.Hi) {
			n := (r - rune(set.Lo)) % 10
			return digit{value: '0' + byte(n), script: script(r - n)}
		}
	}
	for _, set := range unicode.Nd.R32 {
		if rune(set.Lo) <= r && r <= rune(set.Hi) {
			n := (r - rune(set.Lo)) % 10
			return digit{value: '0' + byte(n), script: script(r - n)}
		}
	}
	return digit{}
}

// asterisks hide a character of so many bytes with as many, and as many UTF-16 units.
var asterisks = [...]string{1: "*", 2: "×", 3: "＊", 4: "🞶"}

// asteriskFor is the one for the character at the beginning of s.
func asteriskFor(s string) string {
	_, size := utf8.DecodeRuneInString(s)
	return asterisks[max(1, size)]
}
