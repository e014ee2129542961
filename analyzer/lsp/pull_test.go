package lsp_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
)

// pulled is the report of one file, as far as the tests look at it.
type pulled struct {
	Kind     string
	ResultID string
	URI      string // in a report of the workspace
	Version  *int
	Items    []diagnostic
}

func (p pulled) has(code string) bool {
	return slices.ContainsFunc(p.Items, func(d diagnostic) bool { return d.Code == code })
}

// openPulling starts a conversation about dir in which the editor asks for diagnostics.
func (e *editor) openPulling(dir string) {
	var answer struct {
		Capabilities struct{ DiagnosticProvider map[string]any }
	}
	e.call("initialize", map[string]any{
		"locale": "en", "workspaceFolders": []any{map[string]string{"uri": uri(dir), "name": "w"}},
		"capabilities": map[string]any{
			"textDocument": map[string]any{"diagnostic": map[string]any{}},
			"workspace":    map[string]any{"diagnostics": map[string]any{"refreshSupport": true}},
		},
	}, &answer)
	require.Equal(e.t, map[string]any{"identifier": "beian", "interFileDependencies": true, "workspaceDiagnostics": true},
		answer.Capabilities.DiagnosticProvider)
	e.notify("initialized", map[string]any{})
}

func (e *editor) pull(uri, previous string) (p pulled) {
	e.call("textDocument/diagnostic", map[string]any{"textDocument": doc(uri), "previousResultId": previous}, &p)
	return p
}

// sendPullAll asks for the diagnostics of the workspace, of which the editor has those given.
func (e *editor) sendPullAll(had ...pulled) string {
	previous := []any{}
	for _, p := range had {
		previous = append(previous, map[string]string{"uri": p.URI, "value": p.ResultID})
	}
	return e.send("workspace/diagnostic", map[string]any{"previousResultIds": previous})
}

func (e *editor) allPulled(id string) map[string]pulled {
	var answer struct{ Items []pulled }
	m := e.response(id)
	require.Nil(e.t, m.Error)
	require.NoError(e.t, json.Unmarshal(m.Result, &answer))
	all := map[string]pulled{}
	for _, p := range answer.Items {
		require.NotContains(e.t, all, p.URI)
		all[p.URI] = p
	}
	return all
}

// leavePulling ends the conversation, in which nothing must have been pushed.
func (e *editor) leavePulling() {
	e.leave()
	for m := range e.messages {
		e.waiting = append(e.waiting, m)
	}
	for _, m := range e.waiting {
		require.NotEqual(e.t, "textDocument/publishDiagnostics", m.Method)
	}
}

func (e *editor) refresh() {
	e.await("the request to pull anew", func(m reply) bool { return m.Method == "workspace/diagnostic/refresh" })
}

func TestPullOfADocument(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.openPulling(dir)

	// The first answer waits for the first analysis.
	first := e.pull(page, "")
	require.Equal(t, "full", first.Kind)
	require.True(t, first.has("field/phone"))
	e.refresh()
	require.Equal(t, pulled{Kind: "unchanged", ResultID: first.ResultID}, e.pull(page, first.ResultID))

	// What is on the screen counts, at its present place.
	e.didOpen(page, "<!-- 😀 -->\n"+phonePage)
	moved := e.pull(page, first.ResultID)
	require.Equal(t, "full", moved.Kind)
	require.Equal(t, first.Items[0].Range.Start.Line+1, moved.Items[0].Range.Start.Line)
	e.didChange(page, 2, map[string]any{"text": "<view>手机号</view>\n"})
	require.Empty(t, e.pull(page, moved.ResultID).Items)
	require.False(t, e.pull(uri(filepath.Join(dir, "app.json")), "").has("filing/personal-information"), "of a file that did not change")

	// A file that is nobody's has none, and does not wait.
	outside := e.pull(uri(filepath.Join(t.TempDir(), "outside.wxml")), "")
	require.Equal(t, "full", outside.Kind)
	require.Empty(t, outside.Items)
	require.Equal(t, -32602, e.fails("textDocument/diagnostic", []int{1}).Code)
	e.notify("textDocument/diagnostic", map[string]any{"textDocument": doc(page)}) // no request: no answer
	e.leavePulling()
}

func TestPullOfTheWorkspace(t *testing.T) {
	dir, page := phoneProgram(t)
	config := uri(filepath.Join(dir, "app.json"))
	e := start(t, lsp.Options{})
	e.openPulling(dir)
	first := e.allPulled(e.sendPullAll())
	require.True(t, first[page].has("field/phone"), "nothing is open")
	require.Nil(t, first[page].Version)
	require.True(t, first[config].has("filing/personal-information"))

	// With no news it waits; the answer tells what changed, what did not and what is gone.
	both := []pulled{first[page], first[config]}
	id := e.sendPullAll(both...)
	cancelled := e.sendPullAll(both...)
	e.notify("$/cancelRequest", map[string]any{"id": json.RawMessage(cancelled)})
	require.Equal(t, -32800, e.response(cancelled).Error.Code)
	e.didOpen(page, "\n"+phonePage)
	second := e.allPulled(id)
	require.True(t, second[page].has("field/phone"))
	require.Equal(t, 1, *second[page].Version)
	require.Equal(t, "unchanged", second[config].Kind)

	id = e.sendPullAll(second[page], second[config])
	require.NoError(t, os.WriteFile(filepath.Join(dir, "pages/join/join.wxml"), []byte("<view />"), 0o666))
	e.notify("textDocument/didClose", map[string]any{"textDocument": doc(page)})
	third := e.allPulled(id)
	require.Equal(t, "full", third[page].Kind)
	require.Empty(t, third[page].Items)
	require.False(t, third[config].has("filing/personal-information"))

	// So with a folder that comes and leaves; shutdown leaves no request without an answer.
	other, shop := phoneProgram(t)
	change := func(key string) {
		e.notify("workspace/didChangeWorkspaceFolders", map[string]any{"event": map[string]any{key: []any{doc(uri(other))}}})
	}
	id = e.sendPullAll(slices.Collect(maps.Values(third))...)
	change("added")
	fourth := e.allPulled(id)
	require.True(t, fourth[shop].has("field/phone"))
	id = e.sendPullAll(slices.Collect(maps.Values(fourth))...)
	change("removed")
	left := e.allPulled(id)[shop]
	require.Equal(t, "full", left.Kind)
	require.Empty(t, left.Items)
	id = e.sendPullAll()
	e.leavePulling()
	require.Equal(t, -32800, e.response(id).Error.Code)
}

// An editor that cannot be told to pull anew would show what another file made wrong: it is
// pushed to, as if it did not pull.
func TestNoPullWithoutRefresh(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	var answer struct{ Capabilities map[string]any }
	e.call("initialize", map[string]any{
		"workspaceFolders": []any{map[string]string{"uri": uri(dir), "name": "w"}},
		"capabilities":     map[string]any{"textDocument": map[string]any{"diagnostic": map[string]any{}}},
	}, &answer)
	require.NotContains(t, answer.Capabilities, "diagnosticProvider")
	e.notify("initialized", map[string]any{})
	e.diagnostics(page, has("field/phone"))
	e.leave()
}

// A program that cannot be read is complained of once, whatever is pulled.
func TestPullWithoutAReport(t *testing.T) {
	dir := program(t, map[string]string{"app.json": `{"pages": [}`})
	e := start(t, lsp.Options{})
	e.openPulling(dir)
	config := uri(filepath.Join(dir, "app.json"))
	require.Len(t, e.pull(config, "").Items, 1)
	e.didOpen(config, `{"pages": []}`)
	require.Empty(t, e.pull(config, "").Items)
	e.leavePulling()

	e = start(t, lsp.Options{Analyze: func(context.Context, analyzer.Dir) (*analyzer.Scan, error) { panic("boom") }})
	e.openPulling(dir)
	for range 3 {
		require.Empty(t, e.pull(config, "").Items)
	}
	told := func(m reply) bool { return m.Method == "window/showMessage" }
	e.await("message", told)
	e.leavePulling()
	require.False(t, slices.ContainsFunc(e.waiting, told), "told twice")
}
