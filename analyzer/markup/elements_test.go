package markup

import (
	"testing"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

// Elements in a script are a tree like that of a template: named by meaning,
// with those in expressions inside the element around them.
func TestElementsOfScripts(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"attributes": {`const a = <Input className="x" maxLength={11} disabled onInput={e => f(e)} data-goods-id={1} key="k" {...p} />`,
			"(Input class'x' maxLength'{11}' disabled @input'{e => f(e)}' $goodsId'{1}' *key'k')"},
		"children":   {`f(<View>姓名<Text>{label}</Text></View>)`, `(View "姓名" (Text "{label}"))`},
		"conditions": {`<View>{a ? <Input id="x" /> : <Text>y</Text>}{b && <Switch />}</View>`, `(View (Input *if id'x') (Text *else "y") (Switch *if))`},
		"lists":      {`<View>{list.map(i => <Input key={i} />)}</View>`, "(View (Input *key'{i}'))"},
		"properties": {`<Cell title={<Text>手机号</Text>} />`, `(Cell title'{<Text>手机号</Text>}' (Text "手机号"))`},
		"fragments":  {`<><A.B /><i /></>`, "(AB) (i)"},
		"functions":  {`function A() { return <View /> }; class B { render() { return <Text /> } }`, "(View) (Text)"},
	} {
		t.Run(name, func(t *testing.T) {
			f := source.NewFile("a.tsx", c.text)
			require.Equal(t, c.want, shape(Elements(script.Parse(f, script.TypeScript|script.JSX))))
		})
	}
}

// Whatever the script is, every element lies in the file, within its parent, and
// its attributes within its start tag.
func FuzzElements(f *testing.F) {
	f.Add("const a = <View a={b ? <C/> : d}>{e.map(f => <G key={f}>姓名</G>)}</View>")
	f.Add("<><A.B c='d' {...e}/>{f && <i/>}</>")
	f.Fuzz(func(t *testing.T, text string) {
		file := source.NewFile("a.tsx", text)
		Walk(Elements(script.Parse(file, script.TypeScript|script.JSX)).Nodes, func(n Node) bool {
			at := n.Range()
			require.True(t, 0 <= at.Start && at.Start <= at.End && int(at.End) <= len(text))
			e, ok := n.(*Element)
			if !ok {
				return true
			}
			require.True(t, e.Contains(e.Open))
			for _, a := range e.Attrs {
				require.True(t, e.Open.Contains(a.Span), "%v in %v", a.Span, e.Open)
			}
			if e.Parent != nil {
				require.True(t, e.Parent.Contains(e.Span))
			}
			return true
		})
	})
}
