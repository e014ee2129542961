package markup

import (
	"testing"

	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

const profile = `<form>
  <label>手机号 <!-- 必填 --></label>
  <!-- beian:note -->
  <view><input name="phone"/></view>
  <text>共 {{n}}
    人</text>
</form>
<view/>`

func TestNavigation(t *testing.T) {
	doc := Parse(source.NewFile("a.wxml", profile), WeChat)
	require.Empty(t, doc.Errors)
	form := doc.Nodes[0].(*Element)
	label, comment, view, text := form.Children[0], form.Children[1], form.Children[2].(*Element), form.Children[3].(*Element)
	input := view.Children[0].(*Element)

	require.Nil(t, doc.PrevSibling(label))
	require.Same(t, label, doc.PrevSibling(view), "comments do not count")
	require.Same(t, label, doc.PrevSibling(comment))
	require.Same(t, view, doc.NextSibling(comment))
	require.Same(t, view, doc.NextSibling(label))
	require.Nil(t, doc.NextSibling(text))
	require.Same(t, form, doc.PrevSibling(doc.Nodes[1]))
	require.Nil(t, doc.PrevSibling(form))

	var tags []string
	for e := range Ancestors(input) {
		tags = append(tags, e.Tag)
	}
	require.Equal(t, []string{"view", "form"}, tags)
	for e := range Ancestors(comment) {
		require.Same(t, form, e)
	}
	for e := range Ancestors(input) {
		require.Same(t, view, e)
		break
	}

	require.Equal(t, "手机号", TextOf(label.(*Element)))
	require.Equal(t, "共 人", TextOf(text))
	require.Equal(t, "手机号 共 人", TextOf(form))
	require.Equal(t, "", TextOf(input))
}

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
