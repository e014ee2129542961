package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/internal/golden"
)

// TestTranscripts runs fixtures/cli/*.txtar. Each holds files and, before them, a
// session at the command line: a line "$ NAME=value beian …" is run in the
// directory of the files, and what follows is what it must print: lines of stdout
// as they are, lines of stderr after "! ", then "[exit N]". "$ cat FILE" and
// "$ ls" look at the files afterwards, "$ cp FROM TO" and "$ git …" change them;
// lines that start with "# " are comment.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/cli/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		file, err := filepath.Abs(file)
		require.NoError(t, err)
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			dir := filepath.Join(t.TempDir(), "demo") // its name is the name of programs without one
			require.NoError(t, os.MkdirAll(dir, 0o777))
			for _, f := range archive.Files {
				name := filepath.Join(dir, f.Name)
				require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
				require.NoError(t, os.WriteFile(name, f.Data, 0o666))
			}
			t.Chdir(dir)
			got := replay(t, string(archive.Comment))
			archive.Comment = []byte(got)
			golden.Check(t, file, string(txtar.Format(archive)))
		})
	}
}

// replay runs the commands of a session and returns the session as it went.
func replay(t *testing.T, session string) string {
	var out strings.Builder
	for line := range strings.Lines(session) {
		switch {
		case strings.HasPrefix(line, "# "):
			out.WriteString(line)
		case strings.HasPrefix(line, "$ "):
			out.WriteString(line + perform(t, strings.Fields(line[2:])) + "\n")
		}
	}
	return strings.TrimSuffix(out.String(), "\n") + "\n"
}

// perform runs one command and returns what it printed.
func perform(t *testing.T, words []string) string {
	env := map[string]string{"LANG": "zh_CN.UTF-8"}
	for len(words) > 0 && strings.Contains(words[0], "=") {
		name, value, _ := strings.Cut(words[0], "=")
		env[name], words = value, words[1:]
	}
	require.NotEmpty(t, words)
	switch words[0] {
	case "git":
		t.Setenv("GIT_CONFIG_GLOBAL", os.DevNull)
		cmd := exec.Command("git", append([]string{"-c", "init.defaultBranch=main", "-c", "user.name=demo", "-c", "user.email=demo@example.com"}, words[1:]...)...)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	case "cp":
		text, err := os.ReadFile(words[1])
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(words[2], text, 0o666))
		return ""
	case "cat":
		text, err := os.ReadFile(words[1])
		require.NoError(t, err)
		return volatile.ReplaceAllString(string(text), "$1…")
	case "ls":
		entries, err := os.ReadDir(".")
		require.NoError(t, err)
		var names string
		for _, e := range entries {
			names += e.Name() + "\n"
		}
		return names
	}
	require.Equal(t, "beian", words[0])
	var stdout, stderr bytes.Buffer
	status := run(words[1:], environment{
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		getenv: func(name string) string { return env[name] },
	})
	out := volatile.ReplaceAllString(stdout.String(), "$1…")
	for line := range strings.Lines(stderr.String()) {
		out += "! " + line
	}
	return out + fmt.Sprintf("[exit %d]\n", status)
}

// volatile matches what differs from run to run or from machine to machine.
var volatile = regexp.MustCompile(`("milliseconds": |^beian [0-9.]+ )[^\n]+`)
