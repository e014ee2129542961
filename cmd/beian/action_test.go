package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// action is what runs of action.yml.
type action struct {
	Runs struct {
		Using string
		Steps []struct {
			Name, Shell, Run, Uses, If string
			Env                        map[string]string
		}
	}
}

// runner plays GitHub's part: it runs those steps of action.yml that are scripts,
// with the variables and files that GitHub gives them and a release to download.
type runner struct {
	t              *testing.T
	action         action
	repo, temp     string
	path           string
	output, addend string // what steps wrote to GITHUB_OUTPUT and GITHUB_STEP_SUMMARY
}

func newRunner(t *testing.T) *runner {
	t.Helper()
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("bash is not installed")
	}
	r := &runner{t: t, repo: filepath.Join(t.TempDir(), "仓库 一"), temp: t.TempDir()}
	text, err := os.ReadFile("../../action.yml")
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &r.action))
	require.Equal(t, "composite", r.action.Runs.Using)

	release, bin := t.TempDir(), t.TempDir()
	asProgram(t, release)
	archive := "beian_0.1.0_linux_amd64.tar.gz"
	require.NoError(t, exec.Command("tar", "-czf", filepath.Join(release, archive), "-C", release, "beian").Run())
	data, err := os.ReadFile(filepath.Join(release, archive))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(release, "checksums.txt"), fmt.Appendf(nil, "%x  %s\n", sha256.Sum256(data), archive), 0o666))
	gh := "#!/bin/sh\necho \"$@\" >'" + release + "/asked'\ncp '" + release + "/" + archive + "' '" + release + "/checksums.txt' .\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "gh"), []byte(gh), 0o777))
	r.path = bin + string(os.PathListSeparator) + os.Getenv("PATH")
	t.Setenv("RELEASE", release)
	return r
}

// step runs one step with its inputs and returns what it printed and its status.
func (r *runner) step(name string, values map[string]string) (string, int) {
	r.t.Helper()
	for _, s := range r.action.Runs.Steps {
		if s.Name != name {
			continue
		}
		require.Equal(r.t, "bash", s.Shell)
		files := map[string]string{}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run) // as GitHub starts it
		cmd.Dir = r.repo
		cmd.Env = append(os.Environ(), "LANG=C.UTF-8", "LC_ALL=", "PATH="+r.path, "RUNNER_OS=Linux", "RUNNER_ARCH=X64", "RUNNER_TEMP="+r.temp)
		for _, file := range []string{"GITHUB_PATH", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"} {
			files[file] = filepath.Join(r.temp, file)
			require.NoError(r.t, os.WriteFile(files[file], nil, 0o666))
			cmd.Env = append(cmd.Env, file+"="+files[file])
		}
		for variable, from := range s.Env {
			value, known := values[from]
			require.True(r.t, known, "%s of %s is %s", variable, name, from)
			cmd.Env = append(cmd.Env, variable+"="+value)
		}
		out, err := cmd.CombinedOutput()
		_ = err // its status is what counts
		read := func(file string) string {
			text, err := os.ReadFile(files[file])
			require.NoError(r.t, err)
			return string(text)
		}
		if added := strings.TrimSpace(read("GITHUB_PATH")); added != "" {
			r.path = added + string(os.PathListSeparator) + r.path
		}
		r.output, r.addend = read("GITHUB_OUTPUT"), read("GITHUB_STEP_SUMMARY")
		return string(out), cmd.ProcessState.ExitCode()
	}
	r.t.Fatalf("action.yml has no step %q", name)
	return "", 0
}

func (r *runner) scan(path, args, failOn string) (string, int) {
	return r.step("Scan", map[string]string{"${{ inputs.path }}": path, "${{ inputs.args }}": args, "${{ inputs.fail-on }}": failOn})
}

func TestAction(t *testing.T) {
	r := newRunner(t)
	require.NoError(t, os.CopyFS(filepath.Join(r.repo, "小 程序"), os.DirFS("../../fixtures/projects/clinic")))
	require.NoError(t, exec.Command("git", "init", "-q", r.repo).Run())

	out, status := r.step("Install beian", map[string]string{"${{ inputs.version }}": "0.1.0", "${{ github.token }}": "t"})
	require.Zero(t, status, out)
	asked, err := os.ReadFile(filepath.Join(os.Getenv("RELEASE"), "asked"))
	require.NoError(t, err)
	require.Equal(t, "release download v0.1.0 --repo beian/beian --pattern beian_*_linux_amd64.tar.gz --pattern checksums.txt\n", string(asked))

	out, status = r.scan("小 程序", "--operator enterprise --lang zh", "verdict")
	require.Zero(t, status, "it is kept for the end: %s", out)
	require.Contains(t, out, "::notice file=小 程序/miniprogram/pages/login/login.wxml,line=6,")
	require.Contains(t, out, "::warning file=小 程序/miniprogram/app.json,line=1,title=filing/personal-information")
	require.Contains(t, r.addend, "🔴 **须备案**")
	require.Equal(t, "sarif="+r.temp+"/beian.sarif\nstatus=1\n", r.output)
	require.FileExists(t, r.temp+"/beian.sarif")
	_, status = r.step("Result", map[string]string{"${{ steps.scan.outputs.status }}": "1"})
	require.Equal(t, 1, status)

	// If the scan cannot do its work, there is nothing to upload, not even from an
	// earlier scan.
	out, status = r.scan("nowhere", "", "never")
	require.Zero(t, status)
	require.Contains(t, out, "there is no such folder")
	require.Equal(t, "status=2\n", r.output)
	require.Empty(t, r.addend)

	// A release that does not match its checksums is not unpacked.
	release := os.Getenv("RELEASE")
	require.NoError(t, os.WriteFile(filepath.Join(release, "checksums.txt"), []byte("00  beian_0.1.0_linux_amd64.tar.gz\n"), 0o666))
	out, status = r.step("Install beian", map[string]string{"${{ inputs.version }}": "latest", "${{ github.token }}": "t"})
	require.Equal(t, 2, status)
	require.Contains(t, out, "::error::the checksum of beian_0.1.0_linux_amd64.tar.gz is wrong")
	require.NoFileExists(t, filepath.Join(r.temp, "beian-bin", "beian"))
}
