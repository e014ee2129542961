package source

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestLines(t *testing.T) {
	tests := []struct {
		name, text string
		lines      []string
		starts     []int32
	}{
		{"empty", "", []string{""}, []int32{0}},
		{"no line end", "姓名", []string{"姓名"}, []int32{0}},
		{"LF", "a\nbc\n", []string{"a", "bc", ""}, []int32{0, 2, 5}},
		{"CRLF", "a\r\nbc\r\n", []string{"a", "bc", ""}, []int32{0, 3, 7}},
		{"lone CR", "a\rbc\r", []string{"a", "bc", ""}, []int32{0, 2, 5}},
		{"mixed", "a\rb\r\nc\nd", []string{"a", "b", "c", "d"}, []int32{0, 2, 5, 7}},
		{"CR CRLF", "a\r\r\nb", []string{"a", "", "b"}, []int32{0, 2, 4}},
		{"blank lines", "\n\n", []string{"", "", ""}, []int32{0, 1, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := NewFile("a.wxml", tt.text)
			require.Equal(t, len(tt.lines), f.Lines())
			for i := range tt.lines {
				line, start := f.Line(i + 1)
				require.Equal(t, tt.lines[i], line, "line %d", i+1)
				require.Equal(t, tt.starts[i], start, "line %d", i+1)
				require.Equal(t, i+1, f.LineAt(start))
			}
		})
	}
}

func TestLineOutOfRange(t *testing.T) {
	f := NewFile("a.js", "a\nb")
	line, start := f.Line(0)
	require.Equal(t, "", line)
	require.Equal(t, int32(0), start)
	line, start = f.Line(3)
	require.Equal(t, "", line)
	require.Equal(t, int32(3), start)
}

func TestPosition(t *testing.T) {
	const text = "<view>姓名</view>\r\n<text>😀电话</text>\n\tx"
	f := NewFile("a.wxml", text)
	tests := []struct {
		before string // the position just behind the first occurrence of this
		want   Position
	}{
		{"<view>", Position{1, 7}},
		{"姓", Position{1, 8}},
		{"姓名", Position{1, 9}},
		{"</view>\r\n", Position{2, 1}},
		{"<text>", Position{2, 7}},
		{"😀", Position{2, 9}}, // a surrogate pair: two UTF-16 code units
		{"😀电话", Position{2, 11}},
		{"\n\t", Position{3, 2}},
	}
	for _, tt := range tests {
		offset := strings.Index(text, tt.before) + len(tt.before)
		require.Equal(t, tt.want, f.Position(int32(offset)), "behind %q", tt.before)
	}
	require.Equal(t, Position{1, 1}, f.Position(-5))
	require.Equal(t, Position{3, 3}, f.Position(9999))
}

// Places of a line as long as a file are the same as those of a short one.
func TestLongLines(t *testing.T) {
	text := "a\n" + strings.Repeat("姓😀é<b>", 2000) + "\nend"
	f := NewFile("a.wxml", text)
	for offset := range text {
		if offset%29 > 3 {
			continue
		}
		line := strings.LastIndexByte(text[:offset], '\n') + 1
		require.Equal(t, 1+UTF16Len(text[line:offset]), f.Position(int32(offset)).Column, "%d", offset)
		require.Equal(t, 1+utf8.RuneCountInString(text[line:offset]), f.CharacterColumn(int32(offset)), "%d", offset)
	}
	require.Equal(t, 1, NewFile("a.wxml", "").CharacterColumn(0))
}

// What is quoted of a long line is near the place, begins and ends with whole characters, and
// is never of another line.
func TestQuote(t *testing.T) {
	text := "a\r\n" + strings.Repeat("姓😀é<b>", 2000) + "\r\nend"
	f := NewFile("a.wxml", text)
	whole, start := f.Line(2)
	for offset := int(start); offset <= int(start)+len(whole); offset += 97 {
		s := Span{int32(offset), int32(min(offset+50, len(text)))}
		line, at := f.Quote(s)
		require.True(t, utf8.ValidString(line))
		require.Equal(t, line, text[at:int(at)+len(line)])
		require.Contains(t, whole, line)
		require.LessOrEqual(t, len(line), 2*quoteReach+60)
		require.True(t, at == start || int(at)+quoteReach-4 <= offset)
		require.True(t, int(at)+len(line) == int(start)+len(whole) || offset+50+quoteReach <= int(at)+len(line))
	}
	line, at := f.Quote(Span{0, 1})
	require.Equal(t, "a", line)
	require.Equal(t, int32(0), at)
	line, _ = f.Quote(Span{int32(len(text)), int32(len(text))})
	require.Equal(t, "end", line)
}

func TestSliceOutOfRange(t *testing.T) {
	f := NewFile("a.js", "abc")
	require.Equal(t, "bc", f.Slice(Span{1, 3}))
	for _, s := range []Span{{-1, 2}, {2, 1}, {1, 4}} {
		require.Equal(t, "", f.Slice(s))
	}
}

func TestUTF16Len(t *testing.T) {
	require.Equal(t, 0, UTF16Len(""))
	require.Equal(t, 3, UTF16Len("abc"))
	require.Equal(t, 2, UTF16Len("手机"))
	require.Equal(t, 2, UTF16Len("😀"))
	require.Equal(t, 3, UTF16Len("a\xff\xfe"), "invalid bytes count one each")
}

func TestDecode(t *testing.T) {
	const page = "<input placeholder=\"请输入手机号\"/>\n"
	gbk := "<input placeholder=\"\xc7\xeb\xca\xe4\xc8\xeb\xca\xd6\xbb\xfa\xba\xc5\"/>\n"
	utf16 := func(order string) string { // ASCII and 名 (U+540D) with byte order mark
		if order == "le" {
			return "\xff\xfea\x00\x0d\x54"
		}
		return "\xfe\xff\x00a\x54\x0d"
	}
	tests := []struct {
		name, raw, text string
		enc             Encoding
	}{
		{"empty", "", "", UTF8},
		{"ASCII", "Page({})", "Page({})", UTF8},
		{"UTF-8", page, page, UTF8},
		{"UTF-8 with mark", "\xef\xbb\xbf" + page, page, UTF8BOM},
		{"mark alone", "\xef\xbb\xbf", "", UTF8BOM},
		{"GBK", gbk, page, GBK},
		{"GBK without a Chinese character", "['+', '-', '\xa1\xc1', '\xa1\xc2'] // \xa3\xa8\xa3\xa9", "['+', '-', '×', '÷'] // （）", GBK},
		{"GB18030 four bytes", "\xd6\xd0\x95\x32\x82\x36", "中𠀀", GBK},
		{"UTF-16 LE", utf16("le"), "a名", UTF16},
		{"UTF-16 BE", utf16("be"), "a名", UTF16},
		{"a replacement character that was written", "\xef\xbf\xbd", "\uFFFD", UTF8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f, err := Decode("pages/a.wxml", []byte(tt.raw))
			require.NoError(t, err)
			require.Equal(t, tt.text, f.Text)
			require.Equal(t, tt.enc, f.Encoding)
			require.Equal(t, "pages/a.wxml", f.Path)
			require.Equal(t, Position{1, 1}, f.Position(0))
		})
	}
}

func TestDecodeErrors(t *testing.T) {
	tests := []struct {
		name, raw string
		err       error
	}{
		{"NUL", "PNG\x00\x01", ErrBinary},
		{"UTF-16 without mark", "a\x00b\x00", ErrBinary},
		{"NUL in UTF-16", "\xff\xfe\x00\x00", ErrBinary},
		{"half a surrogate pair", "\xff\xfe\x00\xd8", ErrEncoding},
		{"Latin-1", "caf\xe9 au lait", ErrEncoding},
		{"Latin-1 signs", "'\xd7', '\xf7', 40 \xa3", ErrEncoding},
		{"ciphered", "v'\xbd\xda\x01h\xf3\x7f0\xbe", ErrBinary},
		{"Japanese by escapes", "\x1b$B$3\x1b(B \xe9", ErrEncoding},
		{"cut GBK", "\xd6\xd0\xd6", ErrEncoding},
		{"no Chinese", "\xa1\xa2", ErrEncoding},
		{"bytes", "\xff\x80\x81", ErrEncoding},
		{"mark before GBK", "\xef\xbb\xbf\xd6", ErrEncoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Decode("a.js", []byte(tt.raw))
			require.ErrorIs(t, err, tt.err)
			require.Contains(t, err.Error(), "a.js: ")
			require.Contains(t, err.Error(), "UTF-8")
		})
	}
}

func TestDisplayWidth(t *testing.T) {
	tests := map[string]int{
		"":         0,
		"abc":      3,
		"手机号":      6,
		"，。":       4,
		"“a”":      3, // ambiguous width counts as narrow, whatever the locale
		"😀":        2,
		"👨‍👩‍👧":    2, // joined emoji are one
		"e\u0301":  1,
		"\tx":      5,
		"ab\tx":    5,
		"手机号\tx":   9,
		"abcd\tx":  9,
		"\t\t手\t机": 14,
	}
	for s, want := range tests {
		require.Equal(t, want, DisplayWidth(s), "%q", s)
		require.Equal(t, want, DisplayWidth(ExpandTabs(s)), "%q", s)
		require.NotContains(t, ExpandTabs(s), "\t")
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		s          string
		n          int
		end, start string
	}{
		{"", 3, "", ""},
		{"abcdef", 6, "abcdef", "abcdef"},
		{"abcdef", 5, "ab...", "...ef"},
		{"手机号码", 8, "手机号码", "手机号码"},
		{"手机号码", 7, "手机...", "...号码"},
		{"手机号码", 6, "手...", "...码"}, // no half of a character
		{"a👨‍👩‍👧b👨‍👩‍👧", 5, "a...", "..." + "👨‍👩‍👧"},
		{"abcdef", 2, "...", "..."},
	} {
		require.Equal(t, c.end, CutEnd(c.s, c.n, "..."), "%q to %d", c.s, c.n)
		require.Equal(t, c.start, CutStart(c.s, c.n, "..."), "%q to %d", c.s, c.n)
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "a\r\nb", "\xef\xbb\xbf姓名", "\xd0\xd5\xc3\xfb", "\xff\xfea\x00", "\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Decode("f", raw)
		if err != nil {
			return
		}
		require.NotContains(t, file.Text, "\x00")
		last := Position{1, 0}
		for offset, r := range file.Text { // every rune start has its own, growing position
			p := file.Position(int32(offset))
			require.True(t, p.Line > last.Line || p.Line == last.Line && p.Column > last.Column,
				"%v then %v at %d %q", last, p, offset, r)
			last = p
			line, start := file.Line(p.Line)
			require.LessOrEqual(t, int(start), offset)
			require.True(t, strings.HasPrefix(file.Text[start:], line))
		}
	})
}

func TestLocationIsNamedByLine(t *testing.T) {
	f := NewFile("pages/a/a.js", "one\ntwo 手机号\n")
	l := Location{File: f, Span: Span{Start: 8, End: 11}}
	require.Equal(t, "pages/a/a.js:2", l.String())
	require.Equal(t, "pages/a/a.js:2:5", l.Link())
	require.Equal(t, "", Location{}.String())
	require.Equal(t, "", Location{}.Link())
}
