package source

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// spanOf is the place of a piece of a text.
func spanOf(f *File, piece string) Span {
	at := strings.Index(f.Text, piece)
	return Span{int32(at), int32(at + len(piece))}
}

func TestMoveAroundShiftsWhatIsBehind(t *testing.T) {
	a, b := NewFile("a.js", "one()\ntwo()\n"), NewFile("a.js", "one()\n// new\n\ntwo()\n")
	m := MoveAround(a, b)
	for _, piece := range []string{"one()", "two()", "one()\ntwo()"} {
		got, ok := m.Span(spanOf(a, piece))
		require.True(t, ok, piece)
		require.Equal(t, strings.Replace(piece, "\ntwo", "\n// new\n\ntwo", 1), b.Slice(got))
	}
	whole, ok := m.Span(Span{0, int32(len(a.Text))})
	require.True(t, ok)
	require.Equal(t, b.Text, b.Slice(whole))
}

func TestMoveAroundTakesWholeLines(t *testing.T) {
	a, b := NewFile("a.wxml", "<view />\n<input />\n"), NewFile("a.wxml", "<view />\n<!-- new -->\n<input />\n")
	for _, m := range []*Move{MoveAround(a, b), MoveAround(b, a)} {
		for _, piece := range []string{"<view />", "<input />"} {
			got, ok := m.Span(spanOf(m.From, piece))
			require.True(t, ok, piece)
			require.Equal(t, spanOf(m.To, piece), got)
		}
	}
}

func TestMoveAroundSaysNothingOfWhatIsGone(t *testing.T) {
	a, b := NewFile("a.js", "one(); gone(); two()"), NewFile("a.js", "one(); new_(); two()")
	m := MoveAround(a, b)
	_, ok := m.Span(spanOf(a, "gone"))
	require.False(t, ok)
	_, ok = m.Span(spanOf(a, "two()"))
	require.True(t, ok)
}

func TestMoveApartFollowsTextThatIsFormattedAnew(t *testing.T) {
	a, b := NewFile("a.js", "f(a, b)\n// old\ng(c)\n"), NewFile("a.js", "\nf(a,\n\tb) /* new */\n\n\n  g(c)")
	m := MoveApart(a, b, []Span{spanOf(a, "// old")}, []Span{spanOf(b, "/* new */")})
	require.NotNil(t, m)
	for _, piece := range []string{"f(a", "b)", "g(c)"} {
		got, ok := m.Span(spanOf(a, piece))
		require.True(t, ok, piece)
		require.Equal(t, piece, b.Slice(got))
	}
	_, ok := m.Span(spanOf(a, "// old"))
	require.False(t, ok)
}

func TestMoveApartWantsTheSameBytes(t *testing.T) {
	a := NewFile("a.js", "f( a )")
	require.Nil(t, MoveApart(a, NewFile("a.js", "f( b )"), nil, nil))
	require.Nil(t, MoveApart(a, NewFile("a.js", "f( a"), nil, nil))
	require.Nil(t, MoveApart(NewFile("a.js", "a b"), NewFile("a.js", "ab"), nil, nil))
	require.Nil(t, MoveApart(NewFile("a.js", "f(a)"), NewFile("a.js", "f( a)"), nil, nil), "f( touched a")
	require.Nil(t, MoveApart(NewFile("a.js", "f()"), NewFile("a.js", "f() // c"), nil, nil), "a comment that is not known")
}
