// Package policy reads the text of a privacy policy and compares it with the code. It
// takes a file (plain text, Markdown, HTML or Word) and gives what the text says it
// collects, denies to collect and grants, each with its sentence; then what the code
// collects and the text does not say, what the text says and the code does not show, and
// which of the parts that the law asks for are missing.
//
// It goes by words, sentence by sentence: lists belong to the sentence that introduces
// them, a denial (不会收集) holds for its clause, and definitions of the law and the
// operator's own contact data are left out. docs/accuracy.md says how well that works.
package policy

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/lang"
)

// MaxSize is the size in bytes above which a policy is refused, packed or unpacked.
const MaxSize = 1 << 20

// Line is a line of a policy, or a paragraph of a Word document.
type Line struct {
	Text    string
	Number  int  // from 1
	Heading bool // as the format says
}

var errTooLarge = &lang.Fault{ZH: "文件过大", EN: "the file is too large"}

// Read gives the lines of a policy by the suffix of its name: .md, .html, .htm, .docx,
// anything else is plain text. The error says what is wrong with the file.
func Read(name string, data []byte) ([]Line, error) {
	if len(data) > MaxSize {
		return nil, errTooLarge
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".docx":
		return readWord(data)
	case ".doc", ".pdf":
		return nil, &lang.Fault{ZH: "不支持这种格式；请另存为 docx、html、md 或 txt", EN: "this format is not supported; save it as docx, html, md or txt"}
	}
	if !utf8.Valid(data) {
		return nil, &lang.Fault{ZH: "不是 UTF-8 文本；请另存为 UTF-8", EN: "this is no UTF-8 text; save it as UTF-8"}
	}
	text := strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n")
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return readHTML(text), nil
	}
	var out []Line
	for i, line := range strings.Split(text, "\n") {
		bare := strings.TrimSpace(html.UnescapeString(tag().ReplaceAllString(line, " ")))
		out = append(out, Line{Text: markdown.Replace(strings.TrimLeft(bare, "#")), Number: i + 1, Heading: strings.HasPrefix(bare, "#")})
	}
	return out, nil
}

// markdown drops what Markdown puts around words.
var markdown = strings.NewReplacer("**", "", "__", "", "`", "", "|", " ｜ ", "&nbsp;", " ")

var (
	unseen = pattern(`(?is)<(script|style|head)\b.*?</(?:script|style|head)\s*>|<!--.*?-->`)
	tag    = pattern(`(?s)</?([a-zA-Z][a-zA-Z0-9-]*)(?:"[^"]*"|'[^']*'|[^>"'])*>`)
	inline = map[string]bool{"a": true, "b": true, "strong": true, "em": true, "i": true, "u": true, "span": true, "font": true,
		"text": true, "mark": true, "sub": true, "sup": true, "small": true}
	heading = pattern(`^h[1-6]$`)
)

// readHTML gives the text between tags: inline elements do not break a line, table cells are
// apart.
func readHTML(text string) []Line {
	text = unseen().ReplaceAllStringFunc(text, func(s string) string { return strings.Repeat("\n", strings.Count(s, "\n")) })
	var out []Line
	var b strings.Builder
	line, start, isHeading := 1, 1, false
	flush := func() {
		if t := strings.Join(strings.Fields(html.UnescapeString(b.String())), " "); t != "" {
			out = append(out, Line{t, start, isHeading})
		}
		b.Reset()
		start, isHeading = line, false
	}
	for rest := text; rest != ""; {
		at := tag().FindStringSubmatchIndex(rest)
		if at == nil {
			b.WriteString(rest)
			break
		}
		if b.Len() == 0 {
			start = line + strings.Count(rest[:at[0]], "\n") - strings.Count(strings.TrimLeft(rest[:at[0]], " \t\n"), "\n")
		}
		b.WriteString(rest[:at[0]])
		name := strings.ToLower(rest[at[2]:at[3]])
		line += strings.Count(rest[:at[1]], "\n")
		switch {
		case inline[name]:
		case name == "td" || name == "th":
			b.WriteString(" ｜ ")
		default:
			isHeading = isHeading || heading().MatchString(name) && rest[at[0]+1] == '/'
			flush()
		}
		rest = rest[at[1]:]
	}
	flush()
	return out
}

// readWord gives the paragraphs of a Word document.
func readWord(data []byte) ([]Line, error) {
	notWord := &lang.Fault{ZH: "不是 Word 文档（docx）", EN: "this is no Word document (docx)"}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, notWord
	}
	f, err := z.Open("word/document.xml")
	if err != nil {
		return nil, notWord
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, MaxSize+1))
	switch {
	case err != nil:
		return nil, notWord
	case len(text) > MaxSize:
		return nil, errTooLarge
	}
	var out []Line
	line := Line{Number: 1}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, notWord
		}
		switch t := token.(type) {
		case xml.StartElement:
			if t.Name.Local == "pStyle" {
				for _, a := range t.Attr {
					line.Heading = line.Heading || strings.HasPrefix(strings.ToLower(a.Value), "heading")
				}
			}
		case xml.CharData:
			line.Text += string(t)
		case xml.EndElement:
			if t.Name.Local == "p" {
				line.Text = strings.TrimSpace(line.Text)
				out = append(out, line)
				line = Line{Number: line.Number + 1}
			}
		}
	}
}
