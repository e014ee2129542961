package lsp_test

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
)

const phonePage = `<view class="form">
  <text>😀 联系我们</text>
  <view><text>手机号</text><input type="number" maxlength="11" bindinput="onPhone" placeholder="请输入手机号" /></view>
  <button bindtap="submit">提交</button>
</view>
`

const phoneScript = `Page({
  data: { phone: '' },
  onPhone(e) { this.setData({ phone: e.detail.value }) },
  submit() {
    wx.request({ url: 'https://api.example.cn/join', method: 'POST', data: { phone: this.data.phone } })
  },
})
`

func phoneProgram(t testing.TB) (dir, page string) {
	dir = program(t, map[string]string{
		"app.json":             `{"pages": ["pages/join/join"]}`,
		"pages/join/join.wxml": phonePage,
		"pages/join/join.js":   phoneScript,
	})
	return dir, uri(filepath.Join(dir, "pages/join/join.wxml"))
}

func TestConversation(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "zh-cn")

	// The whole workspace is looked at without any document open.
	p := e.diagnostics(page, has("field/phone"))
	require.Nil(t, p.Version)
	d := p.Diagnostics[0]
	require.Equal(t, textRange{position{2, 24}, position{2, 103}}, d.Range, "the start tag, in UTF-16 units")
	require.Contains(t, d.Message, "手机号")
	require.NotEmpty(t, d.RelatedInformation)
	require.Equal(t, 3, d.Severity, "to collect is no problem")
	config := e.diagnostics(uri(filepath.Join(dir, "app.json")), has("filing/personal-information"))
	require.Contains(t, config.Diagnostics[0].Message, "触发备案")

	var h hover
	e.call("textDocument/hover", map[string]any{"textDocument": doc(page), "position": at(2, 30)}, &h)
	require.Equal(t, "markdown", h.Contents.Kind)
	require.Equal(t, d.Range, h.Range)
	for _, part := range []string{"field/phone", "手机号", "去向", "api.example.cn", "wx.request", "[规则说明](http"} {
		require.Contains(t, h.Contents.Value, part)
	}

	// At the sink, the hover shows what arrives there.
	script := uri(filepath.Join(dir, "pages/join/join.js"))
	e.call("textDocument/hover", map[string]any{"textDocument": doc(script), "position": at(4, 8)}, &h)
	require.Contains(t, h.Contents.Value, "join.wxml:3")

	// Elsewhere there is no hover.
	m := e.response(e.send("textDocument/hover", map[string]any{"textDocument": doc(page), "position": at(0, 0)}))
	require.Nil(t, m.Error)
	require.Equal(t, "null", string(m.Result))
	e.leave()
}

// The person adds a reason of their own to a suppression.
func TestSuppression(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.didOpen(page, phonePage)
	e.diagnostics(page, version(1, has("field/phone")))

	var actions []action
	params := map[string]any{"textDocument": doc(page), "range": span(2, 30, 2, 30), "context": map[string]any{"diagnostics": []any{}}}
	e.call("textDocument/codeAction", params, &actions)
	require.Len(t, actions, 3)
	for i, comment := range []string{"<!-- beian-accept field/phone: -->", "<!-- beian-ignore field/phone: -->"} {
		edits := actions[i].Edit.Changes[page]
		require.Len(t, edits, 1)
		require.Equal(t, textEdit{textRange{position{2, 24}, position{2, 24}}, comment}, edits[0])
	}

	// The last one opens the page about the rule.
	require.Equal(t, []string{"field/phone"}, actions[2].Command.Arguments)
	e.call("workspace/executeCommand", map[string]any{"command": actions[2].Command.Command, "arguments": actions[2].Command.Arguments}, nil)
	show := e.await("showDocument", func(m reply) bool { return m.Method == "window/showDocument" })
	require.Contains(t, string(show.Params), "docs/rules/field/phone.md")

	for _, only := range []string{"refactor", "source.fixAll"} {
		params["context"] = map[string]any{"only": []string{only}}
		e.call("textDocument/codeAction", params, &actions)
		require.Empty(t, actions, only)
	}
	e.leave()
}

// A fix mends the text on the screen, and only if that was analyzed.
func TestFix(t *testing.T) {
	const stored = `{"pages": ["pages/shop/shop"]}`
	dir := program(t, map[string]string{
		"app.json":             stored,
		"pages/shop/shop.wxml": `<button bindtap="find">附近门店</button>`,
		"pages/shop/shop.js":   `Page({ find() { wx.getLocation({ type: 'gcj02' }) } })`,
		"pages/shop/shop.json": `{"navigationBarTitleText": "附近门店"}`,
	})
	config := uri(filepath.Join(dir, "app.json"))
	e := start(t, lsp.Options{})
	e.open(dir, "zh")
	e.diagnostics(config, has("config/required-private-infos-missing"))

	// offered returns the title and the edit of each fix for what is on the first lines.
	offered := func() map[string]textEdit {
		var actions []action
		e.call("textDocument/codeAction", map[string]any{
			"textDocument": doc(config), "range": span(0, 0, 9, 0), "context": map[string]any{"only": []string{"quickfix"}},
		}, &actions)
		fixes := map[string]textEdit{}
		for _, a := range actions {
			if a.Edit != nil {
				require.Len(t, a.Edit.Changes[config], 1)
				fixes[a.Title] = a.Edit.Changes[config][0]
			}
		}
		return fixes
	}
	const declare = "在 requiredPrivateInfos 加上 getLocation"
	require.Equal(t, textEdit{textRange{position{0, 29}, position{0, 29}}, `, "requiredPrivateInfos": ["getLocation"]`}, offered()[declare],
		"of a file that is not open")

	// What is not saved counts; columns are in UTF-16 units.
	text := "{\n  /* 😀 */ \"pages\": [\"pages/shop/shop\"], /* 😀 */ \"__usePrivacyCheck__\": true\n}\n"
	e.didOpen(config, text)
	e.diagnostics(config, version(1, has("config/use-privacy-check-obsolete")))
	fixes := offered()
	require.Len(t, fixes, 3)
	require.Contains(t, fixes, "写上 permission.scope.userLocation.desc 的草稿“你的位置信息将用于“附近门店”页的功能”，请核对")
	require.Equal(t, position{1, 77}, fixes[declare].Range.Start, "behind true")

	// One after the other, until there is nothing left to mend.
	for n := 2; len(fixes) > 0; n++ {
		require.Less(t, n, 5)
		titles := slices.Sorted(maps.Keys(fixes))
		left := len(fixes)
		e.didChange(config, n, map[string]any{"range": fixes[titles[0]].Range.params(), "text": fixes[titles[0]].NewText})
		require.Empty(t, offered(), "the change is not analyzed yet")
		e.diagnostics(config, version(n, func(published) bool { return true }))
		fixes = offered()
		require.Len(t, fixes, left-1)
	}
	e.leave()
}

func TestChangesAreSeenBeforeTheyAreSaved(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.didOpen(page, phonePage)
	e.diagnostics(page, version(1, has("field/phone")))

	// A line above moves it down.
	e.didChange(page, 2, map[string]any{"range": span(0, 0, 0, 0), "text": "<!-- 😀 -->\n"})
	p := e.diagnostics(page, version(2, has("field/phone")))
	require.Equal(t, 3, p.Diagnostics[0].Range.Start.Line)

	// Without the field there is nothing to say; the last page leaves nothing of app.json.
	e.didChange(page, 3, map[string]any{"text": "<view>手机号</view>\n"})
	p = e.diagnostics(page, version(3, without("field/phone")))
	require.Empty(t, p.Diagnostics)
	e.diagnostics(uri(filepath.Join(dir, "app.json")), without("filing/personal-information"))

	// Closed without saving, what is stored counts again.
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(page)})
	p = e.diagnostics(page, version(0, has("field/phone")))
	require.Equal(t, 2, p.Diagnostics[0].Range.Start.Line)

	// And what another program writes there.
	name := filepath.Join(dir, "pages/join/join.wxml")
	require.NoError(t, os.WriteFile(name, []byte("<view />"), 0o666))
	e.notify("workspace/didChangeWatchedFiles", map[string]any{"changes": []any{map[string]any{"uri": page, "type": 2}}})
	e.diagnostics(page, without("field/phone"))
	e.leave()
}

// While an analysis is slow, answers come from the report before, moved to the
// present places; changed text is left out.
func TestAnswersDoNotWait(t *testing.T) {
	dir, page := phoneProgram(t)
	slow := make(chan struct{})
	runs := 0
	e := start(t, lsp.Options{Analyze: func(ctx context.Context, d analyzer.Dir) (*analyzer.Scan, error) {
		if runs++; runs > 2 {
			<-slow
		}
		return analyze(ctx, d)
	}})
	e.open(dir, "en")
	e.diagnostics(page, has("field/phone"))
	e.didOpen(page, phonePage)
	e.diagnostics(page, version(1, has("field/phone")))

	e.didChange(page, 2, map[string]any{"range": span(0, 0, 0, 0), "text": "\n\n"})
	var h hover
	e.call("textDocument/hover", map[string]any{"textDocument": doc(page), "position": at(4, 30)}, &h)
	require.Equal(t, textRange{position{4, 24}, position{4, 103}}, h.Range)

	e.didChange(page, 3, map[string]any{"range": span(4, 34, 4, 34), "text": "disabled "})
	m := e.response(e.send("textDocument/hover", map[string]any{"textDocument": doc(page), "position": at(4, 30)}))
	require.Equal(t, "null", string(m.Result))
	close(slow)
	e.leave()
}

func TestSeveralFoldersAndPrograms(t *testing.T) {
	shop := map[string]string{}
	for _, name := range []string{"buyer", "seller"} {
		shop[name+"/app.json"] = `{"pages": ["pages/join/join"]}`
		shop[name+"/pages/join/join.wxml"] = phonePage
		shop[name+"/pages/join/join.js"] = phoneScript
	}
	dir := program(t, shop)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.diagnostics(uri(filepath.Join(dir, "buyer/pages/join/join.wxml")), has("field/phone"))
	e.diagnostics(uri(filepath.Join(dir, "seller/pages/join/join.wxml")), has("field/phone"))

	// A second folder comes and goes.
	other, page := phoneProgram(t)
	change := func(key string) {
		e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{key: []any{doc(uri(other))}}})
	}
	change("added")
	e.diagnostics(page, has("field/phone"))
	change("removed")
	require.Empty(t, e.diagnostics(page, without("field/phone")).Diagnostics)

	// A file outside the workspace adds its program.
	e.didOpen(page, phonePage)
	e.diagnostics(page, has("field/phone"))
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(page)})
	e.diagnostics(page, without("field/phone"))
	e.leave()
}

func TestMistakesAreAnswered(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	require.Equal(t, -32002, e.fails("textDocument/hover", nil).Code, "before initialize")
	e.open(dir, "en")
	require.Equal(t, -32600, e.fails("initialize", nil).Code, "twice")
	require.Equal(t, -32601, e.fails("textDocument/rename", nil).Code)
	require.Equal(t, -32602, e.fails("textDocument/hover", []int{1}).Code)
	require.Equal(t, -32602, e.fails("textDocument/hover", map[string]any{"position": "here"}).Code)
	require.Equal(t, -32602, e.fails("workspace/executeCommand", map[string]any{"command": "rm", "arguments": []string{"-rf"}}).Code)
	require.Equal(t, -32602, e.fails("workspace/executeCommand", map[string]any{"command": "beian.openRule", "arguments": []string{"../../x"}}).Code)

	e.raw(`{"jsonrpc": "2.0", "id": 1, `)
	m := e.await("parse error", func(m reply) bool { return m.Error != nil })
	require.Equal(t, -32700, m.Error.Code)
	require.Contains(t, []string{"", "null"}, string(m.ID))
	e.raw(`[]`)
	m = e.await("invalid request", func(m reply) bool { return m.Error != nil })
	require.Equal(t, -32600, m.Error.Code)

	// Notifications that make no sense change nothing.
	e.notify("textDocument/didChange", map[string]any{"textDocument": doc(page), "contentChanges": []any{map[string]any{"text": "x"}}})
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "untitled:Untitled-1", "text": phonePage}})
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": "file://%zz", "text": phonePage}})
	e.notify("textDocument/didOpen", "nonsense")
	e.notify("$/setTrace", map[string]any{"value": "off"})
	e.didOpen(page, phonePage)
	e.didChange(page, 2, map[string]any{"range": span(9, 9, 3, 3), "text": "x"}, map[string]any{"range": span(-4, -1, 1<<30, 1<<30), "text": ""})
	for _, position := range []any{at(-1, -1), at(1<<30, 1<<30), at(2, -5)} {
		e.response(e.send("textDocument/hover", map[string]any{"textDocument": doc(page), "position": position}))
	}
	e.call("shutdown", nil, nil)
	require.Equal(t, -32600, e.fails("textDocument/hover", nil).Code, "after shutdown")
	e.notify("exit", nil)
	require.NoError(t, <-e.done)
}

func TestCancel(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	// The server works through the queue in order but reads cancellations at once:
	// among many requests, the last still waits when its cancellation comes. Each
	// is answered once in any case.
	params := map[string]any{"textDocument": doc(page), "range": span(0, 0, 9, 0), "context": map[string]any{}}
	var ids []string
	for range 50 {
		ids = append(ids, e.send("textDocument/codeAction", params))
		e.notify("$/cancelRequest", map[string]any{"id": json.RawMessage(ids[len(ids)-1])})
	}
	for _, id := range ids {
		if m := e.response(id); m.Error != nil {
			require.Equal(t, -32800, m.Error.Code)
		}
	}
	e.notify("$/cancelRequest", map[string]any{"id": 4711})
	e.notify("$/cancelRequest", nil)
	e.leave()
}

func TestProgramThatCannotBeLoaded(t *testing.T) {
	dir := program(t, map[string]string{"app.json": `{"pages": [}`})
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	config := uri(filepath.Join(dir, "app.json"))
	p := e.diagnostics(config, func(published) bool { return true })
	require.Len(t, p.Diagnostics, 1)
	require.Equal(t, 0, p.Diagnostics[0].Range.Start.Line)

	// Once mended on the screen, the complaint goes away.
	e.didOpen(config, `{"pages": []}`)
	require.Empty(t, e.diagnostics(config, func(p published) bool { return p.Version != nil }).Diagnostics)
	e.leave()
}

func TestBugOfTheAnalyzer(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{Analyze: func(context.Context, analyzer.Dir) (*analyzer.Scan, error) { panic("boom") }})
	e.open(dir, "en")
	m := e.await("message", func(m reply) bool { return m.Method == "window/showMessage" })
	require.Contains(t, string(m.Params), "boom")
	e.call("textDocument/hover", map[string]any{"textDocument": doc(page), "position": at(2, 30)}, nil)
	e.leave()
}

func TestEnds(t *testing.T) {
	for name, input := range map[string]string{
		"nothing at all":  "",
		"exit alone":      "Content-Length: 33\r\n\r\n" + `{"jsonrpc":"2.0","method":"exit"}`,
		"lower-case name": "content-length: 33\r\n\r\n" + `{"jsonrpc":"2.0","method":"exit"}`,
	} {
		t.Run(name, func(t *testing.T) {
			err := lsp.Serve(context.Background(), strings.NewReader(input), discard{}, lsp.Options{Analyze: analyze, Default: "zh"})
			require.ErrorIs(t, err, lsp.ErrNoShutdown)
		})
	}
	for name, input := range map[string]string{
		"no header":       "hello\r\n\r\n",
		"no length":       "Content-Type: x\r\n\r\n{}",
		"negative length": "Content-Length: -1\r\n\r\n{}",
		"huge length":     "Content-Length: 99999999999\r\n\r\n{}",
		"cut off":         "Content-Length: 100\r\n\r\n{}",
		"cut in header":   "Content-Le",
		"endless header":  strings.Repeat("x", 1<<16),
	} {
		t.Run(name, func(t *testing.T) {
			err := lsp.Serve(context.Background(), strings.NewReader(input), discard{}, lsp.Options{Analyze: analyze, Default: "zh"})
			require.Error(t, err)
			require.False(t, errors.Is(err, lsp.ErrNoShutdown), err)
		})
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// BenchmarkHover measures an answer, BenchmarkSave the way from a change to
// diagnostics, on a program of BEIAN_PROGRAM or else the clinic.
func BenchmarkHover(b *testing.B) {
	e, page, text := benchmarkEditor(b)
	params := map[string]any{"textDocument": doc(page), "position": at(strings.Count(text, "\n")/2, 8)}
	for b.Loop() {
		e.response(e.send("textDocument/hover", params))
	}
}

func BenchmarkSave(b *testing.B) {
	e, page, _ := benchmarkEditor(b)
	for n := 2; b.Loop(); n++ {
		e.didChange(page, n, map[string]any{"range": span(0, 0, 0, 0), "text": "\n"})
		e.notify("textDocument/didSave", map[string]any{"textDocument": doc(page)})
		e.diagnostics(page, func(p published) bool { return p.Version != nil && *p.Version == n })
	}
}

func benchmarkEditor(b *testing.B) (e *editor, page, text string) {
	dir := os.Getenv("BEIAN_PROGRAM")
	if dir == "" {
		dir = "../../fixtures/projects/clinic"
	}
	dir, err := filepath.Abs(dir)
	require.NoError(b, err)
	e = start(b, lsp.Options{})
	e.open(dir, "en")
	var p published
	e.await("diagnostics of a template", func(m reply) bool {
		return m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &p) == nil && strings.HasSuffix(p.URI, "ml")
	})
	u, err := url.Parse(p.URI)
	require.NoError(b, err)
	raw, err := os.ReadFile(u.Path)
	require.NoError(b, err)
	e.didOpen(p.URI, string(raw))
	e.diagnostics(p.URI, func(p published) bool { return p.Version != nil })
	return e, p.URI, string(raw)
}

// A change ends the analysis that it makes out of date; the next one shows the new text.
func TestChangeEndsTheAnalysis(t *testing.T) {
	dir, page := phoneProgram(t)
	began, ended, first := make(chan struct{}), make(chan struct{}), true
	e := start(t, lsp.Options{Delay: time.Minute, Analyze: func(ctx context.Context, d analyzer.Dir) (*analyzer.Scan, error) {
		if first {
			first = false
			close(began)
			<-ctx.Done()
			close(ended)
			return nil, ctx.Err()
		}
		return analyze(ctx, d)
	}})
	e.open(dir, "en")
	<-began
	e.didOpen(page, strings.ReplaceAll(phonePage, "手机号", "备注"))
	<-ended
	p := e.diagnostics(uri(filepath.Join(dir, "pages/join/join.js")), func(published) bool { return true })
	require.NotEmpty(t, p.Diagnostics)
	e.leave()
}
