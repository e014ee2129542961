package git

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Tree is the files of the index or of a commit, as a file system. One git
// process, which runs until Close, gives what is read. A submodule that is checked out is
// a directory with the files of the commit that the tree names.
type Tree struct {
	repository *Repository
	nodes      map[string]*node // files and directories by path
	modules    []*Tree          // those of submodules
	measured   func() error     // learns the sizes of files, once

	mu     sync.Mutex // held while the process answers
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
}

// node is a file or directory. It is its own fs.FileInfo and fs.DirEntry.
type node struct {
	name     string
	mode     fs.FileMode
	size     int64
	object   string // hash of the blob; "" for a directory
	tree     *Tree  // whose process gives the blob
	children []fs.DirEntry
}

// maxBlob is the size in bytes above which a file is not read.
const maxBlob = 64 << 20

// Index returns what is staged below the directory within, a path from the top.
func (r *Repository) Index(ctx context.Context, within string) (*Tree, error) {
	out, err := r.run(ctx, nil, append([]string{"ls-files", "--stage", "-z", "--full-name", "--"}, pathspec(within)...)...)
	if err != nil {
		return nil, err
	}
	return r.tree(ctx, within, out, func(words []string) (mode, object string, ok bool) {
		if len(words) != 3 || words[2] != "0" && words[2] != "2" {
			return "", "", false // in a conflict, ours
		}
		return words[0], words[1], true
	})
}

// Commit returns the files of a commit below the directory within.
func (r *Repository) Commit(ctx context.Context, commit, within string) (*Tree, error) {
	out, err := r.run(ctx, nil, append([]string{"ls-tree", "-r", "-z", "--full-tree", commit, "--"}, pathspec(within)...)...)
	if err != nil {
		return nil, err
	}
	return r.tree(ctx, within, out, func(words []string) (mode, object string, ok bool) {
		if len(words) != 3 {
			return "", "", false
		}
		return words[0], words[2], true
	})
}

func pathspec(within string) []string {
	if within == "." {
		return nil
	}
	return []string{within + "/"}
}

// tree makes a Tree from a listing: entries "words TAB path NUL".
func (r *Repository) tree(ctx context.Context, within string, listing []byte,
	parse func([]string) (mode, object string, ok bool)) (*Tree, error) {
	t := &Tree{repository: r, nodes: map[string]*node{".": {name: ".", mode: fs.ModeDir | 0o555}}}
	t.measured = sync.OnceValue(func() error { return t.measure(context.WithoutCancel(ctx)) })
	links, modules := map[string]*node{}, map[string]string{}
	for entry := range strings.SplitSeq(string(listing), "\x00") {
		facts, name, _ := strings.Cut(entry, "\t")
		if within != "." {
			name = strings.TrimPrefix(name, within+"/")
		}
		mode, object, ok := parse(strings.Fields(facts))
		if !ok || !utf8.ValidString(name) || !fs.ValidPath(name) {
			continue
		}
		n := &node{name: path.Base(name), mode: 0o444, object: object, tree: t}
		switch mode {
		case "160000":
			modules[name] = object
			continue
		case "120000":
			n.mode |= fs.ModeSymlink
			links[name] = n
		case "100644", "100755":
		default:
			continue
		}
		t.add(name, n)
	}
	for name, commit := range modules {
		if err := t.mount(ctx, within, name, commit); err != nil {
			t.Close()
			return nil, err
		}
	}
	for _, n := range t.nodes {
		slices.SortFunc(n.children, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	}
	return t, t.follow(links)
}

// mount puts the files of a submodule, as they are in one of its commits, below the
// directory name. A submodule that is not checked out has none.
func (t *Tree) mount(ctx context.Context, within, name, commit string) error {
	at := path.Join(within, name)
	dir := filepath.Join(t.repository.Top, filepath.FromSlash(at))
	if _, err := os.Lstat(filepath.Join(dir, ".git")); err != nil {
		return nil
	}
	module, _, err := Open(ctx, dir)
	if err != nil {
		return err
	}
	if _, err := module.run(ctx, nil, "cat-file", "-e", commit+"^{commit}"); err != nil {
		return &Error{
			ZH: fmt.Sprintf("子模块 %s 里没有提交 %s；请先在其中 git fetch", at, commit),
			EN: fmt.Sprintf("the submodule %s does not have commit %s; git fetch in it first", at, commit),
		}
	}
	files, err := module.Commit(ctx, commit, ".")
	if err != nil {
		return err
	}
	t.modules = append(t.modules, files)
	for file, n := range files.nodes {
		if !n.mode.IsDir() {
			t.add(path.Join(name, file), n)
		}
	}
	return nil
}

// add puts n and the directories above it into the tree.
func (t *Tree) add(name string, n *node) {
	if t.nodes[name] != nil {
		return
	}
	t.nodes[name] = n
	dir := path.Dir(name)
	if t.nodes[dir] == nil {
		t.add(dir, &node{name: path.Base(dir), mode: fs.ModeDir | 0o555})
	}
	t.nodes[dir].children = append(t.nodes[dir].children, n)
}

// Measure learns the size of every file at once. It fails if some of the files are not
// in the repository; otherwise reading them would. Call it before a program is loaded.
func (t *Tree) Measure() error {
	for _, m := range t.modules {
		if err := m.Measure(); err != nil {
			return err
		}
	}
	return t.measured()
}

func (t *Tree) measure(ctx context.Context) error {
	var files []*node
	var objects bytes.Buffer
	for _, n := range t.nodes {
		if n.tree == t && n.object != "" {
			files = append(files, n)
			objects.WriteString(n.object + "\n")
		}
	}
	out, err := t.repository.run(ctx, objects.Bytes(), "cat-file", "--batch-check=%(objectsize)")
	if err != nil {
		return err
	}
	answers := strings.Split(string(out), "\n")
	for i, n := range files {
		if i < len(answers) {
			n.size, _ = strconv.ParseInt(answers[i], 10, 64) // 0 for "missing"; reading it will give the error
		}
	}
	return nil
}

// follow makes symbolic links to files of the tree read as those files. Other
// links lead out of the tree and cannot be read.
func (t *Tree) follow(links map[string]*node) error {
	targets := map[*node]*node{}
	for name, n := range links {
		text, err := n.tree.blob(n.object)
		if err != nil {
			return err
		}
		targets[n] = t.nodes[path.Join(path.Dir(name), string(text))]
	}
	for n := range targets {
		to := targets[n]
		for range 8 {
			if to == nil || to.mode&fs.ModeSymlink == 0 {
				break
			}
			to = targets[to]
		}
		n.object = ""
		if to != nil && to.mode.IsRegular() {
			n.object = to.object
		}
	}
	return nil
}

// Close ends the processes that read.
func (t *Tree) Close() error {
	for _, m := range t.modules {
		m.Close()
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cmd == nil {
		return nil
	}
	t.stdin.Close()
	err := t.cmd.Wait()
	t.cmd = nil
	return err
}

// blob reads an object.
func (t *Tree) blob(object string) ([]byte, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cmd == nil {
		if err := t.start(); err != nil {
			return nil, err
		}
	}
	if _, err := io.WriteString(t.stdin, object+"\n"); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	head, err := t.stdout.ReadString('\n') // "<object> blob <size>" or "<object> missing"
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	words := strings.Fields(head)
	if len(words) != 3 {
		return nil, fmt.Errorf("git cat-file: %s", strings.TrimSpace(head))
	}
	size, err := strconv.Atoi(words[2])
	if err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	if size > maxBlob {
		_, err := io.CopyN(io.Discard, t.stdout, int64(size)+1)
		return nil, cmp.Or(err, errTooLarge)
	}
	text := make([]byte, size+1) // and a line feed
	if _, err := io.ReadFull(t.stdout, text); err != nil {
		return nil, fmt.Errorf("git cat-file: %w", err)
	}
	return text[:size], nil
}

var errTooLarge = errors.New("the file is larger than 64 MB")

func (t *Tree) start() (err error) {
	t.cmd = t.repository.command(context.Background(), "cat-file", "--batch")
	if t.stdin, err = t.cmd.StdinPipe(); err != nil {
		return err
	}
	out, err := t.cmd.StdoutPipe()
	if err != nil {
		return err
	}
	t.stdout = bufio.NewReaderSize(out, 1<<16)
	return t.cmd.Start()
}

func (t *Tree) lookup(op, name string) (*node, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	}
	n := t.nodes[name]
	if n == nil {
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return n, nil
}

// ReadFile implements fs.ReadFileFS.
func (t *Tree) ReadFile(name string) ([]byte, error) {
	n, err := t.lookup("read", name)
	if err != nil {
		return nil, err
	}
	if n.object == "" {
		return nil, &fs.PathError{Op: "read", Path: name, Err: fs.ErrInvalid} // a directory, a link that leads out
	}
	text, err := n.tree.blob(n.object)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: err}
	}
	return text, nil
}

// ReadDir implements fs.ReadDirFS.
func (t *Tree) ReadDir(name string) ([]fs.DirEntry, error) {
	n, err := t.lookup("readdir", name)
	if err != nil {
		return nil, err
	}
	if !n.mode.IsDir() {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrInvalid}
	}
	return slices.Clone(n.children), nil
}

// Stat implements fs.StatFS.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	n, err := t.lookup("stat", name)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// Open implements fs.FS.
func (t *Tree) Open(name string) (fs.File, error) {
	n, err := t.lookup("open", name)
	if err != nil {
		return nil, err
	}
	if n.mode.IsDir() {
		return &openDir{node: n}, nil
	}
	text, err := t.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return &openFile{n, bytes.NewReader(text)}, nil
}

type openFile struct {
	node *node
	*bytes.Reader
}

func (f *openFile) Stat() (fs.FileInfo, error) { return f.node, nil }
func (f *openFile) Close() error               { return nil }

type openDir struct {
	node *node
	read int // children given so far
}

func (d *openDir) Stat() (fs.FileInfo, error) { return d.node, nil }
func (d *openDir) Close() error               { return nil }
func (d *openDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.node.name, Err: fs.ErrInvalid}
}

func (d *openDir) ReadDir(n int) ([]fs.DirEntry, error) {
	rest := d.node.children[d.read:]
	if n > 0 && len(rest) == 0 {
		return nil, io.EOF
	}
	if n > 0 {
		rest = rest[:min(n, len(rest))]
	}
	d.read += len(rest)
	return slices.Clone(rest), nil
}

func (n *node) Name() string               { return n.name }
func (n *node) Mode() fs.FileMode          { return n.mode }
func (n *node) Type() fs.FileMode          { return n.mode.Type() }
func (n *node) ModTime() time.Time         { return time.Time{} }
func (n *node) IsDir() bool                { return n.mode.IsDir() }
func (n *node) Sys() any                   { return nil }
func (n *node) Info() (fs.FileInfo, error) { return n, nil }

func (n *node) Size() int64 {
	if n.tree != nil {
		n.tree.measured() // it was asked for the error before
	}
	return n.size
}
