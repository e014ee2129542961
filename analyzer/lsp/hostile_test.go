package lsp_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
	"github.com/beian/beian/internal/heavy"
)

// patient is what a promise of a second may take on a machine that is busy with other tests.
const patient = 10 * time.Second

// Whatever is being analyzed, the server leaves when the editor does, also if the editor
// only closes its end.
func TestLeavesWhateverRuns(t *testing.T) {
	for _, politely := range []bool{true, false} {
		dir := t.TempDir()
		require.NoError(t, os.CopyFS(dir, heavy.Random(16))) // a quarter of a minute of work
		began := make(chan struct{}, 8)
		e := start(t, lsp.Options{Analyze: func(ctx context.Context, d analyzer.Dir) (*analyzer.Scan, error) {
			began <- struct{}{}
			return analyze(ctx, d)
		}})
		e.open(dir, "en")
		<-began
		time.Sleep(50 * time.Millisecond) // into the analysis
		asked := time.Now()
		if politely {
			e.call("shutdown", nil, nil)
			e.notify("exit", nil)
			require.NoError(t, <-e.done)
		} else {
			require.NoError(t, e.in.Close())
			require.ErrorIs(t, <-e.done, lsp.ErrNoShutdown)
		}
		took := time.Since(asked)
		t.Logf("left after %s", took)
		require.Less(t, took, patient)
	}
}

// After a text that takes long was put right, the editor sees what is right.
func TestRecoversFromWhatTakesLong(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	var view strings.Builder
	for range 4 {
		view.WriteString(`<view wx:for="{{list}}">`)
	}
	long := phonePage + view.String() + `<input placeholder="手机号"/>` + strings.Repeat("</view>", 4) +
		"<wxs module=\"m\">" + strings.Repeat("for(;;){b()}", 3000) + "</wxs>"
	e.didOpen(page, long)
	for n := 2; n < 20; n++ {
		e.didChange(page, n, map[string]any{"text": strings.Repeat("\n", n) + long})
	}
	e.didChange(page, 20, map[string]any{"text": phonePage})
	e.diagnostics(page, version(20, func(p published) bool { return len(p.Diagnostics) > 0 }))
	e.leave()
}

// What large documents took is given back once they are closed.
func TestMemoryComesBack(t *testing.T) {
	dir, page := phoneProgram(t)
	e := start(t, lsp.Options{})
	e.open(dir, "en")
	e.didOpen(page, phonePage)
	e.diagnostics(page, version(1, func(published) bool { return true }))
	before := held()
	for n := range 8 {
		name := uri(filepath.Join(dir, fmt.Sprintf("pages/join/big%d.js", n)))
		e.didOpen(name, "module.exports = [\n"+strings.Repeat("  { id: 1, title: '商品', text: 'a row' },\n", 40_000)+"]\n")
		e.notify("textDocument/didClose", map[string]any{"textDocument": doc(name)})
	}
	e.didChange(page, 2, map[string]any{"text": phonePage + "\n"})
	e.diagnostics(page, version(2, func(published) bool { return true }))
	grown := held() - before
	t.Logf("%d KB more than before 13 MB of documents", grown>>10)
	require.Less(t, grown, int64(8<<20))
	e.leave()
}

func held() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Whatever comes in place of a message ends the conversation or is answered; nothing
// makes the server fail, wait or fill the memory.
func TestMalformedMessages(t *testing.T) {
	for name, text := range map[string]string{
		"no header": "\r\n\r\n{}", "no length": "Content-Type: x\r\n\r\n{}",
		"negative": "Content-Length: -1\r\n\r\n", "letters": "Content-Length: ten\r\n\r\n", "two gigabytes": "Content-Length: 2147483648\r\n\r\n{}", "cut off": "Content-Length: 100\r\n\r\n{}",
		"endless header": strings.Repeat("x", 1<<20),
		"NUL":            "\x00\x00\x00\x00", "nothing": "",
	} {
		t.Run(name, func(t *testing.T) {
			err := lsp.Serve(t.Context(), bufio.NewReader(strings.NewReader(text)), discard{}, lsp.Options{Analyze: analyze})
			require.Error(t, err)
		})
	}
	e := start(t, lsp.Options{})
	for _, body := range []string{
		"", "null", "1", "[]", `"x"`, "{", "\xff\xfe", `{"jsonrpc": "2.0"}`, `{"id": {}, "method": 1}`, `{"method": "shutdown\u0000"}`,
		strings.Repeat("[", 100_000), `{"jsonrpc": "2.0", "id": 99, "method": "initialize", "params": []}`,
		`{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": "file:///etc/passwd"}, "contentChanges": [{"text": "x"}]}}`,
	} {
		e.raw(body)
	}
	dir, page := phoneProgram(t)
	e.open(dir, "en")
	e.didOpen(page, phonePage)
	for _, r := range []any{span(1e9, 1e9, 1e9, 1e9), span(-1, -1, -1, -1), span(5, 5, 1, 1)} {
		e.didChange(page, 2, map[string]any{"range": r, "text": "x"})
	}
	e.didOpen("file:///etc/passwd", "root")
	e.didOpen("untitled:x", "root")
	e.didOpen("file://%zz", "root")
	e.didChange(page, 3, map[string]any{"text": phonePage})
	e.diagnostics(page, version(3, func(p published) bool { return len(p.Diagnostics) > 0 }))
	e.leave()
}
