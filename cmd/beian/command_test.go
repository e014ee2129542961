package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/beian/beian/analyzer/lang"
	"github.com/stretchr/testify/require"
)

func TestLanguage(t *testing.T) {
	for _, c := range []struct {
		name string
		args []string
		env  map[string]string
		want lang.Code
	}{
		{"nothing set", nil, nil, "en"},
		{"C", nil, map[string]string{"LANG": "C.UTF-8"}, "en"},
		{"Chinese", nil, map[string]string{"LANG": "zh_CN.UTF-8"}, "zh"},
		{"Hong Kong", nil, map[string]string{"LANG": "zh_HK"}, "zh"},
		{"German", nil, map[string]string{"LANG": "de_DE.UTF-8"}, "en"},
		{"LC_ALL wins", nil, map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"},
		{"LC_MESSAGES wins over LANG", nil, map[string]string{"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, "zh"},
		{"flag wins", []string{"scan", "--lang", "en"}, map[string]string{"LANG": "zh_CN"}, "en"},
		{"flag with =", []string{"--lang=zh"}, nil, "zh"},
		{"auto is the locale", []string{"--lang=auto"}, map[string]string{"LANG": "zh_CN"}, "zh"},
		{"flag without value", []string{"--lang"}, nil, "en"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, language(c.args, func(name string) string { return c.env[name] }, nil))
		})
	}
}

func TestColoured(t *testing.T) {
	for _, c := range []struct {
		name, flag string
		screen     *screen
		env        map[string]string
		want       bool
	}{
		{"terminal", "auto", &screen{colours: true}, nil, true},
		{"no terminal", "auto", nil, nil, false},
		{"terminal without colours", "auto", &screen{}, nil, false},
		{"NO_COLOR", "auto", &screen{colours: true}, map[string]string{"NO_COLOR": "1"}, false},
		{"FORCE_COLOR", "auto", nil, map[string]string{"FORCE_COLOR": "1"}, true},
		{"FORCE_COLOR=0", "auto", nil, map[string]string{"FORCE_COLOR": "0"}, false},
		{"dumb terminal", "auto", &screen{colours: true}, map[string]string{"TERM": "dumb"}, false},
		{"always", "always", nil, map[string]string{"NO_COLOR": "1"}, true},
		{"never", "never", &screen{colours: true}, map[string]string{"FORCE_COLOR": "1"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := &command{environment: environment{screen: c.screen, getenv: func(name string) string { return c.env[name] }}}
			require.Equal(t, c.want, cmd.coloured(c.flag))
		})
	}
}

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		name    string
		columns string
		screen  *screen
		want    int
	}{
		{"a file", "", nil, 0},
		{"a terminal", "", &screen{width: 132}, 132},
		{"a person's choice", "80", &screen{width: 132}, 80},
		{"a choice for a file", "80", nil, 80},
		{"no number", "wide", &screen{width: 132}, 132},
		{"no width", "0", nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			cmd := &command{environment: environment{screen: c.screen, getenv: func(string) string { return c.columns }}}
			require.Equal(t, c.want, cmd.width())
		})
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "out.json")
	require.NoError(t, writeFile(name, []byte("first")))
	require.NoError(t, os.Chmod(name, 0o600))
	require.NoError(t, writeFile(name, []byte("second")))
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "second", string(text))
	info, err := os.Stat(name)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "a file keeps its mode")

	link := filepath.Join(dir, "link.json")
	require.NoError(t, os.Symlink("out.json", link))
	require.NoError(t, writeFile(link, []byte("third")))
	text, err = os.ReadFile(name)
	require.NoError(t, err)
	require.Equal(t, "third", string(text), "what a link points to is written")

	require.NoError(t, writeFile(os.DevNull, []byte("gone")))
	info, err = os.Stat(os.DevNull)
	require.NoError(t, err)
	require.False(t, info.Mode().IsRegular(), "a device is not replaced")

	require.Error(t, writeFile(filepath.Join(dir, "no", "such", "dir"), []byte("x")))
	require.Error(t, writeFile(dir, []byte("x")))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 2, "nothing is left behind")
}

// A full disk must not look like a clean scan, whichever command prints.
func TestStdoutThatFails(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "app.json"), []byte(`{"pages": ["a"]}`), 0o666))
	for _, args := range [][]string{
		{"scan", dir}, {"doctor", dir}, {"privacy", dir}, {"materials", dir}, {"init", t.TempDir()}, {"dump", "flow", dir},
		{"rules"}, {"explain", "field/phone"}, {"completion", "bash"}, {"version"}, {"help"}, {"scan", "--help"},
	} {
		t.Run(strings.Join(args[:min(2, len(args))], " "), func(t *testing.T) {
			var stderr bytes.Buffer
			status := run(args, environment{
				stdin: strings.NewReader(""), stdout: brokenWriter{}, stderr: &stderr, getenv: func(string) string { return "" },
			})
			require.Equal(t, exitFailure, status)
			require.Contains(t, stderr.String(), "beian: cannot write stdout: the disk is full\n")
		})
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

// Without a variable the language of the system counts.
func TestLanguageOfTheSystem(t *testing.T) {
	none := func(string) string { return "" }
	for system, want := range map[string]lang.Code{"zh-CN": lang.Chinese, "zh_TW": lang.Chinese, "en-US": lang.English, "": lang.English} {
		require.Equal(t, want, language(nil, none, func() string { return system }), system)
	}
	require.Equal(t, lang.English, language([]string{"--lang", "en"}, none, func() string { return "zh-CN" }))
	require.Equal(t, lang.English, language(nil, func(string) string { return "en_US.UTF-8" }, func() string { return "zh-CN" }))
}

func TestRulesAsJSON(t *testing.T) {
	var out bytes.Buffer
	require.Equal(t, exitClean, run([]string{"rules", "--format", "json", "--lang", "en"}, environment{
		stdin: strings.NewReader(""), stdout: &out, stderr: &out, getenv: func(string) string { return "" },
	}))
	var rules []struct{ ID, Title, Summary, Mend string }
	require.NoError(t, json.Unmarshal(out.Bytes(), &rules))
	require.Len(t, rules, len(allRules()))
	require.NotEmpty(t, rules[0].Summary+rules[0].Mend)
	require.Equal(t, allRules()[0].ID, rules[0].ID)
}
