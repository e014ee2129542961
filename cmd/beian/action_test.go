package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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

func (r *runner) install(version, sha256 string) (string, int) {
	return r.step("Install beian", map[string]string{"${{ inputs.version }}": version, "${{ inputs.sha256 }}": sha256, "${{ github.token }}": "t"})
}

func (r *runner) scan(path, args, failOn string) (string, int) {
	return r.step("Scan", map[string]string{"${{ inputs.path }}": path, "${{ inputs.args }}": args, "${{ inputs.fail-on }}": failOn})
}

func TestAction(t *testing.T) {
	r := newRunner(t)
	require.NoError(t, os.CopyFS(filepath.Join(r.repo, "小 程序"), os.DirFS("../../fixtures/projects/clinic")))
	require.NoError(t, exec.Command("git", "init", "-q", r.repo).Run())

	sums, err := os.ReadFile(filepath.Join(os.Getenv("RELEASE"), "checksums.txt"))
	require.NoError(t, err)
	out, status := r.install("0.1.0", fmt.Sprintf("%x", sha256.Sum256(sums)))
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
	out, status = r.install("latest", "")
	require.Equal(t, 2, status)
	require.Contains(t, out, "::error::the checksum of beian_0.1.0_linux_amd64.tar.gz is wrong")
	require.NoFileExists(t, filepath.Join(r.temp, "beian-bin", "beian"))

	// Nor is one whose checksums are others than those that were pinned.
	out, status = r.install("0.1.0", fmt.Sprintf("%x", sha256.Sum256(sums)))
	require.Equal(t, 2, status)
	require.Contains(t, out, "::error::checksums.txt is not the one that sha256 names")
}

// Whatever another repository runs here is named by its commit, not by a tag that can move.
func TestActionsArePinned(t *testing.T) {
	files, err := filepath.Glob("../../.github/workflows/*.yml")
	require.NoError(t, err)
	uses := regexp.MustCompile(`uses: *(\S+)`)
	n := 0
	for _, file := range append(files, "../../action.yml") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range uses.FindAllStringSubmatch(string(text), -1) {
			n++
			require.Regexp(t, `^[\w-]+/[\w/-]+@[0-9a-f]{40}$`, m[1], file)
		}
	}
	require.Greater(t, n, 5)
}

// The script of the component of GitLab CI, with a release to download.
func TestComponent(t *testing.T) {
	r := newRunner(t)
	require.NoError(t, os.CopyFS(r.repo, os.DirFS("../../fixtures/projects/clinic")))
	text, err := os.ReadFile("../../templates/beian.yml")
	require.NoError(t, err)
	documents := yaml.NewDecoder(bytes.NewReader(text))
	var inputs struct {
		Spec struct {
			Inputs map[string]struct{ Default *string }
		}
	}
	var jobs map[string]struct {
		Variables map[string]string
		Script    []string
	}
	require.NoError(t, documents.Decode(&inputs))
	require.NoError(t, documents.Decode(&jobs))
	for name, in := range inputs.Spec.Inputs {
		require.Contains(t, string(text), "$[[ inputs."+name+" ]]")
		require.Equal(t, name == "sha256", in.Default == nil, "%s: the digest alone has to be given", name)
	}

	release := os.Getenv("RELEASE")
	wget := "#!/bin/sh\ncp '" + release + "'/\"${4##*/}\" \"$3\"\n"
	bin := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(bin, "wget"), []byte(wget), 0o777))
	sums, err := os.ReadFile(filepath.Join(release, "checksums.txt"))
	require.NoError(t, err)
	run := func(given map[string]string) (string, int) {
		cmd := exec.Command("sh", "-c", jobs["beian"].Script[0])
		cmd.Dir = r.repo
		cmd.Env = append(os.Environ(), "LANG=C.UTF-8", "LC_ALL=", "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
		for variable, value := range jobs["beian"].Variables {
			name := strings.TrimSuffix(strings.TrimPrefix(value, "$[[ inputs."), " ]]")
			if in := inputs.Spec.Inputs[name].Default; in != nil {
				value = *in
			}
			if v, ok := given[name]; ok {
				value = v
			}
			cmd.Env = append(cmd.Env, variable+"="+value)
		}
		out, _ := cmd.CombinedOutput() // its status is what counts
		return string(out), cmd.ProcessState.ExitCode()
	}
	out, status := run(map[string]string{"sha256": fmt.Sprintf("%x", sha256.Sum256(sums)), "args": "--operator enterprise --lang zh"})
	require.Equal(t, 1, status, out)
	require.Contains(t, out, "触发备案")
	for _, file := range []string{"gl-code-quality-report.json", "beian.xml", "beian.html"} {
		require.FileExists(t, filepath.Join(r.repo, file))
	}
	out, status = run(map[string]string{"sha256": strings.Repeat("0", 64)})
	require.Equal(t, 2, status)
	require.Contains(t, out, "not the one that sha256 names")
	require.NoError(t, os.WriteFile(filepath.Join(release, "beian_0.1.0_linux_amd64.tar.gz"), []byte("another"), 0o666))
	out, status = run(map[string]string{"sha256": fmt.Sprintf("%x", sha256.Sum256(sums))})
	require.Equal(t, 2, status)
	require.Contains(t, out, "the checksum of beian_0.1.0_linux_amd64.tar.gz is wrong")
}
