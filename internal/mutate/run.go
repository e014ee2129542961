package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// behind are the tests that see what the judging packages do, from near to far: the
// packages, with flags before them.
var behind = [][]string{
	{"./analyzer/flow", "./analyzer/control", "./detectors", "./analyzer/verdict", "./analyzer/privacy"},
	{"./analyzer/detect/...", "./analyzer/facts", "./analyzer/report", "./analyzer/materials"},
	{"-run", "^Test(Transcripts|Materials|Readme|FixtureReports|RulePages)", "./cmd/beian"},
}

// runner runs tests with a mutant in place of the source.
type runner struct {
	dir   string // of overlays
	limit time.Duration
}

func newRunner(limit time.Duration) (*runner, error) {
	dir, err := os.MkdirTemp("", "mutate")
	return &runner{dir, limit}, err
}

func (r *runner) close() { os.RemoveAll(r.dir) }

// failed matches the line with which go test names a test that fails.
var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// run runs go with args and names what failed: the innermost test that go named first,
// the limit, or "" if nothing failed.
func (r *runner) run(ctx context.Context, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*r.limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "", nil
	case context.Cause(ctx) == context.Canceled:
		return "", context.Canceled
	case !errors.As(err, &exit) && ctx.Err() == nil:
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	case bytes.Contains(out, []byte("panic: test timed out")), ctx.Err() != nil:
		return "the time limit", nil
	}
	if bytes.Contains(out, []byte("[build failed]")) {
		return "", errInvalid
	}
	if all := failed.FindAllSubmatch(out, -1); all != nil {
		name := string(all[0][1])
		for _, m := range all[1:] {
			if inner := string(m[1]); strings.HasPrefix(inner, name+"/") {
				name = inner
			}
		}
		return name, nil
	}
	if bytes.Contains(out, []byte("panic: ")) {
		return "a panic", nil
	}
	return "", fmt.Errorf("go %s: %s", strings.Join(args, " "), out)
}

// test runs the tests of packages, which flags may precede.
func (r *runner) test(ctx context.Context, overlay string, packages ...string) (string, error) {
	args := []string{"test", "-vet=off", "-failfast", "-timeout", r.limit.String()}
	if overlay != "" {
		args = append(args, "-overlay", overlay)
	}
	return r.run(ctx, append(args, packages...)...)
}

// baseline is an error if a test fails without any mutant: all would seem killed. A
// test that only fails on a busy machine gets a second chance.
func (r *runner) baseline(ctx context.Context) error {
	for _, packages := range behind {
		name, err := r.test(ctx, "", packages...)
		if name != "" {
			name, err = r.test(ctx, "", packages...)
		}
		if err != nil {
			return err
		}
		if name != "" {
			return fmt.Errorf("%s fails without any mutant", name)
		}
	}
	return nil
}

// kills looks for a test of the packages that fails with the mutant of overlay, and
// fails again when run alone, as a busy machine can also make tests fail.
func (r *runner) kills(ctx context.Context, overlay string, packages ...string) (string, error) {
	name, err := r.test(ctx, overlay, packages...)
	top, _, _ := strings.Cut(name, "/")
	if err != nil || !strings.HasPrefix(top, "Test") && !strings.HasPrefix(top, "Fuzz") && !strings.HasPrefix(top, "Example") {
		return name, err
	}
	again, err := r.test(ctx, overlay, append([]string{"-count=1", "-run", "^" + top + "$"}, packages...)...)
	if err != nil || again != "" {
		return name, err
	}
	return r.test(ctx, overlay, packages...)
}

// overlay writes the source with m and the file that tells go about it.
func (r *runner) overlay(m *mutant) (string, error) {
	text, err := os.ReadFile(m.file)
	if err != nil {
		return "", err
	}
	original, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(r.dir, m.id+".go")
	if err := os.WriteFile(changed, m.apply(text), 0o666); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {original: changed}})
	if err != nil {
		return "", err
	}
	name := filepath.Join(r.dir, m.id+".json")
	return name, os.WriteFile(name, list, 0o666)
}

// errInvalid is the error for a mutant that does not compile.
var errInvalid = errors.New("it does not compile")

// draw judges the first mutants that compile.
func (r *runner) draw(ctx context.Context, all []*mutant, count int) ([]*mutant, error) {
	var out []*mutant
	for _, m := range all {
		if len(out) == count {
			break
		}
		switch err := r.judge(ctx, m); {
		case errors.Is(err, errInvalid):
			continue
		case err != nil:
			return nil, fmt.Errorf("%s: %w", m.name(), err)
		}
		fmt.Fprintf(os.Stderr, "%s %s: %s\n", m.id, m.name(), cmp.Or(m.killer, m.equivalent, "nobody"))
		out = append(out, m)
	}
	return out, nil
}

// judge looks for a test that notices m.
func (r *runner) judge(ctx context.Context, m *mutant) error {
	if m.equivalent != "" {
		return nil
	}
	overlay, err := r.overlay(m)
	if err != nil {
		return err
	}
	own := "./" + filepath.ToSlash(filepath.Dir(m.file))
	if m.killer, err = r.kills(ctx, overlay, own); err != nil || m.killer != "" {
		m.own = true
		return err
	}
	for _, packages := range behind {
		if m.killer, err = r.kills(ctx, overlay, packages...); err != nil || m.killer != "" {
			return err
		}
	}
	return nil
}
