//go:build unix

package main

import (
	"math/rand/v2"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A run that is killed again and again ends with the same bytes, reports included, as one
// that nobody disturbs.
func TestFleetSurvivesKills(t *testing.T) {
	const kills = 50
	programs := fleetTree(t, 150)
	calm, rough := t.TempDir(), t.TempDir()
	run := func(dir string) []string {
		return []string{programs, "--output", filepath.Join(dir, "out.jsonl"), "--reports", filepath.Join(dir, "reports"), "--workers", "2"}
	}
	finished(t, 0, run(calm)...)
	random, hit := rand.New(rand.NewPCG(1, 2)), 0
	for range kills {
		cmd := asFleet(t, run(rough)...)
		cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
		require.NoError(t, cmd.Start())
		ended := make(chan struct{})
		go func() { cmd.Wait(); close(ended) }()
		select {
		case <-ended:
		case <-time.After(time.Duration(random.IntN(60)) * time.Millisecond):
			hit++
			if random.IntN(2) == 0 {
				syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // with its workers
			} else {
				cmd.Process.Kill() // its workers go on for a moment
			}
			<-ended
		}
	}
	require.Greater(t, hit, kills/4, "most runs were over before they were killed")
	said := finished(t, 0, run(rough)...)
	require.Contains(t, said, "150 folders of programs, 0 could not be scanned")
	want, got := tree(t, calm), tree(t, rough)
	delete(want, "out.jsonl.journal") // in the order in which workers end
	delete(got, "out.jsonl.journal")
	require.Equal(t, want, got)
}
