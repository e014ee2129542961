package lsp_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
	"github.com/beian/beian/detectors"
)

// editor is the other side of a conversation.
type editor struct {
	t        testing.TB
	in       *io.PipeWriter
	messages chan reply // responses and what the server sends on its own
	done     chan error // what Serve returned
	last     int
	waiting  []reply // received, and not asked for yet
}

// reply is a message of the server.
type reply struct {
	ID     json.RawMessage
	Method string
	Params json.RawMessage
	Result json.RawMessage
	Error  *lsp.Error
}

func (m reply) String() string { return fmt.Sprintf("%s %s%s", m.Method, m.Params, m.Result) }

func analyze(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error) {
	return analyzer.Analyze(ctx, []analyzer.Dir{dir}, analyzer.Options{Version: "test", Detectors: detectors.All()})
}

func start(t testing.TB, o lsp.Options) *editor {
	if o.Analyze == nil {
		o.Analyze = analyze
	}
	if o.Default == "" {
		o.Default = "en"
	}
	if o.Delay == 0 {
		o.Delay = 5 * time.Millisecond
	}
	fromEditor, in := io.Pipe()
	out, toEditor := io.Pipe()
	e := &editor{t: t, in: in, messages: make(chan reply, 1000), done: make(chan error, 1)}
	go func() {
		e.done <- lsp.Serve(context.Background(), fromEditor, toEditor, o)
		toEditor.Close()
	}()
	go func() {
		defer close(e.messages)
		r := textproto.NewReader(bufio.NewReader(out))
		for {
			header, err := r.ReadMIMEHeader()
			if err != nil {
				return
			}
			n, _ := strconv.Atoi(header.Get("Content-Length"))
			body := make([]byte, n)
			if _, err := io.ReadFull(r.R, body); err != nil {
				return
			}
			var m reply
			if json.Unmarshal(body, &m) != nil {
				m.Method = "malformed: " + string(body)
			}
			e.messages <- m
		}
	}()
	t.Cleanup(func() { in.Close() })
	return e
}

// raw sends a body as it is.
func (e *editor) raw(body string) {
	_, err := fmt.Fprintf(e.in, "Content-Length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n%s", len(body), body)
	require.NoError(e.t, err)
}

func (e *editor) notify(method string, params any) {
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "method": method, "params": params})
	require.NoError(e.t, err)
	e.raw(string(body))
}

// send sends a request and returns its ID.
func (e *editor) send(method string, params any) string {
	e.last++
	body, err := json.Marshal(map[string]any{"jsonrpc": "2.0", "id": e.last, "method": method, "params": params})
	require.NoError(e.t, err)
	e.raw(string(body))
	return strconv.Itoa(e.last)
}

// await returns the first message that is wanted; others wait for later calls.
func (e *editor) await(what string, wanted func(reply) bool) reply {
	for i, m := range e.waiting {
		if wanted(m) {
			e.waiting = append(e.waiting[:i:i], e.waiting[i+1:]...)
			return m
		}
	}
	deadline := time.After(20 * time.Second)
	for {
		select {
		case m, ok := <-e.messages:
			if !ok {
				require.FailNow(e.t, "the server left", "while waiting for %s", what)
			}
			if wanted(m) {
				return m
			}
			e.waiting = append(e.waiting, m)
		case <-deadline:
			require.FailNow(e.t, "nothing came", "while waiting for %s; there was: %s", what, e.waiting)
		}
	}
}

func (e *editor) response(id string) reply {
	return e.await("response "+id, func(m reply) bool { return m.Method == "" && string(m.ID) == id })
}

// call sends a request and decodes its result into result.
func (e *editor) call(method string, params, result any) {
	m := e.response(e.send(method, params))
	require.Nil(e.t, m.Error, method)
	if result != nil {
		require.NoError(e.t, json.Unmarshal(m.Result, result), "%s: %s", method, m.Result)
	}
}

// fails sends a request and returns the error of its response.
func (e *editor) fails(method string, params any) *lsp.Error {
	m := e.response(e.send(method, params))
	require.NotNil(e.t, m.Error, "%s gave %s", method, m.Result)
	require.Nil(e.t, m.Result)
	return m.Error
}

// Types as far as the tests look at them.
type (
	position  struct{ Line, Character int }
	textRange struct{ Start, End position }
	published struct {
		URI         string
		Version     *int
		Diagnostics []diagnostic
	}
	diagnostic struct {
		Range              textRange
		Severity           int
		Code               string
		Message            string
		RelatedInformation []struct{ Message string }
	}
	hover struct {
		Contents struct{ Kind, Value string }
		Range    textRange
	}
	action struct {
		Title string
		Edit  *struct{ Changes map[string][]textEdit }
		// Command of an action that has no edit.
		Command *struct {
			Command   string
			Arguments []string
		}
	}
	textEdit struct {
		Range   textRange
		NewText string
	}
)

// diagnostics returns the next diagnostics of a file that are wanted. It drops
// earlier diagnostics of the file.
func (e *editor) diagnostics(uri string, wanted func(published) bool) published {
	var found published
	of := func(m reply) (p published, ok bool) {
		ok = m.Method == "textDocument/publishDiagnostics" && json.Unmarshal(m.Params, &p) == nil && p.URI == uri
		return p, ok
	}
	e.await("diagnostics of "+uri, func(m reply) bool {
		p, ok := of(m)
		found = p
		return ok && wanted(p)
	})
	e.waiting = slices.DeleteFunc(e.waiting, func(m reply) bool { _, ok := of(m); return ok })
	return found
}

// version wants the diagnostics of an open document, 0 those of a closed one.
func version(n int, wanted func(published) bool) func(published) bool {
	return func(p published) bool {
		return wanted(p) && (n == 0 && p.Version == nil || p.Version != nil && *p.Version == n)
	}
}

func has(code string) func(published) bool {
	return func(p published) bool {
		for _, d := range p.Diagnostics {
			if d.Code == code {
				return true
			}
		}
		return false
	}
}

func without(code string) func(published) bool {
	return func(p published) bool { return !has(code)(p) }
}

// open starts the conversation about the workspace in dir.
func (e *editor) open(dir, locale string) {
	e.call("initialize", map[string]any{
		"processId": nil, "locale": locale,
		"workspaceFolders": []any{map[string]string{"uri": uri(dir), "name": "w"}},
		"capabilities": map[string]any{
			"textDocument": map[string]any{"hover": map[string]any{"contentFormat": []string{"markdown"}}},
			"window":       map[string]any{"showDocument": map[string]any{"support": true}},
		},
	}, nil)
	e.notify("initialized", map[string]any{})
}

func (e *editor) didOpen(uri, text string) {
	e.notify("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": uri, "languageId": "wxml", "version": 1, "text": text}})
}

func (e *editor) didChange(uri string, version int, changes ...any) {
	e.notify("textDocument/didChange", map[string]any{
		"textDocument": map[string]any{"uri": uri, "version": version}, "contentChanges": changes,
	})
}

func (e *editor) leave() {
	e.call("shutdown", nil, nil)
	e.notify("exit", nil)
	require.NoError(e.t, <-e.done)
}

func uri(name string) string {
	return (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(name), "/")}).String()
}

// program writes a mini program and returns its directory.
func program(t testing.TB, files map[string]string) string {
	dir := filepath.Join(t.TempDir(), "预约 挂号")
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	return dir
}

func doc(uri string) map[string]string { return map[string]string{"uri": uri} }

func at(line, character int) map[string]int {
	return map[string]int{"line": line, "character": character}
}

func span(startLine, start, endLine, end int) map[string]any {
	return map[string]any{"start": at(startLine, start), "end": at(endLine, end)}
}

// params is r as an editor sends it.
func (r textRange) params() map[string]any {
	return span(r.Start.Line, r.Start.Character, r.End.Line, r.End.Character)
}
