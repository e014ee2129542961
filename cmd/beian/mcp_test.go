package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/require"
)

//lint:file-ignore SA1019 as in mcp.go

// assisted starts the server as an assistant does, with the roots it gives.
func assisted(t *testing.T, roots ...string) *mcp.ClientSession {
	t.Helper()
	client := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil)
	for _, dir := range roots {
		client.AddRoots(&mcp.Root{URI: "file://" + filepath.ToSlash(dir)})
	}
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, "mcp", "--lang", "en")
	cmd.Env = append(os.Environ(), "BEIAN_TEST_AS_PROGRAM=1")
	session, err := client.Connect(context.Background(), &mcp.CommandTransport{Command: cmd}, nil)
	require.NoError(t, err)
	t.Cleanup(func() { session.Close() })
	return session
}

// ask calls a tool and returns its structured answer, or what it says is wrong.
func ask(t *testing.T, s *mcp.ClientSession, name string, args map[string]any) (answer string, wrong bool) {
	t.Helper()
	r, err := s.CallTool(context.Background(), &mcp.CallToolParams{Name: name, Arguments: args})
	require.NoError(t, err)
	if r.IsError {
		return r.Content[0].(*mcp.TextContent).Text, true
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(r.StructuredContent))
	return out.String(), false
}

func TestAssistant(t *testing.T) {
	top := t.TempDir()
	writeProgram(t, filepath.Join(top, "mp"), 0)
	writeProgram(t, filepath.Join(top, "secret"), 1)
	s := assisted(t, filepath.Join(top, "mp"))
	tools, err := s.ListTools(context.Background(), nil)
	require.NoError(t, err)
	var names []string
	for _, tool := range tools.Tools {
		names = append(names, tool.Name)
	}
	require.ElementsMatch(t, []string{"scan", "why", "explain", "privacy_draft", "diff", "accept"}, names)

	answer, wrong := ask(t, s, "scan", map[string]any{})
	require.False(t, wrong, answer)
	require.Contains(t, answer, `"verdict":"triggered"`)
	require.Contains(t, answer, `"sentTo":["h0.example.com"]`)
	require.Contains(t, answer, `"place":"pages/a/a.wxml:1"`)
	require.Less(t, len(answer), 6_000)
	answer, _ = ask(t, s, "scan", map[string]any{"limit": 1})
	require.Contains(t, answer, `"more":`)

	answer, wrong = ask(t, s, "why", map[string]any{"file": "pages/a/a.wxml", "line": 1})
	require.False(t, wrong, answer)
	require.Contains(t, answer, "h0.example.com")
	answer, wrong = ask(t, s, "explain", map[string]any{"rule": "field/phone"})
	require.False(t, wrong, answer)
	require.Contains(t, answer, "phone")
	answer, wrong = ask(t, s, "explain", map[string]any{"rule": "field/fone"})
	require.True(t, wrong)
	require.Contains(t, answer, "field/phone")
	answer, wrong = ask(t, s, "privacy_draft", map[string]any{})
	require.False(t, wrong, answer)
	answer, wrong = ask(t, s, "diff", map[string]any{"old": ".", "new": "."})
	require.False(t, wrong, answer)

	answer, wrong = ask(t, s, "accept", map[string]any{"file": "pages/a/a.wxml", "line": 1, "reason": "we need it", "as": "known"})
	require.False(t, wrong, answer)
	text, err := os.ReadFile(filepath.Join(top, "mp/pages/a/a.wxml"))
	require.NoError(t, err)
	require.Contains(t, string(text), "beian-accept")
	answer, _ = ask(t, s, "scan", map[string]any{})
	require.Contains(t, answer, `"verdict":"triggered"`, "it is known, and collected all the same")
	_, wrong = ask(t, s, "accept", map[string]any{"file": "pages/a/a.wxml", "line": 1, "reason": "x", "as": "fine"})
	require.True(t, wrong)
	answer, wrong = ask(t, s, "accept", map[string]any{"file": "pages/a/a.wxml", "line": 1, "reason": "x", "as": "13912345678"})
	require.True(t, wrong)
	require.Contains(t, answer, "139****5678")
}

// Nothing outside of the roots is read: not by an absolute path, by .., through a link, by
// the settings of the program, or by its code.
func TestAssistantStaysInItsRoots(t *testing.T) {
	top := t.TempDir()
	mp := filepath.Join(top, "repo", "mp")
	writeProgram(t, mp, 0)
	writeProgram(t, filepath.Join(top, "repo", "other"), 2)
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(top, name)), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(top, name), []byte(text), 0o666))
	}
	require.NoError(t, os.Mkdir(filepath.Join(top, "repo/.git"), 0o777))
	write("repo/beian.yaml", "operator:\n  name: 机密公司\n")
	write("repo/lib/send.js", `export function send(m) { wx.request({url: "https://outside.example.com/", data: {m}}) }`)
	write("repo/mp/pages/a/a.js", "import {send} from '../../../lib/send'\nPage({data: {m: ''}, go() { send(this.data.m) }})")
	require.NoError(t, os.Symlink(filepath.Join(top, "repo/other"), filepath.Join(mp, "link")))
	s := assisted(t, mp)
	for _, path := range []string{filepath.Join(top, "repo/other"), "../other", "link", "/", "~", "pages/../../other"} {
		answer, wrong := ask(t, s, "scan", map[string]any{"path": path})
		require.True(t, wrong, "%s: %s", path, answer)
		require.NotContains(t, answer, "idcard")
	}
	for _, tool := range []string{"why", "accept"} {
		answer, wrong := ask(t, s, tool, map[string]any{"file": "../other/pages/a/a.wxml", "line": 1, "reason": "x", "as": "known"})
		require.True(t, wrong, answer)
	}
	for _, state := range []string{"../other", filepath.Join(top, "repo/other"), "--config=/etc/passwd"} {
		answer, wrong := ask(t, s, "diff", map[string]any{"old": ".", "new": state})
		require.True(t, wrong, answer)
	}
	answer, wrong := ask(t, s, "scan", map[string]any{})
	require.False(t, wrong, answer)
	require.NotContains(t, answer, "outside.example.com")
	require.Contains(t, answer, `"destination":"open"`, "what is outside is not known, and said so")

	write("repo/mp/beian.yaml", "baseline: ../other/app.json\n")
	answer, wrong = ask(t, s, "scan", map[string]any{})
	require.True(t, wrong)
	require.Contains(t, answer, "must lie in the directory")

	write("repo/mp/beian.yaml", "detectors:\n  - own.js\n")
	write("repo/mp/own.js", `while (true) {}`)
	answer, wrong = ask(t, s, "scan", map[string]any{})
	require.False(t, wrong, answer)
	require.Contains(t, answer, "not run by beian mcp")
	require.Contains(t, answer, `"verdict":"triggered"`)
}
