package project

import (
	"crypto/sha256"
	"sync"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/sfc"
	"github.com/beian/beian/analyzer/source"
)

// Cache keeps the decoded and parsed files of one directory from a load to the
// next, so that only what has changed in between is parsed. It keeps only what
// nobody changes: texts and trees. Each load makes modules, views and units anew.
// The zero Cache is empty and ready; a nil Cache keeps nothing.
//
// Limits: loads with the same cache must follow each other.
type Cache struct {
	mu    sync.Mutex
	files map[string]*cachedFile // by path
	load  int                    // number of the present load
}

// cachedFile is a file as it was when it was read last.
type cachedFile struct {
	sum   [sha256.Size]byte // of the bytes as they are stored
	file  *source.File
	trees map[any]any // by how it was parsed: a script.Mode, a *markup.Dialect, asJSON{}
	load  int         // that asked for it last
}

// asJSON is the key of a parsedJSON.
type asJSON struct{}

// asBlocks is the key of a component's blocks, or of conditioned JSON.
type asBlocks struct{ vue3 bool }

type parsedJSON struct {
	value *jsonc.Value
	err   error
}

// begin starts a load.
func (c *Cache) begin() {
	if c == nil {
		return
	}
	if c.files == nil {
		c.files = map[string]*cachedFile{}
	}
	c.load++
}

// finish forgets files that the load did not ask for. A load that failed does not
// call it, so an app.json that is broken for a moment empties nothing.
func (c *Cache) finish() {
	if c == nil {
		return
	}
	for p, f := range c.files {
		if f.load != c.load {
			delete(c.files, p)
		}
	}
}

// decode is source.Decode.
func (c *Cache) decode(p string, raw []byte) (*source.File, error) {
	if c == nil {
		return source.Decode(p, raw)
	}
	sum := sha256.Sum256(raw)
	c.mu.Lock()
	if known := c.files[p]; known != nil && known.sum == sum {
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
	c.files[p] = &cachedFile{sum: sum, file: f, trees: map[any]any{}, load: c.load}
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
		return parsedJSON{v, err}
	})
	return p.value, p.err
}

// component is sfc.Parse with the parts left out that symbols leave out.
func (c *Cache) component(f *source.File, symbols sfc.Symbols) *sfc.Component {
	return kept(c, f, asBlocks{symbols["VUE3"]}, func() *sfc.Component { return sfc.Parse(f, conditioned(f, symbols)) })
}

// conditioned is json with the parts left out that symbols leave out.
func (c *Cache) conditioned(f *source.File, symbols sfc.Symbols) (*jsonc.Value, error) {
	p := kept(c, f, asBlocks{symbols["VUE3"]}, func() parsedJSON {
		v, err := jsonc.Parse(source.NewFile(f.Path, conditioned(f, symbols)))
		return parsedJSON{v, err}
	})
	return p.value, p.err
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
	known := c.files[f.Path]
	if known == nil || known.file != f { // read without the cache
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
