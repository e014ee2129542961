package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
)

// A short scan says nothing; a long one says what it does, how far it is and how long it
// will take, and takes the line off at the end.
func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	p := quiet("en").progress()
	p.w = &out
	p.tell(analyzer.Progress{Phase: analyzer.Reading, Done: 1, Total: 2})
	require.Empty(t, out.String())
	p.began = p.began.Add(-2 * time.Second)
	p.entered = time.Now().Add(-10 * time.Second)
	p.tell(analyzer.Progress{Phase: analyzer.Reading, Done: 10, Total: 40})
	require.Contains(t, out.String(), "reading: 10 of 40 files, about 30s left")
	said := out.Len()
	p.tell(analyzer.Progress{Phase: analyzer.Reading, Done: 11, Total: 40})
	require.Equal(t, said, out.Len(), "not for each file")
	p.last = time.Time{}
	p.tell(analyzer.Progress{Phase: analyzer.Following, Round: 2, Done: 10, Total: 40})
	require.True(t, strings.HasSuffix(out.String(), "following values, round 2: 10 of 40 pages"), "nobody knows how many rounds are left")
	p.end()
	require.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"))
	p.last = time.Time{}
	p.tell(analyzer.Progress{Phase: analyzer.Checking})
	require.True(t, strings.HasSuffix(out.String(), "\r\x1b[K"), "nothing after the end")
	quiet("zh").progress().tell(analyzer.Progress{}) // no terminal
}

// A scan tells its phases in their order.
func TestScanTellsItsProgress(t *testing.T) {
	var mu sync.Mutex
	var phases []analyzer.Phase
	dirs, err := quiet("en").open(quiet("en").root(), []string{"../../fixtures/projects/clinic"})
	require.NoError(t, err)
	_, err = analyzer.Analyze(context.Background(), dirs, analyzer.Options{Progress: func(p analyzer.Progress) {
		mu.Lock()
		defer mu.Unlock()
		require.LessOrEqual(t, p.Done, p.Total)
		if len(phases) == 0 || phases[len(phases)-1] != p.Phase {
			phases = append(phases, p.Phase)
		}
	}})
	require.NoError(t, err)
	require.Equal(t, []analyzer.Phase{analyzer.Reading, analyzer.Following, analyzer.Checking}, phases)
}

// What was interrupted writes nothing.
func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := quiet("en")
	root := c.root()
	file := filepath.Join(t.TempDir(), "report.html")
	root.SetArgs([]string{"scan", "../../fixtures/projects/clinic", "--format", "html=" + file})
	require.ErrorContains(t, root.ExecuteContext(ctx), "interrupted; no report was written")
	require.NoFileExists(t, file)
}

// Watching scans again when a file has changed, and not because of its own report.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666))
	}
	write("app.json", `{"pages": ["a"]}`)
	write("a.js", "Page({ onInput(e) { this.v = e.detail.value } })")
	write("a.wxml", "<view>关于</view>")
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out := &lockedBuffer{}
	c := quiet("en")
	c.stdout, c.stderr = out, out
	root := c.root()
	root.SetArgs([]string{"--watch", "--quiet", "--format", "json=" + filepath.Join(dir, "report.json"), dir})
	done := make(chan error)
	go func() { done <- root.ExecuteContext(ctx) }()
	waits := func(n int) func() bool {
		return func() bool { return strings.Count(out.String(), "waiting for changes") == n }
	}
	require.Eventually(t, waits(1), 30*time.Second, 20*time.Millisecond)
	require.NotContains(t, out.String(), "field/phone")
	write("a.wxml", `<input placeholder="手机号" bindinput="onInput" />`)
	require.Eventually(t, waits(2), 30*time.Second, 20*time.Millisecond)
	require.Contains(t, out.String(), "field/phone")
	time.Sleep(2 * lookEvery)
	require.True(t, waits(2)(), "the report is no change")
	cancel()
	require.NoError(t, <-done)
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
