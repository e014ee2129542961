package analyzer_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
	"github.com/beian/beian/internal/rewrite"
)

var rewritten = flag.String("rewritten", "", "compare the programs in the folders of `DIR`, one for each tool that wrote them anew, too")

// How a program is written does not decide what is found: the same findings and the same
// verdict, and of each end what was known, or that it is open. testdata/rewritings.txt has the
// exceptions, each with the reason.
func TestRewritten(t *testing.T) {
	exceptions := rewriteExceptions(t)
	counts := map[string][2]int{}
	check := func(way, program string, before account, files map[string]string) {
		after := accountOf(t, files)
		worse, opened := before.against(after)
		key := way + " " + program
		switch {
		case len(worse) > 0 && !exceptions[key]:
			t.Errorf("%s:\n\t%s", key, strings.Join(worse, "\n\t"))
		case len(worse) == 0 && exceptions[key]:
			t.Errorf("%s is no exception any more: strike it from testdata/rewritings.txt", key)
		}
		c := counts[way]
		counts[way] = [2]int{c[0] + len(before.findings), c[1] + opened}
	}
	for _, dir := range fixturePrograms(t) {
		name := filepath.Base(dir)
		files := filesOf(t, dir)
		before := accountOf(t, files)
		require.NotEmpty(t, before.status, name)
		for _, way := range rewrite.All() {
			check(way.Name, name, before, way.Apply(files))
		}
		if *rewritten == "" {
			continue
		}
		tools, err := os.ReadDir(*rewritten)
		require.NoError(t, err)
		for _, tool := range tools {
			check(tool.Name(), name, before, filesOf(t, filepath.Join(*rewritten, tool.Name(), name)))
		}
	}
	for way, n := range counts {
		t.Logf("%-20s %4d findings, %d with an end that is open afterwards", way, n[0], n[1])
	}
}

func fixturePrograms(t *testing.T) []string {
	dirs, err := filepath.Glob("../fixtures/projects/*")
	require.NoError(t, err)
	return dirs
}

func filesOf(t *testing.T, dir string) map[string]string {
	files := map[string]string{}
	for name, file := range copied(t, os.DirFS(dir)) {
		files[name] = string(file.Data)
	}
	return files
}

// rewriteExceptions are the ways and programs of which the report is known to change.
func rewriteExceptions(t *testing.T) map[string]bool {
	text, err := os.ReadFile("testdata/rewritings.txt")
	require.NoError(t, err)
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		key, reason, _ := strings.Cut(strings.TrimSpace(line), ": ")
		if key == "" || strings.HasPrefix(key, "#") {
			continue
		}
		require.NotEmpty(t, reason, line)
		known[key] = true
	}
	return known
}

// account is what a report says of a program, wherever it stands in its files.
type account struct {
	status   string
	findings map[string]ends // by rule, file, subject and how sure it is
}

// ends are what is known of where a value goes.
type ends struct {
	sinks []string
	state finding.DestinationState
}

func accountOf(t *testing.T, files map[string]string) account {
	scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(files)}},
		analyzer.Options{Detectors: detectors.All()})
	if err != nil {
		return account{status: err.Error()}
	}
	out := account{findings: map[string]ends{}}
	status := verdict.NotTriggered
	for _, a := range scan.Analyses {
		status = max(status, a.Verdict.PersonalInformation.Status)
		for i := range a.Findings {
			f := &a.Findings[i]
			file := ""
			if f.Location.File != nil {
				file = rewrite.Original(f.Location.File.Path)
			}
			e := ends{state: f.Destination.State}
			for _, flow := range f.Flows {
				e.sinks = append(e.sinks, fmt.Sprint(flow.Sink.Kind, " ", flow.Sink.API, " ", flow.Sink.Host))
			}
			slices.Sort(e.sinks)
			e.sinks = slices.Compact(e.sinks)
			key := fmt.Sprintf("%s %s %q %s reachable=%v", f.Rule.ID, file, f.Subject, f.Confidence, f.Reachable)
			for n := 2; ; n++ {
				if _, taken := out.findings[key]; !taken {
					break
				}
				key = strings.TrimSuffix(key, fmt.Sprintf(" #%d", n-1)) + fmt.Sprintf(" #%d", n)
			}
			out.findings[key] = e
		}
	}
	out.status = fmt.Sprint(status)
	return out
}

// against says what of a the account of the same program, written differently, does not
// say, or says besides, and of how many findings an end is open now.
func (a account) against(b account) (worse []string, opened int) {
	if a.status != b.status {
		worse = append(worse, fmt.Sprintf("the verdict was %s, then %s", a.status, b.status))
	}
	for key, before := range a.findings {
		after, ok := b.findings[key]
		lost := slices.DeleteFunc(slices.Clone(before.sinks), func(s string) bool { return slices.Contains(after.sinks, s) })
		switch {
		case !ok:
			worse = append(worse, "lost: "+key)
		case len(lost) > 0 && after.state != finding.DestinationOpen, before.state != after.state && after.state != finding.DestinationOpen:
			worse = append(worse, fmt.Sprintf("%s: %s %v, then %s %v", key, before.state, before.sinks, after.state, after.sinks))
		case before.state != after.state:
			opened++
		}
	}
	for key := range b.findings {
		if _, ok := a.findings[key]; !ok {
			worse = append(worse, "new: "+key)
		}
	}
	slices.Sort(worse)
	return worse, opened
}
