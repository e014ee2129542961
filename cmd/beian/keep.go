package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/report"
)

// keep is a directory of files with what earlier scans learnt of commits, so that a hook
// need not analyze HEAD before each commit. A name is the hash of everything that the
// content follows from; a file that is there is whole, and whatever fails only means
// that the work is done again. The nil keep has nothing.
type keep struct {
	dir  string
	seed []byte // hash of what is the same for all directories of a run
}

// keepFor is how long a file that is not used stays.
const keepFor = 30 * 24 * time.Hour

// newKeep returns the keep of a run, nil if there is none. settings is the hash of all
// files that a person wrote for it: beian.yaml, detectors, the record of the filing.
func newKeep(dir string, settings hash.Hash, o analyzer.Options) *keep {
	program, err := os.Executable()
	if dir == "" || settings == nil || err != nil {
		return nil
	}
	info, err := os.Stat(program)
	if err != nil {
		return nil
	}
	h := sha256.New()
	fmt.Fprintf(h, "%s %d %d %+v %x", o.Version, info.Size(), info.ModTime().UnixNano(), o.Inputs, settings.Sum(nil))
	return &keep{dir: filepath.Join(dir, "beian", "states"), seed: h.Sum(nil)}
}

// file is the file for a directory in the commit with the given hash of all its files,
// "" if nothing is to be kept.
func (k *keep) file(id string, dir *analyzer.Dir) string {
	if k == nil || id == "" {
		return ""
	}
	h := sha256.New()
	fmt.Fprintf(h, "%x %s %q %q %t %s", k.seed, id, dir.Within, dir.Name, dir.Around != nil, dir.Today)
	return filepath.Join(k.dir, hex.EncodeToString(h.Sum(nil))+".json")
}

// get returns what is kept of a directory, or nil.
func (k *keep) get(id string, dir *analyzer.Dir) *report.State {
	name := k.file(id, dir)
	if name == "" {
		return nil
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	state := &report.State{}
	if json.Unmarshal(text, state) != nil {
		return nil
	}
	now := time.Now()
	os.Chtimes(name, now, now) // it is in use
	return state
}

// put keeps the state of a directory, and removes what nobody has used for long.
func (k *keep) put(id string, dir *analyzer.Dir, state *report.State) {
	name := k.file(id, dir)
	if name == "" || state == nil {
		return
	}
	text, err := json.Marshal(state)
	if err != nil || os.MkdirAll(k.dir, 0o700) != nil {
		return
	}
	if writeFile(name, text) != nil {
		return
	}
	entries, _ := os.ReadDir(k.dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > keepFor {
			os.Remove(filepath.Join(k.dir, e.Name()))
		}
	}
}
