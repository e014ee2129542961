package fleet_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/fleet"
	"github.com/beian/beian/analyzer/lang"
)

// fake is a worker that finds a phone number in every entry, slowly in some, and dies or
// refuses as the name of the entry says.
type fake struct {
	used  bool
	scans *atomic.Int64
	sick  bool // an entry before has spoilt it
}

func (f *fake) Fresh() bool { return !f.used }
func (f *fake) Close()      {}

func (f *fake) Scan(_ context.Context, e fleet.Entry) (fleet.Line, error) {
	f.used = true
	f.scans.Add(1)
	switch {
	case strings.HasPrefix(e.Name, "crash"), f.sick:
		return fleet.Line{}, &fleet.Fault{Failure: fleet.Failure{Kind: fleet.Crashed, Text: lang.Same("it ended")}}
	case strings.HasPrefix(e.Name, "slow"):
		time.Sleep(time.Millisecond)
	case strings.HasPrefix(e.Name, "spoil"):
		f.sick = true
	}
	return scanned(e.Name, "triggered"), nil
}

func scanned(name, verdict string) fleet.Line {
	return fleet.Line{Name: name, Status: fleet.Scanned, Content: "c-" + name, Programs: []fleet.Program{{
		Root: ".", Name: name, Platform: "wechat", Framework: "native", Verdict: verdict,
		Collects: []fleet.Collected{{Category: "phone", Points: 1, Sent: 1}}, Recipients: []fleet.Recipient{{Host: "a.example.com"}},
		Rulebooks: map[string]string{}, Problems: map[string]int{},
	}}}
}

func entries(n int) []fleet.Entry {
	var out []fleet.Entry
	for i := range n {
		kind := []string{"plain", "slow", "crash", "spoil"}[i%7%4]
		out = append(out, fleet.Entry{Name: fmt.Sprintf("%s-%d", kind, i)})
	}
	return out
}

func runAll(t *testing.T, list []fleet.Entry, workers int, j *fleet.Journal) (string, int64, error) {
	t.Helper()
	var out bytes.Buffer
	var scans atomic.Int64
	_, err := fleet.Run(context.Background(), list, &out, fleet.Options{
		Workers: workers, Journal: j, Lang: lang.English,
		Start: func() (fleet.Worker, error) { return &fake{scans: &scans}, nil },
	})
	return out.String(), scans.Load(), err
}

// The output is the same whatever the number of workers, and a worker that dies costs the
// entry it was at: not those before it, nor those that it would have had next.
func TestOrderAndFaults(t *testing.T) {
	list := entries(70)
	want, _, err := runAll(t, list, 1, nil)
	require.NoError(t, err)
	for _, workers := range []int{2, 7, 100} {
		got, _, err := runAll(t, list, workers, nil)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	for i, line := range strings.Split(strings.TrimSpace(want), "\n") {
		failed := strings.Contains(line, `"status":"failed"`)
		require.Equal(t, strings.HasPrefix(list[i].Name, "crash"), failed, line)
	}
}

// cutWriter takes so many bytes and then fails, like a disk that is full.
type cutWriter struct {
	bytes.Buffer
	left int
}

func (w *cutWriter) Write(p []byte) (int, error) {
	n, _ := w.Buffer.Write(p[:min(len(p), w.left)])
	w.left -= n
	if n < len(p) {
		return n, errors.New("no space left on device")
	}
	return n, nil
}

// A run that ends anywhere is resumed: the output is that of an undisturbed one, and what
// was done is not done again, wherever the journal was torn.
func TestResume(t *testing.T) {
	list := slices.DeleteFunc(entries(40), func(e fleet.Entry) bool { return !strings.HasPrefix(e.Name, "plain") })
	want, _, err := runAll(t, list, 1, nil)
	require.NoError(t, err)
	for left := 0; left < len(want); left += 97 {
		name := filepath.Join(t.TempDir(), "out.journal")
		j, err := fleet.OpenJournal(name, "1", "", false)
		require.NoError(t, err)
		var scans atomic.Int64
		_, err = fleet.Run(context.Background(), list, &cutWriter{left: left}, fleet.Options{
			Workers: 2, Journal: j, Lang: lang.English, Start: func() (fleet.Worker, error) { return &fake{scans: &scans}, nil },
		})
		require.ErrorContains(t, err, "no space left")
		require.NoError(t, j.Close())

		kept, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(name, kept[:len(kept)-left%11], 0o644)) // ended within a write
		whole := strings.Count(string(kept[:len(kept)-left%11]), "\n")
		j, err = fleet.OpenJournal(name, "1", "", false)
		require.NoError(t, err)
		got, again, err := runAll(t, list, 2, j)
		require.NoError(t, err)
		require.Equal(t, want, got)
		require.EqualValues(t, len(list)-max(whole-1, 0), again, "only what was not done")
		require.NoError(t, j.Close())
	}
}

// A journal of another version or of other options is refused, and one that is no journal.
func TestJournalOfAnother(t *testing.T) {
	name := filepath.Join(t.TempDir(), "j")
	j, err := fleet.OpenJournal(name, "1", "lang=zh", false)
	require.NoError(t, err)
	require.NoError(t, j.Add(scanned("a", "triggered")))
	require.NoError(t, j.Close())
	for _, other := range [][2]string{{"2", "lang=zh"}, {"1", "lang=en"}} {
		_, err := fleet.OpenJournal(name, other[0], other[1], false)
		require.ErrorContains(t, err, "--fresh")
	}
	j, err = fleet.OpenJournal(name, "2", "lang=zh", true)
	require.NoError(t, err)
	_, done := j.Done("a")
	require.False(t, done)
	require.NoError(t, j.Close())
	require.NoError(t, os.WriteFile(name, []byte("my notes\n"), 0o644))
	_, err = fleet.OpenJournal(name, "2", "lang=zh", false)
	require.Error(t, err)
	kept, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "my notes\n", string(kept), "a file of somebody else stays")
}

// A run stops when its context ends, and keeps what is done.
func TestCancel(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var scans atomic.Int64
	var once sync.Once
	done, err := fleet.Run(ctx, entries(1000), &bytes.Buffer{}, fleet.Options{
		Workers: 2, Start: func() (fleet.Worker, error) { return &fake{scans: &scans}, nil },
		Tell: func(p fleet.Progress) {
			if p.Done > 10 {
				once.Do(stop)
			}
		},
	})
	require.ErrorIs(t, err, context.Canceled)
	require.Less(t, done.Done, 1000)
}

func TestList(t *testing.T) {
	got, err := fleet.List(strings.NewReader("\ufeff# programs\r\nshop\n\n"+`{"path": "clones/x", "commit": "v1", "dir": "mp"}`+"\n"+
		`{"name": "shop", "path": "/else"}`+"\n{\"path\": 1}\n{\"name\": \"n\"}\n{\"path\": \"p\", \"paht\": \"q\"}\n"+strings.Repeat("x", 2<<20)+"\nlast"), "list", "/base")
	require.NoError(t, err)
	type row struct{ name, path, wrong string }
	var rows []row
	for _, e := range got {
		rows = append(rows, row{e.Name, filepath.ToSlash(e.Path), string(e.Wrong.Kind)})
	}
	require.Equal(t, []row{
		{"shop", "/base/shop", ""},
		{"clones/x@v1:mp", "/base/clones/x", ""},
		{"list:5", "/else", "duplicate"},
		{"list:6", "", "broken-line"},
		{"list:7", "", "broken-line"},
		{"list:8", "", "broken-line"},
		{"list:9", "", "broken-line"},
		{"last", "/base/last", ""},
	}, rows)
	require.Contains(t, got[2].Wrong.Text.EN, "line 2 already has shop")
}

func TestFind(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	tree := fstest.MapFS{
		"a/project.config.json":               file("{}"),
		"a/miniprogram/app.json":              file(`{"pages": ["p/p"]}`),
		"b/deep/er/app.json":                  file(`{"pages": ["p/p"]}`),
		"c/app.json":                          file(`{"name": "some other tool"}`),
		"c/web/package.json":                  file(`{"dependencies": {"vue": "3"}}`),
		"d/package.json":                      file(`{"dependencies": {"@tarojs/taro": "4"}}`),
		"e/src/pages.json":                    file(`{}`),
		"f/game.json":                         file(`{}`),
		"f/game.js":                           file(``),
		"g/app.json":                          file(`{"pages": [`),
		"h/node_modules/demo/app.json":        file(`{"pages": ["p/p"]}`),
		"h/.cache/app.json":                   file(`{"pages": ["p/p"]}`),
		strings.Repeat("x/", 80) + "app.json": file(`{"pages": ["p/p"]}`),
	}
	var names []string
	for _, e := range fleet.Find(tree, "top") {
		if e.Wrong.Kind != "" {
			require.Contains(t, e.Wrong.Text.EN, "levels deep")
			continue
		}
		require.Equal(t, filepath.Join("top", filepath.FromSlash(e.Name)), e.Path)
		names = append(names, e.Name)
	}
	require.Equal(t, []string{"a", "b/deep/er", "d", "e/src", "f", "g"}, names)
}

// Every entry is in one shard, and stays there when the list grows.
func TestShards(t *testing.T) {
	list := entries(300)
	for _, n := range []int{1, 2, 7} {
		var all []string
		for k := 1; k <= n; k++ {
			own := fleet.Shard{K: k, N: n}.Of(list)
			small := fleet.Shard{K: k, N: n}.Of(list[:100])
			require.Equal(t, small, own[:len(small)])
			for _, e := range own {
				all = append(all, e.Name)
			}
			if n > 1 {
				require.InDelta(t, 300/n, len(own), 40)
			}
		}
		require.Len(t, all, 300)
		slices.Sort(all)
		require.Len(t, slices.Compact(all), 300)
	}
	for _, bad := range []string{"", "3", "0/2", "3/2", "-1/2", "1/2/3", "1/2x", "a/b"} {
		_, ok := fleet.ParseShard(bad)
		require.False(t, ok, bad)
	}
	s, ok := fleet.ParseShard("2/16")
	require.True(t, ok)
	require.Equal(t, fleet.Shard{K: 2, N: 16}, s)
}
