package mend

import (
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/source"
)

// editor changes a JSON text at spans. It reads the text again after every
// change, so spans are never stale; configuration files are small.
type editor struct {
	text string
	root *jsonc.Value
}

func open(text string) (*editor, error) {
	e := &editor{}
	return e, e.set(text)
}

func (e *editor) set(text string) error {
	root, err := jsonc.Parse(source.NewFile("app.json", text))
	if err != nil {
		return err
	}
	e.text, e.root = text, root
	return nil
}

// replace replaces span by text.
func (e *editor) replace(span source.Span, text string) error {
	return e.set(e.text[:span.Start] + text + e.text[span.End:])
}

// addMember adds a member behind the others of an object.
func (e *editor) addMember(object *jsonc.Value, name, value string) error {
	text := quote(name) + ": " + value
	if len(object.Members) == 0 {
		return e.insert(int(object.Start)+1, " "+text+" ")
	}
	last := object.Members[len(object.Members)-1]
	return e.addAfter(last.Span, text)
}

// addElem adds an element behind the others of an array.
func (e *editor) addElem(array *jsonc.Value, value string) error {
	if len(array.Elems) == 0 {
		return e.insert(int(array.Start)+1, value)
	}
	return e.addAfter(array.Elems[len(array.Elems)-1].Span, value)
}

func (e *editor) insert(at int, text string) error {
	return e.set(e.text[:at] + text + e.text[at:])
}

// addAfter adds an item behind the last one, on a line of its own if the last
// one has one. A comma and comment behind the last one stay in place.
func (e *editor) addAfter(last source.Span, text string) error {
	gap := " "
	if indent, alone := e.indent(int(last.Start)); alone {
		gap = e.newline() + indent
	}
	comma := e.comma(int(last.End))
	if comma < 0 || gap == " " {
		if comma >= 0 {
			return e.insert(comma+1, gap+text)
		}
		// The comma goes right behind the item, the new one behind the comment
		// that may follow on the line.
		end := int(last.End)
		if gap != " " {
			end = e.lineComment(end)
		}
		return e.set(e.text[:last.End] + "," + e.text[last.End:end] + gap + text + e.text[end:])
	}
	end := e.lineComment(comma + 1) // a trailing comma: the new item has one, too
	return e.set(e.text[:end] + gap + text + "," + e.text[end:])
}

// lineComment returns the end of comments that follow offset on its line.
func (e *editor) lineComment(at int) int {
	end := at
	for i := at; i < len(e.text); {
		switch {
		case e.text[i] == ' ' || e.text[i] == '\t':
			i++
		case strings.HasPrefix(e.text[i:], "//"):
			for i < len(e.text) && e.text[i] != '\n' && e.text[i] != '\r' {
				i++
			}
			return i
		case strings.HasPrefix(e.text[i:], "/*"):
			n := strings.Index(e.text[i:], "*/")
			if n < 0 || strings.ContainsAny(e.text[i:i+n], "\r\n") {
				return end
			}
			i += n + 2
			end = i
		default:
			return end
		}
	}
	return end
}

// comments reports whether there are comments between the elements of an array of
// names.
func (e *editor) comments(array *jsonc.Value) bool {
	text := e.text[array.Start:array.End]
	return strings.Contains(text, "//") || strings.Contains(text, "/*")
}

// removeMember removes a member with its comma.
func (e *editor) removeMember(object *jsonc.Value, name string) error {
	for i, m := range object.Members {
		if m.Name == name {
			before := int(object.Start) + 1
			if i > 0 {
				before = int(object.Members[i-1].End)
			}
			return e.remove(m.Span, before, i > 0)
		}
	}
	return nil
}

// removeElem removes element i with its comma.
func (e *editor) removeElem(array *jsonc.Value, i int) error {
	before := int(array.Start) + 1
	if i > 0 {
		before = int(array.Elems[i-1].End)
	}
	return e.remove(array.Elems[i].Span, before, i > 0)
}

// remove removes an item: with the comma behind it or, at the end, the one
// before it, which comes after offset before. A line that holds nothing else
// goes as a whole.
func (e *editor) remove(item source.Span, before int, hasBefore bool) error {
	start, end := int(item.Start), int(item.End)
	comma := e.comma(end)
	if comma >= 0 {
		if strings.TrimSpace(e.text[end:comma]) == "" {
			end = comma + 1
		} else { // a comment in between stays
			e.text = e.text[:comma] + e.text[comma+1:]
		}
	}
	rest := e.text[end:]
	blank := len(rest) - len(strings.TrimLeft(rest, " \t"))
	_, alone := e.indent(start)
	lineEnds := blank < len(rest) && (rest[blank] == '\n' || rest[blank] == '\r')
	switch {
	case alone && lineEnds:
		start = strings.LastIndexAny(e.text[:start], "\r\n") + 1
		end += blank + 1
		if rest[blank] == '\r' && blank+1 < len(rest) && rest[blank+1] == '\n' {
			end++
		}
	case comma >= 0:
		end += blank
	}
	text := e.text[:start] + e.text[end:]
	if comma < 0 && hasBefore {
		if at := e.comma(before); at >= 0 && at < start {
			head := text[:at] + text[at+1:start]
			if !alone || !lineEnds {
				head = strings.TrimRight(head, " \t")
				if !strings.HasSuffix(head, "\n") && start < len(text) && text[start] == '}' {
					head += " "
				}
			}
			text = head + text[start:]
		}
	}
	return e.set(text)
}

// comma returns the offset of the comma that is the next token behind offset, or
// -1.
func (e *editor) comma(at int) int {
	for at < len(e.text) {
		switch rest := e.text[at:]; {
		case rest[0] == ',':
			return at
		case strings.HasPrefix(rest, "//"):
			n := strings.IndexAny(rest, "\r\n")
			if n < 0 {
				return -1
			}
			at += n
		case strings.HasPrefix(rest, "/*"):
			n := strings.Index(rest, "*/")
			if n < 0 {
				return -1
			}
			at += n + 2
		case strings.ContainsRune(" \t\r\n", rune(rest[0])):
			at++
		default:
			return -1
		}
	}
	return -1
}

// indent returns the white space before offset on its line, and whether there
// is nothing else before it.
func (e *editor) indent(at int) (string, bool) {
	line := e.text[strings.LastIndexAny(e.text[:at], "\r\n")+1 : at]
	if strings.Trim(line, " \t") != "" || !strings.ContainsAny(e.text[:at], "\r\n") {
		return "", false
	}
	return line, true
}

// newline is how the lines of the text end.
func (e *editor) newline() string {
	if strings.Contains(e.text, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
