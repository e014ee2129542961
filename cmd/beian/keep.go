package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/report"
)

// keep is a directory of files with what earlier scans learnt, so that a hook analyzes no
// state of a program twice: states of programs, whether they were in the index or in a
// commit, and answers, which compare one with others. A name is the hash of everything that
// the content follows from: of files what git knows without reading them. A file that is
// there is whole, and whatever fails only means that the work is done again. The nil keep
// has nothing.
type keep struct {
	dir  string
	seed []byte // hash of what is the same for all directories of a run
}

// keepFor is how long a file that is not used stays, maxKept how many stay.
const (
	keepFor = 30 * 24 * time.Hour
	maxKept = 1000
)

// newKeep returns the keep of a run, nil if there is none. settings is the hash of the
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
	fmt.Fprintf(h, "%s %d %d %+v %q %x", o.Version, info.Size(), info.ModTime().UnixNano(), o.Inputs, o.Platforms, settings.Sum(nil))
	return &keep{dir: filepath.Join(dir, "beian", "states"), seed: h.Sum(nil)}
}

// digest is a name made of all that parts say.
func digest(parts ...any) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%+v\n", p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// inside is the name for what follows from the files of a directory, as long as what its
// scan looks at outside of it stays the same.
func (k *keep) inside(s *snapshot) string {
	d := &s.dir
	parts := []any{k.seed, s.content(), fmt.Sprintf("%q %q", d.Within, d.Name), d.Around != nil}
	if d.Config != nil {
		parts = append(parts, d.Config.Idle(s.files)) // they may be about files that are not read
	}
	if d.Baseline != nil {
		text, err := json.Marshal(d.Baseline)
		parts = append(parts, string(text), err, d.Today)
	}
	return digest(parts...)
}

// key is the name of what follows from a directory, "" if it is not known yet.
func (k *keep) key(s *snapshot) string {
	if k == nil {
		return ""
	}
	name := k.inside(s)
	if s.dir.Around == nil {
		return name
	}
	var looked []string
	if !k.get(name+".around", &looked) {
		return ""
	}
	if len(looked) == 0 {
		return name
	}
	all, err := s.repository()
	if err != nil {
		return ""
	}
	return digest(name, all.Sign(looked))
}

// state returns what is kept of a directory, or nil.
func (k *keep) state(s *snapshot) *report.State {
	state := &report.State{}
	if name := k.key(s); name == "" || !k.get(name+".state", state) {
		return nil
	}
	return state
}

// learn keeps the state of a directory that was scanned, and returns it. What is in the
// index now is compared without its baseline once it is in a commit.
func (k *keep) learn(s *snapshot, scan *analyzer.Scan) *report.State {
	state := scan.Report().State()
	k.put(s, state)
	if s.dir.Baseline != nil {
		bare := *s
		bare.dir.Baseline = nil
		k.put(&bare, scan.WithoutBaseline().Report().State())
	}
	return state
}

func (k *keep) put(s *snapshot, state *report.State) {
	if k == nil {
		return
	}
	if s.dir.Around != nil {
		looked := []string{}
		if s.around != nil {
			looked = s.around.Names()
		}
		k.store(k.inside(s)+".around", looked)
	}
	if name := k.key(s); name != "" {
		k.store(name+".state", state)
	}
}

// get reads a file into value, and reports whether it could.
func (k *keep) get(name string, value any) bool {
	name = filepath.Join(k.dir, name+".json")
	text, err := os.ReadFile(name)
	if err != nil || json.Unmarshal(text, value) != nil {
		return false
	}
	now := time.Now()
	os.Chtimes(name, now, now) // it is in use
	return true
}

// store writes a file, and removes what nobody has used for long.
func (k *keep) store(name string, value any) {
	text, err := json.Marshal(value)
	if err != nil || os.MkdirAll(k.dir, 0o700) != nil {
		return
	}
	if writeFile(filepath.Join(k.dir, name+".json"), text) != nil {
		return
	}
	var files []os.FileInfo
	entries, _ := os.ReadDir(k.dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			files = append(files, info)
		}
	}
	slices.SortFunc(files, func(a, b os.FileInfo) int { return cmp.Compare(b.ModTime().UnixNano(), a.ModTime().UnixNano()) })
	for i, info := range files {
		if i >= maxKept || time.Since(info.ModTime()) > keepFor {
			os.Remove(filepath.Join(k.dir, info.Name()))
		}
	}
}
