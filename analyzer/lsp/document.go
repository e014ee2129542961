package lsp

import (
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/source"
)

// document is a file that is open in the editor.
type document struct {
	uri     string // as the editor spells it
	version int
	file    *source.File
	edits   []edit // since the text that the folder's last report is about
}

// edit is one change of a text: the bytes from Start to End were replaced by
// Length new ones.
type edit struct {
	source.Span
	Length int32
}

func newDocument(name string, d textDocument) *document {
	return &document{uri: d.URI, version: d.Version, file: newFile(name, d.Text)}
}

// newFile makes a file of text from the editor, which may hold half a surrogate
// pair.
func newFile(name, text string) *source.File {
	return source.NewFile(name, strings.ToValidUTF8(text, string(utf8.RuneError)))
}

// replace changes a range of the text, all of it if there is none.
func (d *document) replace(r *textRange, text string) {
	old := d.file.Text
	text = strings.ToValidUTF8(text, string(utf8.RuneError))
	var e edit
	if r == nil {
		e = difference(old, text)
		text = text[e.Start : e.Start+e.Length]
	} else {
		span := spanOf(d.file, *r)
		e = edit{span, int32(len(text))}
	}
	d.file = source.NewFile(d.file.Path, old[:e.Start]+text+old[e.End:])
	d.edits = append(d.edits, e)
}

// difference is the edit that turns a into b.
func difference(a, b string) edit {
	span, text := source.Difference(a, b)
	return edit{span, int32(len(text))}
}

// now turns a span of the analyzed text into one of the present text. ok is false
// if the text of the span itself was changed.
func (d *document) now(s source.Span) (moved source.Span, ok bool) {
	for _, e := range d.edits {
		switch shift := e.Length - int32(e.Len()); {
		case e.Start >= s.End:
		case e.End <= s.Start:
			s.Start += shift
			s.End += shift
		default:
			return s, false
		}
	}
	return s, true
}

// spanOf converts a range. Places outside the text are clamped to it.
func spanOf(f *source.File, r textRange) source.Span {
	start, end := offsetOf(f, r.Start), offsetOf(f, r.End)
	return source.Span{Start: start, End: max(start, end)}
}

// offsetOf converts a position. One behind the end of a line means that end, as the
// specification has it.
func offsetOf(f *source.File, p position) int32 {
	if p.Line < 0 {
		return 0
	}
	if p.Line >= f.Lines() {
		return int32(len(f.Text))
	}
	line, offset := f.Line(p.Line + 1)
	units := p.Character
	for _, r := range line {
		if units -= source.UTF16Len(string(r)); units < 0 {
			break
		}
		offset += int32(utf8.RuneLen(r))
	}
	return offset
}

// rangeOf is the inverse of spanOf.
func rangeOf(f *source.File, s source.Span) textRange {
	at := func(offset int32) position {
		p := f.Position(offset)
		return position{p.Line - 1, p.Column - 1}
	}
	return textRange{at(s.Start), at(s.End)}
}

var drive = regexp.MustCompile(`^/[A-Za-z]:`)

// pathOf returns the file that a URI names, "" if it names none on this
// machine.
func pathOf(uri string) string {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" || u.Path == "" || u.Host != "" && u.Host != "localhost" {
		return ""
	}
	name := u.Path
	if drive.MatchString(name) {
		name = strings.ToUpper(name[1:2]) + name[2:]
	}
	return filepath.Clean(filepath.FromSlash(name))
}

// uriOf is the inverse of pathOf.
func uriOf(name string) string {
	name = filepath.ToSlash(name)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name
	}
	return (&url.URL{Scheme: "file", Path: name}).String()
}
