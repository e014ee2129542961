package script

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
)

func TestDrop(t *testing.T) {
	dump := func(p *Program) string {
		var b bytes.Buffer
		require.NoError(t, Dump(&b, p))
		return b.String()
	}
	const text = "before\nconst a: number = 1\nexport function f(b) { return a + b }\nbehind"
	f := source.NewFile("x.ts", text)
	p := ParseSpan(f, source.Span{Start: 7, End: int32(len(text) - 7)}, TypeScript)
	body, written := p.Body(), dump(p)
	source.Known(&p.Memo, "key", func() int { return 1 })
	p.Drop()
	require.Equal(t, written, dump(p))
	require.NotSame(t, body[0], p.Body()[0])
	require.Equal(t, 2, source.Known(&p.Memo, "key", func() int { return 2 }))

	body = p.Body()
	p.PlaceIn(source.NewFile("x.vue", text))
	p.Drop()
	require.Same(t, body[0], p.Body()[0], "it cannot be parsed again")
}
