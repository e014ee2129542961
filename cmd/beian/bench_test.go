package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
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
