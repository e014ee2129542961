package privacy

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// member is a program with a use of every kind: called, named, out of reach, in a
// package, in a script that is not parsed. It has a plugin and a form of its own.
func member(t *testing.T) (*project.Program, *Guide) {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"app.json":         `{ "pages": ["pages/a/a"], "plugins": { "map": { "provider": "wx0123456789abcdef", "version": "1.2.0" } } }`,
		"pages/a/a.json":   `{ "navigationBarTitleText": "会员资料" }`,
		"pages/a/a.wxml":   `<input placeholder="请输入手机号" bindinput="onPhone" /><camera /><button bindtap="go" /><input type="nickname" /><textarea placeholder="昵称" />`,
		"pages/a/a.js":     "require('poster/index'); Page({ go() { wx.getLocation({}); call(wx.chooseAddress) }, unused() { wx.startRecord({}) } })",
		"pages/old/old.js": "wx.getWeRunData({})",
		"miniprogram_npm/poster/index.js": "module.exports=function(p){wx.saveImageToPhotosAlbum({filePath:p})};" +
			"var f=function(){" + strings.Repeat("a+=1;", 5000) + "}",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(files, project.Options{Jobs: 1})
	require.NoError(t, err)
	p := programs[0]
	at := func(text string) source.Location {
		f := p.Views[0].File
		i := int32(strings.Index(f.Text, text))
		return source.Location{File: f, Span: source.Span{Start: i, End: i + int32(len(text))}}
	}
	own := finding.Finding{Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High, Reachable: true,
		Subject: "请输入手机号", Page: "pages/a/a", Location: at("<input")}
	named := own
	named.Category, named.Subject, named.Location = finding.Name, "姓名", at("<button")
	nick, box := own, own
	nick.Category, nick.PrivacyKey, nick.Subject, nick.Location = finding.Nickname, "UserInfo", "昵称", at("<textarea")
	box.Category, box.PrivacyKey, box.Subject, box.Location = finding.Nickname, "UserInfo", "nickname", at(`<input type="nickname"`)
	doubtful := own
	doubtful.Category, doubtful.Confidence = finding.Email, finding.Low
	// Only a detector follows this call to the platform.
	aliased := finding.Finding{Kind: finding.KindAPI, Category: finding.Invoice, PrivacyKey: "Invoice", Confidence: finding.Medium,
		Reachable: true, Page: "pages/a/a", Location: at("<button")}
	g := Derive(p, flow.Analyze(p, flow.Options{}), []finding.Finding{own, named, nick, box, doubtful, aliased})
	g.Program = "会员"
	return p, g
}

func TestDerive(t *testing.T) {
	_, g := member(t)
	sure, perhaps := g.Keys()
	require.Subset(t, sure, []string{"Address", "AlbumWriteOnly", "Camera", "Invoice", "Location"})
	require.NotContains(t, sure, "Record", "nothing calls unused")
	require.Empty(t, perhaps)
	require.Equal(t, finding.CategoryList{finding.Name, finding.Phone, finding.Nickname}, g.Collected(), "low confidence declares nothing")
	require.Len(t, g.need("UserInfo").Uses, 1, "the platform's own box")
	require.Len(t, g.ownNeed("UserInfo").Uses, 1, "a box of the program")
	require.Equal(t, []string{"pages/a/a"}, g.Own[0].Uses[0].Pages)
	require.Equal(t, "<button>", g.need("Invoice").Uses[0].What)
	require.NotNil(t, g.ownNeed("PhoneNumber"))
	require.Nil(t, g.ownNeed("Camera"))
}

// Text and JSON report each kind of difference in both languages.
// Of a type with many uses the text lists eight, unless it can list all in as many lines.
func TestManyUsesAreCounted(t *testing.T) {
	for uses, more := range map[int]string{8: "", 9: "", 10: "and 2 more", 11: "and 3 more"} {
		need := &Need{Key: "Album", Title: platform.PrivacyKeyByName("Album").Title}
		for i := range uses {
			need.Uses = append(need.Uses, Use{What: fmt.Sprintf("use%d.", i), Reachable: true, Location: source.Location{File: source.NewFile("a.js", "a")}})
		}
		var text strings.Builder
		require.NoError(t, Text(&text, []Answer{{Guide: &Guide{Needs: []*Need{need}}}}, lang.English))
		require.Equal(t, more != "", strings.Contains(text.String(), " more "), "%d uses: %s", uses, &text)
		require.Contains(t, text.String(), more)
		for i := range uses {
			require.Equal(t, more == "" || i < shownUses, strings.Contains(text.String(), fmt.Sprintf("use%d.", i)), "%d uses: %s", uses, &text)
		}
	}
}

func TestAnswersAreWritten(t *testing.T) {
	_, g := member(t)
	d := &Declaration{
		Entries: []Entry{
			{Key: "Location", Text: "用于查找附近的门店", Line: 2}, {Key: "Calendar", Text: "不知道", Line: 3},
			{Key: "BlueTooth", Text: "用于连接打印机", Line: 4}, {Key: "自定义", Text: "用于登记会员资料", Line: 5},
		},
		Detected: []string{"Contact"},
	}
	answer := Answer{Guide: g, Compared: true, Differences: Compare(g, d), Draft: NewDraft(g, map[string]string{"pages/a/a": "会员资料"})}
	require.True(t, Differs(answer.Differences))
	kinds := map[DifferenceKind]bool{}
	for _, x := range answer.Differences {
		kinds[x.Kind] = true
		require.NotEqual(t, x.Message.ZH, x.Message.EN)
	}
	require.Len(t, kinds, 4, "used, unused, wording, unsure")

	for _, in := range []lang.Code{lang.Chinese, lang.English} {
		var text, doc strings.Builder
		require.NoError(t, Text(&text, []Answer{answer, {Guide: &Guide{Platform: "alipay"}, Compared: true}}, in))
		for _, want := range []string{"会员", "Location", "wx.getLocation", "poster", "wx0123456789abcdef", "收集你的手机号：在“会员资料”页填写“手机号”", "setprivacysetting"} {
			require.Contains(t, text.String(), want)
		}
		require.NoError(t, JSON(&doc, []Answer{answer}, in))
		var read jsonDoc
		require.NoError(t, json.Unmarshal([]byte(doc.String()), &read))
		require.Len(t, read.Programs[0].Keys, len(g.Needs))
		require.Len(t, read.Programs[0].Differences, len(answer.Differences))
		require.Equal(t, "wx0123456789abcdef", read.Programs[0].Plugins[0].Provider)
	}
	var text strings.Builder
	require.NoError(t, Text(&text, []Answer{{Guide: &Guide{Platform: "alipay"}, Compared: true}}, lang.English))
	require.Contains(t, text.String(), "Nothing was found that must be declared.")
	require.Contains(t, text.String(), "Code and declaration agree.")
	require.Contains(t, text.String(), "another platform's")
}

// A field is declared under the entry of its category, an interface under its own
// key, and what the guide has no entry for under the category.
func TestKeyOf(t *testing.T) {
	for want, f := range map[string]finding.Finding{
		"PhoneNumber": {Kind: finding.KindField, Category: finding.Phone},
		"姓名":          {Kind: finding.KindField, Category: finding.Name},
		"Location":    {Kind: finding.KindAPI, Category: finding.Position, PrivacyKey: "Location"},
		"identifier":  {Kind: finding.KindAPI, Category: finding.Identifier},
	} {
		require.Equal(t, want, KeyOf(&f))
	}
}
