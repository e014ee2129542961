package project

import (
	"crypto/sha256"
	"slices"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Cache keeps decoded and parsed files from a load to the next, so that only what
// has changed in between is parsed. It keeps only what nobody changes: texts and
// trees. Each load makes modules, views and units anew. The zero Cache is empty and
// ready, and is for loads of one directory; a nil Cache keeps nothing.
//
// A file of the operating system is not read again while its stamp is the same; git trusts
// stamps in the same way.
//
// Limits: loads with the same cache must follow each other.
type Cache struct {
	// Keep is how many bytes of files that the last load did not ask for stay. For
	// loads of many directories: programs made from the same template have files of
	// the same path and content, such as those of a component library.
	Keep int

	mu      sync.Mutex
	files   map[stored]*cachedFile
	read    map[*source.File]*cachedFile // the values of files
	stamped map[string]*cachedFile       // those with a stamp, by path: the last that was read there
	load    int                          // number of the present load
}

// stored is a file as it is stored. The path is part of it, since places name it.
type stored struct {
	path string
	sum  [sha256.Size]byte // of its bytes
}

// cachedFile is a file that was read.
type cachedFile struct {
	stored stored
	file   *source.File
	trees  map[any]any // by how it was parsed: a script.Mode, a *markup.Dialect, asJSON{}
	load   int         // that asked for it last
	stamp  stamp       // when it was read last
}

// unchanged returns what was read of the file at p when it had the stamp that it has now;
// nil if it has to be read.
func (c *Cache) unchanged(p string, now stamp) *source.File {
	if c == nil || now.FileInfo == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	known := c.stamped[p]
	if known == nil || !known.stamp.same(now) {
		return nil
	}
	known.load = c.load
	return known.file
}

// mark notes the stamp that a file had before it was read.
func (c *Cache) mark(f *source.File, before stamp) {
	if c == nil || before.FileInfo == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.read[f]; known != nil {
		known.stamp = before
		c.stamped[f.Path] = known
	}
}

// asJSON is the key of a parsedJSON.
type asJSON struct{}

// asBundle is the key of the name of the library that a script is a copy of.
type asBundle struct{}

// asDense is the key of whether a script is compressed.
type asDense struct{}

// asNames is the key of the names of JSON files that a script has.
type asNames struct{}

// asBlocks is the key of a component's blocks, or of conditioned JSON.
type asBlocks struct{ build string }

type parsedJSON struct {
	value  *jsonc.Value
	faults []*jsonc.Error // that were passed over
	err    error
}

// begin starts a load.
func (c *Cache) begin() {
	if c == nil {
		return
	}
	if c.files == nil {
		c.files, c.read, c.stamped = map[stored]*cachedFile{}, map[*source.File]*cachedFile{}, map[string]*cachedFile{}
	}
	c.load++
}

// finish forgets files that the load did not ask for, the oldest first, until those
// that are left fit into Keep. A load that failed does not call it, so an app.json
// that is broken for a moment empties nothing.
func (c *Cache) finish() {
	if c == nil {
		return
	}
	var idle []*cachedFile
	left := 0
	for _, f := range c.files {
		if f.load != c.load {
			idle = append(idle, f)
			left += len(f.file.Text)
		}
	}
	if left <= c.Keep {
		return
	}
	slices.SortFunc(idle, func(a, b *cachedFile) int { return a.load - b.load })
	for _, f := range idle {
		if left <= c.Keep {
			return
		}
		left -= len(f.file.Text)
		delete(c.files, f.stored)
		delete(c.read, f.file)
		if c.stamped[f.stored.path] == f {
			delete(c.stamped, f.stored.path)
		}
	}
}

// decode is source.Decode.
func (c *Cache) decode(p string, raw []byte) (*source.File, error) {
	if c == nil {
		return source.Decode(p, raw)
	}
	key := stored{p, sha256.Sum256(raw)}
	c.mu.Lock()
	if known := c.files[key]; known != nil {
		known.load = c.load
		c.mu.Unlock()
		return known.file, nil
	}
	c.mu.Unlock()
	f, err := source.Decode(p, raw)
	if err != nil {
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if known := c.files[key]; known != nil { // read twice at a time
		return known.file, nil
	}
	known := &cachedFile{stored: key, file: f, trees: map[any]any{}, load: c.load}
	c.files[key], c.read[f] = known, known
	return f, nil
}

func (c *Cache) script(f *source.File, mode script.Mode) *script.Program {
	return kept(c, f, mode, func() *script.Program { return script.Parse(f, mode) })
}

func (c *Cache) template(f *source.File, dialect *markup.Dialect) *markup.Document {
	return kept(c, f, dialect, func() *markup.Document { return markup.Parse(f, dialect) })
}

func (c *Cache) json(f *source.File) (*jsonc.Value, error) {
	p := kept(c, f, asJSON{}, func() parsedJSON {
		v, err := jsonc.Parse(f)
		return parsedJSON{value: v, err: err}
	})
	return p.value, p.err
}

// component is sfc.Parse with the parts left out that symbols leave out.
func (c *Cache) component(f *source.File, symbols sfc.Symbols) *sfc.Component {
	return kept(c, f, asBlocks{symbols.String()}, func() *sfc.Component { return sfc.Parse(f, conditioned(f, symbols)) })
}

// conditioned reads JSON as uni-app does: with the parts left out that symbols leave out, and with faults that it passes over.
func (c *Cache) conditioned(f *source.File, symbols sfc.Symbols) parsedJSON {
	return kept(c, f, asBlocks{symbols.String()}, func() parsedJSON {
		v, faults, err := jsonc.Tolerant(source.NewFile(f.Path, conditioned(f, symbols)))
		return parsedJSON{v, faults, err}
	})
}

// conditioned returns the text of f with the parts left out that symbols leave out.
func conditioned(f *source.File, symbols sfc.Symbols) string {
	if symbols == nil {
		return f.Text
	}
	return sfc.Condition(f.Text, symbols)
}

// kept returns what parse gave for this file before, or else calls it.
func kept[T any](c *Cache, f *source.File, how any, parse func() T) T {
	if c == nil {
		return parse()
	}
	c.mu.Lock()
	known := c.read[f]
	if known == nil { // read without the cache
		c.mu.Unlock()
		return parse()
	}
	tree, ok := known.trees[how]
	c.mu.Unlock()
	if ok {
		return tree.(T)
	}
	made := parse()
	c.mu.Lock()
	defer c.mu.Unlock()
	known.trees[how] = made
	return made
}
