package analyzer

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// No answer depends on a clock: scans on a machine that is busy with others give the bytes
// that one alone gives, whether limits are hit or not. There are twenty, each beside eight
// others, or as many as BEIAN_BUSY says.
func TestBusyMachineChangesNothing(t *testing.T) {
	trees := map[string]fs.FS{"beyond every limit": beyondLimits()}
	for _, name := range []string{"visitor", "uni-tutor", "taro-clean"} {
		trees[name] = os.DirFS("../fixtures/projects/" + name)
	}
	scan := func(fsys fs.FS, jobs int) string {
		s, err := Analyze(t.Context(), []Dir{{Path: ".", FS: fsys}}, Options{Detectors: detectors.All(), Jobs: jobs})
		if err != nil {
			return err.Error()
		}
		s.Took = 0
		var out bytes.Buffer
		if err := report.JSON(&out, s.Report(), report.Options{Lang: lang.English}); err != nil {
			return err.Error()
		}
		return out.String()
	}
	runs := 20
	if n, err := strconv.Atoi(os.Getenv("BEIAN_BUSY")); err == nil {
		runs = n
	}
	for name, fsys := range trees {
		alone := scan(fsys, 1)
		require.Contains(t, alone, `"findings"`, name)
		if name == "beyond every limit" {
			require.Contains(t, alone, "regular expressions")
			require.Contains(t, alone, "limit of")
		}
		beside := make([]string, runs)
		var all sync.WaitGroup
		room := make(chan struct{}, 9) // each beside eight others
		for i := range beside {
			room <- struct{}{}
			all.Go(func() { beside[i] = scan(fsys, 1+i%4); <-room })
		}
		all.Wait()
		for _, b := range beside {
			require.Equal(t, alone, b, name)
		}
	}
}

// beyondLimits is a program whose patterns and calls cost more than is spent on them.
func beyondLimits() fs.FS {
	var view, script strings.Builder
	for i := range 6 {
		then := "wx.setStorageSync('phone', e.detail.value)"
		if i == 0 {
			then = "cost(e.detail.value)" // takes the longest by far
		}
		fmt.Fprintf(&view, "<view><input bindinput=\"on%d\" /></view>\n", i)
		fmt.Fprintf(&script, "on%d(e) { if (/^(?=(.+)+\\1z%d)(.|..)+z$|^1[3-9]\\d{9}$/.test(e.detail.value)) %s },\n", i, i, then)
	}
	fsys := fstest.MapFS{}
	for p, text := range map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})", "pages/a/a.wxml": view.String(),
		"pages/a/a.js": "function one(v) { return two(v) }\nfunction two(v) { return v" + strings.Repeat(" + 1", 80) + " }\n" +
			"function cost(v) {" + strings.Repeat("v = one(v)\n", 450) + "}\nPage({\n" + script.String() + "})",
	} {
		fsys[p] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}
