package policy

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

func read(t *testing.T, name, text string) *Text {
	t.Helper()
	lines, err := Read(name, []byte(text))
	require.NoError(t, err)
	return Parse(lines)
}

// TestClaims compares what is read in policies with fixtures/policies.txtar, to which
// -update adds the answers.
func TestClaims(t *testing.T) {
	const file = "../../fixtures/policies.txtar"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	archive := txtar.Parse(text)
	answered := &txtar.Archive{Comment: archive.Comment}
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, ".want") {
			continue
		}
		var out strings.Builder
		for _, c := range read(t, f.Name, string(f.Data)).Claims {
			denied := ""
			if c.Denied {
				denied = " denied"
			}
			fmt.Fprintln(&out, strings.TrimSpace(fmt.Sprintf("%d %s%s %s", c.Line, c.Category, denied, c.Purpose)))
		}
		answered.Files = append(answered.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(out.String())})
	}
	golden.Check(t, file, string(txtar.Format(answered)))
}

// Every category has words, and every word of the table means its category.
func TestWords(t *testing.T) {
	for _, c := range finding.Categories() {
		require.NotEmpty(t, words().words[c], c)
		for _, w := range words().words[c] {
			require.True(t, slices.Contains(named("您的"+strings.TrimLeft(w, "、")), c) || strings.ContainsAny(w, "、＿"), "%s: %s", c, w)
		}
	}
	for c := range words().words {
		require.True(t, c.Known(), c)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, data := range map[string][]byte{
		"a.pdf": []byte("%PDF"), "a.doc": nil, "a.docx": []byte("no zip"), "a.txt": {0xff, 0xfe}, "a.md": bytes.Repeat([]byte("a"), MaxSize+1),
	} {
		_, err := Read(name, data)
		require.Error(t, err, name)
	}
	var empty bytes.Buffer
	require.NoError(t, zip.NewWriter(&empty).Close())
	_, err := Read("a.docx", empty.Bytes())
	require.ErrorContains(t, err, "no Word document")
}

func TestReadWord(t *testing.T) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	f, err := z.Create("word/document.xml")
	require.NoError(t, err)
	_, err = f.Write([]byte(`<w:document xmlns:w="x"><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>信息收集</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>手机</w:t></w:r><w:r><w:t>号：用于登录</w:t></w:r></w:p></w:body></w:document>`))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	lines, err := Read("a.DOCX", file.Bytes())
	require.NoError(t, err)
	require.Equal(t, []Line{{"信息收集", 1, true}, {"手机号：用于登录", 2, false}}, lines)
	require.Equal(t, finding.Phone, Parse(lines).Claims[0].Category)
}

// Each kind of difference, and what fails a check.
func TestCompare(t *testing.T) {
	file := source.NewFile("pages/a/a.wxml", "<input/>\n")
	at := source.Location{File: file, Span: source.Span{Start: 0, End: 8}}
	collects := func(c finding.Category, host string) finding.Finding {
		f := finding.Finding{Kind: finding.KindField, Category: c, Confidence: finding.High, Reachable: true, Location: at}
		if host != "" {
			f.Flows = []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: host, Location: at}}}
		}
		return f
	}
	all := []finding.Finding{collects(finding.Phone, "o1.ingest.sentry.io"), collects(finding.Name, ""), collects(finding.Email, "api.example.com"), collects("bankcard", "")}
	known := facts.Facts{Hints: []facts.Hint{{Topic: "right-account", Word: "注销账号", Place: facts.Place{Text: "注销账号", Location: at}}}}
	text := read(t, "a.md", "# 我们收集的信息\n手机号\n位置信息，用于查找门店\n我们不会收集您的姓名。\n数据由 GrowingIO 处理。\n")
	c := Compare(text, all, known)
	kinds := map[Kind][]string{}
	for _, d := range c.Differences {
		kinds[d.Kind] = append(kinds[d.Kind], string(d.Category))
		require.NotEqual(t, d.Message.ZH, d.Message.EN)
	}
	require.Equal(t, []string{"name"}, kinds[Denied])
	require.Equal(t, []string{"email", "bankcard"}, kinds[Untold])
	require.Equal(t, []string{"location"}, kinds[Unshown])
	require.Equal(t, []string{"phone"}, kinds[NoPurpose])
	require.Len(t, kinds[NoRecipient], 1, "Sentry")
	require.Len(t, kinds[OtherParty], 1, "GrowingIO")
	require.Len(t, kinds[Right], 1)
	require.True(t, c.Differs())
	for _, in := range []lang.Code{lang.Chinese, lang.English} {
		var out, doc bytes.Buffer
		require.NoError(t, WriteText(&out, []Answer{{"店", ".", "a.md", c}}, in))
		require.Contains(t, out.String(), "a.md:4  我们不会收集您的姓名。")
		require.Contains(t, out.String(), "pages/a/a.wxml:1:1")
		require.NoError(t, WriteJSON(&doc, []Answer{{"店", ".", "a.md", c}}, in))
		require.Contains(t, doc.String(), `"kind": "collected-but-denied"`)
	}
}

// A policy that says everything differs in nothing that has to be mended.
func TestCompletePolicy(t *testing.T) {
	text := read(t, "a.md", `# 隐私政策
本政策由示例科技有限公司制定。
## 一、我们收集的信息
1. 手机号：用于登录。
我们采用加密存储，保存期限为账号注销后 30 天。
## 二、您的权利
您可以查阅、更正、删除您的信息，或注销账号、撤回同意。
## 三、安全与更新
我们采取加密等安全措施。本政策更新时会通知您。
## 四、联系我们
客服电话：400-123-4567
`)
	f := finding.Finding{Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High, Reachable: true}
	c := Compare(text, []finding.Finding{f}, facts.Facts{})
	require.Empty(t, c.Differences)
	require.False(t, c.Differs())
	require.Len(t, c.Rights, 3, "no copy is offered")
}

// A right is told by a sentence that gives it to somebody, not by any that has its word; what
// is named keeps its sentence.
func TestRights(t *testing.T) {
	for text, want := range map[string]int{
		"您可以在设置中注销账号。": 1, "退出时请您注销登录。": 0, "您可以随时关闭麦克风权限。": 1, "我们可能修改本政策，请您查看修改后的政策。": 0,
		"您可以修改昵称、头像等资料。": 1, "您有权查阅、复制您的信息。": 2, "严禁用户复制、导出他人的信息。": 0, "复制联系方式，方便您联系。": 0,
		"管理员可导出数据。": 0, "You may withdraw your consent and access your data.": 2,
	} {
		c := Compare(read(t, "a.txt", text), nil, facts.Facts{})
		require.Len(t, c.Rights, want, text)
		for _, n := range c.Named {
			require.NotEmpty(t, n.Sentence.Text, text)
		}
	}
}

// Blanks between Chinese and numbers, and colons of either width, hide no part.
func TestPartsAsWritten(t *testing.T) {
	missing := func(text, title string) bool {
		return slices.ContainsFunc(Compare(read(t, "a.txt", text), nil, facts.Facts{}).Differences, func(d Difference) bool {
			return d.Kind == MissingPart && strings.Contains(d.Message.EN, title)
		})
	}
	require.False(t, missing("运营主体: 示例服务有限公司 (某地)", "name of the handler"))
	require.False(t, missing("聊天内容留存不少于 6 个月。", "retention"))
	require.False(t, missing("我们收集您主动自愿填报的资料。", "manner"))
	require.True(t, missing("我们尊重您。", "retention"))
}

// What the operator puts into a cloud of the mainland is entrusted, and needs no telling.
func TestClouds(t *testing.T) {
	for host, faults := range map[string]int{"b.oss-cn-beijing.aliyuncs.com": 0, "x.vercel.app": 1, "o1.ingest.sentry.io": 1} {
		f := finding.Finding{Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High, Reachable: true,
			Flows: []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: host}}}}
		n := 0
		for _, d := range Compare(read(t, "a.txt", "我们收集手机号。"), []finding.Finding{f}, facts.Facts{}).Differences {
			if d.Kind == NoRecipient {
				n++
			}
		}
		require.Equal(t, faults, n, host)
	}
}

// Work grows with the text: a sentence, a line or a tag without an end costs what others do.
func TestLongTexts(t *testing.T) {
	for name, text := range map[string]string{
		"sentence.txt": strings.Repeat("我们收集手机号，", 4_000), "tags.html": strings.Repeat("<a ", 20_000), "lines.md": strings.Repeat("- 手机号\n", 4_000),
		"quotes.html": strings.Repeat("<p a='", 10_000), "list.txt": "我们收集：\n" + strings.Repeat("姓名、", 10_000),
	} {
		require.Less(t, testing.AllocsPerRun(1, func() { read(t, name, text) }), 4_000_000.0, name)
	}
}
