// Package git reads a git repository: its top, the files of its index or of a
// commit, and which files a change has renamed. Trees are given as fs.FS, so that
// a program can be loaded from the index as it is from disk.
//
// It runs only commands that read, and none that starts a program of the
// repository: no hook, no filter, no external diff, no file system monitor, no fetch of
// missing objects. It never reads the working tree through git, as that would run filters.
package git

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/beian/beian/analyzer/lang"
)

// Error is what went wrong, in both languages. It is a lang.Error.
type Error lang.Text

// Error returns the message in English.
func (e *Error) Error() string { return e.EN }

// Text returns the message in both languages.
func (e *Error) Text() lang.Text { return lang.Text(*e) }

// Top returns the top of the work tree that holds dir and the path from there to
// dir, with forward slashes, "." for the top itself. It asks the file system
// only. If dir is in no work tree, top is "".
func Top(dir string) (top, within string) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", ""
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	for at := dir; ; at = filepath.Dir(at) {
		// A directory in a clone, a file in a linked work tree or a submodule.
		if _, err := os.Lstat(filepath.Join(at, ".git")); err == nil {
			within, err := filepath.Rel(at, dir)
			if err != nil {
				return "", ""
			}
			return at, filepath.ToSlash(within)
		}
		if filepath.Dir(at) == at {
			return "", ""
		}
	}
}

// Repository is a repository with a work tree.
type Repository struct {
	Top    string // of the work tree
	binary string
	env    []string
}

// Open returns the repository whose work tree holds dir and the path from its top
// to dir. The error is an *Error.
//
// Git names the repository of a hook in the environment. That counts if dir lies
// in the same work tree; a submodule, say, has a repository of its own.
func Open(ctx context.Context, dir string) (*Repository, string, error) {
	top, within := Top(dir)
	named, inNamed := namedTop(dir)
	own := named != "" && (top == "" || top == named)
	if own {
		top, within = named, inNamed
	}
	if top == "" {
		return nil, "", &Error{
			ZH: fmt.Sprintf("%s 不在 git 仓库中；--staged 和 --since 需要仓库，整体扫描请去掉它们", dir),
			EN: fmt.Sprintf("%s is in no git repository; --staged and --since need one, leave them out to scan everything", dir),
		}
	}
	binary, err := exec.LookPath("git")
	if err != nil {
		return nil, "", &Error{
			ZH: "找不到 git；--staged 和 --since 需要它，请安装 git 并确认它在 PATH 中",
			EN: "git was not found; --staged and --since need it, install git and check that it is on the PATH",
		}
	}
	r := &Repository{Top: top, binary: binary, env: environment(own)}
	if _, err := r.run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		return nil, "", err
	}
	return r, within, nil
}

// At returns the repository that dir is the top of, with a work tree or bare. Only its
// commits are asked for. The error is an *Error.
func At(ctx context.Context, dir string) (*Repository, error) {
	binary, err := exec.LookPath("git")
	if err != nil {
		return nil, &Error{ZH: "找不到 git，请安装 git 并确认它在 PATH 中", EN: "git was not found, install it and check that it is on the PATH"}
	}
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, &Error{ZH: dir + " 不是目录", EN: dir + " is no folder"}
	}
	r := &Repository{Top: dir, binary: binary, env: environment(false)}
	if _, err := r.run(ctx, nil, "rev-parse", "--git-dir"); err != nil {
		return nil, err
	}
	return r, nil
}

// namedTop is Top for the work tree that the environment speaks of: that of GIT_DIR
// or, without, of the current directory.
func namedTop(dir string) (top, within string) {
	if os.Getenv("GIT_DIR") == "" {
		top, _ = Top(".")
	} else if top, _ = filepath.Abs(os.Getenv("GIT_WORK_TREE")); top != "" {
		if real, err := filepath.EvalSymlinks(top); err == nil {
			top = real
		}
	}
	if dir, err := filepath.EvalSymlinks(dir); err == nil && top != "" {
		if dir, err = filepath.Abs(dir); err == nil {
			if within, err = filepath.Rel(top, dir); err == nil && filepath.IsLocal(within) {
				return top, filepath.ToSlash(within)
			}
		}
	}
	return "", ""
}

// honoured are the variables of git that reach it. Any other changes what git answers (GIT_REPLACE_REF_BASE),
// where it writes (GIT_TRACE) or what it refuses (GIT_GLOB_PATHSPECS). Where is the variable of a place that is
// honoured for the repository of a hook alone; for another, what the environment says is about the wrong one.
//
// Settings of the environment are kept, as those of ~/.gitconfig are: they belong to the person who runs us, and
// CI says there which folders are safe (safe.directory in GIT_CONFIG_KEY_0). Ours come after them and win.
var honoured = map[string]struct{ where, path bool }{
	"GIT_DIR":                          {where: true, path: true},
	"GIT_INDEX_FILE":                   {where: true, path: true},
	"GIT_WORK_TREE":                    {where: true, path: true},
	"GIT_COMMON_DIR":                   {where: true, path: true},
	"GIT_OBJECT_DIRECTORY":             {where: true, path: true},
	"GIT_ALTERNATE_OBJECT_DIRECTORIES": {where: true},
	"GIT_SHALLOW_FILE":                 {where: true},
	"GIT_CONFIG_GLOBAL":                {},
	"GIT_CONFIG_SYSTEM":                {},
	"GIT_CONFIG_NOSYSTEM":              {},
	"GIT_CONFIG_COUNT":                 {},
	"GIT_CONFIG_PARAMETERS":            {}, // what git -c gives to a hook
}

// environment is ours, made independent of the directory that git runs in and free of what starts programs, talks to a
// network or changes an answer. Own says that it speaks of the repository that is read: git commit FILE has an index of
// its own, say, which GIT_INDEX_FILE names to the hook.
func environment(own bool) []string {
	var env []string
	for _, variable := range os.Environ() {
		name, value, _ := strings.Cut(variable, "=")
		name = strings.ToUpper(name) // Windows does not tell case apart
		if name == "LC_ALL" || name == "LANGUAGE" {
			continue
		}
		if strings.HasPrefix(name, "GIT_") {
			kind, ok := honoured[name]
			ok = ok || strings.HasPrefix(name, "GIT_CONFIG_KEY_") || strings.HasPrefix(name, "GIT_CONFIG_VALUE_")
			if !ok || kind.where && !own {
				continue
			}
			if abs, err := filepath.Abs(value); kind.path && err == nil && value != "" {
				variable = name + "=" + abs
			}
		}
		env = append(env, variable)
	}
	return append(env, "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_LITERAL_PATHSPECS=1",
		"GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none") // the last also where git is too old for that before it (2.45)
}

// quiet are the settings of a repository that name programs which git could start when it
// reads; they come before what the repository says.
var quiet = []string{
	"core.fsmonitor=false", "core.hooksPath=" + os.DevNull, "protocol.allow=never", "diff.external=", "log.showSignature=false",
	"credential.helper=", "core.askPass=", "core.sshCommand=", "submodule.recurse=false",
}

// command prepares git to run at the top of the work tree.
func (r *Repository) command(ctx context.Context, args ...string) *exec.Cmd {
	settings := []string{"--no-pager", "-c", "core.quotepath=off"}
	for _, s := range quiet {
		settings = append(settings, "-c", s)
	}
	cmd := exec.CommandContext(ctx, r.binary, append(settings, args...)...)
	cmd.Dir, cmd.Env = r.Top, r.env
	return cmd
}

// run returns what git writes to stdout. The error is an *Error with the first
// line of what it says on stderr.
func (r *Repository) run(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	cmd := r.command(ctx, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, failure(args[0], stderr.String(), err)
	}
	return out, nil
}

// failure is the error for a git command that said something on stderr and ended with err.
func failure(command, said string, err error) *Error {
	if strings.Contains(said, "promisor") || strings.Contains(said, "lazy fetching") {
		return errPartial
	}
	said, _, _ = strings.Cut(strings.TrimSpace(said), "\n")
	if said == "" {
		said = err.Error()
	}
	return &Error{ZH: fmt.Sprintf("git %s 失败：%s", command, said), EN: fmt.Sprintf("git %s failed: %s", command, said)}
}

// errPartial is the error if an object was left on the server, which we do not ask.
var errPartial = &Error{
	ZH: "这是部分克隆（如 --filter=blob:none），要比较的提交里有文件没有取回；请先运行 git fetch --refetch --no-filter，或者克隆时不加 --filter",
	EN: "this is a partial clone (such as --filter=blob:none), and files of the commit to compare with were not fetched; " +
		"run git fetch --refetch --no-filter first, or clone without a filter",
}

// Hooks returns the directory in which git looks for hooks, and whether the settings
// of git move it out of the repository's own.
func (r *Repository) Hooks(ctx context.Context) (dir string, elsewhere bool, err error) {
	ask := func(args ...string) (string, error) { // without our own core.hooksPath
		cmd := exec.CommandContext(ctx, r.binary, args...)
		cmd.Dir, cmd.Env = r.Top, r.env
		out, err := cmd.Output()
		return strings.TrimRight(string(out), "\r\n"), err
	}
	if dir, err = ask("rev-parse", "--git-path", "hooks"); err != nil {
		return "", false, &Error{ZH: "git rev-parse 失败：" + err.Error(), EN: "git rev-parse failed: " + err.Error()}
	}
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(r.Top, filepath.FromSlash(dir))
	}
	set, err := ask("config", "--get", "core.hooksPath")
	return dir, err == nil && set != "", nil
}

// Head returns the commit of HEAD, or "" if there is none yet.
func (r *Repository) Head(ctx context.Context) (string, error) {
	out, err := r.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", "HEAD^{commit}")
	if err != nil {
		var e *Error
		if errors.As(err, &e) {
			return "", nil // before the first commit
		}
		return "", err
	}
	return strings.TrimSpace(string(out)), nil
}

// State is the commit of HEAD and whether files of the working tree differ from it.
type State struct {
	Commit  string // abbreviated
	Date    string // of the commit, YYYY-MM-DD
	Changed bool   // as far as sizes and times of files tell, below the folder that was asked about
}

// State returns the state of a folder, from the top with forward slashes; a zero one if
// there is no commit yet.
func (r *Repository) State(ctx context.Context, within string) (State, error) {
	head, err := r.Head(ctx)
	if err != nil || head == "" {
		return State{}, err
	}
	out, err := r.run(ctx, nil, "rev-list", "--max-count=1", "--date=short", "--format=%h %cd", head)
	if err != nil {
		return State{}, err
	}
	_, told, _ := strings.Cut(strings.TrimSpace(string(out)), "\n")
	commit, date, _ := strings.Cut(told, " ")
	touched, err := r.touched(ctx, cmp.Or(within, "."))
	if err != nil {
		return State{}, err
	}
	staged, err := r.Changed(ctx, head)
	return State{commit, date, touched || len(staged) > 0}, err
}

// touched reports whether sizes and times of files below a folder differ from those in
// the index. Git itself would read files that were changed in the second in which the
// index was written, and so run a filter of the repository. It does not if the index is
// that of 1970.
func (r *Repository) touched(ctx context.Context, within string) (bool, error) {
	index, err := r.path(ctx, "index")
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(index)
	if err != nil {
		return false, nil // nothing is in the index
	}
	dir, err := os.MkdirTemp("", "beian-index-")
	if err != nil {
		return false, &Error{ZH: "无法写临时文件：" + err.Error(), EN: "cannot write a temporary file: " + err.Error()}
	}
	defer os.RemoveAll(dir)
	old := filepath.Join(dir, "index")
	if err := errors.Join(os.WriteFile(old, text, 0o600), os.Chtimes(old, time.Unix(0, 0), time.Unix(0, 0))); err != nil {
		return false, &Error{ZH: "无法写临时文件：" + err.Error(), EN: "cannot write a temporary file: " + err.Error()}
	}
	copied := *r
	copied.env = append(slices.Clone(r.env), "GIT_INDEX_FILE="+old)
	out, err := copied.run(ctx, nil, "diff-files", "--name-only", "--no-ext-diff", "--ignore-submodules", "--", within)
	return len(out) > 0, err
}

// path is where git keeps a file of its own.
func (r *Repository) path(ctx context.Context, name string) (string, error) {
	out, err := r.run(ctx, nil, "rev-parse", "--git-path", name)
	at := strings.TrimRight(string(out), "\r\n")
	if err == nil && !filepath.IsAbs(at) {
		at = filepath.Join(r.Top, filepath.FromSlash(at))
	}
	return at, err
}

// Merging returns the commits that are being merged into HEAD, if the next commit is
// going to be a merge.
func (r *Repository) Merging(ctx context.Context) ([]string, error) {
	name, err := r.path(ctx, "MERGE_HEAD")
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &Error{ZH: "无法读取 MERGE_HEAD：" + err.Error(), EN: "cannot read MERGE_HEAD: " + err.Error()}
	}
	return strings.Fields(string(text)), nil
}

// Changed returns the paths, from the top, that the index has differently from a commit:
// added, removed or changed.
func (r *Repository) Changed(ctx context.Context, commit string) ([]string, error) {
	out, err := r.run(ctx, nil, "diff-index", "--cached", "--no-renames", "-z", "--name-only",
		"--no-ext-diff", "--no-textconv", commit, "--")
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(name string) bool { return name == "" }), nil
}

// Staged returns a file as it is in the index; ok is false if it is not there or larger
// than 64 MB.
// The path is relative to the top, with forward slashes.
func (r *Repository) Staged(ctx context.Context, path string) (text []byte, ok bool) {
	size, err := r.run(ctx, nil, "cat-file", "-s", ":0:"+path)
	if n, wrong := strconv.Atoi(strings.TrimSpace(string(size))); err != nil || wrong != nil || n > maxBlob {
		return nil, false
	}
	text, err = r.run(ctx, nil, "cat-file", "blob", ":0:"+path)
	return text, err == nil
}

// Origin returns the address of the remote named origin, without a password, or "" if
// there is none with an address.
func (r *Repository) Origin(ctx context.Context) string {
	out, err := r.run(ctx, nil, "config", "--get", "remote.origin.url")
	if err != nil {
		return ""
	}
	address := strings.TrimSpace(string(out))
	if user, rest, ok := strings.Cut(address, "@"); ok && !strings.Contains(address, "://") { // git@example.com:group/name
		host, name, _ := strings.Cut(rest, ":")
		address = "ssh://" + user + "@" + host + "/" + name
	}
	at, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"https", "http", "ssh", "git"}, at.Scheme) || at.Host == "" {
		return ""
	}
	if at.User != nil {
		at.User = url.User(at.User.Username())
	}
	if at.Scheme != "ssh" {
		at.User = nil // it may be a token
	}
	return at.String()
}

// Resolve returns the hash of the commit that a branch, tag or other name means.
func (r *Repository) Resolve(ctx context.Context, ref string) (string, error) {
	commit, err := r.run(ctx, nil, "rev-parse", "--verify", "--quiet", "--end-of-options", ref+"^{commit}")
	if err != nil {
		return "", &Error{
			ZH: fmt.Sprintf("仓库里没有 %q 这个提交、分支或标签；浅克隆请先 git fetch 取得它", ref),
			EN: fmt.Sprintf("there is no commit, branch or tag %q in the repository; in a shallow clone, git fetch it first", ref),
		}
	}
	return strings.TrimSpace(string(commit)), nil
}

// MergeBase returns the commit at which HEAD and ref parted.
func (r *Repository) MergeBase(ctx context.Context, ref string) (string, error) {
	commit, err := r.Resolve(ctx, ref)
	if err != nil {
		return "", err
	}
	base, err := r.run(ctx, nil, "merge-base", "HEAD", commit)
	if err != nil {
		return "", &Error{
			ZH: fmt.Sprintf("%q 和 HEAD 没有共同的历史；浅克隆请先 git fetch --unshallow", ref),
			EN: fmt.Sprintf("%q and HEAD have no history in common; in a shallow clone, git fetch --unshallow first", ref),
		}
	}
	base, _, _ = bytes.Cut(base, []byte("\n"))
	return string(base), nil
}

// Renamed returns the files that the index has under another path than commit,
// by their path there. Paths are relative to the top.
func (r *Repository) Renamed(ctx context.Context, commit string) (map[string]string, error) {
	out, err := r.run(ctx, nil, "diff-index", "--cached", "-M", "-z", "--name-status",
		"--diff-filter=R", "--no-ext-diff", "--no-textconv", commit, "--")
	if err != nil {
		return nil, err
	}
	renamed := map[string]string{}
	words := strings.Split(string(out), "\x00")
	for i := 0; i+2 < len(words); i += 3 { // R100, from, to
		renamed[words[i+1]] = words[i+2]
	}
	return renamed, nil
}
