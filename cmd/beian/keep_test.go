package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// staged runs beian scan --staged where r is, with a directory for what is kept, "" for none.
func (r *repo) staged(cache string, args ...string) string {
	r.t.Helper()
	r.t.Chdir(r.dir)
	var out, errs bytes.Buffer
	status := run(append([]string{"scan", "--staged", "--quiet", "--lang", "en"}, args...), environment{
		stdin: strings.NewReader(""), stdout: &out, stderr: &errs, getenv: os.Getenv, cache: cache,
	})
	return fmt.Sprint(out.String(), errs.String(), status)
}

// What is kept changes no answer, whatever is edited, committed, taken back or accepted, in
// the program, beside it or in what it imports from elsewhere in the repository. With
// BEIAN_LONG=1 there are eight ways to go.
func TestKeptAnswers(t *testing.T) {
	seeds := uint64(1)
	if os.Getenv("BEIAN_LONG") != "" {
		seeds = 8
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { editAtRandom(t, rand.New(rand.NewPCG(seed, 2))) })
	}
}

func editAtRandom(t *testing.T, random *rand.Rand) {
	r := newRepo(t)
	for name, text := range map[string]string{
		"app/app.json": appJSON, "app/pages/me/me.wxml": phoneView, "package.json": `{"workspaces": ["ui"]}`,
		"app/pages/me/me.js": "import { send } from '../../../ui/send'\n" + strings.Replace(phonePage, "this.card = e.detail.value", "send(e.detail.value)", 1),
		"ui/package.json":    `{"name": "ui"}`, "ui/send.js": "export const send = () => {}\n",
	} {
		r.write(name, text)
	}
	r.commit("first")
	cache := t.TempDir()
	pick := func(from ...string) string { return from[random.IntN(len(from))] }
	for n := range 14 {
		switch random.IntN(8) {
		case 0:
			r.write(pick("README.md", "notes.txt", "app/app.wxss", "server.py"), fmt.Sprint(n))
		case 1:
			r.write("beian.yaml", pick("rules:\n  field/phone: low\n", "exclude: ['*.txt']\n", "baseline: accepted.json\n", ""))
		case 2:
			r.write("ui/send.js", "export const send = v => wx.request({ url: '"+pick("https://a.example.com", "https://b.example.com")+"', data: { v } })\n")
		case 3:
			r.write(pick("app/.env", "ui/other.js", "server/app.js"), fmt.Sprint(n))
		default:
			view := ""
			for _, v := range []string{phoneView, cardView, "<input placeholder=\"请输入邮箱\" bindinput=\"onMail\" />\n", "<view>关于</view>\n"} {
				view += strings.Repeat(v, random.IntN(3))
			}
			r.write("app/pages/me/me.wxml", view)
		}
		if random.IntN(4) == 0 || n == 0 {
			r.write("accepted.json", `{"version": 1, "entries": []}`)
			var said bytes.Buffer
			status := run([]string{"baseline", "update", "--file", filepath.Join(r.dir, "accepted.json"), "--reason", "seen", filepath.Join(r.dir, "app")},
				environment{stdin: strings.NewReader(""), stdout: &said, stderr: &said, getenv: os.Getenv})
			require.Equal(t, exitClean, status, said.String())
		}
		r.git("add", "-A")
		args := []string{pick("app", "."), pick("--quiet", "--quiet=false")}
		want := r.staged("", args...)
		require.Equal(t, want, r.staged(cache, append(args, "--no-cache")...), n)
		for _, what := range []string{"first", "again"} {
			require.Equal(t, want, r.staged(cache, args...), "%d %s", n, what)
		}
		switch random.IntN(5) {
		case 0, 1:
			r.git("commit", "-q", "--allow-empty", "-m", "next")
		case 2:
			r.git("commit", "-q", "--allow-empty", "--amend", "-m", "amended")
		case 3:
			r.git("stash", "-q", "--include-untracked")
			r.git("checkout", "-q", "-B", pick("one", "two"))
		}
	}
}

// With the staged state and HEAD known, nothing of the program is read: the answer comes
// also if its files cannot be had. It is the same for a state that HEAD was not compared with.
func TestKnownStatesAreNotRead(t *testing.T) {
	r := newRepo(t).program()
	cache := t.TempDir()
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	blocked := r.staged(cache)
	require.Contains(t, blocked, "field/idcard")
	r.commit("card") // the state of HEAD was that of the index
	r.write("pages/me/me.js", phonePage+"\n// more\n")
	r.git("add", "-A")
	require.Equal(t, "0", r.staged(cache))
	r.commit("comment")
	r.write("pages/me/me.wxml", phoneView)
	r.write("pages/me/me.js", phonePage)
	r.write("deploy.py", "a file that no scan reads\n")
	r.git("add", "-A")

	lost := filepath.Join(r.dir, ".git", "objects-aside")
	blobs := strings.Fields(r.git("rev-parse", "HEAD:pages/me/me.wxml", ":pages/me/me.wxml", ":pages/me/me.js", ":app.json"))
	aside := func(from, to string) {
		for _, blob := range blobs {
			name := func(dir string) string { return filepath.Join(dir, blob[:2], blob[2:]) }
			require.NoError(t, os.MkdirAll(filepath.Dir(name(to)), 0o777))
			require.NoError(t, os.Rename(name(from), name(to)))
		}
	}
	aside(filepath.Join(r.dir, ".git", "objects"), lost)
	require.NotEqual(t, "0", r.staged(""), "without what is kept the program has to be read")
	require.Equal(t, "0", r.staged(cache), "back to the first state, which was compared with others only")
	aside(lost, filepath.Join(r.dir, ".git", "objects"))

	r.git("reset", "-q", "--hard", "HEAD~2")
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	aside(filepath.Join(r.dir, ".git", "objects"), lost)
	require.Equal(t, blocked, r.staged(cache), "the second try says the same")
	require.NotEqual(t, blocked, r.staged(cache, "--platform", "alipay"), "that is another question")
}

// A file that cannot be read is as none.
func TestKeptFilesAreBroken(t *testing.T) {
	r := newRepo(t).program()
	cache := t.TempDir()
	r.write("pages/me/me.wxml", phoneView+cardView)
	r.git("add", "-A")
	want := r.staged(cache)
	files, err := filepath.Glob(filepath.Join(cache, "beian", "states", "*"))
	require.NoError(t, err)
	require.Len(t, files, 3, "HEAD, the index and the answer")
	for _, name := range files {
		require.NoError(t, os.WriteFile(name, []byte("{broken"), 0o666))
	}
	require.Equal(t, want, r.staged(cache))
	require.Equal(t, want, r.staged(cache))
}
