package main

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// Looking for changes costs little, so it is done often; a person who saves several files
// at once waits for one scan.
const (
	lookEvery = 500 * time.Millisecond
	settle    = 200 * time.Millisecond
)

// watchScan scans, and again whenever a file below dirs has changed, until Ctrl+C.
func (c *command) watchScan(cmd *cobra.Command, f *scanFlags, dirs []string) error {
	if f.comparison.asked() {
		return mistake{ZH: "--watch 不能与 --staged、--since 合用", EN: "--watch does not go with --staged or --since"}
	}
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	ctx := cmd.Context()
	f.past = map[string]*past{}
	for {
		seen := c.state(dirs, f)
		again := *f // flags that settings fill are filled anew
		c.status = exitClean
		if err := c.runScan(cmd, &again, dirs); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			c.fail(err) // a person is at work on it
		}
		fmt.Fprintf(c.stderr, "beian: %s\n", c.say("等待改动，Ctrl+C 结束", "waiting for changes, Ctrl+C ends"))
		for c.state(dirs, f) == seen {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(lookEvery):
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(settle):
		}
	}
}

// state is a number that changes if a file below dirs does: its name, size or time. What
// we write ourselves does not count, nor do installed packages and the repository.
func (c *command) state(dirs []string, f *scanFlags) uint64 {
	own := map[string]bool{}
	if p, err := c.plan(f); err == nil {
		for _, o := range p.outputs {
			if name, err := filepath.Abs(o.file); err == nil && o.file != "" {
				own[name] = true
			}
		}
	}
	h := fnv.New64a()
	for _, dir := range dirs {
		filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return nil // it is gone, or cannot be looked at
			}
			if d.IsDir() {
				if base := d.Name(); name != dir && (base == "node_modules" || strings.HasPrefix(base, ".")) {
					return fs.SkipDir
				}
				return nil
			}
			full, _ := filepath.Abs(name)
			info, err := d.Info()
			if err == nil && !own[full] && !strings.HasPrefix(d.Name(), ".beian-") {
				fmt.Fprintf(h, "%q %d %d\n", name, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return h.Sum64()
}
