package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/fleet"
)

// fleetTree writes n small programs, no two alike, and returns their folder.
func fleetTree(t *testing.T, n int) string {
	dir := t.TempDir()
	for i := range n {
		writeProgram(t, filepath.Join(dir, fmt.Sprintf("p%03d", i)), i)
	}
	return dir
}

// writeProgram writes a program that asks for one thing and sends it to a host of its own.
func writeProgram(t *testing.T, dir string, i int) {
	label := []string{"手机号", "姓名", "身份证号", "备注"}[i%4]
	for name, text := range map[string]string{
		"app.json": `{"pages": ["pages/a/a"]}`, "app.js": "App({})",
		"pages/a/a.wxml": `<input placeholder="` + label + `" model:value="{{m}}"/><button bindtap="go"/>`,
		"pages/a/a.js":   fmt.Sprintf(`Page({data: {m: ""}, go() { wx.request({url: "https://h%d.example.com/", data: {m: this.data.m}}) }})`, i),
	} {
		file := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
	}
}

// asFleet prepares the command as a process.
func asFleet(t *testing.T, args ...string) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(t, err)
	cmd := exec.Command(self, append([]string{"fleet"}, args...)...)
	cmd.Env = append(os.Environ(), "BEIAN_TEST_AS_PROGRAM=1", "LANG=en_US.UTF-8")
	return cmd
}

// finished runs the command to its end and returns what it says.
func finished(t *testing.T, status int, args ...string) string {
	t.Helper()
	cmd := asFleet(t, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.Run()
	require.Equal(t, status, cmd.ProcessState.ExitCode(), stderr.String())
	return stderr.String()
}

// tree reads all files below dir.
func tree(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = string(text)
		return err
	}))
	return files
}

// What is broken, missing, too large or hangs costs its own line.
func TestFleetFaults(t *testing.T) {
	programs := fleetTree(t, 3)
	heavy := filepath.Join(programs, "heavy")
	writeProgram(t, heavy, 0)
	var data strings.Builder // lists that are kept in full: some hundred megabytes
	for i := range 60_000 {
		fmt.Fprintf(&data, "export const v%d = {a: [1, 2, 3, {b: 'x%d', c: [4, 5, 6]}], d: {e: {f: %d}}}\n", i, i, i)
	}
	for i := range 3 {
		require.NoError(t, os.WriteFile(filepath.Join(heavy, fmt.Sprintf("pages/a/d%d.js", i)), []byte(data.String()[:1_900_000]+"\n"), 0o666))
	}
	require.NoError(t, os.WriteFile(filepath.Join(heavy, "app.js"), []byte(`require("./pages/a/d0"); require("./pages/a/d1"); require("./pages/a/d2"); App({})`), 0o666))
	list := filepath.Join(t.TempDir(), "list")
	require.NoError(t, os.WriteFile(list, []byte(strings.Join([]string{
		filepath.Join(programs, "p000"), filepath.Join(programs, "none"), "{", heavy, filepath.Join(programs, "p000"), filepath.Join(programs, "p001"),
	}, "\n")), 0o666))
	cmd := asFleet(t, "--from", list, "--memory", "60", "--workers", "1")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.Error(t, err)
	require.Equal(t, exitFindings, cmd.ProcessState.ExitCode(), stderr.String())
	var kinds []string
	for line := range strings.Lines(string(out)) {
		var l fleet.Line
		require.NoError(t, json.Unmarshal([]byte(line), &l))
		kind := string(l.Status)
		if l.Failure != nil {
			kind = string(l.Failure.Kind)
		}
		kinds = append(kinds, kind)
	}
	require.Equal(t, []string{"scanned", "no-program", "broken-line", "memory", "duplicate", "scanned"}, kinds)
	require.Contains(t, stderr.String(), "6 folders of programs, 4 could not be scanned")

	cmd = asFleet(t, heavy, "--timeout", "1ms")
	out, _ = cmd.Output()
	require.Contains(t, string(out), `"kind":"time"`)
}

// Shards, merged, are one run, byte for byte.
func TestFleetShards(t *testing.T) {
	programs := fleetTree(t, 40)
	out := t.TempDir()
	file := func(name string) string { return filepath.Join(out, name) }
	finished(t, 0, programs, "--output", file("whole"))
	merge := []string{"merge", "--lines", file("merged")}
	for k := 1; k <= 3; k++ {
		part := file(fmt.Sprintf("part-%d", k))
		finished(t, 0, programs, "--output", part, "--shard", fmt.Sprintf("%d/3", k))
		merge = append(merge, part)
	}
	env := func() environment {
		return environment{stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{},
			getenv: func(string) string { return "" }}
	}
	require.Equal(t, 0, run(merge, env()))
	require.Equal(t, 0, run([]string{"merge", file("whole"), "--lines", file("one")}, env()))
	require.Equal(t, tree(t, out)["one"], tree(t, out)["merged"])
}

// Reports can be pages, which the page of the fleet links.
func TestFleetPages(t *testing.T) {
	programs, out := fleetTree(t, 2), t.TempDir()
	file := func(name string) string { return filepath.Join(out, name) }
	finished(t, 0, programs, "--output", file("lines"), "--reports", file("reports"), "--report-format", "html")
	finished(t, exitFailure, programs, "--report-format", "pdf")
	env := environment{stdin: strings.NewReader(""), stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{},
		getenv: func(string) string { return "" }}
	require.Equal(t, 0, run([]string{"merge", file("lines"), "--html", file("page.html"), "--reports", file("reports")}, env))
	files, pages := tree(t, out), 0
	for name, text := range files {
		if strings.HasPrefix(name, "reports/") {
			pages++
			require.Contains(t, text, "<!doctype html>")
			require.Contains(t, files["page.html"], strings.TrimPrefix(name, "reports/"))
		}
	}
	require.Equal(t, 2, pages)
	require.Contains(t, files["page.html"], `"reports":"reports"`)
}

// A program in a git repository that has no work tree is read at the commit that the list
// names, with its settings and what lies outside its folder, and nothing is written.
func TestFleetCommit(t *testing.T) {
	work, bare := t.TempDir(), filepath.Join(t.TempDir(), "bare.git")
	writeProgram(t, filepath.Join(work, "mp"), 0)
	require.NoError(t, os.WriteFile(filepath.Join(work, "mp/pages/a/a.js"), []byte(`import {send} from '../../../lib/send'
Page({data: {m: ""}, go() { send(this.data.m) }})`), 0o666))
	require.NoError(t, os.MkdirAll(filepath.Join(work, "lib"), 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(work, "lib/send.js"), []byte(`export function send(m) { wx.request({url: "https://lib.example.com/", data: {m}}) }`), 0o666))
	git := func(args ...string) {
		cmd := exec.Command("git", append([]string{"-C", work, "-c", "user.name=demo", "-c", "user.email=demo@example.com"}, args...)...)
		said, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", said)
	}
	git("init", "-q", "-b", "main")
	git("add", "-A")
	git("commit", "-qm", "first")
	git("clone", "-q", "--bare", ".", bare)
	list := filepath.Join(t.TempDir(), "list")
	require.NoError(t, os.WriteFile(list, fmt.Appendf(nil, `{"name": "x", "path": %q, "commit": "main", "dir": "mp"}`, bare), 0o666))
	out, err := asFleet(t, "--from", list).Output()
	require.NoError(t, err)
	require.Contains(t, string(out), "lib.example.com")
	require.Contains(t, string(out), `"verdict":"triggered"`)
}
