package git

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// git runs git at the top of r as a person does.
func git(t *testing.T, r *Repository, args ...string) {
	t.Helper()
	cmd := r.command(context.Background(), args...)
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		cmd.Env = append(cmd.Env, "GIT_"+who+"_NAME=某人", "GIT_"+who+"_EMAIL=someone@example.com")
	}
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func TestCommits(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}", "pages/首/首.js": "Page({ a: 1, b: 2, c: 3 })\n", "old.js": "old"}, map[string]string{"link.js": "app.json"})
	head, err := r.Head(ctx)
	require.NoError(t, err)
	require.Empty(t, head, "there is no commit yet")
	_, err = r.MergeBase(ctx, "main")
	require.ErrorContains(t, err, `there is no commit, branch or tag "main"`)

	git(t, r, "commit", "-qm", "first")
	git(t, r, "branch", "first")
	head, err = r.Head(ctx)
	require.NoError(t, err)
	require.Regexp(t, "^[0-9a-f]{40}$", head)

	git(t, r, "mv", "pages/首/首.js", "pages/页 面.js")
	git(t, r, "rm", "-q", "old.js")
	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "app.json"), []byte("{\"staged\": 1}"), 0o666))
	git(t, r, "add", "-A")
	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "app.json"), []byte("not staged"), 0o666))
	text, ok := r.Staged(ctx, "app.json")
	require.True(t, ok)
	require.Equal(t, `{"staged": 1}`, string(text))
	_, ok = r.Staged(ctx, "old.js")
	require.False(t, ok)
	renamed, err := r.Renamed(ctx, head)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"pages/首/首.js": "pages/页 面.js"}, renamed)
	_, err = r.Renamed(ctx, "nothing")
	require.ErrorContains(t, err, "git diff-index failed")

	git(t, r, "commit", "-qm", "second")
	base, err := r.MergeBase(ctx, "first")
	require.NoError(t, err)
	require.Equal(t, head, base)
	git(t, r, "checkout", "-q", "--orphan", "apart")
	git(t, r, "commit", "-qm", "apart")
	_, err = r.MergeBase(ctx, "first")
	require.ErrorContains(t, err, "no history in common")

	tree, err := r.Commit(ctx, base, ".")
	require.NoError(t, err)
	defer tree.Close()
	old, err := fs.ReadFile(tree, "old.js")
	require.NoError(t, err)
	require.Equal(t, "old", string(old))
	linked, err := fs.ReadFile(tree, "link.js")
	require.NoError(t, err)
	require.Equal(t, "{}", string(linked))
	_, err = fs.ReadFile(tree, "pages/页 面.js")
	require.ErrorIs(t, err, fs.ErrNotExist, "it had another name then")
	_, err = r.Commit(ctx, "nothing", ".")
	require.ErrorContains(t, err, "git ls-tree failed")
}

// A submodule is another repository: its files are not those of the commit.
func TestCommitLeavesSubmodulesOut(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}"}, nil)
	git(t, r, "commit", "-qm", "first")
	head, err := r.Head(ctx)
	require.NoError(t, err)
	git(t, r, "update-index", "--add", "--cacheinfo", "160000,"+head+",kit")
	git(t, r, "commit", "-qm", "second")
	head, err = r.Head(ctx)
	require.NoError(t, err)
	tree, err := r.Commit(ctx, head, ".")
	require.NoError(t, err)
	defer tree.Close()
	list, err := fs.ReadDir(tree, ".")
	require.NoError(t, err)
	require.Len(t, list, 1)
	staged, err := r.Index(ctx, ".")
	require.NoError(t, err)
	defer staged.Close()
	list, err = fs.ReadDir(staged, ".")
	require.NoError(t, err)
	require.Len(t, list, 1)
}

func TestHooks(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}"}, nil)
	dir, elsewhere, err := r.Hooks(ctx)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(r.Top, ".git", "hooks"), dir)
	require.False(t, elsewhere)
	git(t, r, "config", "core.hooksPath", ".githooks")
	dir, elsewhere, err = r.Hooks(ctx)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(r.Top, ".githooks"), dir)
	require.True(t, elsewhere)
}

func TestOpenSaysWhatIsMissing(t *testing.T) {
	_, _, err := Open(context.Background(), t.TempDir())
	var both *Error
	require.ErrorAs(t, err, &both)
	require.Contains(t, both.Text().ZH, "不在 git 仓库中")
	require.Contains(t, err.Error(), "is in no git repository")

	r := repository(t, map[string]string{"app.json": "{}"}, nil)
	t.Setenv("PATH", "")
	_, _, err = Open(context.Background(), r.Top)
	require.ErrorContains(t, err, "git was not found")
}

// The environment names the repository of a hook. It is honoured for that
// repository and not for another.
func TestEnvironmentOfHooks(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"程序/app.json": "{}"}, nil)
	other := repository(t, map[string]string{"other.json": "{}"}, nil)
	index := filepath.Join(t.TempDir(), "index")
	git(t, r, "read-tree", "--index-output="+index, "--empty")
	t.Setenv("GIT_DIR", filepath.Join(r.Top, ".git"))
	t.Setenv("GIT_WORK_TREE", r.Top)
	t.Setenv("GIT_INDEX_FILE", index)
	t.Setenv("GIT_PREFIX", "程序/")

	within, at, err := Open(ctx, filepath.Join(r.Top, "程序"))
	require.NoError(t, err)
	require.Equal(t, "程序", at)
	_, staged := within.Staged(ctx, "程序/app.json")
	require.False(t, staged, "the hook's index is empty")

	apart, at, err := Open(ctx, other.Top)
	require.NoError(t, err)
	require.Equal(t, ".", at)
	_, staged = apart.Staged(ctx, "other.json")
	require.True(t, staged, "the hook's index is not that of another repository")
}

// Nothing else that the environment says to git changes what it answers or makes it fail, but a person's settings count.
func TestEnvironmentOfStrangers(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}", "a/a.js": "a"}, nil)
	git(t, r, "commit", "-qm", "first")
	git(t, r, "remote", "add", "origin", "https://example.com/shop.git")
	first, err := r.Head(ctx)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "app.json"), []byte("[]"), 0o666))
	git(t, r, "commit", "-aqm", "second")
	second, err := r.Head(ctx)
	require.NoError(t, err)
	git(t, r, "update-ref", "refs/other/"+second, first) // the second commit, if GIT_REPLACE_REF_BASE is heeded
	dir := t.TempDir()
	write := func(name, text string) string {
		at := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(at, []byte(text), 0o666))
		return at
	}
	trace := filepath.Join(dir, "trace")
	for name, value := range map[string]string{
		"GIT_GLOB_PATHSPECS": "1", "GIT_NOGLOB_PATHSPECS": "1", "GIT_ICASE_PATHSPECS": "1",
		"GIT_REPLACE_REF_BASE": "refs/other/", "GIT_GRAFT_FILE": write("grafts", second+"\n"), // a second commit without a parent
		"GIT_TRACE": trace, "GIT_TRACE_SETUP": trace, "GIT_TRACE2": trace, "GIT_TRACE2_EVENT": trace,
		"GIT_NAMESPACE": "other", "GIT_ATTR_SOURCE": "nothing", "GIT_CONFIG": write("config", ""), "GIT_CEILING_DIRECTORIES": "/",
		"GIT_ALLOC_LIMIT": "1", "GIT_FLUSH": "0", "GIT_TEST_ASSUME_DIFFERENT_OWNER": "1",
	} {
		t.Setenv(name, value)
	}
	opened, _, err := Open(ctx, r.Top)
	require.NoError(t, err)
	base, err := opened.MergeBase(ctx, first)
	require.NoError(t, err)
	require.Equal(t, first, base)
	require.Equal(t, "https://example.com/shop.git", opened.Origin(ctx))
	tree, err := opened.Commit(ctx, second, "a")
	require.NoError(t, err)
	defer tree.Close()
	text, err := tree.ReadFile("a.js")
	require.NoError(t, err)
	require.Equal(t, "a", string(text))
	tree, err = opened.Commit(ctx, second, ".")
	require.NoError(t, err)
	defer tree.Close()
	text, err = tree.ReadFile("app.json")
	require.NoError(t, err)
	require.Equal(t, "[]", string(text), "not that of the first commit")
	require.NoFileExists(t, trace)

	t.Setenv("GIT_CONFIG_COUNT", "2")
	t.Setenv("GIT_CONFIG_KEY_0", "remote.origin.url")
	t.Setenv("GIT_CONFIG_VALUE_0", "https://example.com/mirror.git")
	t.Setenv("GIT_CONFIG_KEY_1", "core.fsmonitor")
	t.Setenv("GIT_CONFIG_VALUE_1", write("monitor", "#!/bin/sh\ntouch '"+trace+"'\n"))
	require.NoError(t, os.Chmod(filepath.Join(dir, "monitor"), 0o777))
	opened, _, err = Open(ctx, r.Top)
	require.NoError(t, err)
	require.Equal(t, "https://example.com/mirror.git", opened.Origin(ctx))
	_, err = opened.State(ctx, ".")
	require.NoError(t, err)
	require.NoFileExists(t, trace, "ours is the last setting of the monitor")
}

func TestCancelled(t *testing.T) {
	r := repository(t, map[string]string{"app.json": "{}"}, nil)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := r.Head(ctx)
	require.ErrorIs(t, err, context.Canceled)
	_, err = r.Index(ctx, ".")
	require.ErrorIs(t, err, context.Canceled)
}

// For what is not a file or not a directory, the error is that of io/fs.
func TestTreeErrors(t *testing.T) {
	r := repository(t, map[string]string{"src/a.js": "a", "b.js": "b"}, map[string]string{"out.js": "/nowhere"})
	tree, err := r.Index(context.Background(), ".")
	require.NoError(t, err)
	defer tree.Close()
	_, err = fs.ReadDir(tree, "b.js")
	require.ErrorIs(t, err, fs.ErrInvalid)
	_, err = fs.ReadDir(tree, "none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = fs.ReadFile(tree, "none/a.js")
	require.ErrorIs(t, err, fs.ErrNotExist)
	dir, err := tree.Open("src")
	require.NoError(t, err)
	_, err = dir.Read(make([]byte, 1))
	require.ErrorIs(t, err, fs.ErrInvalid)
	info, err := dir.Stat()
	require.NoError(t, err)
	require.True(t, info.IsDir())
	require.Nil(t, info.Sys())
}

// The address of a remote is told without secrets, and only if it is one.
func TestOrigin(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}"}, nil)
	require.Empty(t, r.Origin(ctx))
	git(t, r, "remote", "add", "origin", "x")
	for address, want := range map[string]string{
		"https://example.com/a/b.git":           "https://example.com/a/b.git",
		"https://token@example.com/a/b":         "https://example.com/a/b",
		"https://me:secret@example.com/a/b":     "https://example.com/a/b",
		"git@example.com:a/b.git":               "ssh://git@example.com/a/b.git",
		"ssh://git:secret@example.com:2222/a/b": "ssh://git@example.com:2222/a/b",
		"/srv/git/b.git":                        "",
		"file:///srv/git/b.git":                 "",
		"../b":                                  "",
	} {
		git(t, r, "remote", "set-url", "origin", address)
		require.Equal(t, want, r.Origin(ctx), address)
	}
}

// The state names the commit and its day, and says whether files differ from it.
func TestState(t *testing.T) {
	ctx := context.Background()
	r := repository(t, map[string]string{"app.json": "{}", "shop/app.json": "{}"}, nil)
	state, err := r.State(ctx, "shop")
	require.NoError(t, err)
	require.Zero(t, state, "there is no commit yet")

	git(t, r, "commit", "-qm", "first")
	state, err = r.State(ctx, "")
	require.NoError(t, err)
	require.Regexp(t, "^[0-9a-f]{7,}$", state.Commit)
	require.Regexp(t, `^\d{4}-\d\d-\d\d$`, state.Date)
	require.False(t, state.Changed)

	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "app.json"), []byte(`{"longer": true}`), 0o666))
	state, err = r.State(ctx, "shop")
	require.NoError(t, err)
	require.False(t, state.Changed, "only the folder that was asked about counts")
	state, err = r.State(ctx, "")
	require.NoError(t, err)
	require.True(t, state.Changed)

	git(t, r, "checkout", "-q", "app.json")
	require.NoError(t, os.WriteFile(filepath.Join(r.Top, "new.js"), []byte("1"), 0o666))
	git(t, r, "add", "new.js")
	state, err = r.State(ctx, "shop")
	require.NoError(t, err)
	require.True(t, state.Changed, "what is staged is not committed")
}
