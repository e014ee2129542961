package markup

import (
	"testing"

	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

func TestDump(t *testing.T) {
	doc := Parse(source.NewFile("a.wxml", `<view a="x{{y}}" bindtap="" b>姓名<!--c--></text></view>`), WeChat)
	require.Equal(t, `<view>  [0:58]
    plain a = "x" {*script.Ident y}  [6:16]
    event tap = ""  [17:27]
    plain b  [28:29]
  text "姓名"  [30:36]
  comment "c"  [36:44]
error: </text> closes nothing  [44:51]
`, Dump(doc))
}

func TestAttrLookup(t *testing.T) {
	e := Parse(source.NewFile("a.wxml", `<button openType="getPhoneNumber" bindGetPhoneNumber="f" data-type="x"/>`), WeChat).Nodes[0].(*Element)
	require.Equal(t, "getPhoneNumber", e.Attr("open-type").Parts[0].Text)
	require.NotNil(t, e.Find(Event, "getphonenumber"))
	require.Nil(t, e.Attr("type"))
	require.Equal(t, "event", Event.String())
	require.Equal(t, "unknown", AttrKind(99).String())
}
