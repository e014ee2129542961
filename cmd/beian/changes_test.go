package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	appJSON   = `{"pages": ["pages/me/me"]}`
	phoneView = "<view>\n  <text>手机号</text>\n  <input name=\"phone\" type=\"number\" maxlength=\"11\" placeholder=\"请输入手机号\" bindinput=\"onPhone\" />\n</view>\n"
	phonePage = "Page({\n  data: { phone: '' },\n  onPhone(e) { this.setData({ phone: e.detail.value }) },\n  onCard(e) { this.card = e.detail.value },\n  onMail(e) { this.mail = e.detail.value },\n})\n"
	cardView  = "  <input name=\"idCard\" type=\"idcard\" placeholder=\"请输入身份证号\" bindinput=\"onCard\" />\n"
)

// repo is a git repository for a test, with a program that collects a phone
// number in its first commit.
type repo struct {
	t   *testing.T
	dir string
}

func newRepo(t *testing.T) *repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	for _, name := range []string{"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX"} {
		t.Setenv(name, "") // the tests may run in a hook themselves
		os.Unsetenv(name)
	}
	t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
	t.Setenv("GIT_CONFIG_NOSYSTEM", "1")
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		t.Setenv("GIT_"+who+"_NAME", "测试")
		t.Setenv("GIT_"+who+"_EMAIL", "test@example.com")
	}
	r := &repo{t, filepath.Join(t.TempDir(), "仓库 一")}
	require.NoError(t, os.MkdirAll(r.dir, 0o777))
	r.git("init", "-q", "-b", "main")
	return r
}

// program commits the program that collects a phone number.
func (r *repo) program() *repo {
	r.write("app.json", appJSON)
	r.write("pages/me/me.wxml", phoneView)
	r.write("pages/me/me.js", phonePage)
	r.commit("first")
	return r
}

func (r *repo) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, filepath.FromSlash(name))
	require.NoError(r.t, os.MkdirAll(filepath.Dir(name), 0o777))
	require.NoError(r.t, os.WriteFile(name, []byte(text), 0o666))
}

func (r *repo) git(args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	require.NoError(r.t, err, "git %v: %s", args, out)
	return string(out)
}

func (r *repo) commit(message string) {
	r.t.Helper()
	r.git("add", "-A")
	r.git("commit", "-q", "--no-verify", "-m", message)
}

// scan runs beian scan on the repository and returns stdout, stderr and status. Paths
// are those from its top.
func (r *repo) scan(args ...string) (string, string, int) {
	out, errs, status := scanIn(r.dir, args...)
	return strings.ReplaceAll(out, r.dir+"/", ""), strings.ReplaceAll(errs, r.dir+"/", ""), status
}

func scanIn(dir string, args ...string) (string, string, int) {
	var stdout, stderr bytes.Buffer
	status := run(append(append([]string{"scan", "--lang", "en", "--quiet"}, args...), dir), environment{
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		getenv: func(string) string { return "" },
	})
	return stdout.String(), stderr.String(), status
}

// clean requires that nothing new is reported.
func (r *repo) clean(args ...string) {
	r.t.Helper()
	out, errs, status := r.scan(args...)
	require.Equal(r.t, exitClean, status, "%s%s", out, errs)
	require.Empty(r.t, out)
	require.Empty(r.t, errs)
}

// blocked requires that what is new is exactly the given places, each the
// beginning of a line.
func (r *repo) blocked(args []string, places ...string) {
	r.t.Helper()
	out, errs, status := r.scan(args...)
	require.Equal(r.t, exitFindings, status, "%s%s", out, errs)
	var lines []string
	for line := range strings.Lines(out) {
		if !strings.Contains(line, " [config/") { // what a first collection entails
			lines = append(lines, line)
		}
	}
	require.Len(r.t, lines, len(places), out)
	for i, place := range places {
		require.True(r.t, strings.HasPrefix(lines[i], place), out)
	}
	require.Contains(r.t, errs, " --reason REASON")
	require.Contains(r.t, errs, "privacy guide")
	require.Contains(r.t, errs, "remove it")
}

var staged = []string{"--staged"}

func TestStagedLetsOldFindingsBe(t *testing.T) {
	r := newRepo(t).program()
	r.clean("--staged")
	r.write("readme.txt", "x\n")
	r.git("add", "-A")
	r.clean("--staged")
	r.write("pages/me/me.wxml", "\n\n<!-- moved -->\n"+strings.ReplaceAll(phoneView, "  ", "\t\t"))
	r.git("add", "-A")
	r.clean("--staged") // moved and formatted
}

func TestStagedBlocksNewCollection(t *testing.T) {
	r := newRepo(t).program()
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.clean("--staged") // not staged
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	out, _, status := r.scan("--staged", "--fail-on", "never")
	require.Equal(t, exitClean, status)
	require.Contains(t, out, "field/idcard")
	_, _, status = r.scan("--staged", "--fail-on", "verdict")
	require.Equal(t, exitClean, status, "filing was triggered before")
	r.commit("second")
	r.clean("--staged")
}

// The staged files count, not those in the working tree.
func TestStagedHonoursPartialStaging(t *testing.T) {
	r := newRepo(t).program()
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	r.write("pages/me/me.wxml", phoneView) // taken out again, not staged
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	r.write("pages/me/me.wxml", phoneView+cardView+"<input placeholder=\"请输入邮箱\" bindinput=\"onMail\" />\n")
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	require.NoError(t, os.RemoveAll(filepath.Join(r.dir, "pages")))
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
}

func TestStagedRenames(t *testing.T) {
	r := newRepo(t).program()
	require.NoError(t, os.MkdirAll(filepath.Join(r.dir, "pages/我 的"), 0o777))
	r.git("mv", "pages/me/me.wxml", "pages/我 的/首 页.wxml")
	r.git("mv", "pages/me/me.js", "pages/我 的/首 页.js")
	r.write("app.json", `{"pages": ["pages/我 的/首 页"]}`)
	r.git("add", "-A")
	r.clean("--staged")
	r.write("pages/我 的/首 页.wxml", phoneView+cardView)
	r.git("add", "-A")
	r.blocked(staged, "pages/我 的/首 页.wxml:5:3: ")
}

func TestStagedDeletions(t *testing.T) {
	r := newRepo(t).program()
	r.write("app.json", `{"pages": ["pages/me/me", "pages/b/b"]}`)
	r.write("pages/b/b.wxml", "<view>关于</view>\n")
	r.write("pages/b/b.js", "Page({})\n")
	r.commit("second")
	r.git("rm", "-q", "-r", "pages/me")
	r.write("app.json", `{"pages": ["pages/b/b"]}`)
	r.git("add", "-A")
	r.clean("--staged")
	r.git("rm", "-q", "-r", "-f", ".")
	_, errs, status := r.scan("--staged")
	require.Equal(t, exitClean, status)
	require.Contains(t, errs, "the index contains no mini program")
}

// A change in one file may be the cause of a finding in another: the page is
// registered, the value is sent.
func TestStagedReportsWhatAChangeCauses(t *testing.T) {
	r := newRepo(t).program()
	r.write("pages/old/old.wxml", phoneView)
	r.write("pages/old/old.js", phonePage)
	r.commit("a page that is not registered")
	r.write("app.json", `{"pages": ["pages/me/me", "pages/old/old"]}`)
	r.git("add", "-A")
	r.blocked(staged, "pages/old/old.wxml:3:3: ")
	r.commit("registered")

	r.write("pages/me/me.js", strings.Replace(phonePage, "})\n", "  save() { wx.request({ url: 'https://api.example.com/save', method: 'POST', data: { phone: this.data.phone } }) },\n})\n", 1))
	r.write("pages/me/me.wxml", phoneView+"<button bindtap=\"save\">保存</button>\n")
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:3:3: ")
	out, _, _ := r.scan("--staged")
	require.Contains(t, out, "this change adds: sent to wx.request → api.example.com")
}

// A gate of severities chooses among problems; whatever it is, a new collection point
// fails the check, as it has to be declared first.
func TestStagedGates(t *testing.T) {
	r := newRepo(t).program()
	status := func(gate string) int {
		r.git("add", "-A")
		_, _, status := r.scan("--staged", "--fail-on", gate)
		return status
	}
	r.write("app.json", `{"pages": ["pages/me/me"], "requiredPrivateInfos": ["choosePoi"]}`)
	require.Equal(t, exitClean, status("medium"), "to declare too much is of low severity")
	require.Equal(t, exitFindings, status("low"))
	require.Equal(t, exitClean, status("verdict,undetermined"))
	r.commit("declared")
	r.write("pages/me/me.wxml", phoneView+cardView)
	for _, gate := range []string{"critical", "high", "medium", "low", "verdict,critical"} {
		require.Equal(t, exitFindings, status(gate), gate)
	}
	require.Equal(t, exitClean, status("verdict"))
	r.commit("card")
	r.write("app.json", `{"pages": ["pages/me/me", "pages/gone/gone"]}`)
	require.Equal(t, exitClean, status("undetermined"), "filing is triggered all the same")
}

func TestStagedBeforeTheFirstCommit(t *testing.T) {
	r := newRepo(t)
	r.write("app.json", appJSON)
	r.write("pages/me/me.wxml", phoneView)
	r.write("pages/me/me.js", phonePage)
	_, errs, status := r.scan("--staged")
	require.Equal(t, exitClean, status)
	require.Contains(t, errs, "the index contains no mini program")
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:3:3: ")
	_, _, status = r.scan("--staged", "--fail-on", "verdict")
	require.Equal(t, exitFindings, status, "it is this change that triggers filing")
}

func TestStagedInWorktreesAndSubfolders(t *testing.T) {
	r := newRepo(t)
	r.write("前端/小 程序/app.json", appJSON)
	r.write("前端/小 程序/pages/me/me.wxml", phoneView)
	r.write("前端/小 程序/pages/me/me.js", phonePage)
	r.commit("first")
	linked := filepath.Join(filepath.Dir(r.dir), "分支")
	r.git("worktree", "add", "-q", "-b", "other", linked)
	other := &repo{t, linked}
	other.clean("--staged")
	other.write("前端/小 程序/pages/me/me.wxml", phoneView+cardView)
	other.git("add", "-A")
	other.blocked(staged, "前端/小 程序/pages/me/me.wxml:5:3: ")
	r.clean("--staged")

	sub := filepath.Join(linked, "前端", "小 程序")
	out, _, status := scanIn(sub, "--staged")
	require.Equal(t, exitFindings, status)
	require.True(t, strings.HasPrefix(out, sub+"/pages/me/me.wxml:5:3: "), out)
	out, _, _ = scanIn(sub, "--staged", "--format", "sarif")
	require.Contains(t, out, `"uri": "%E5%89%8D%E7%AB%AF/%E5%B0%8F%20%E7%A8%8B%E5%BA%8F/pages/me/me.wxml"`)
	require.Contains(t, out, `"id": "beian/前端/小 程序/"`)
	out, _, _ = scanIn(sub, "--staged", "--format", "gitlab", "--uri-base", "apps")
	require.Contains(t, out, `"path": "apps/pages/me/me.wxml"`)
}

func TestStagedWithAnIndexOfTheHook(t *testing.T) {
	r := newRepo(t).program()
	r.write("pages/me/me.wxml", phoneView+cardView)
	t.Chdir(r.dir) // as hooks are
	t.Setenv("GIT_INDEX_FILE", ".git/next-index")
	r.git("read-tree", "HEAD")
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	os.Unsetenv("GIT_INDEX_FILE")
	r.clean("--staged")
}

func TestSince(t *testing.T) {
	r := newRepo(t).program()
	r.git("checkout", "-q", "-b", "feature")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.commit("the branch")
	r.git("checkout", "-q", "main")
	r.write("pages/me/me.wxml", phoneView+"<input placeholder=\"请输入邮箱\" bindinput=\"onMail\" />\n")
	r.commit("main goes on")
	r.git("checkout", "-q", "feature")
	r.blocked([]string{"--since", "main"}, "pages/me/me.wxml:5:3: ")
	r.clean("--since", "HEAD")
	r.write("pages/me/me.wxml", phoneView)
	r.clean("--since", "main") // the working tree is what counts
}

func TestComparisonErrors(t *testing.T) {
	r := newRepo(t).program()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"--since", "nowhere"}, `there is no commit, branch or tag "nowhere"`},
		{[]string{"--since", "--staged"}, `there is no commit, branch or tag "--staged"`},
		{[]string{"--since", "main", "--staged"}, "cannot be used together"},
		{[]string{"--since", "--output=taken.txt"}, `there is no commit, branch or tag "--output=taken.txt"`},
		{[]string{"--since", "-otaken.txt"}, `there is no commit, branch or tag "-otaken.txt"`},
		{[]string{"--since", "--upload-pack=touch taken.txt"}, `there is no commit, branch or tag`},
		{[]string{"--since", ":/nothing of it"}, `there is no commit, branch or tag`},
		{[]string{"--since", "HEAD:app.js"}, `there is no commit, branch or tag`},
	} {
		_, errs, status := r.scan(c.args...)
		require.Equal(t, exitFailure, status)
		require.Contains(t, errs, c.want)
	}
	require.NoFileExists(t, filepath.Join(r.dir, "taken.txt"))
	r.git("checkout", "-q", "--orphan", "alone")
	r.git("commit", "-q", "-m", "no history in common")
	_, errs, status := r.scan("--since", "main")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "no history in common")

	plain := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(plain, "app.json"), []byte(appJSON), 0o666))
	_, errs, status = scanIn(plain, "--staged")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "is in no git repository")

	t.Setenv("PATH", t.TempDir())
	_, errs, status = r.scan("--staged")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "git was not found")
}

// git does not open the repository of somebody else, and why is told. A scan of the folder
// asks git nothing that it needs.
func TestRepositoryOfAnotherOwner(t *testing.T) {
	r := newRepo(t).program()
	for _, at := range []string{r.dir, filepath.Join(r.dir, ".git")} {
		if err := os.Chown(at, 12345, 12345); err != nil {
			t.Skip("only root may give files away: ", err)
		}
	}
	_, errs, status := r.scan("--since", "main")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "dubious ownership")
	_, _, status = r.scan()
	require.NotEqual(t, exitFailure, status)
}

// A program that could not be loaded before has no known findings.
func TestStagedAfterABrokenCommit(t *testing.T) {
	r := newRepo(t).program()
	r.write("app.json", `{"pages": [`)
	r.commit("broken")
	r.write("app.json", appJSON)
	r.git("add", "-A")
	_, errs, status := r.scan("--staged")
	require.Equal(t, exitFindings, status)
	require.Contains(t, errs, "the program as of HEAD cannot be loaded")
}

// Nothing of the repository is run: no hook, filter, monitor or external diff.
func TestStagedRunsNothingOfTheRepository(t *testing.T) {
	r := newRepo(t).program()
	mark := filepath.Join(t.TempDir(), "ran")
	script := filepath.Join(t.TempDir(), "script")
	require.NoError(t, os.WriteFile(script, []byte("#!/bin/sh\ntouch '"+mark+"'\ncat\n"), 0o777))
	r.write(".gitattributes", "*.wxml filter=evil diff=evil\n*.json filter=evil\n")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	for _, name := range []string{"core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external", "core.pager"} {
		r.git("config", name, script)
	}
	for _, hook := range []string{"post-index-change", "pre-commit", "fsmonitor-watchman"} {
		require.NoError(t, os.MkdirAll(filepath.Join(r.dir, ".git", "hooks"), 0o777))
		require.NoError(t, os.WriteFile(filepath.Join(r.dir, ".git", "hooks", hook), []byte("#!/bin/sh\ntouch '"+mark+"'\n"), 0o777))
	}
	os.Remove(mark) // git config may have refreshed
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	r.blocked([]string{"--since", "HEAD"}, "pages/me/me.wxml:5:3: ")
	require.NoFileExists(t, mark)
}

// Several programs of one repository have paths from its top, and each a category
// of its own, however their directories are named.
func TestPathsOfSeveralPrograms(t *testing.T) {
	r := newRepo(t)
	for _, name := range []string{"apps/甲", "apps/乙"} {
		r.write(name+"/app.json", appJSON)
		r.write(name+"/pages/me/me.wxml", phoneView)
		r.write(name+"/pages/me/me.js", phonePage)
	}
	t.Chdir(filepath.Join(r.dir, "apps"))
	for _, dirs := range [][]string{{"甲", "乙"}, {filepath.Join(r.dir, "apps", "甲"), filepath.Join(r.dir, "apps", "乙")}} {
		out, errs, _ := scanIn(dirs[1], "--format", "sarif", dirs[0])
		require.Empty(t, errs)
		for _, want := range []string{
			`"uri": "apps/%E7%94%B2/pages/me/me.wxml"`, `"uri": "apps/%E4%B9%99/pages/me/me.wxml"`,
			`"id": "beian/apps/甲/"`, `"id": "beian/apps/乙/"`,
		} {
			require.Contains(t, out, want)
		}
	}
	r.commit("first")
	r.write("apps/乙/pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	out, _, status := scanIn("乙", "--staged", "甲")
	require.Equal(t, exitFindings, status)
	require.True(t, strings.HasPrefix(out, "乙/pages/me/me.wxml:5:3: "), out)
	require.Equal(t, 1, strings.Count(out, "\n"))
	out, _, _ = r.scan("--format", "gitlab") // both found below one directory
	require.Contains(t, out, `"path": "apps/甲/pages/me/me.wxml"`)
}

// A staged file that cannot be read may hide a collection: it is named, once.
func TestStagedSaysWhatCannotBeRead(t *testing.T) {
	r := newRepo(t).program()
	r.write("pages/me/me.js", "Page({ onPhone(e) { this.setData({ } })\n")
	r.git("add", "-A")
	out, _, status := r.scan("--staged", "--fail-on", "never")
	require.Equal(t, exitClean, status)
	require.Contains(t, out, "pages/me/me.js:")
	require.Contains(t, out, ": not read: ")
	r.commit("broken")
	r.write("readme.txt", "x\n")
	r.git("add", "-A")
	r.clean("--staged")
}

// Acceptances count as they are staged: one that the commit lacks accepts nothing.
func TestStagedSettings(t *testing.T) {
	r := newRepo(t).program()
	r.write("beian.yaml", "baseline: accepted.json\n")
	r.write("accepted.json", `{"version": 1, "entries": []}`)
	r.commit("settings")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	r.blocked(staged, "pages/me/me.wxml:5:3: ")

	create := func() {
		var errs bytes.Buffer
		status := run([]string{"baseline", "update", r.dir, "--file", filepath.Join(r.dir, "accepted.json"), "--reason", "booking"}, environment{
			stdin: strings.NewReader(""), stdout: &errs, stderr: &errs, getenv: func(string) string { return "" },
		})
		require.Equal(t, exitClean, status, errs.String())
	}
	create() // in the working tree alone
	r.blocked(staged, "pages/me/me.wxml:5:3: ")
	r.git("add", "-A")
	r.clean("--staged")

	r.write("beian.yaml", "fial-on: high\n") // broken, not staged
	r.clean("--staged")

	// A new settings file counts, and a message says that the commit will lack
	// it.
	r.git("rm", "-q", "--cached", "accepted.json")
	_, errs, status := r.scan("--staged")
	require.Equal(t, exitClean, status)
	require.Contains(t, errs, "accepted.json is not staged, the commit will lack it")
}

// A merge brings only what neither side has.
func TestStagedAtAMerge(t *testing.T) {
	r := newRepo(t).program()
	r.git("checkout", "-q", "-b", "card")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.commit("card")
	r.git("checkout", "-q", "main")
	r.write("pages/me/me.js", phonePage+"\n// changed here\n")
	r.commit("main goes on")
	r.git("merge", "-q", "--no-commit", "--no-ff", "card")
	r.clean("--staged") // the other side has the card
	r.write("pages/me/me.wxml", phoneView+cardView+"<input placeholder=\"请输入邮箱\" bindinput=\"onMail\" />\n")
	r.git("add", "-A")
	out, _, status := r.scan("--staged", "--quiet")
	require.Equal(t, exitFindings, status)
	require.Contains(t, out, "field/email")
	require.NotContains(t, out, "field/idcard")
}

// The files of a submodule are those of the commit that is named, before and now.
func TestSinceWithASubmodule(t *testing.T) {
	t.Setenv("GIT_ALLOW_PROTOCOL", "file")
	part := newRepo(t)
	part.write("form.wxml", phoneView)
	part.write("form.js", "Component({ methods: { onPhone(e) { this.phone = e.detail.value }, onCard(e) { this.card = e.detail.value } } })")
	part.write("form.json", `{"component": true}`)
	part.commit("form")
	r := newRepo(t)
	r.write("app.json", appJSON)
	r.write("pages/me/me.wxml", "<form-part />")
	r.write("pages/me/me.js", "Page({})")
	r.write("pages/me/me.json", `{"usingComponents": {"form-part": "/parts/form"}}`)
	r.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", part.dir, "parts")
	r.commit("first")
	out, _, status := r.scan("--since", "HEAD", "--quiet")
	require.Equal(t, exitClean, status)
	require.NotContains(t, out, "field/phone", "it was there")

	r.write("parts/form.wxml", phoneView+cardView)
	out, _, status = r.scan("--since", "HEAD", "--quiet")
	require.Equal(t, exitFindings, status)
	require.Contains(t, out, "field/idcard")
	require.NotContains(t, out, "field/phone")

	module := &repo{t, filepath.Join(r.dir, "parts")}
	module.commit("card")
	r.git("add", "parts")
	out, _, status = r.scan("--staged", "--quiet")
	require.Equal(t, exitFindings, status)
	require.Contains(t, out, "field/idcard")
	require.NotContains(t, out, "field/phone")
}

// In a partial clone the message says what to run.
func TestSinceInAPartialClone(t *testing.T) {
	r := newRepo(t).program()
	r.git("config", "uploadpack.allowFilter", "true")
	r.git("branch", "base")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.commit("card")
	clone := &repo{t, filepath.Join(t.TempDir(), "clone")}
	r.git("clone", "-q", "--filter=blob:none", "file://"+r.dir, clone.dir)
	_, errs, status := clone.scan("--since", "origin/base")
	require.Equal(t, exitFailure, status)
	require.Contains(t, errs, "git fetch --refetch --no-filter")
	clone.git("-c", "gc.auto=0", "-c", "maintenance.auto=false", "fetch", "-q", "--refetch", "--no-filter")
	out, _, status := clone.scan("--since", "origin/base", "--quiet")
	require.Equal(t, exitFindings, status)
	require.Contains(t, out, "field/idcard")
	require.NotContains(t, out, "field/phone")
}

// If nothing is staged that a scan reads, a hook ends at once; a format for programs is
// written all the same.
func TestStagedIdle(t *testing.T) {
	r := newRepo(t).program()
	idle := func() bool {
		_, errs, status := r.scan("--staged", "--quiet=false")
		require.Equal(t, exitClean, status)
		return strings.Contains(errs, "nothing is staged")
	}
	require.True(t, idle())
	r.write("README.md", "x")
	r.write("pages/me/me.wxml", phoneView+cardView) // not staged
	r.git("add", "README.md")
	require.True(t, idle())
	out, _, _ := r.scan("--staged", "--format", "json")
	require.Contains(t, out, `"schemaVersion"`)
	r.write("pages/me/me.js", phonePage+"\n")
	r.git("add", "pages/me/me.js")
	require.False(t, idle())
}
