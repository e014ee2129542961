package project

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// maxManifest is the size in bytes up to which Begins reads a manifest.
const maxManifest = 1 << 20

// manifests are files that only the folder of a program has.
var manifests = []string{"pages.json", "app.wpy", "app.mpx", "app.config.ts", "app.config.js"}

// Begins reports whether a program begins in dir, judged by the names of the files there
// and by the manifests among them: it has a configuration of a platform's tools, a
// list of pages, or a package.json that asks for a framework. Load finds the programs
// of such a folder; Begins is for trees that are too large to be loaded. items are the
// entries of dir.
func Begins(fsys fs.FS, dir string, items []fs.DirEntry) bool {
	has := func(names ...string) bool {
		return slices.ContainsFunc(items, func(d fs.DirEntry) bool { return !d.IsDir() && slices.Contains(names, d.Name()) })
	}
	text := func(name string) string {
		if info, err := fs.Stat(fsys, path.Join(dir, name)); err != nil || !info.Mode().IsRegular() || info.Size() > maxManifest {
			return ""
		}
		raw, err := readRegular(fsys, path.Join(dir, name))
		if err != nil {
			return ""
		}
		return string(raw)
	}
	switch {
	case has(platform.Configs()...), has(manifests...):
		return true
	case has("app.json") && listsPages(text("app.json")):
		return true
	case has("game.json") && has("game.js", "game.ts"):
		return true
	}
	return has("package.json") && frameworkOf(text("package.json")) != ""
}

// listsPages reports whether the text of an app.json is that of a mini program. One
// that does not parse may be.
func listsPages(text string) bool {
	v, err := jsonc.Parse(source.NewFile("app.json", text))
	return err != nil || describesApp(v)
}

// Ignored reports whether a folder of that name is never part of a program: installed
// packages, and what tools keep to themselves.
func Ignored(name string) bool { return skippedDirs[name] || strings.HasPrefix(name, ".") }
