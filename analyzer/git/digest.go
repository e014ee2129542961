package git

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"sync"
)

// Git knows the hash of each file, so whether two trees hold the same can be told
// without reading any.

// Digest is a hash of the paths and contents of the files of t whose paths are chosen.
func (t *Tree) Digest(chosen func(path string) bool) string {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(t.nodes)) {
		if n := t.nodes[name]; !n.mode.IsDir() && chosen(name) {
			n.sign(h, name)
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Sign is a hash of what there is under each of names in t: a file with its content, a
// directory with the names in it, or nothing.
func (t *Tree) Sign(names []string) string {
	h := sha256.New()
	for _, name := range names {
		n := t.nodes[name]
		if n == nil {
			fmt.Fprintf(h, "%q is not there\n", name)
			continue
		}
		n.sign(h, name)
		for _, child := range n.children {
			fmt.Fprintf(h, " %q %s\n", child.Name(), child.Type())
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (n *node) sign(w io.Writer, name string) { fmt.Fprintf(w, "%q %s %s\n", name, n.mode, n.object) }

// Trace is a tree that notes what is looked at.
type Trace struct {
	tree *Tree
	mu   sync.Mutex
	seen map[string]bool
}

// Trace returns t as a file system that notes what is looked at.
func (t *Tree) Trace() *Trace { return &Trace{tree: t, seen: map[string]bool{}} }

// Names are the paths that somebody has looked at, in order: t.Sign of them is the same
// for every tree in which that somebody sees the same.
func (t *Trace) Names() []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return slices.Sorted(maps.Keys(t.seen))
}

func (t *Trace) note(name string) *Tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.seen[name] = true
	return t.tree
}

// ReadFile implements fs.ReadFileFS.
func (t *Trace) ReadFile(name string) ([]byte, error) { return t.note(name).ReadFile(name) }

// ReadDir implements fs.ReadDirFS.
func (t *Trace) ReadDir(name string) ([]fs.DirEntry, error) { return t.note(name).ReadDir(name) }

// Stat implements fs.StatFS.
func (t *Trace) Stat(name string) (fs.FileInfo, error) { return t.note(name).Stat(name) }

// Open implements fs.FS.
func (t *Trace) Open(name string) (fs.File, error) { return t.note(name).Open(name) }
