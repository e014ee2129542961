//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/heavy"
)

// onDisk writes a program with a field for a phone number into a new folder.
func onDisk(t *testing.T) string {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, heavy.Page(`{ m: '' }`, "", "")))
	return dir
}

// told runs the program and returns what it writes.
func told(args ...string) (out string, status int) {
	var stdout, stderr bytes.Buffer
	status = run(append(args, "--lang", "en"), environment{stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		getenv: func(string) string { return "" }})
	return stdout.String() + stderr.String(), status
}

// A project cannot make beian read or write outside of it, nor wait, by what stands in
// the place of a file that it or a convention names.
func TestFilesOfTheProjectStayInside(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(secret, []byte("aws_secret_key_AKIA123: 1\n"), 0o666))
	named := map[string]string{ // what names the file, in beian.yaml
		"beian.yaml": "", "base.json": "baseline: base.json\n", "d.js": "detectors: [d.js]\n", "filed.json": "filed: filed.json\n",
	}
	faults := map[string]struct {
		make func(name string) error
		want string
	}{
		"link out":         {func(name string) error { return os.Symlink(secret, name) }, "leads out of the project"},
		"link to a device": {func(name string) error { return os.Symlink("/dev/zero", name) }, "leads out of the project"},
		"pipe":             {func(name string) error { return syscall.Mkfifo(name, 0o666) }, "no regular file"},
		"link to a pipe": {func(name string) error {
			if err := syscall.Mkfifo(name+".pipe", 0o666); err != nil {
				return err
			}
			return os.Symlink(filepath.Base(name)+".pipe", name)
		}, "no regular file"},
		"folder":         {func(name string) error { return os.Mkdir(name, 0o777) }, "no regular file"},
		"link to itself": {func(name string) error { return os.Symlink(filepath.Base(name), name) }, "leads to itself"},
		"gigabyte": {func(name string) error {
			if err := os.WriteFile(name, nil, 0o666); err != nil {
				return err
			}
			return os.Truncate(name, 1<<30)
		}, "larger than 64 MB"},
	}
	for name, settings := range named {
		for fault, f := range faults {
			t.Run(name+" "+fault, func(t *testing.T) {
				dir := onDisk(t)
				if settings != "" {
					require.NoError(t, os.WriteFile(filepath.Join(dir, "beian.yaml"), []byte(settings), 0o666))
				}
				require.NoError(t, f.make(filepath.Join(dir, name)))
				out, status := told("scan", dir)
				require.Equal(t, exitFailure, status, out)
				require.Contains(t, out, f.want)
				require.NotContains(t, out, "aws_secret")
			})
		}
	}

	dir := onDisk(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "real.yaml"), []byte("fail-on: never\n"), 0o666))
	require.NoError(t, os.Symlink("real.yaml", filepath.Join(dir, "beian.yaml")))
	out, status := told("scan", dir)
	require.Equal(t, exitClean, status, "a link within the project is one of its files: %s", out)

	t.Chdir(dir)
	kept := filepath.Join(t.TempDir(), "kept")
	require.NoError(t, os.WriteFile(kept, []byte("kept"), 0o666))
	require.NoError(t, os.Symlink(kept, "report.json"))
	out, status = told("scan", "-f", "json", "-o", "report.json")
	require.Equal(t, exitFailure, status)
	require.Contains(t, out, "leads out of the project")
	text, err := os.ReadFile(kept)
	require.NoError(t, err)
	require.Equal(t, "kept", string(text))
}

// If one of several reports cannot be written, none is.
func TestReportsAreWrittenTogether(t *testing.T) {
	t.Chdir(onDisk(t))
	_, status := told("scan", "--format", "sarif=good.sarif", "--format", "json=absent/x.json")
	require.Equal(t, exitFailure, status)
	require.NoFileExists(t, "good.sarif")
	left, err := filepath.Glob(".beian-*")
	require.NoError(t, err)
	require.Empty(t, left)
	_, status = told("scan", "--fail-on", "never", "--format", "sarif=good.sarif", "--format", "json=x.json")
	require.Equal(t, exitClean, status)
	require.FileExists(t, "good.sarif")
	require.FileExists(t, "x.json")
}

// An empty variable of a CI is no wish for a scan of everything.
func TestSinceNothing(t *testing.T) {
	out, status := told("scan", "--since", "", onDisk(t))
	require.Equal(t, exitFailure, status)
	require.Contains(t, out, "--since is empty")
}

// names of folders that systems, shells and formats have trouble with.
var oddNames = []string{"new\nline", "esc\x1b[31m", "turned\u202e", "CON", "a:b", "-rf", "Shop", "shop", `back\slash`, "tab\t", `quote'"`, "%41", "nul.js",
	"space ", "c1\u009b", "::error::x", "=1+1", "<b>", "&amp;", "]]>", "`code`", "$(id)", "*", "@octocat"}

// Every page is found whatever its folder is called, and a name in no encoding is told.
func TestOddNames(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	var pages []string
	for _, odd := range append(oddNames, "bad\xff") {
		page := "pages/" + odd + "/index"
		if odd != "bad\xff" {
			pages = append(pages, page)
		}
		write(page+".wxml", `<input placeholder="手机号" bindinput="on" />`)
		write(page+".js", `const u = require('./u'); Page({ on(e) { u.send(e.detail.value) } })`)
		write("pages/"+odd+"/u.js", `exports.send = (m) => wx.request({ url: 'https://x.example.com', data: m })`)
	}
	app, err := json.Marshal(map[string]any{"pages": pages})
	require.NoError(t, err)
	write("app.json", string(app))
	out, status := told("scan", "--format", "json", "--fail-on", "never", dir)
	require.Equal(t, exitClean, status)
	require.Equal(t, len(oddNames), strings.Count(out, `"rule": "field/phone"`))
	require.Contains(t, out, "its name is not UTF-8")
	for _, format := range []string{"text", "github", "checkstyle", "junit", "markdown", "gitlab", "rdjsonl", "sarif", "html"} {
		out, status := told("scan", "--format", format, "--fail-on", "never", dir)
		require.Equal(t, exitClean, status, format)
		for _, r := range out {
			require.False(t, r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\u202e', "%q in %s", r, format)
		}
		require.NotRegexp(t, `(?m)^::error::x`, out, format)
	}
}
