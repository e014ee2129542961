package jsonc

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

const app = `{
  // 首页与个人资料
  "pages": ["pages/index/index", "pages/profile/profile",],
  "tabBar": {"list": [{"pagePath": "pages/index/index", "text": "首页"}]},
  "permission": {"scope.userLocation": {"desc": "用于\u67e5\u627e附近门店"}},
  "lazyCodeLoading": "requiredComponents", /* 按需注入 */
  "debug": true, "networkTimeout": 1.5e3, "sitemap": null,
}
// 末行`

func TestParse(t *testing.T) {
	f := source.NewFile("app.json", app)
	v, err := Parse(f)
	require.NoError(t, err)
	require.True(t, v.Is(Object))
	require.Equal(t, []string{"pages/index/index", "pages/profile/profile"}, v.Get("pages").Strings())
	require.Equal(t, "首页", v.Path("tabBar", "list").Elems[0].Get("text").String())
	require.Equal(t, "用于查找附近门店", v.Path("permission", "scope.userLocation", "desc").String())
	require.True(t, v.Get("debug").Bool())
	require.Equal(t, 1500.0, v.Get("networkTimeout").Number())
	require.True(t, v.Get("sitemap").Is(Null))
	require.Equal(t, 7, v.Len())

	m := v.Member("lazyCodeLoading")
	require.Equal(t, `"lazyCodeLoading"`, f.Slice(m.NameSpan))
	require.Equal(t, `"requiredComponents"`, f.Slice(m.Value.Span))
	require.Equal(t, `"lazyCodeLoading": "requiredComponents"`, f.Slice(m.Span))
	require.Equal(t, source.Position{Line: 6, Column: 3}, f.Position(m.Start))
	require.Equal(t, `["pages/index/index", "pages/profile/profile",]`, f.Slice(v.Get("pages").Span))
}

func TestAbsent(t *testing.T) {
	v, err := Parse(source.NewFile("a.json", `{"a": [1, "x"], "s": "t"}`))
	require.NoError(t, err)
	none := v.Path("a", "b", "c")
	require.Nil(t, none)
	require.Nil(t, v.Get("s").Get("x"))
	require.Nil(t, none.Member("x"))
	require.Nil(t, none.Strings())
	require.Equal(t, "", none.String())
	require.Equal(t, "", v.Get("a").String())
	require.Equal(t, 0.0, none.Number())
	require.Equal(t, 0, none.Len())
	require.False(t, none.Bool())
	require.False(t, none.Is(Null))
	require.Equal(t, []string{"x"}, v.Get("a").Strings())
	for range none.below() {
		t.Fatal("a value that is not there has no values below it")
	}
}

func TestDuplicateNames(t *testing.T) {
	v, err := Parse(source.NewFile("a.json", `{"navigationStyle": "default", "x": 1, "navigationStyle": "custom"}`))
	require.NoError(t, err)
	require.Equal(t, "custom", v.Get("navigationStyle").String())
	require.Len(t, v.Members, 3)
	require.Equal(t, "default", v.Members[0].Value.String())
}

// below yields v and every value below it, parents first, in source order.
func (v *Value) below() iter.Seq[*Value] {
	return func(yield func(*Value) bool) { v.walk(yield) }
}

func (v *Value) walk(yield func(*Value) bool) bool {
	if v == nil {
		return true
	}
	if !yield(v) {
		return false
	}
	for _, e := range v.Elems {
		if !e.walk(yield) {
			return false
		}
	}
	for _, m := range v.Members {
		if !m.Value.walk(yield) {
			return false
		}
	}
	return true
}

func TestBelow(t *testing.T) {
	v, err := Parse(source.NewFile("a.json", `{"a": [1, {"b": 2}], "c": 3}`))
	require.NoError(t, err)
	var got []string
	for x := range v.below() {
		got = append(got, x.Kind.String())
	}
	require.Equal(t, []string{"object", "array", "number", "object", "number", "number"}, got)
	for x := range v.below() {
		require.Equal(t, Object, x.Kind)
		break
	}
}

func TestParseSpan(t *testing.T) {
	f := source.NewFile("app.vue", `<config>{"pages": ["首页"]}</config>`)
	v, err := ParseSpan(f, source.Span{Start: 8, End: int32(strings.Index(f.Text, "</config>"))})
	require.NoError(t, err)
	require.Equal(t, `"首页"`, f.Slice(v.Get("pages").Elems[0].Span))

	_, err = ParseSpan(f, source.Span{Start: 8, End: 20})
	var e *Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, int32(20), e.Location.Span.Start)
}

func TestErrors(t *testing.T) {
	tests := []struct {
		name, text   string
		line, column int
		message      string
	}{
		{"empty", "", 1, 1, "empty"},
		{"blank", " \n\t", 1, 1, "empty"},
		{"comments alone", "// todo\n/* */", 1, 1, "empty"},
		{"cut object", "{\n\"pages\": [", 2, 11, "ends too early"},
		{"cut string", `{"a": "b`, 1, 9, "ends too early"},
		{"single quotes", "{\n  'pages': []}", 2, 3, "double quotes"},
		{"single quoted value", `{"pages": 'a'}`, 1, 11, "double quotes"},
		{"bare name", `{pages: []}`, 1, 2, "neither a string"},
		{"number as name", `{1: []}`, 1, 2, "double quotes"},
		{"bare word", `{"text": 首页}`, 1, 10, "not JSON"},
		{"undefined", `{"a": undefined}`, 1, 7, "neither a string"},
		{"missing comma", "{\"a\": 1\n\"b\": 2}", 2, 1, "comma"},
		{"missing comma in array", `["首页" "我的"]`, 1, 7, "comma"},
		{"missing colon", `{"a" 1}`, 1, 6, "colon"},
		{"two values", `{} {}`, 1, 4, "remove the rest"},
		{"line end in string", "{\"a\": \"b\nc\"}", 1, 7, "line end"},
		{"open comment", `{} /* x`, 1, 8, "ends too early"},
		{"leading comma", `[,1]`, 1, 2, "not JSON"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, err := Parse(source.NewFile("app.json", tt.text))
			require.Nil(t, v)
			var e *Error
			require.True(t, errors.As(err, &e))
			require.Contains(t, e.Message.EN, tt.message)
			require.Equal(t, source.Position{Line: tt.line, Column: tt.column}, e.Location.Start())
		})
	}
}

func TestDepth(t *testing.T) {
	nested := func(n int) string { return strings.Repeat(`{"a":[`, n/2) + strings.Repeat(`]}`, n/2) }
	_, err := Parse(source.NewFile("a.json", nested(maxDepth)))
	require.NoError(t, err)
	for _, text := range []string{nested(maxDepth + 2), strings.Repeat("[", 5_000_000)} {
		_, err = Parse(source.NewFile("a.json", text))
		require.ErrorContains(t, err, "nested deeper")
	}
	// Brackets in strings and comments do not nest.
	_, err = Parse(source.NewFile("a.json", `{"a": "`+strings.Repeat(`\"[`, 500)+`" /* `+strings.Repeat("[", 500)+" */}"))
	require.NoError(t, err)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{app, "", "{}", `{"a":1,"a":"\ud83d\ude00"}`, "[1,2.5e9,-0,true,null,]", "// x", `{"a"`, `"\u12"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("f.json", strings.ToValidUTF8(text, "?"))
		v, err := Parse(file)
		if read, faults, bad := Tolerant(file); bad == nil {
			require.Equal(t, err != nil, len(faults) > 0)
			checkSpans(t, read, source.Span{Start: 0, End: int32(len(file.Text))})
		} else {
			require.Error(t, err)
		}
		var std any
		strict := json.Unmarshal([]byte(file.Text), &std) == nil
		if err != nil {
			var e *Error
			require.True(t, errors.As(err, &e))
			require.True(t, 0 <= e.Location.Span.Start && e.Location.Span.Start <= e.Location.Span.End &&
				int(e.Location.Span.End) <= len(file.Text))
			require.NotEmpty(t, e.Message.EN)
			require.NotEmpty(t, e.Message.ZH)
			if !strings.Contains(e.Message.EN, "nested deeper") {
				require.False(t, strict, "strict JSON is accepted: %s", err)
			}
			return
		}
		checkSpans(t, v, source.Span{Start: 0, End: int32(len(file.Text))})
		for x := range v.below() { // the text of every value is that value
			again, err := Parse(source.NewFile("v.json", file.Slice(x.Span)))
			require.NoError(t, err)
			require.Equal(t, x.Kind, again.Kind)
			require.Equal(t, x.String(), again.String())
			if x.Len() > 3 {
				break // bounds the work
			}
		}
	})
}

// checkSpans checks that values are nested and in order.
func checkSpans(t *testing.T, v *Value, outer source.Span) {
	require.True(t, outer.Contains(v.Span) && v.Len() >= 0 && v.Start < v.End)
	at := v.Start
	for _, e := range v.Elems {
		require.GreaterOrEqual(t, e.Start, at)
		checkSpans(t, e, v.Span)
		at = e.End
	}
	for _, m := range v.Members {
		require.GreaterOrEqual(t, m.Start, at)
		require.True(t, v.Contains(m.Span) && m.Contains(m.NameSpan) && m.NameSpan.End <= m.Value.Start)
		checkSpans(t, m.Value, m.Span)
		at = m.End
	}
}

func BenchmarkParse(b *testing.B) {
	text := "[" + strings.Repeat(strings.TrimSuffix(app, "// 末行")+",", 200) + "]"
	f := source.NewFile("app.json", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(f); err != nil {
			b.Fatal(err)
		}
	}
}

// What uni-app passes over, Tolerant does, too, and tells; whatever else is wrong stays an error.
func TestTolerant(t *testing.T) {
	for text, want := range map[string]string{
		`{ "a": [{ "b": 1 } { "b": 2 }], "c": 3 }`:    `a c|1:20 a comma is missing before this`,
		"{ \"a\": 1 // one\n\"c\": 2 }":               `a c|2:1 a comma is missing before this`,
		"{ \"a\": 1\n\"c\": 2\n\"d\": 3 }":            `a c d|2:1 a comma is missing before this|3:1 a comma is missing before this`,
		"{ \"a\": 1\n},\n\"c\": {}\n}":                `a|2:2 the JSON value ends before this; remove the rest`,
		`{ "a": 1 }`:                                  `a`,
		`{ "a" 1 }`:                                   `!a colon is missing before this`,
		`{ "a": "1""b": 1 }`:                          `!a comma is missing before this`,
		`{ "a": [{ "b": 1`:                            `a|1:17 the file ends too early; a closing quote, } or ] is missing`,
		"{ \"a\": { \"b\": 1 // }":                    `!the file ends too early; a closing quote, } or ] is missing`,
		`{ "a": "b`:                                   `!the file ends too early; a closing quote, } or ] is missing`,
		"{ \"a\": \"http://b\"\n\"c\": 2 }":           `a c|2:1 a comma is missing before this`,
		"{ \"a\": 1 //\n\"c\": 2 }":                   `a c|2:1 a comma is missing before this`,
		`[` + strings.Repeat(`1 `, maxFaults+2) + `]`: `!a comma is missing before this`,
	} {
		v, faults, err := Tolerant(source.NewFile("pages.json", text))
		if message, wrong := strings.CutPrefix(want, "!"); wrong {
			require.EqualError(t, err, message, text)
			continue
		}
		require.NoError(t, err, text)
		var names []string
		for _, m := range v.Members {
			names = append(names, m.Name)
		}
		got := strings.Join(names, " ")
		for _, fault := range faults {
			at := fault.Location.Start()
			got += fmt.Sprintf("|%d:%d %s", at.Line, at.Column, fault.Message.EN)
		}
		require.Equal(t, want, got, text)
	}
}
