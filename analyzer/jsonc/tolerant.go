package jsonc

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/source"
)

// maxFaults bounds how many faults Tolerant passes over.
const maxFaults = 50

// Tolerant is Parse for a file that is read by a parser which passes over faults, as that of uni-app does (jsonc-parser,
// which @dcloudio/uni-cli-shared uses in src/json/json.ts; read 2026-12): it takes a comma and brackets at the end that are
// missing as given, and leaves out what comes after the value. It returns these faults; err is one that it does not pass over.
//
//	{ "pages": [{ "path": "a" } { "path": "b" }] } }
func Tolerant(f *source.File) (v *Value, faults []*Error, err error) {
	text := f.Text
	for range maxFaults {
		v, err = Parse(source.NewFile(f.Path, text))
		fault, ok := err.(*Error)
		if !ok {
			v.clip(int32(len(f.Text)))
			return v, faults, err
		}
		at := int(fault.Location.Span.Start)
		switch fault.Message {
		case missingComma:
			space := blankBefore(text, at)
			if space < 0 {
				return nil, faults, err
			}
			text = text[:space] + "," + text[space+1:]
		case behindTheEnd:
			text = text[:at] + strings.Repeat(" ", len(text)-at)
		case endsEarly:
			missing := closers(text)
			if missing == "" {
				return nil, faults, err
			}
			text += missing
		default:
			return nil, faults, err
		}
		fault.Location.File = f
		faults = append(faults, fault)
	}
	return nil, faults, err
}

// blankBefore is the offset of a blank just before at that can become a comma; -1 if there is none. A comma in the place
// of a line end would be part of a comment that ends there.
func blankBefore(text string, at int) int {
	if at == 0 || strings.IndexByte(" \t\r\n", text[at-1]) < 0 {
		return -1
	}
	if text[at-1] == ' ' || text[at-1] == '\t' {
		return at - 1
	}
	line := strings.LastIndexByte(text[:at-1], '\n') + 1
	if comment := lineComment.FindStringIndex(text[line : at-1]); comment != nil {
		return line + comment[0]
	}
	return at - 1
}

// lineComment finds the blank before a comment, and not the slashes of "https://a".
var lineComment = regexp.MustCompile(`[ \t]//`)

// closers are the brackets that are missing at the end of a text; "" if it ends in a string or comment.
func closers(text string) string {
	var open []byte
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '{', '[':
			open = append(open, c+2) // } is two behind {, and ] behind [
		case '}', ']':
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			if i >= len(text) {
				return ""
			}
		case '/':
			if i = skipComment(text, i); i >= len(text) {
				return ""
			}
		}
	}
	slices.Reverse(open)
	return string(open)
}

// clip ends the spans in v at end.
func (v *Value) clip(end int32) {
	v.Span.End = min(v.Span.End, end)
	for _, e := range v.Elems {
		e.clip(end)
	}
	for _, m := range v.Members {
		m.Span.End = min(m.Span.End, end)
		m.Value.clip(end)
	}
}
