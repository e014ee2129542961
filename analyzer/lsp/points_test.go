package lsp_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lsp"
)

// Types as far as these tests look at them.
type (
	lens struct {
		Range   textRange
		Command struct {
			Title, Command string
			Arguments      []string
		}
	}
	folderPoints struct {
		URI, Failure string
		Programs     []struct {
			Root, Name, Status, Headline string
			Points                       []struct {
				Fingerprint, Rule, Category, Title, Subject, Page, PageTitle, Note string
				Accepted                                                           bool
				Location                                                           struct {
					URI   string
					Range textRange
				}
				Flows []struct {
					Recipient, Text string
					Leaves          bool
					Steps           []struct {
						Text     string
						Location *struct {
							URI   string
							Range textRange
						}
					}
				}
			}
		}
	}
	status struct {
		URI, State, Status, Text string
		Points                   int
	}
)

// openWith is open with capabilities and options of the test's choice.
func (e *editor) openWith(dir string, capabilities, options map[string]any) {
	e.call("initialize", map[string]any{
		"processId": nil, "locale": "zh-cn", "initializationOptions": options, "capabilities": capabilities,
		"workspaceFolders": []any{map[string]string{"uri": uri(dir), "name": "w"}},
	}, nil)
	e.notify("initialized", map[string]any{})
}

func (e *editor) status(state string) (s status) {
	e.await("status "+state, func(m reply) bool {
		return m.Method == "beian/status" && json.Unmarshal(m.Params, &s) == nil && s.State == state
	})
	return s
}

func TestPoints(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.openWith(dir, map[string]any{"experimental": map[string]bool{"beianStatus": true}}, nil)
	require.Equal(t, uri(dir), e.status("analyzing").URI)
	s := e.status("done")
	require.Equal(t, "triggered", s.Status)
	require.Equal(t, 1, s.Points)
	require.Contains(t, s.Text, "备案")

	var all []folderPoints
	e.call("beian/points", nil, &all)
	require.Len(t, all, 1)
	require.Equal(t, uri(dir), all[0].URI)
	require.Len(t, all[0].Programs, 1)
	require.Equal(t, "triggered", all[0].Programs[0].Status)
	require.Len(t, all[0].Programs[0].Points, 1)
	p := all[0].Programs[0].Points[0]
	require.Equal(t, []string{"phone", "手机号", "pages/join/join", page}, []string{p.Category, p.Title, p.Page, p.Location.URI})
	require.Equal(t, textRange{position{2, 24}, position{2, 103}}, p.Location.Range)
	require.Len(t, p.Flows, 1)
	require.Equal(t, "api.example.cn", p.Flows[0].Recipient)
	require.True(t, p.Flows[0].Leaves)
	require.Greater(t, len(p.Flows[0].Steps), 2)
	last := p.Flows[0].Steps[len(p.Flows[0].Steps)-1]
	require.Equal(t, uri(filepath.Join(dir, "pages/join/join.js")), last.Location.URI)
	require.Equal(t, 4, last.Location.Range.Start.Line)

	// A point is where its text is now, and one that a person accepted is still collected.
	e.didOpen(page, phonePage)
	e.didChange(page, 2, map[string]any{"range": span(2, 24, 2, 24), "text": "<!-- beian-accept field/phone: 用于回访 -->\n"})
	e.diagnostics(page, version(2, without("field/phone")))
	e.call("beian/points", nil, &all)
	p = all[0].Programs[0].Points[0]
	require.True(t, p.Accepted)
	require.Equal(t, 3, p.Location.Range.Start.Line)
	e.leave()
}

// Without the capability the server sends nothing beyond the protocol.
func TestStatusIsForThoseWhoAsk(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.diagnostics(page, has("field/phone"))
	e.call("beian/points", nil, nil)
	for _, m := range e.waiting {
		require.NotContains(t, []string{"beian/status", "window/workDoneProgress/create", "workspace/codeLens/refresh"}, m.Method)
	}
	e.leave()
}

func TestStatusOfAMistake(t *testing.T) {
	dir := program(t, map[string]string{"app.json": "{ pages }"})
	e := start(t, lsp.Options{})
	e.openWith(dir, map[string]any{"experimental": map[string]bool{"beianStatus": true}}, nil)
	require.Contains(t, e.status("failed").Text, "app.json")
	e.leave()
}

func TestStatusOfAFolderWithoutProgram(t *testing.T) {
	dir := program(t, map[string]string{"readme.md": "no mini program"})
	e := start(t, lsp.Options{})
	e.openWith(dir, map[string]any{"experimental": map[string]bool{"beianStatus": true}}, map[string]any{"lang": "en"})
	s := e.status("empty")
	require.Contains(t, s.Text, "app.json", "in the language of the options")
	var all []folderPoints
	e.call("beian/points", nil, &all)
	require.Equal(t, s.Text, all[0].Failure)
	require.Empty(t, all[0].Programs)
	e.leave()
}

func TestProgressOfTheFirstAnalysis(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.openWith(dir, map[string]any{"window": map[string]bool{"workDoneProgress": true},
		"workspace": map[string]any{"codeLens": map[string]bool{"refreshSupport": true}}}, nil)
	e.await("create", func(m reply) bool { return m.Method == "window/workDoneProgress/create" })
	e.await("begin", func(m reply) bool { return m.Method == "$/progress" && strings.Contains(string(m.Params), `"begin"`) })
	e.await("end", func(m reply) bool { return m.Method == "$/progress" && strings.Contains(string(m.Params), `"end"`) })
	e.await("refresh", func(m reply) bool { return m.Method == "workspace/codeLens/refresh" })
	e.didOpen(page, phonePage)
	e.diagnostics(page, version(1, has("field/phone")))
	e.call("beian/points", nil, nil)
	for _, m := range e.waiting {
		require.NotEqual(t, "$/progress", m.Method, "later analyses are short")
	}
	e.leave()
}

func TestCodeLens(t *testing.T) {
	dir := program(t, map[string]string{
		"app.json": `{"pages": ["pages/join/join"]}`,
		"pages/join/join.wxml": phonePage +
			"<input placeholder=\"请输入您的姓名\" bindinput=\"onName\" />\n<input placeholder=\"搜索商品\" bindinput=\"onWord\" />\n",
		"pages/join/join.js": phoneScript,
	})
	page := uri(filepath.Join(dir, "pages/join/join.wxml"))
	e := start(t, lsp.Options{})
	e.open(dir, "zh-cn")
	e.diagnostics(page, has("field/phone"))
	var lenses []lens
	e.call("textDocument/codeLens", map[string]any{"textDocument": doc(page)}, &lenses)
	require.Len(t, lenses, 3, "one for the document, one for each point, none for the search")
	require.Equal(t, "收集 2 处：姓名、手机号", lenses[0].Command.Title)
	require.Equal(t, position{2, 24}, lenses[1].Range.Start)
	require.Equal(t, lenses[1].Range.Start, lenses[1].Range.End)
	require.Contains(t, lenses[1].Command.Title, "→ api.example.cn")
	require.NotContains(t, lenses[2].Command.Title, "api.example.cn", "its handler does not exist")

	// The command of a lens goes to where the value arrives.
	e.call("workspace/executeCommand", lenses[1].Command, nil)
	m := e.await("showDocument", func(m reply) bool { return m.Method == "window/showDocument" })
	require.Contains(t, string(m.Params), "join.js")
	require.Contains(t, string(m.Params), `"line":4`)
	e.call("workspace/executeCommand", lenses[2].Command, nil)
	m = e.await("showMessage", func(m reply) bool { return m.Method == "window/showMessage" })
	require.Contains(t, string(m.Params), "姓名")

	// A document that collects nothing has none.
	script := uri(filepath.Join(dir, "pages/join/join.js"))
	e.call("textDocument/codeLens", map[string]any{"textDocument": doc(script)}, &lenses)
	require.Empty(t, lenses)
	e.leave()
}

func TestReportCommand(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.diagnostics(page, has("field/phone"))
	run := func(args ...string) map[string]any {
		return map[string]any{"command": "beian.openReport", "arguments": args}
	}
	var text string
	e.call("workspace/executeCommand", run(uri(dir), "json"), &text)
	var r struct{ SchemaVersion int }
	require.NoError(t, json.Unmarshal([]byte(text), &r))
	require.Equal(t, 1, r.SchemaVersion)
	e.call("workspace/executeCommand", run(page, "html"), &text)
	require.Contains(t, text, "<!doctype html>")
	e.call("workspace/executeCommand", run(uri(dir), "dossier-md", "."), &text)
	require.Contains(t, text, "备案材料", "papers for the authority are in Chinese")
	for _, wrong := range [][]string{{}, {uri(dir)}, {uri(dir), "pdf"}, {uri(dir), "dossier-html", "elsewhere"}, {"file:///nowhere", "html"}} {
		require.NotEmpty(t, e.fails("workspace/executeCommand", run(wrong...)).Message, wrong)
	}
	e.fails("workspace/executeCommand", map[string]any{"command": "beian.showFlow", "arguments": []string{page, "0000000000000000"}})
	e.leave()
}

func TestCompletionOfRules(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.diagnostics(page, has("field/phone"))
	e.didOpen(page, phonePage)
	var items []struct {
		Label, SortText string
		TextEdit        textEdit
	}
	for i, c := range []struct {
		line    string
		offered bool
		from    int
	}{
		{"<!-- beian-accept fie", true, 18},
		{"<!-- beian-ignore ", true, 18},
		{"<!-- beian-accept api/location, field/p", true, 32},
		{"<!-- beian-accept field/phone: fie", false, 0},
		{"<!-- beian-acceptance fie", false, 0},
		{"<text>field", false, 0},
	} {
		e.didChange(page, i+2, map[string]any{"text": c.line + "\n" + phonePage})
		e.call("textDocument/completion", map[string]any{"textDocument": doc(page), "position": at(0, len(c.line))}, &items)
		require.Equal(t, c.offered, len(items) > 0, c.line)
		for _, item := range items {
			require.Equal(t, textRange{position{0, c.from}, position{0, len(c.line)}}, item.TextEdit.Range)
			require.Equal(t, item.Label == "field/phone", item.SortText[0] == '0', "%s: what is found here comes first", item.Label)
			break
		}
	}
	e.leave()
}
