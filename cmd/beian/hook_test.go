package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestMain lets the test binary act as the program, for tests that start it as
// another program does: a hook, a step of a CI, the program itself to run a
// script.
func TestMain(m *testing.M) {
	if os.Getenv("BEIAN_TEST_AS_PROGRAM") == "1" || len(os.Args) > 1 && (os.Args[1] == interpreterName || os.Args[1] == workerName) {
		status := program()
		tellPeak()
		os.Exit(status)
	}
	os.Exit(m.Run())
}

// asProgram writes a file beian into dir that runs the test binary as the program.
func asProgram(t *testing.T, dir string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("it takes a POSIX shell")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(dir, 0o777))
	script := "#!/bin/sh\nBEIAN_TEST_AS_PROGRAM=1 exec '" + self + "' \"$@\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "beian"), []byte(script), 0o777))
}

// newHookedRepo is newRepo with the hook of docs/hooks.md in place.
func newHookedRepo(t *testing.T) *repo {
	r := newRepo(t)
	bin := t.TempDir()
	asProgram(t, bin)
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	t.Setenv("LANG", "C")
	t.Setenv("LC_ALL", "")
	hooks := filepath.Join(r.dir, ".git", "hooks")
	require.NoError(t, os.MkdirAll(hooks, 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(hooks, "pre-commit"), []byte("#!/bin/sh\nexec beian scan --staged --quiet\n"), 0o777))
	return r
}

// try runs git and returns whether it succeeded, and all that it printed.
func (r *repo) try(args ...string) (bool, string) {
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	return cmd.Run() == nil, out.String()
}

// stops requires that a commit is stopped because of the field for the ID number.
func (r *repo) stops(args ...string) {
	r.t.Helper()
	ok, out := r.try(append([]string{"commit", "-q", "-m", "x"}, args...)...)
	require.False(r.t, ok, out)
	require.Contains(r.t, out, "field/idcard")
	require.Contains(r.t, out, "<!-- beian-accept field/idcard: REASON -->")
}

// passes requires that a commit goes through.
func (r *repo) passes(args ...string) {
	r.t.Helper()
	ok, out := r.try(append([]string{"commit", "-q", "-m", "x"}, args...)...)
	require.True(r.t, ok, out)
}

// Git gives a hook another index with -a, --only and --include; it holds what is
// about to be committed.
func TestHookSeesWhatIsCommitted(t *testing.T) {
	r := newHookedRepo(t).program()
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.write("other.txt", "x\n")
	r.git("add", "other.txt")
	r.passes() // the field is not staged
	r.stops("-a")
	r.stops("--only", "pages/me/me.wxml")
	r.stops("--include", "pages/me/me.wxml")
	r.stops("--", "pages/me/me.wxml")
	r.stops("--amend", "-a")

	r.write("other.txt", "y\n")
	r.git("add", "-A")
	r.passes("--only", "other.txt") // the field stays staged and is not committed
	r.stops()
	r.git("reset", "-q")
	r.passes("--allow-empty")

	r.write("pages/me/me.wxml", phoneView+"<!-- beian-accept field/idcard: real-name booking -->\n"+cardView)
	r.passes("-a") // accepted with a reason
}

// Before the first commit there is no HEAD; everything is new.
func TestHookOnTheFirstCommit(t *testing.T) {
	r := newHookedRepo(t)
	r.write("readme.txt", "x\n")
	r.git("add", "-A")
	r.passes()
	r.git("update-ref", "-d", "HEAD")
	r.write("app.json", appJSON)
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.write("pages/me/me.js", phonePage)
	r.git("add", "-A")
	r.stops()
	r.stops("-a")
}

// A merge brings in what the other branch had; compared with HEAD, that is new.
func TestHookOnAMerge(t *testing.T) {
	r := newHookedRepo(t).program()
	r.git("checkout", "-q", "-b", "card")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.commit("card")
	r.git("checkout", "-q", "main")
	r.write("readme.txt", "main\n")
	r.commit("main goes on")
	ok, out := r.try("merge", "--no-ff", "--no-edit", "card") // git runs pre-merge-commit, which is not ours
	require.True(t, ok, out)

	// A conflict is committed by hand: the hook sees what was resolved.
	r.git("reset", "-q", "--hard", "HEAD^")
	r.write("pages/me/me.wxml", strings.Replace(phoneView, "<view>", "<view class=\"b\">", 1))
	r.commit("a conflict")
	r.git("checkout", "-q", "card")
	r.write("pages/me/me.wxml", strings.Replace(phoneView+cardView, "<view>", "<view class=\"c\">", 1))
	r.commit("the other side")
	r.git("checkout", "-q", "main")
	ok, _ = r.try("merge", "--no-edit", "card")
	require.False(t, ok)
	r.clean("--staged") // while it is unresolved ours counts
	r.write("pages/me/me.wxml", strings.Replace(phoneView+cardView+cardView, "<view>", "<view class=\"d\">", 1))
	r.git("add", "-A")
	r.stops() // each side has at most one
	r.write("pages/me/me.wxml", strings.Replace(phoneView+cardView, "<view>", "<view class=\"d\">", 1))
	r.git("add", "-A")
	r.passes()
}

func TestHookOnADetachedHead(t *testing.T) {
	r := newHookedRepo(t).program()
	r.git("checkout", "-q", "--detach")
	r.passes("--allow-empty")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.stops("-a")
	r.blocked([]string{"--since", "main"}, "pages/me/me.wxml:5:3: ")
}

// A program in a submodule is checked there commit by commit; the outer repository has
// its files as they are in the commit that it names.
func TestHookWithASubmodule(t *testing.T) {
	inner := newRepo(t).program()
	r := newHookedRepo(t)
	r.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.dir, "程序")
	ok, out := r.try("commit", "-q", "-m", "x")
	require.False(t, ok, "the program is new here")
	require.Contains(t, out, "程序/pages/me/me.wxml:3:3")
	r.passes("--no-verify")
	sub := &repo{t, filepath.Join(r.dir, "程序")}
	sub.clean("--staged")

	// A hook of the outer repository that names the folder looks at the index of that
	// folder, not at its own, which git names in the environment.
	hook := filepath.Join(r.dir, ".git", "hooks", "pre-commit")
	require.NoError(t, os.WriteFile(hook, []byte("#!/bin/sh\nexec beian scan --staged --quiet 程序\n"), 0o777))
	r.write("readme.txt", "x\n")
	r.git("add", "readme.txt")
	r.passes()
	r.passes("--allow-empty", "-a")
	require.NoError(t, os.WriteFile(hook, []byte("#!/bin/sh\nexec beian scan --staged --quiet\n"), 0o777))

	sub.write("pages/me/me.wxml", phoneView+cardView)
	sub.git("add", "-A")
	sub.blocked(staged, "pages/me/me.wxml:5:3: ")
	out, _, status := r.scan("--staged")
	require.Equal(t, exitClean, status, out)
	sub.commit("card")
	r.git("add", "-A")
	r.stops() // against the commit that was named before
}

// In a shallow clone the branch point may be missing; then a message says how to get
// it.
func TestSinceInAShallowClone(t *testing.T) {
	r := newRepo(t).program()
	r.git("checkout", "-q", "-b", "feature")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.commit("card")
	r.git("checkout", "-q", "main")
	r.write("readme.txt", "x\n")
	r.commit("main goes on")
	r.git("checkout", "-q", "feature")

	clone := &repo{t, filepath.Join(t.TempDir(), "浅")}
	r.git("clone", "-q", "--depth", "1", "--no-single-branch", "file://"+r.dir, clone.dir)
	_, errs, status := clone.scan("--since", "origin/main")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "git fetch --unshallow")
	clone.git("fetch", "-q", "--unshallow")
	clone.blocked([]string{"--since", "origin/main"}, "pages/me/me.wxml:5:3: ")

	single := &repo{t, filepath.Join(t.TempDir(), "单")}
	r.git("clone", "-q", "--depth", "1", "file://"+r.dir, single.dir)
	_, errs, status = single.scan("--since", "origin/main")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, `there is no commit, branch or tag "origin/main"`)
	require.Contains(t, errs, "git fetch it first")
}

// A repository without a commit has nothing to compare with.
func TestSinceBeforeTheFirstCommit(t *testing.T) {
	r := newRepo(t)
	r.write("app.json", appJSON)
	_, errs, status := r.scan("--since", "HEAD")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, `there is no commit, branch or tag "HEAD"`)
	_, errs, status = r.scan("--since", "")
	require.NotEqual(t, exitFindings, status, errs)
}

// A hook may be run with GIT_DIR and GIT_WORK_TREE set, as git does in a linked
// work tree and for an alias.
func TestHookWithGitDirSet(t *testing.T) {
	r := newHookedRepo(t).program()
	r.write("pages/me/me.wxml", phoneView+cardView)
	linked := &repo{t, filepath.Join(t.TempDir(), "linked")}
	r.git("worktree", "add", "-q", "-b", "other", linked.dir)
	linked.write("pages/me/me.wxml", phoneView+cardView)
	linked.stops("-a")

	t.Chdir(r.dir)
	t.Setenv("GIT_DIR", ".git")
	t.Setenv("GIT_WORK_TREE", ".")
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:5:3: ")

	// The repository is elsewhere: no .git beside the files.
	bare := filepath.Join(t.TempDir(), "elsewhere.git")
	require.NoError(t, os.Rename(filepath.Join(r.dir, ".git"), bare))
	t.Setenv("GIT_DIR", bare)
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
}

// The hook of a project with npm runs the program of the system itself, as npx takes
// seconds, and npx only where that is not found.
func TestHookOfNpm(t *testing.T) {
	r := newRepo(t)
	r.write("前端's/app.json", appJSON)
	t.Chdir(r.dir)
	status := run([]string{"init", "--hook", "前端's"}, environment{
		stdin: strings.NewReader(""), stdout: io.Discard, stderr: io.Discard,
		getenv: func(name string) string { return map[string]string{"npm_config_user_agent": "npm/11"}[name] },
	})
	require.Equal(t, exitClean, status)
	tools := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(tools, "npx"), []byte("#!/bin/sh\necho npx \"$@\"\n"), 0o777))
	t.Setenv("PATH", tools+string(os.PathListSeparator)+os.Getenv("PATH"))
	hook := func() string {
		out, err := exec.Command(filepath.Join(r.dir, ".git/hooks/pre-commit")).CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	require.Equal(t, "npx --no-install beian scan --staged --quiet 前端's\n", hook())
	r.write("前端's/node_modules/@beian/linux-x64/bin/beian", "#!/bin/sh\necho native \"$@\"\n")
	require.NoError(t, os.Chmod(filepath.Join(r.dir, "前端's/node_modules/@beian/linux-x64/bin/beian"), 0o777))
	require.Equal(t, "native scan --staged --quiet 前端's\n", hook())
}
