package jsonc

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/tailscale/hujson"
)

// maxDepth bounds the nesting. Configuration of mini programs has less than 10
// levels; hujson recurses once per level without a bound of its own.
var maxDepth = 200

// Parse reads the whole of f. The error is always an *Error.
func Parse(f *source.File) (*Value, error) {
	return ParseSpan(f, source.Span{Start: 0, End: int32(len(f.Text))})
}

// ParseSpan reads a part of f, such as the JSON block of a single-file
// component. Spans are offsets into f.
func ParseSpan(f *source.File, span source.Span) (*Value, error) {
	text := f.Slice(span)
	fail := func(start, end int, message lang.Text) (*Value, error) {
		at := source.Span{Start: span.Start + int32(start), End: span.Start + int32(end)}
		return nil, &Error{source.Location{File: f, Span: at}, message}
	}
	if at := tooDeep(text); at >= 0 {
		return fail(at, at+1, lang.Text{
			ZH: fmt.Sprintf("嵌套超过 %d 层，没有读取这个文件", maxDepth),
			EN: fmt.Sprintf("nested deeper than %d levels; the file is not read", maxDepth),
		})
	}
	// A private copy, since the parser's values refer to it; the line end closes
	// a // comment in the last line.
	parsed, err := hujson.Parse([]byte(text + "\n"))
	if err != nil {
		if isBlank(text) {
			return fail(0, 0, lang.Text{ZH: "文件是空的，至少写上 {}", EN: "the file is empty; write at least {}"})
		}
		at, reason := explain(text, err)
		return fail(at, min(at+1, len(text)), reason)
	}
	return convert(&parsed, span.Start), nil
}

// convert turns a value of the parser into one of ours; base is the offset of
// the parsed text in the file.
func convert(h *hujson.Value, base int32) *Value {
	v := &Value{Span: source.Span{Start: base + int32(h.StartOffset), End: base + int32(h.EndOffset)}}
	switch x := h.Value.(type) {
	case hujson.Literal:
		literal(v, x)
	case *hujson.Array:
		v.Kind = Array
		v.Elems = make([]*Value, len(x.Elements))
		for i := range x.Elements {
			v.Elems[i] = convert(&x.Elements[i], base)
		}
	case *hujson.Object:
		v.Kind = Object
		v.Members = make([]*Member, len(x.Members))
		for i := range x.Members {
			name, value := convert(&x.Members[i].Name, base), convert(&x.Members[i].Value, base)
			v.Members[i] = &Member{Span: name.To(value.Span), Name: name.text, NameSpan: name.Span, Value: value}
		}
	}
	return v
}

func literal(v *Value, x hujson.Literal) {
	switch x[0] {
	case '"':
		v.Kind = String
		if bytes.IndexByte(x, '\\') < 0 {
			v.text = string(x[1 : len(x)-1])
			return
		}
		// The parser has checked the literal; json decodes escapes and lone
		// surrogates as JSON.parse does, but does not keep the latter.
		_ = json.Unmarshal(x, &v.text)
	case 't', 'f':
		v.Kind, v.truth = Bool, x[0] == 't'
	case 'n':
		v.Kind = Null
	default:
		v.Kind = Number
		v.number, _ = strconv.ParseFloat(string(x), 64) // out of range gives an infinity
	}
}

// tooDeep returns the offset of the first bracket beyond maxDepth, or -1. Text
// that is not JSON may confuse it; the parser then reports that text anyway.
func tooDeep(text string) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{', '[':
			if depth++; depth > maxDepth {
				return i
			}
		case '}', ']':
			depth--
		case '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '/':
			i = skipComment(text, i)
		}
	}
	return -1
}

// skipComment returns the offset of the last byte of the comment at i, or i if
// there is none.
func skipComment(text string, i int) int {
	end := ""
	switch {
	case strings.HasPrefix(text[i:], "//"):
		end = "\n"
	case strings.HasPrefix(text[i:], "/*"):
		end = "*/"
	default:
		return i
	}
	if n := strings.Index(text[i+2:], end); n >= 0 {
		return i + 2 + n + len(end) - 1
	}
	return len(text)
}

// isBlank reports whether text holds nothing but white space and comments.
func isBlank(text string) bool {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ' ', '\t', '\r', '\n':
		case '/':
			j := skipComment(text, i)
			if j == i {
				return false
			}
			i = j
		default:
			return false
		}
	}
	return true
}

// explain finds the offset at which the parser stopped, which it tells only as
// line and column in bytes, and says what to do about it.
func explain(text string, err error) (int, lang.Text) {
	var line, column int
	_, scanErr := fmt.Sscanf(err.Error(), "hujson: line %d, column %d:", &line, &column)
	at := 0
	if scanErr == nil {
		for ; line > 1; line-- {
			at += strings.IndexByte(text[at:], '\n') + 1
		}
		at = max(0, min(at+column-1, len(text)))
	}
	_, reason, _ := strings.Cut(err.Error(), ": ")
	_, reason, _ = strings.Cut(reason, ": ")
	rest := strings.TrimRight(text[at:], " \t\r\n")
	switch {
	case rest == "" || strings.HasSuffix(reason, "unexpected EOF"):
		return len(text), endsEarly
	case rest[0] == '\'':
		return at, lang.Text{ZH: "JSON 的字符串用双引号，请把 ' 改成 \"", EN: "JSON strings are in double quotes; write \" for '"}
	case strings.Contains(reason, "at start of object name"):
		return at, lang.Text{ZH: "JSON 的键要写在双引号里", EN: "JSON names are in double quotes"}
	case strings.HasPrefix(reason, "invalid literal") && rest[0] == '"':
		return at, lang.Text{ZH: "字符串里有换行、控制字符或错误的转义，请写成 \\n、\\t 或 \\\\",
			EN: "this string contains a line end, a control character or a bad escape; write \\n, \\t or \\\\"}
	case strings.HasPrefix(reason, "invalid literal"):
		return at, lang.Text{ZH: "这里不是字符串、数字、true、false 或 null，文字要写在双引号里",
			EN: "this is neither a string, a number, true, false nor null; put text in double quotes"}
	case strings.Contains(reason, "expecting ','"):
		return at, missingComma
	case strings.Contains(reason, "after top-level value"):
		return at, behindTheEnd
	case strings.Contains(reason, "after object name"):
		return at, lang.Text{ZH: "它前面缺少冒号", EN: "a colon is missing before this"}
	}
	return at, lang.Text{ZH: "不是 JSON（" + reason + "）", EN: "not JSON: " + reason}
}

// Limits are the limits of the parser by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{"depth": &maxDepth}
}

// The faults that Tolerant passes over.
var (
	missingComma = lang.Text{ZH: "它前面缺少逗号", EN: "a comma is missing before this"}
	endsEarly    = lang.Text{ZH: "文件没有写完，缺少结尾的引号、} 或 ]", EN: "the file ends too early; a closing quote, } or ] is missing"}
	behindTheEnd = lang.Text{ZH: "JSON 在它之前已经结束，请去掉其后的内容", EN: "the JSON value ends before this; remove the rest"}
)
