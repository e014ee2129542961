package suppress

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// keywords begin a comment that accepts findings, each as something else:
//
//	// beian-accept field/phone: 用于预约回访
//	/* beian-ignore api/location, api/contacts: … */
//	<!-- beian-ignore field/phone: 门店自己的电话 -->
//	{/* beian-accept field/phone: … */}
//
// In a script and in JSON, the comment is about its own line if there is code
// before it, else about the line of the next code. In a template it is about the
// element that follows.
var keywords = []struct {
	word string
	as   finding.AcceptedAs
}{
	{"beian-accept", finding.Known},
	{"beian-ignore", finding.NotPersonal},
}

// Keyword begins the comments that accept a finding as the given act.
func Keyword(as finding.AcceptedAs) string {
	for _, k := range keywords {
		if k.as == as {
			return k.word
		}
	}
	return ""
}

// holdsKeyword reports whether text may hold a comment that accepts.
func holdsKeyword(text string) bool {
	for _, k := range keywords {
		if strings.Contains(text, k.word) {
			return true
		}
	}
	return false
}

// comment is one such comment.
type comment struct {
	location source.Location
	keyword  string
	as       finding.AcceptedAs
	rules    []string
	reason   string
	wrong    lang.Text   // what is malformed; zero if nothing is
	line     int         // that it is about; 0 in a template
	element  source.Span // start tag of the element that it is about, in a template
	used     map[string]bool
}

// commented is the comments of one file.
type commented struct {
	comments  []*comment
	reachable bool // a finding at that place would have been made
}

// covers reports whether c accepts f, whose file is that of c.
func (c *comment) covers(f *finding.Finding) bool {
	if c.wrong != (lang.Text{}) || !slices.Contains(c.rules, f.Rule.ID) {
		return false
	}
	if c.line == 0 {
		return c.element == f.Location.Span
	}
	return f.Location.Start().Line == c.line
}

// comments collects the comments of p's own scripts, templates and configuration,
// and of any other file that has a finding.
func comments(p *project.Program, found []finding.Finding) map[*source.File]*commented {
	files := map[*source.File]*commented{}
	at := func(f *source.File, reachable bool) *commented {
		if files[f] == nil {
			files[f] = &commented{reachable: reachable}
		}
		return files[f]
	}
	for _, m := range p.Modules {
		if m.Tree != nil && m.Library == "" && holdsKeyword(m.File.Text) {
			at(m.File, m.Reachable).script(m.File, m.Tree.Comments)
		}
	}
	for _, v := range p.Views {
		if v.Tree != nil && holdsKeyword(v.File.Text) {
			at(v.File, v.Reachable).template(v.File, v.Tree.Nodes)
		}
	}
	var configs []*source.File
	if p.Config != nil {
		configs = append(configs, p.Config.File)
	}
	for _, u := range p.Units {
		if u.Library == "" {
			configs = append(configs, u.ConfigFile)
		}
	}
	for i := range found {
		if f := found[i].Location.File; f != nil && strings.HasSuffix(f.Path, ".json") {
			configs = append(configs, f)
		}
	}
	read := map[string]bool{} // by path: a file with the app and its configuration may have been read twice
	for f := range files {
		read[f.Path] = true
	}
	for _, f := range configs {
		if f != nil && !read[f.Path] && holdsKeyword(f.Text) {
			read[f.Path] = true
			at(f, true).script(f, jsonComments(f.Text))
		}
	}
	for _, f := range files {
		slices.SortStableFunc(f.comments, byPlace)
	}
	return files
}

// stars are what block comments begin their lines with.
var stars = regexp.MustCompile(`\r?\n[ \t]*\*`)

// script adds comments that are about lines.
func (s *commented) script(f *source.File, all []script.Comment) {
	lines := map[int32]int{}
	for i, c := range all {
		text := f.Slice(c.Span)
		switch {
		case strings.HasPrefix(text, "//"):
			text = text[2:]
		case strings.HasPrefix(text, "/*"):
			text = stars.ReplaceAllString(strings.TrimSuffix(text[2:], "*/"), "\n")
		default:
			continue
		}
		made := parse(strings.TrimLeft(text, "*/ \t\r\n"))
		if made == nil {
			continue
		}
		made.location = source.Location{File: f, Span: c.Span}
		made.line = lineOf(f, c.Span, all[i+1:], lines)
		s.comments = append(s.comments, made)
	}
}

// lineOf returns the line that a comment is about; rest are the comments behind
// it. lines remembers the line for the end of each comment: in a row of them, all are about
// the same.
func lineOf(f *source.File, c source.Span, rest []script.Comment, lines map[int32]int) int {
	line := f.LineAt(c.Start)
	_, start := f.Line(line)
	end := c.End
	switch before, behind := strings.TrimSpace(f.Text[start:c.Start]), strings.TrimLeft(f.Text[end:], " \t"); {
	case before == "{" && strings.HasPrefix(behind, "}"): // among the children of an element
		end = int32(len(f.Text)-len(behind)) + 1
	case before != "":
		return line
	}
	var row []int32
	for line = lines[end]; line == 0; line = lines[end] {
		row = append(row, end)
		gap := f.Text[end:]
		next := end + int32(len(gap)-len(strings.TrimLeft(gap, " \t\r\n")))
		if len(rest) == 0 || rest[0].Start != next {
			line = f.LineAt(next)
			break
		}
		end, rest = rest[0].End, rest[1:]
	}
	for _, end := range row {
		lines[end] = line
	}
	return line
}

// template adds comments that are about elements, and those of inline scripts.
func (s *commented) template(f *source.File, nodes []markup.Node) {
	var waiting []*comment
	for _, n := range nodes {
		switch n := n.(type) {
		case *markup.Comment:
			if made := parse(strings.TrimSpace(n.Text)); made != nil {
				made.location = source.Location{File: f, Span: n.Span}
				s.comments = append(s.comments, made)
				waiting = append(waiting, made)
			}
		case *markup.Text:
			waiting = nil
		case *markup.Element:
			for _, c := range waiting {
				c.element = n.Open
			}
			waiting = nil
			if n.Script != nil {
				s.script(f, n.Script.Comments)
			}
			s.template(f, n.Children)
		}
	}
}

// parse reads the text of a comment. It returns nil for a comment that accepts
// nothing.
func parse(text string) *comment {
	c := &comment{used: map[string]bool{}}
	rest := ""
	for _, k := range keywords {
		if behind, ok := strings.CutPrefix(text, k.word); ok && (behind == "" || strings.ContainsAny(firstRune(behind), " \t\r\n:：")) {
			c.keyword, c.as, rest = k.word, k.as, behind
		}
	}
	if c.keyword == "" {
		return nil
	}
	i := strings.IndexAny(rest, ":：")
	rules, reason := rest, ""
	if i >= 0 {
		rules, reason = rest[:i], strings.TrimLeft(rest[i:], ":：")
	}
	c.reason = strings.Join(strings.FieldsFunc(reason, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
	for _, r := range strings.FieldsFunc(rules, func(r rune) bool { return r == ',' || r == '，' || r == '、' }) {
		if r = strings.TrimSpace(r); r != "" {
			c.rules = append(c.rules, r)
		}
	}
	example := c.keyword + " field/phone: …"
	switch {
	case len(c.rules) == 0:
		c.wrong = lang.Text{ZH: "没有写规则；应写成 " + example, EN: "it names no rule; write " + example}
	case slices.ContainsFunc(c.rules, func(r string) bool { return strings.ContainsAny(r, " \t\r\n") }):
		c.wrong = lang.Text{ZH: "规则和原因之间要有冒号；应写成 " + example, EN: "put a colon between rules and reason; write " + example}
	case c.reason == "":
		c.wrong = lang.Text{ZH: "没有写原因；应写成 " + example, EN: "it gives no reason; write " + example}
	}
	return c
}

// firstRune is the first character of s, which is not empty.
func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// jsonComments finds the comments of a JSON file.
func jsonComments(text string) []script.Comment {
	var out []script.Comment
	for i := 0; i < len(text); i++ {
		switch {
		case text[i] == '"':
			for i++; i < len(text) && text[i] != '"' && text[i] != '\n'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case strings.HasPrefix(text[i:], "//"):
			end := i + len(text[i:])
			if n := strings.IndexAny(text[i:], "\r\n"); n >= 0 {
				end = i + n
			}
			out = append(out, script.Comment{Span: source.Span{Start: int32(i), End: int32(end)}})
			i = end - 1
		case strings.HasPrefix(text[i:], "/*"):
			n := strings.Index(text[i+2:], "*/")
			if n < 0 {
				return out
			}
			end := i + 2 + n + 2
			out = append(out, script.Comment{Span: source.Span{Start: int32(i), End: int32(end)}})
			i = end - 1
		}
	}
	return out
}
