package detectors

import (
	"regexp"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// What JSON files hold besides their values: comments, and, in files that are too large
// to be parsed, text.

// comments looks through the comments of a JSON file.
func (l *literals) comments() {
	text := l.file.Text
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			i = closingQuote(text, i)
		case text[i] == '/' && i+1 < len(text) && (text[i+1] == '/' || text[i+1] == '*'):
			end := commentEnd(text, i)
			l.text(text[i+2:end], "", source.Span{Start: int32(i + 2), End: int32(end)})
			i = end - 1
		}
	}
}

// closingQuote returns the place of the quote that ends the string at i.
func closingQuote(text string, i int) int {
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}

var (
	lineEnd  = regexp.MustCompile(`[\r\n]|$`)
	blockEnd = regexp.MustCompile(`\*/|$`)
)

// commentEnd returns the end of the comment at i, without its closing mark.
func commentEnd(text string, i int) int {
	end := lineEnd
	if text[i+1] == '*' {
		end = blockEnd
	}
	return i + 2 + end.FindStringIndex(text[i+2:])[0]
}

// maxPlaces bounds what is reported of one file that is not parsed: the first places
// tell what it is.
const maxPlaces = 20

// keyBefore is the key of a value in front of which a text ends.
var keyBefore = regexp.MustCompile(`"([^"\\]{1,40})"\s*:\s*"?$`)

// unparsed looks through the text of a JSON file that is too large to be parsed. A
// number counts by the key in front of it.
func (l *literals) unparsed() {
	const before = 64 // bytes in which the key is looked for
	text, places := l.file.Text, 0
	for _, n := range finding.PersonNumbers(text) {
		key := ""
		if m := keyBefore.FindStringSubmatch(text[max(0, n.Start-before):n.Start]); m != nil {
			key = m[1]
		}
		phone := n.Category == finding.Phone
		if places == maxPlaces || made(n) || !alone(text, []int{n.Start, n.End}) || l.public(key) ||
			(phone && control.Identifier(key).Weight(finding.Phone) <= control.Weak) {
			continue
		}
		places++
		l.report(n.Category, finding.High, text[n.Start:n.End], key, source.Span{Start: int32(n.Start), End: int32(n.End)})
	}
}
