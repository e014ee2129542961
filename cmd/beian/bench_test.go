package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/detectors"
)

// BenchmarkScan measures whole scans, report included, of the programs in
// fixtures/projects, or of each directory in that of BEIAN_TREES. The first
// scan pays for tables that are made once; -benchtime 1x shows it.
func BenchmarkScan(b *testing.B) {
	trees := os.Getenv("BEIAN_TREES")
	if trees == "" {
		trees = "../../fixtures/projects"
	}
	dirs, err := filepath.Glob(filepath.Join(trees, "*"))
	require.NoError(b, err)
	for _, dir := range dirs {
		b.Run(filepath.Base(dir), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				status := run([]string{"scan", "--format", "json", "--fail-on", "never", dir}, environment{
					stdin: os.Stdin, stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" },
				})
				if status != exitClean {
					b.Skipf("not a program that can be scanned: exit status %d", status)
				}
			}
		})
	}
}

// BenchmarkSharedFiles scans programs that share a folder of components, as those made
// from one template do: with what was parsed for the ones before, and without.
func BenchmarkSharedFiles(b *testing.B) {
	programs := sharingPrograms(200, 40)
	for _, kept := range []bool{false, true} {
		b.Run(fmt.Sprintf("kept=%t", kept), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var cache *project.Cache
				if kept {
					cache = &project.Cache{Keep: shared}
				}
				for _, files := range programs {
					dirs := []analyzer.Dir{{Path: ".", Name: "p", FS: files, Cache: cache}}
					_, err := analyzer.Analyze(context.Background(), dirs, analyzer.Options{Detectors: detectors.All(), Jobs: 1})
					require.NoError(b, err)
				}
			}
		})
	}
}

// sharingPrograms makes n programs with a page of their own and the same components.
func sharingPrograms(n, components int) []fstest.MapFS {
	common := fstest.MapFS{}
	uses := make([]string, components)
	for i := range components {
		name := fmt.Sprintf("components/c%d/c%d", i, i)
		uses[i] = fmt.Sprintf("%q: %q", fmt.Sprintf("c%d", i), "/"+name)
		var script, view strings.Builder
		script.WriteString("Component({properties: {value: String}, data: {shown: false, list: []}, methods: {\n")
		for j := range 25 {
			fmt.Fprintf(&script, "  m%d(e) { const {value, index} = e.detail || {}; this.setData({shown: !this.data.shown, list: this.data.list.concat([{value, index, at: %d}])}); this.triggerEvent('change%d', {value}) },\n", j, j, j)
			fmt.Fprintf(&view, "<view class=\"row r%d\" wx:if=\"{{shown}}\" bindtap=\"m%d\"><text>{{list[%d].value || value}}</text></view>\n", j, j, j)
		}
		script.WriteString("}})\n")
		common[name+".js"] = &fstest.MapFile{Data: []byte(script.String())}
		common[name+".wxml"] = &fstest.MapFile{Data: []byte(view.String())}
		common[name+".json"] = &fstest.MapFile{Data: []byte(`{"component": true}`)}
	}
	var out []fstest.MapFS
	for i := range n {
		p := maps.Clone(common)
		p["app.json"] = &fstest.MapFile{Data: []byte(`{"pages": ["pages/a/a"]}`)}
		p["app.js"] = &fstest.MapFile{Data: []byte("App({})")}
		p["pages/a/a.json"] = &fstest.MapFile{Data: []byte(`{"usingComponents": {` + strings.Join(uses, ", ") + `}}`)}
		p["pages/a/a.js"] = &fstest.MapFile{Data: []byte(`Page({data: {m: ""}})`)}
		p["pages/a/a.wxml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "<c%d/><input placeholder=\"手机号\" model:value=\"{{m}}\"/>", i%components)}
		out = append(out, p)
	}
	return out
}
