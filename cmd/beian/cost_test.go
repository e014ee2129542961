package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkManyFiles scans a program in a folder of 200,000 scripts that it does not use,
// as a build or a copy of packages leaves behind. The field of its page is found, and the
// memory stays below 1 GB.
func BenchmarkManyFiles(b *testing.B) {
	const folders, each = 1000, 200
	dir := b.TempDir()
	write := func(name, text string) {
		require.NoError(b, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	for i := range folders {
		folder := fmt.Sprintf("d%d", i)
		require.NoError(b, os.Mkdir(filepath.Join(dir, folder), 0o700))
		for j := range each {
			write(fmt.Sprintf("%s/m%d.js", folder, j), fmt.Sprintf("module.exports = { at: %d, of: require('./m%d') }\n", j, (j+1)%each))
		}
	}
	write("app.json", `{"pages": ["index"]}`)
	write("index.js", "Page({ data: { m: '' }, go() { wx.request({ url: 'https://x.example.com', data: this.data.m }) } })\n")
	write("index.wxml", `<input placeholder="手机号" model:value="{{m}}"/><button bindtap="go"/>`)
	for b.Loop() {
		status := run([]string{"scan", "--quiet", "--format", "json", dir}, environment{
			stdin: os.Stdin, stdout: io.Discard, stderr: io.Discard, getenv: func(string) string { return "" },
		})
		require.Equal(b, exitFindings, status)
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory) // Sys never shrinks: it is the peak
	b.ReportMetric(float64(memory.Sys)/1e6, "MB-peak")
	require.Less(b, memory.Sys, uint64(1e9))
}
