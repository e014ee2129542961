package markup

import (
	"strings"
	"testing"
	"time"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

// shape writes a tree on one line: (tag attributes children), attributes marked
// by kind: @event *directive =model $data ^mark %generic; expressions in braces.
func shape(d *Document) string {
	var b strings.Builder
	shapeNodes(&b, d.File, d.Nodes)
	return strings.TrimSpace(b.String())
}

func shapeNodes(b *strings.Builder, f *source.File, nodes []Node) {
	for _, n := range nodes {
		b.WriteByte(' ')
		switch n := n.(type) {
		case *Comment:
			b.WriteString("<!--" + n.Text + "-->")
		case *Text:
			shapeParts(b, f, `"`, n.Parts)
		case *Element:
			b.WriteString("(" + n.Tag)
			for _, a := range n.Attrs {
				b.WriteString(" " + strings.TrimSpace(" @*=$^%"[a.Kind:a.Kind+1]) + a.Name)
				if a.HasValue {
					shapeParts(b, f, "'", a.Parts)
				}
			}
			if n.Script != nil {
				b.WriteString(" script<" + f.Slice(n.Script.Span) + ">")
			}
			shapeNodes(b, f, n.Children)
			b.WriteByte(')')
		}
	}
}

func shapeParts(b *strings.Builder, f *source.File, quote string, parts []Part) {
	b.WriteString(quote)
	for _, p := range parts {
		if p.Expr == nil {
			b.WriteString(p.Text)
		} else {
			b.WriteString("{" + strings.TrimSpace(strings.Trim(f.Slice(p.Span), "{}")) + "}")
		}
	}
	b.WriteString(quote)
}

type parseTest struct {
	name, text, want string
	errors           []string // part of each message, in order
}

func runParse(t *testing.T, d *Dialect, tests []parseTest) {
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc := Parse(source.NewFile("a.wxml", tt.text), d)
			require.Equal(t, tt.want, shape(doc))
			var messages []string
			for _, e := range doc.Errors {
				messages = append(messages, e.Message.EN)
			}
			require.Len(t, messages, len(tt.errors), "%q", messages)
			for i, want := range tt.errors {
				require.Contains(t, messages[i], want)
			}
			checkTree(t, doc)
		})
	}
}

func TestElements(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"nothing", "", "", nil},
		{"blank", " \r\n\t\v\f", "", nil},
		{"empty element", `<view></view>`, `(view)`, nil},
		{"self-closing", `<view/><text />`, `(view) (text)`, nil},
		{"nested", "<view>\n  <text>姓名</text>\n</view>", `(view (text "姓名"))`, nil},
		{"case of names is kept", `<scroll-View scrollY><My_comp.a1/></scroll-View>`, `(scroll-View scrollY (My_comp.a1))`, nil},
		{"prefixed tag", `<wx:view a="1"/>`, `(wx:view a'1')`, nil},
		{"space in tags", "<view\n\t>a</view\n>", `(view "a")`, nil},
		{"same name nested", `<view><view>a</view>b</view>c`, `(view (view "a") "b") "c"`, nil},
		{"html names are not raw text", `<textarea/><title/><view>a</view>`, `(textarea) (title) (view "a")`, nil},
	})
}

func TestComments(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"comment", `<!-- 表单 --><view/>`, `<!-- 表单 --> (view)`, nil},
		{"dashes and tags within", `<!-- a -- <view> {{ -->b`, `<!-- a -- <view> {{ --> "b"`, nil},
		{"short", `<!---->`, `<!---->`, nil},
		{"not closed", `<view/><!-- a <view>`, `(view) <!-- a <view>-->`, []string{"not closed by -->"}},
		{"splits text", `姓<!--x-->名`, `"姓" <!--x--> "名"`, nil},
		{"both branches", `<!-- #if MP --><input/><!-- #else --><view/><!-- #endif -->`,
			`<!-- #if MP --> (input) <!-- #else --> (view) <!-- #endif -->`, nil},
		{"doctype", `<!DOCTYPE wxml><view/>`, `(view)`, []string{"no declarations"}},
		{"cdata", `<![CDATA[ <a> ]]>b`, `"b"`, []string{"no declarations"}},
		{"declaration not closed", `<!x <view/`, ``, []string{"not closed by >", "no declarations"}},
	})
}

func TestText(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"lone less-than", `a < b <3 <中 << c`, `"a < b <3 <中 << c"`, nil},
		{"at the end", `a <`, `"a <"`, nil},
		{"greater-than", `a > b`, `"a > b"`, nil},
		{"expressions", `您好，{{name}}！{{ msg }}`, `"您好，{name}！{msg}"`, nil},
		{"less-than in braces", `<text>{{ a<b && c }}</text>`, `(text "{a<b && c}")`, nil},
		{"tags in a string", `{{ "<view>" }}`, `"{"<view>"}"`, nil},
		{"braces in strings", `{{ '}}' + "{{" }}x`, `"{'}}' + "{{"}x"`, nil},
		{"escaped quote", `{{ 'it\'s }}' }}x`, `"{'it\'s }}'}x"`, nil},
		{"object", `{{ {a: {b: 1}}.a.b }}x`, `"{{a: {b: 1}}.a.b}x"`, nil},
		{"object without space", `{{f({a:{b:1}})}}x`, `"{f({a:{b:1}})}x"`, nil},
		{"single braces", `{ a } {b`, `"{ a } {b"`, nil},
		{"over lines", "{{ a\n ? b\n : c }}", "\"{a\n ? b\n : c}\"", nil},
		{"nothing in braces", `<text>{{}}</text><text>{{ }}</text>`, `(text "") (text "")`, nil},
		{"not closed before a tag", `<view>{{ name</view><text>{{a}}</text>`, `(view "{name}") (text "{a}")`, []string{"{{ is not closed"}},
		{"not closed before the next", `{{ a {{b}}`, `"{a}{b}"`, []string{"{{ is not closed"}},
		{"not closed before a start tag", `{{ a <text>b</text>`, `"{a}" (text "b")`, []string{"{{ is not closed"}},
		{"not closed at the end", `{{ a`, `"{a}"`, []string{"{{ is not closed"}},
		{"closed only", `a }} b`, `"a }} b"`, nil},
	})
}

func TestEntities(t *testing.T) {
	tests := map[string]string{
		"a &lt; b":                           "a < b",
		"&#65;&#x41;&#X42;":                  "AAB",
		"&nbsp;":                             "\u00a0",
		"&amp;lt;":                           "&lt;",
		"&copy":                              "&copy",
		"a & b":                              "a & b",
		"&&amp;":                             "&&",
		"&;":                                 "&;",
		"&#;":                                "&#;",
		"&noSuchName;":                       "&noSuchName;",
		"&notit;":                            "&notit;", // &not without semicolon is HTML, not ours
		"&semi;":                             ";",
		"&CounterClockwiseContourIntegral;":  "∳",
		"&" + strings.Repeat("a", 100) + ";": "&" + strings.Repeat("a", 100) + ";",
		"手机&ensp;号":                          "手机\u2002号",
	}
	for text, want := range tests {
		require.Equal(t, want, decodeEntities(text))
		doc := Parse(source.NewFile("a.wxml", `<view a="`+text+`">`+text+`</view>`), WeChat)
		e := doc.Nodes[0].(*Element)
		require.Equal(t, want, e.Attr("a").Parts[0].Text)
		require.Equal(t, want, e.Children[0].(*Text).Parts[0].Text)
	}
}

func TestValues(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"none", `<input disabled password />`, `(input disabled password)`, nil},
		{"empty", `<input a="" b='' c=""/>`, `(input a'' b'' c'')`, nil},
		{"quotes", `<input a="it's" b='say "x"'/>`, `(input a'it's' b'say "x"')`, nil},
		{"space around =", "<input a = \"1\" b=\n'2' c />", `(input a'1' b'2' c)`, nil},
		{"no space between", `<input a="1"b="2"/>`, `(input a'1' b'2')`, nil},
		{"mixed", `<view class="item {{on ? 'a' : 'b'}} c"/>`, `(view class'item {on ? 'a' : 'b'} c')`, nil},
		{"same quote within braces", `<view a="{{ b == "x" }}" c="d"/>`, `(view a'{b == "x"}' c'd')`, nil},
		{"closing braces within a string", `<view a="{{ '}}' }}"/>`, `(view a'{'}}'}')`, nil},
		{"tag within a string", `<view a="{{ '<b/>' + '</view>' }}">x</view>`, `(view a'{'<b/>' + '</view>'}' "x")`, nil},
		{"greater-than", `<view a="{{ b > c }}" d="e>f"/>`, `(view a'{b > c}' d'e>f')`, nil},
		{"line ends", "<view a=\"x\n y\" b=\"{{ c\n }}\"/>", "(view a'x\n y' b'{c}')", nil},
		{"unquoted braces", `<view wx:if={{a > b}} c={{d}}e/>`, `(view *if'{a > b}' c'{d}e')`, nil},
		{"unquoted words", `<view a=1 b=/pages/x c=d-e/>`, `(view a'1' b'/pages/x' c'd-e')`, nil},
		{"object in braces", `<view style="{{ {a: {b: 1}} }}"/>`, `(view style'{{a: {b: 1}}}')`, nil},
		{"two braces", `<view a="{{b}}{{c}}"/>`, `(view a'{b}{c}')`, nil},
		{"single braces", `<view a="{b}" c="{"/>`, `(view a'{b}' c'{')`, nil},
		{"nothing in braces", `<view a="{{}}" b="{{ }}"/>`, `(view a'' b'')`, nil},
		{"missing", `<view a= b="c" d=></view>`, `(view a'b="c"' d)`, []string{"no value"}},
		{"braces not closed", `<view a="{{ b" c="d">{{e}}</view>`, `(view a'{b}' c'd' "{e}")`, []string{"{{ is not closed"}},
		{"braces not closed, others in the line", `<view a="{{ b" c="{{d}}" e="f"/>`, `(view a'{b}' c'{d}' e'f')`, []string{"{{ is not closed"}},
		{"quote not closed in the line", "<input a=\"b\n/>", "(input a'b')", []string{"quote of attribute a"}},
		{"quote not closed in the tag", `<input a='b>c`, `(input a'b') "c"`, []string{"not closed", "quote of attribute a"}},
		{"quote and braces not closed", "<view a=\"{{b>\nc</view>", "(view a'{b}' \"\nc\")", []string{"quote of", "{{ is not closed"}},
	})
}

func TestNames(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"events", `<v bindtap="a" bind:tap="b" catchtap="c" catch:touchMove="d" mut-bind:tap="e" mut-bindtap="f"/>`,
			`(v @tap'a' @tap'b' @tap'c' @touchmove'd' @tap'e' @tap'f')`, nil},
		{"capture", `<v capture-bind:tap="a" capture-catchtap="b" capture-mut-bind:tap="c"/>`, `(v @tap'a' @tap'b' @tap'c')`, nil},
		{"phone number", `<button bindgetPhoneNumber="a"/><button bindgetRealTimePhoneNumber="b"/>`,
			`(button @getphonenumber'a') (button @getrealtimephonenumber'b')`, nil},
		{"custom event", `<v bind:my-event="a" bind:_x="{{m.f}}"/>`, `(v @my-event'a' @_x'{m.f}')`, nil},
		{"begins like an event", `<v bind="a" catch="b" bind-x="c" bind2="d" bind:="e" binding="f"/>`,
			`(v bind'a' catch'b' bind-x'c' bind2'd' bind:'e' @ing'f')`, nil},
		{"directives", `<v wx:if="{{a}}"/><v wx:elif="{{b}}"/><v wx:else/>`, `(v *if'{a}') (v *elif'{b}') (v *else)`, nil},
		{"loop", `<v wx:for="{{l}}" wx:for-item="x" wx:for-index="i" wx:key="*this"/><v wx:for-items="{{l}}"/>`,
			`(v *for'{l}' *for-item'x' *for-index'i' *key'*this') (v *for'{l}')`, nil},
		{"model", `<input model:value="{{form.phone}}"/><x model:my-prop="{{a}}"/><input wx:model="{{b}}"/>`,
			`(input =value'{form.phone}') (x =myProp'{a}') (input =value'{b}')`, nil},
		{"data", `<v data-goods-id="1" data-goodsID="2" data:goodsID="3" data-="4"/>`,
			`(v $goodsId'1' $goodsid'2' $goodsID'3' data-'4')`, nil},
		{"mark and generic", `<v mark:myMark="a" generic:slot-item="b"/>`, `(v ^myMark'a' %slot-item'b')`, nil},
		{"left as written", `<v change:prop="{{m.f}}" worklet:onscroll="s" slot:item extra-attr:x="y" onTap="z" s-if="q"/>`,
			`(v change:prop'{m.f}' worklet:onscroll's' slot:item extra-attr:x'y' onTap'z' s-if'q')`, nil},
		{"Vue's are not read", `<v @tap="a" :b="c" v-if="d"/>`, `(v @tap'a' :b'c' v-if'd')`, nil},
		{"not ASCII", `<input 占位="a" type="b"/>`, `(input 占位'a' type'b')`, []string{"占位 is not ASCII"}},
		{"twice", `<input a="1" b a="2"/>`, `(input a'1' b a'2')`, []string{"a is there twice"}},
	})
	e := Parse(source.NewFile("a.wxml", `<input a="1" a="2"/>`), WeChat).Nodes[0].(*Element)
	require.Equal(t, "1", e.Attr("a").Parts[0].Text, "the first counts")
}

func TestManyDuplicates(t *testing.T) {
	doc := Parse(source.NewFile("a.wxml", "<v"+strings.Repeat(" a b", 50_000)+"/>"), WeChat)
	require.Len(t, doc.Errors, maxErrors)
}

func TestBrokenTags(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"stray end tag", `<view><view>a</text></view>b</view>`, `(view (view "a") "b")`, []string{"</text> closes nothing"}},
		{"stray at the top", `</view><text/>`, `(text)`, []string{"</view> closes nothing"}},
		{"missing end tag", `<view><text>a</view>b`, `(view (text "a")) "b"`, []string{"<text> has no end tag"}},
		{"two missing", `<view><a><b>x</view>y`, `(view (a (b "x"))) "y"`, []string{"<a> has no end tag", "<b> has no end tag"}},
		{"missing to the end", `<view>a<text>b`, `(view "a" (text "b"))`, []string{"<view> has no", "<text> has no"}},
		{"crossed", `<a><b>x</a></b>y`, `(a (b "x")) "y"`, []string{"<b> has no end tag", "</b> closes nothing"}},
		{"end tag without name", `<a><b></></a>`, `(a (b))`, []string{"without a name"}},
		{"junk in an end tag", `<a>x</a b="c">y`, `(a "x") "y"`, []string{"only its name"}},
		{"end tag not closed", `<a>x</a<b/>`, `(a "x") (b)`, []string{"> of this end tag is missing"}},
		{"end tag cut", `<a>x</a`, `(a "x")`, []string{"the file ends within"}},
		{"start tag not closed", `<a b="c" <d/></a>`, `(a b'c' (d))`, []string{"> of <a> is missing"}},
		{"start tag cut", `<view><input type="text" placehol`, `(view (input type'text' placehol))`, []string{"<view> has no end", "the file ends within the tag <input>"}},
		{"start tag cut after =", `<input type=`, `(input type)`, []string{"ends within the tag", "no value"}},
		{"one quote too many", `<view class="a"" id="b">c</view>`, `(view class'a' id'b' "c")`, []string{`is not allowed here`}},
		{"one quote too few", `<view class="a id="b">c</view>`, `(view class'a id=' b "c")`, []string{`is not allowed here`}},
		{"expression between attributes", `<view {{...attrs > x}} a="b"/>`, `(view a'b')`, []string{"is not allowed between"}},
		{"lone slash", `<view / a="b">c</view>`, `(view a'b' "c")`, []string{`is not allowed here`}},
		{"lone =", `<view = "a" b/>`, `(view a b)`, []string{`is not allowed here`, `is not allowed here`, `is not allowed here`}},
	})
}

func TestVoidTags(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"not closed", `<view><input a><text>b</text></view>c`, `(view (input a) (text "b")) "c"`, []string{"<input> is not closed"}},
		{"at the top", `<input><view/>`, `(input) (view)`, []string{"<input> is not closed"}},
		{"closed", `<view><input a></input><text/></view>`, `(view (input a) (text))`, nil},
		{"with content", `<label><radio value="1">男</radio><radio>女</radio></label>`, `(label (radio value'1' "男") (radio "女"))`, nil},
		{"with elements", `<slot><view>a</view><view>b</view></slot>c`, `(slot (view "a") (view "b")) "c"`, nil},
		{"one closed, one not", `<view><input a><view/><input b></input></view>`, `(view (input a) (view) (input b))`, []string{"<input> is not closed"}},
		{"one within another", `<view><checkbox>a<icon>b</checkbox>c</view>`, `(view (checkbox "a" (icon) "b") "c")`, []string{"<icon> is not closed"}},
		{"both closed", `<checkbox>a<icon>b</icon>c</checkbox>d`, `(checkbox "a" (icon "b") "c") "d"`, nil},
		{"end tag across an open element", `<radio><view>a</radio>b`, `(radio (view "a")) "b"`, []string{"<view> has no end tag"}},
		{"nameless end", `<view><input></></view>`, `(view (input))`, []string{"without a name"}},
	})
	runParse(t, Vue, []parseTest{
		{"HTML leaves them open", `<div><input v-model="a"><br>b<img src="c"></div>`, `(div (input =value'{a}') (br) "b" (img src'c'))`, nil},
	})
	// Even if more than maxVoids wait at once, all are siblings.
	doc := Parse(source.NewFile("a.wxml", "<view>"+strings.Repeat("<input>", 50)+"</view>"), WeChat)
	require.Len(t, doc.Nodes[0].(*Element).Children, 50)
	require.Len(t, doc.Errors, 50)
	checkTree(t, doc)
}

func TestScript(t *testing.T) {
	runParse(t, WeChat, []parseTest{
		{"inline", `<wxs module="m">var a = 1 < 2 && "<view>"</wxs><view/>`, `(wxs module'm' script<var a = 1 < 2 && "<view>">) (view)`, nil},
		{"end tag in a string ends it", `<wxs>a="</wxs>";b`, `(wxs script<a=">) "";b"`, nil},
		{"file", `<wxs src="./m.wxs" module="m"/><view/>`, `(wxs src'./m.wxs' module'm') (view)`, nil},
		{"file, closed", "<wxs src=\"./m.wxs\" module=\"m\">\n</wxs><view/>", `(wxs src'./m.wxs' module'm') (view)`, nil},
		{"file, not closed", `<wxs src="./m.wxs"><view/><wxs>var a</wxs>`, `(wxs src'./m.wxs') (view) (wxs script<var a>)`, []string{"<wxs> is not closed"}},
		{"empty", `<wxs module="m"> </wxs>x`, `(wxs module'm') "x"`, nil},
		{"not closed", `<wxs module="m">a<view>b</view>`, `(wxs module'm') "a" (view "b")`, []string{"<wxs> is not closed"}},
		{"space in the end tag", "<wxs>a</wxs\n>b", `(wxs script<a>) "b"`, nil},
		{"other dialects' tags are elements", `<sjs>a<view/></sjs>`, `(sjs "a" (view))`, nil},
	})
	runParse(t, Baidu, []parseTest{
		{"filter", `<filter module="m">export default { f: a => a < 1 }</filter>`, `(filter module'm' script<export default { f: a => a < 1 }>)`, nil},
		{"filter file", `<filter src="./a.filter.js" module="m"></filter>x`, `(filter src'./a.filter.js' module'm') "x"`, nil},
	})
	runParse(t, Alipay, []parseTest{
		{"import-sjs", `<import-sjs from="./a.sjs" name="m"/>x`, `(import-sjs from'./a.sjs' name'm') "x"`, nil},
	})
}

func TestDialects(t *testing.T) {
	runParse(t, Alipay, []parseTest{
		{"directives", `<v a:if="{{a}}" a:for="{{b}}" wx:if="{{c}}"/>`, `(v *if'{a}' *for'{b}' wx:if'{c}')`, nil},
		{"events", `<v onTap="a" onInput="b" catchTap="c" onGetAuthorize="d" once="e" captureOnTap="f"/>`,
			`(v @tap'a' @input'b' @tap'c' @getauthorize'd' once'e' @tap'f')`, nil},
	})
	runParse(t, Baidu, []parseTest{
		{"directives", `<v s-if="a > 1" s-for="item, i in list trackBy item.id"/><v s-else-if="{{b}}"/><v s-else/>`,
			`(v *if'{a > 1}' *for'item, i in {list} trackBy item.id') (v *elif'{b}') (v *else)`, nil},
		{"loop without in", `<v s-for="list"/><v s-for="{{list}}"/>`, `(v *for'{list}') (v *for'{list}')`, nil},
		{"two-way", `<input value="{=phone=}"/><input value="{= a.b =}" name="c"/>`, `(input =value'{=phone=}') (input =value'{= a.b =}' name'c')`, nil},
		{"two-way not closed", `<input value="{=phone" b="c=}"/>`, `(input value'{=phone}' b'c=}')`, []string{"{= is not closed"}},
		{"object", `<template is="a" data="{{{ ...item }}}"/>`, `(template is'a' data'{...item}')`, nil},
	})
	runParse(t, Douyin, []parseTest{
		{"directives", `<v tt:if="{{a}}" tt:key="id" bindgetphonenumber="b"/>`, `(v *if'{a}' *key'id' @getphonenumber'b')`, nil},
		{"script", `<sjs module="m">1 < 2</sjs>`, `(sjs module'm' script<1 < 2>)`, nil},
	})
	for _, d := range []*Dialect{QQ, Kuaishou, JD, Xiaohongshu} {
		text := `<v ` + d.Directives[0] + `if="{{a}}" wx:for="{{b}}"/>`
		runParse(t, d, []parseTest{{d.Name, text, `(v *if'{a}' *for'{b}')`, nil}})
	}
}

func TestVue(t *testing.T) {
	runParse(t, Vue, []parseTest{
		{"events", `<v @input="onInput" v-on:tap.stop="go(1)" @getphonenumber="f" @tap.native.once="g"/>`,
			`(v @input'{onInput}' @tap'{go(1)}' @getphonenumber'{f}' @tap'{g}')`, nil},
		{"statements", `<v @tap="a = 1; save(';', {b: 2})" @x="f();"/>`, `(v @tap'{a = 1; save(';', {b: 2})}' @x'{f();}')`, nil},
		{"events of the platform", `<v bindtap="a"/>`, `(v @tap'a')`, nil},
		{"model", `<input v-model="form.phone"/><input v-model.trim="a"/><x v-model:title="b"/>`,
			`(input =value'{form.phone}') (input =value'{a}') (x =title'{b}')`, nil},
		{"bindings", `<v :placeholder="'手机号'" v-bind:type="t" :data-goods-id="g.id" :key="k" :a.sync="b"/>`,
			`(v placeholder'{'手机号'}' type'{t}' $goodsId'{g.id}' *key'{k}' =a'{b}')`, nil},
		{"bindings of the same name", `<v :placeholder :max-length v-bind:type :key disabled @tap/>`,
			`(v placeholder'{placeholder}' max-length'{max-length}' type'{type}' *key disabled @tap)`, nil},
		{"object value", `<v :class="{on: a, 'b': {c: 1}}"/>`, `(v class'{on: a, 'b': {c: 1}')`, nil},
		{"directives", `<v v-if="a && b"/><v v-else-if="c"/><v v-else/><v v-show="d"/><v v-html="e"/>`,
			`(v *if'{a && b}') (v *elif'{c}') (v *else) (v *show'{d}') (v *html'{e}')`, nil},
		{"loop", `<v v-for="(item, i) in list"/><v v-for="x of f(a)"/><v v-for="index"/>`,
			`(v *for'(item, i) in {list}') (v *for'x of {f(a)}') (v *for'index')`, nil},
		{"slots", `<v #default="{ item }"/><v v-slot:head="p"/>`, `(v *slot'{ item }') (v *slot'p')`, nil},
		{"text", `<p>{{ a | mask }}</p>`, `(p "{a | mask}")`, nil},
		{"empty value", `<v :a="" @b="" @c/>`, `(v a'' @b'' @c)`, nil},
		{"objects for all", `<v v-bind="props" v-on="handlers"/>`, `(v *bind'{props}' *on'{handlers}')`, nil},
	})
	runParse(t, Wepy, []parseTest{
		{"both", `<input @input="onPhone" wx:if="{{a}}" :title.sync="b" bindblur="c"/>`, `(input @input'{onPhone}' *if'{a}' =title'{b}' @blur'c')`, nil},
		{"braces in a handler", `<v @tap="select({{item.id}}, 'a')"/>`, `(v @tap'select({item.id}, 'a')')`, nil},
		{"repeat", `<repeat for="{{list}}" item="x"><v/></repeat>`, `(repeat for'{list}' item'x' (v))`, nil},
	})
}

func TestExpressions(t *testing.T) {
	parse := func(d *Dialect, text string) script.Expr {
		doc := Parse(source.NewFile("a.wxml", text), d)
		require.Empty(t, doc.Errors)
		parts := doc.Nodes[0].(*Element).Attrs[0].Parts
		require.NotNil(t, parts[0].Expr)
		return parts[0].Expr
	}
	for _, text := range []string{
		`<template data="{{ a, ...b, c: 1 }}"/>`, `<template data="{{...item}}"/>`, `<template data="{{ {a} }}"/>`, `<x y="{{ a: 1 }}"/>`,
	} {
		require.IsType(t, &script.Object{}, parse(WeChat, text), text)
	}
	require.IsType(t, &script.Object{}, parse(Baidu, `<template data="{{{ a, b }}}"/>`))
	require.IsType(t, &script.Ident{}, parse(Baidu, `<input value="{=phone=}"/>`))
	require.IsType(t, &script.Cond{}, parse(WeChat, `<x class="{{ a ? 'b' : "c" }}"/>`))
	require.IsType(t, &script.Assign{}, parse(Vue, `<x @input="phone = $event"/>`))
	require.IsType(t, &script.Function{}, parse(Vue, `<x @input="e => { a = e; b() }"/>`))
	require.IsType(t, &script.Object{}, parse(Vue, `<x :class="{on: a}"/>`))
	require.IsType(t, &script.Function{}, parse(Vue, `<x @input="(e: any): void => { a = e!.b }"/>`))
	require.IsType(t, &script.Assign{}, parse(Vue, `<x @input="a = (e as Event).b"/>`))
	require.IsType(t, &script.Function{}, parse(Vue, `<x @input="if (a) b = $event"/>`))
	require.IsType(t, &script.Function{}, parse(Vue, "<x @input=\"\n a = 1\n b(a!)\n\"/>"))
	seq := parse(Vue, `<x @tap="a = 1; save('; ', b);"/>`).(*script.Sequence)
	require.Len(t, seq.Exprs, 2)
	require.IsType(t, &script.Call{}, seq.Exprs[1])

	doc := Parse(source.NewFile("a.wxml", `<x a="{{ b + }}" c="{{ d }}"/>`), WeChat)
	require.Len(t, doc.Errors, 1, "one bad expression costs only itself")
	x := doc.Nodes[0].(*Element)
	require.IsType(t, &script.BadExpr{}, x.Attrs[0].Parts[0].Expr)
	require.IsType(t, &script.Ident{}, x.Attrs[1].Parts[0].Expr)
}

func TestSpans(t *testing.T) {
	f := source.NewFile("a.wxml", "<view>\r\n  姓名：<input placeholder=\"请输入{{ label }}😀\" bindinput='on'/>\r\n</view>")
	doc := Parse(f, WeChat)
	view := doc.Nodes[0].(*Element)
	require.Equal(t, f.Text, f.Slice(view.Span))
	require.Equal(t, "<view>", f.Slice(view.Open))
	require.Equal(t, "\r\n  姓名：", f.Slice(view.Children[0].Range()))
	input := view.Children[1].(*Element)
	require.Equal(t, source.Position{Line: 2, Column: 6}, f.Position(input.Start))
	require.Equal(t, input.Span, input.Open)
	a := input.Attr("placeholder")
	require.Equal(t, `placeholder="请输入{{ label }}😀"`, f.Slice(a.Span))
	require.Equal(t, "placeholder", f.Slice(a.NameSpan))
	require.Equal(t, "请输入{{ label }}😀", f.Slice(a.ValueSpan))
	require.Equal(t, []string{"请输入", "{{ label }}", "😀"}, []string{
		f.Slice(a.Parts[0].Span), f.Slice(a.Parts[1].Span), f.Slice(a.Parts[2].Span)})
	require.Equal(t, "label", f.Slice(a.Parts[1].Expr.Range()))
	on := input.Find(Event, "input")
	require.Equal(t, "bindinput='on'", f.Slice(on.Span))
	require.Equal(t, "on", f.Slice(on.ValueSpan))

	text, static := Static(a.Parts)
	require.Equal(t, "请输入😀", text)
	require.False(t, static)
}

func TestParseSpan(t *testing.T) {
	f := source.NewFile("a.vue", `<template><view>{{a}}</view></template><script>"</view>"</script>`)
	doc := ParseSpan(f, source.Span{Start: 10, End: 28}, Vue)
	require.Equal(t, `(view "{a}")`, shape(doc))
	require.Empty(t, doc.Errors)
	require.Equal(t, `<view>{{a}}</view>`, f.Slice(doc.Nodes[0].Range()))

	doc = ParseSpan(f, source.Span{Start: 10, End: 20}, Vue) // within {{
	require.Equal(t, `(view "{a}")`, shape(doc))
	require.Len(t, doc.Errors, 2)
	checkTree(t, doc)

	require.Empty(t, ParseSpan(f, source.Span{Start: -4, End: 0}, Vue).Nodes)
	require.Empty(t, ParseSpan(f, source.Span{Start: 9999, End: 99999}, Vue).Nodes)
}

func TestDepth(t *testing.T) {
	n := 100_000
	doc := Parse(source.NewFile("a.wxml", strings.Repeat("<view>", n)+strings.Repeat("</view>", n)+"<text/>"), WeChat)
	require.Len(t, doc.Errors, 1)
	require.Contains(t, doc.Errors[0].Message.EN, "nest deeper")
	require.Len(t, doc.Nodes, 2, "the nesting ends where it ended in the file")
	count := 0
	Walk(doc.Nodes, func(Node) bool { count++; return true })
	require.Equal(t, n+1, count)

	// Voids cannot be used to nest without bound either.
	checkTree(t, Parse(source.NewFile("a.wxml", strings.Repeat("<slot>", n)+strings.Repeat("</slot>", n)), WeChat))
}

// TestLinear feeds input that would cost a careless scanner quadratic time. The
// limit is no measure of speed: linear work takes a twentieth of it, quadratic
// work many times as much.
func TestLinear(t *testing.T) {
	for _, unit := range []string{
		"{{", "{{{", "{{{{}}", "{{ ( {{ }}", "{{'", `{{"'`, "{{'\\", "{{ <a>", `<a b="{{`, `<a b="`, "<a b='{{\"", "<!", "<!--", "<a ",
		"</a>", "<a/", `<wxs src="a">`, "<wxs>", "&", "&#", "<input>", "<slot></slot>", "{{ a <b ", "<a b={{", "<![CDATA[", "=", "<a {{",
		`<a b="{{'" c="`, "{{/*", "</a", "</", "{=", `<a b="{=`,
	} {
		for _, tail := range []string{"", "}}", `"`} {
			begun := time.Now()
			Parse(source.NewFile("a.swan", strings.Repeat(unit, 200_000/len(unit))+tail), Baidu)
			require.Less(t, time.Since(begun), 3*time.Second, "%q … %q", unit, tail)
		}
	}
}

// checkTree checks what is true of every tree, however broken its text.
func checkTree(t require.TestingT, d *Document) {
	text := source.Span{Start: 0, End: int32(len(d.File.Text))}
	checkNodes(t, d.Nodes, text, nil)
	for _, e := range d.Errors {
		require.True(t, text.Contains(e.Span) && e.Start <= e.End, "error %v", e)
		require.NotEmpty(t, e.Message.EN)
		require.NotEmpty(t, e.Message.ZH)
	}
}

func checkNodes(t require.TestingT, nodes []Node, outer source.Span, parent *Element) {
	at := outer.Start
	for _, n := range nodes {
		s := n.Range()
		require.True(t, at <= s.Start && s.Start < s.End && s.End <= outer.End, "%T %v in %v at %d", n, s, outer, at)
		at = s.End
		switch n := n.(type) {
		case *Element:
			require.Same(t, parent, n.Parent)
		case *Text:
			require.Same(t, parent, n.Parent)
		case *Comment:
			require.Same(t, parent, n.Parent)
		}
		switch n := n.(type) {
		case *Text:
			checkParts(t, n.Parts, n.Span, true)
		case *Element:
			require.NotEmpty(t, n.Tag)
			require.True(t, n.Contains(n.Open) && n.Open.Start == n.Start)
			last := n.Open.Start + 1
			for _, a := range n.Attrs {
				require.True(t, last <= a.Start && a.Start < a.End && a.End <= n.Open.End)
				sameName := a.NameSpan.End == a.ValueSpan.End // :placeholder
				require.True(t, a.Contains(a.NameSpan) && a.Contains(a.ValueSpan) && (sameName || a.NameSpan.End <= a.ValueSpan.Start))
				require.Equal(t, a.HasValue || a.ValueSpan.Len() > 0, a.HasValue)
				require.NotEmpty(t, a.Name)
				checkParts(t, a.Parts, a.ValueSpan, a.ValueSpan.Len() > 0)
				last = a.End
			}
			inner := source.Span{Start: n.Open.End, End: n.End}
			if n.Script != nil {
				require.True(t, inner.Contains(n.Script.Span))
			}
			checkNodes(t, n.Children, inner, n)
		}
	}
}

// checkParts checks that parts lie side by side and cover outer.
func checkParts(t require.TestingT, parts []Part, outer source.Span, some bool) {
	require.Equal(t, some, len(parts) > 0)
	at := outer.Start
	for _, p := range parts {
		require.Equal(t, at, p.Start)
		require.Less(t, p.Start, p.End)
		if p.Expr != nil {
			require.True(t, p.Contains(p.Expr.Range()), "%v in %v", p.Expr.Range(), p.Span)
			require.Empty(t, p.Text)
		}
		at = p.End
	}
	if some {
		require.Equal(t, outer.End, at)
	}
}

var dialects = []*Dialect{WeChat, Alipay, Baidu, Douyin, QQ, Kuaishou, JD, Xiaohongshu, Vue, Wepy, Mpx}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`<view class="a {{b}}" bindtap='c' wx:if={{d}}>姓名{{e<f}}<input><text/></view>`,
		`<wxs module="m">var a</wxs><template is="x" data="{{...a, b}}"/>`,
		`<radio value="{{"a"}}">a</radio></b><!-- c --><!d>`,
		`<input s-if="a" value="{=b=}" s-for="c in d trackBy e"/>`,
		`<v @tap="a;b" :c="d" v-for="(e, f) in g" v-model="h" #i="j"/>`,
		"{{ a", `<a b="{{`, `<a b="c`, "&lt;&#65;", "</>", "<slot><slot></slot>",
	} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, text string, dialect uint8) {
		file := source.NewFile("f.wxml", strings.ToValidUTF8(text, "?"))
		doc := Parse(file, dialects[int(dialect)%len(dialects)])
		checkTree(t, doc)
		require.Equal(t, len(doc.Nodes)+len(doc.Errors) == 0, Dump(doc) == "", "each node and error is a line")
		if strings.TrimSpace(text) != "" && !strings.ContainsAny(text, "<{") {
			require.Len(t, doc.Nodes, 1, "text without markup is one node")
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const form = `
<!-- 报名表单 -->
<form bindsubmit="onSubmit">
  <view class="row {{errors.name ? 'row-error' : ''}}" wx:for="{{fields}}" wx:key="id" data-field-id="{{item.id}}">
    <text class="label">{{item.label}}：</text>
    <input class="input" type="number" maxlength="11" placeholder="请输入{{item.label}}" value="{{form[item.id]}}" bindinput="onInput" />
  </view>
  <button form-type="submit" class="button" disabled="{{!agreed || submitting}}">提交报名</button>
</form>`
	file := source.NewFile("form.wxml", strings.Repeat(form, 100))
	b.SetBytes(int64(len(file.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Parse(file, WeChat)
	}
}
