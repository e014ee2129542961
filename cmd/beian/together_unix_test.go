//go:build unix

package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/heavy"
)

// Twelve processes write the reports of twelve programs to one file. At any time the file
// is a whole report of one of them, or what was there before; nothing else is left behind.
// (Windows does not let a file be replaced that is open, as the reader here has it.)
func TestScansIntoOneFile(t *testing.T) {
	const scans = 12
	self, err := os.Executable()
	require.NoError(t, err)
	dir := t.TempDir()
	out := filepath.Join(dir, "report.txt")
	scan := func(program, out string) *exec.Cmd {
		cmd := exec.Command(self, "scan", "--lang", "en", "--quiet", "--fail-on", "never", "--format", "markdown", "--output", out, program)
		cmd.Env = append(os.Environ(), "BEIAN_TEST_AS_PROGRAM=1")
		return cmd
	}
	programs, whole := make([]string, scans), map[string]bool{"before": true}
	for i := range programs {
		programs[i] = filepath.Join(t.TempDir(), fmt.Sprintf("shop%d", i))
		require.NoError(t, os.CopyFS(programs[i], heavy.Page("{ m: '' }", "", strings.Repeat("<input placeholder='姓名'/>\n", i))))
		alone := filepath.Join(t.TempDir(), "report.txt")
		said, err := scan(programs[i], alone).CombinedOutput()
		require.NoError(t, err, "%s", said)
		text, err := os.ReadFile(alone)
		require.NoError(t, err)
		whole[string(text)] = true
	}
	require.Len(t, whole, scans+1, "each program has another report")

	require.NoError(t, os.WriteFile(out, []byte("before"), 0o666))
	var all sync.WaitGroup
	for _, program := range programs {
		all.Go(func() {
			said, err := scan(program, out).CombinedOutput()
			require.NoError(t, err, "%s", said)
		})
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	for ended := false; !ended; {
		select {
		case <-done:
			ended = true
		default:
		}
		text, err := os.ReadFile(out)
		require.NoError(t, err)
		require.True(t, whole[string(text)], "a report that is none of the twelve: %s", text)
		if ended {
			require.NotEqual(t, "before", string(text))
		}
	}
	left, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, left, 1)
}

// A scan that is ended, by a person or a CI, at any time, leaves the old report or a whole
// new one, and nothing else.
func TestEndedScans(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	program, dir := t.TempDir(), t.TempDir()
	require.NoError(t, os.CopyFS(program, heavy.Shop(1)))
	out := filepath.Join(dir, "report.txt")
	scan := func() *exec.Cmd {
		cmd := exec.Command(self, "scan", "--lang", "en", "--quiet", "--fail-on", "never", "--format", "markdown", "--output", out, program)
		cmd.Env = append(os.Environ(), "BEIAN_TEST_AS_PROGRAM=1")
		return cmd
	}
	start := time.Now()
	require.NoError(t, scan().Run())
	took := time.Since(start)
	whole, err := os.ReadFile(out)
	require.NoError(t, err)
	random, ended := rand.New(rand.NewPCG(1, 2)), 0
	for i := range 16 {
		require.NoError(t, os.WriteFile(out, []byte("before"), 0o666))
		cmd := scan()
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(random.Int64N(int64(took))))
		cmd.Process.Signal(ending[i%len(ending)])
		if cmd.Wait() != nil {
			ended++
		}
		text, err := os.ReadFile(out)
		require.NoError(t, err)
		require.Contains(t, []string{"before", string(whole)}, string(text))
		left, err := os.ReadDir(dir)
		require.NoError(t, err)
		require.Len(t, left, 1)
	}
	require.NotZero(t, ended, "all were over before they were ended")
}
