package script

import (
	"errors"
	"regexp"
	"strings"

	goja "github.com/dop251/goja/parser"
)

var errUnlike = errors.New("the expression means something else in Go")

// InGo returns the expression as one of Go's, which does not know \m, the letter m, or [^],
// anything. It fails if Go does not know something in the expression, such
// as a look-around or a name of a group, or a flag other than i and g; g says nothing of what
// matches.
func (r *Regexp) InGo() (*regexp.Regexp, error) {
	if strings.Trim(r.Flags, "gi") != "" {
		return nil, errUnlike
	}
	pattern, err := goja.TransformRegExp(r.Pattern, false, false)
	if err != nil {
		return nil, err
	}
	if strings.Contains(pattern, "(?P<") || strings.Contains(pattern, "(?<") {
		return nil, errUnlike
	}
	if strings.Contains(r.Flags, "i") {
		pattern = "(?i)" + pattern
	}
	return regexp.Compile(pattern)
}
