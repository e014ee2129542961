package lsp

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/report"
)

// Documents outside of a folder: its program may read files of the same repository, such
// as ../../packages/ui/field.vue. What is on the screen counts for them, too.

// rel is the path of a file from f, which may start with ../.
func (f *folder) rel(name string) string {
	rel, err := filepath.Rel(f.dir, name)
	if err != nil {
		return ""
	}
	return filepath.ToSlash(rel)
}

// reads reports whether a program of f reads the file of this name outside of f.
func (f *folder) reads(name string) bool {
	rel := f.rel(name)
	return strings.HasPrefix(rel, "../") && slices.ContainsFunc(f.programs(), func(p report.Program) bool {
		return slices.Contains(p.Project.Outside, rel)
	})
}

// reader returns a folder that reads the file of this name outside of itself; nil if none
// does. One that has the document open keeps it, whatever its last report rests on. The caller
// holds s.mu.
func (s *server) reader(name string) *folder {
	for _, f := range s.folders {
		if f.open[f.rel(name)] != nil {
			return f
		}
	}
	for _, f := range s.folders {
		if f.reads(name) {
			return f
		}
	}
	return nil
}

// elsewhere are the texts of the open documents outside of f, by their names. The caller
// holds s.mu.
func (s *server) elsewhere(f *folder) map[string]string {
	texts := map[string]string{}
	for _, g := range s.folders {
		for path, d := range g.open {
			if name := filepath.Join(g.dir, filepath.FromSlash(path)); f.within(name) == "" {
				texts[name] = d.file.Text
			}
		}
	}
	for name, d := range s.loose {
		texts[name] = d.file.Text
	}
	return texts
}

// overlayOf puts texts by name over the file system of a directory.
func overlayOf(texts map[string]string) func(top string, fsys fs.FS) fs.FS {
	return func(top string, fsys fs.FS) fs.FS {
		open := map[string]string{}
		for name, text := range texts {
			if rel, err := filepath.Rel(top, name); err == nil && filepath.IsLocal(rel) {
				open[filepath.ToSlash(rel)] = text
			}
		}
		return overlay{fsys, open}
	}
}

// changed plans the analysis of the folders that read a file, but for f. The caller holds
// s.mu.
func (s *server) changed(f *folder, name string) {
	for _, g := range s.folders {
		if g != f && g.reads(name) {
			s.schedule(g, s.pause(g))
		}
	}
}

// settle files the open documents where they now belong: a report was found to rest on one outside of its folder, or a folder
// was added or removed. The caller holds s.mu.
func (s *server) settle() {
	for name, d := range s.loose {
		if f, path := s.locate(d.uri); f != nil {
			delete(s.loose, name)
			s.put(f, path, d)
		}
	}
	for _, g := range s.folders {
		for path, d := range g.open {
			if f, at := s.locate(d.uri); f != g {
				delete(g.open, path)
				s.put(f, at, d)
			}
		}
	}
}

// put files an open document in f, or among those that no folder reads if f is nil. The caller holds s.mu.
func (s *server) put(f *folder, path string, d *document) {
	text := textDocument{URI: d.uri, Version: d.version, Text: d.file.Text}
	if f == nil {
		name := pathOf(d.uri)
		s.loose[name] = newDocument(name, text)
		return
	}
	f.open[path] = newDocument(path, text)
	s.schedule(f, 0) // the report may rest on what is stored
}
