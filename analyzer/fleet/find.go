package fleet

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
)

// maxDepth is how many folders below the top of a tree programs are looked for.
const maxDepth = 64

// Find lists the folders of a tree that hold a program, in order of their paths. A folder
// counts if it has what says that a program begins there (project.Begins); what is below
// it belongs to it. Links are not followed. A folder that cannot be read becomes an
// entry that says so. at is the place of the tree.
func Find(tree fs.FS, at string) []Entry {
	f := &finder{tree: tree, at: at}
	f.look(".", 0)
	return f.entries
}

type finder struct {
	tree    fs.FS
	at      string
	entries []Entry
}

func (f *finder) look(dir string, depth int) {
	e := Entry{Name: dir, Path: filepath.Join(f.at, filepath.FromSlash(dir))}
	items, err := fs.ReadDir(f.tree, dir)
	switch {
	case err != nil:
		e.Wrong = Failure{Kind: NoProgram, Text: lang.Both("无法读取这个目录："+reason(err), "the folder cannot be read: "+reason(err))}
		f.entries = append(f.entries, e)
		return
	case depth > maxDepth:
		e.Wrong = Failure{Kind: NoProgram, Text: lang.Textf("目录超过 %d 层，没有继续查找",
			"the folder is more than %d levels deep; nothing was looked for in it", maxDepth)}
		f.entries = append(f.entries, e)
		return
	case project.Begins(f.tree, dir, items):
		f.entries = append(f.entries, e)
		return
	}
	for _, item := range items {
		if item.IsDir() && !project.Ignored(item.Name()) {
			f.look(path.Join(dir, item.Name()), depth+1)
		}
	}
}

// reason is the message of the system alone.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return err.Error()
}
