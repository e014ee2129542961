package flow_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// The programs of fixtures/flows say in comments what flows where:
//
//	<input bindinput="onPhone" /> <!-- source 1 phone -->
//	wx.chooseAddress({ // source 1 name source 2 phone
//	wx.request({ // sink 1,2 network
//
//	save(phone) // lost 1 unknown-call
//
// Source 1 flows to the platform call on the line of "sink 1", and nowhere else. It is
// lost on the line of "lost 1", and nowhere else. If no sink of it leaves the device,
// its destination is open; without any sink or loss, it stays. Flows from a line that
// declares no source are wrong, too. A host behind "network" must be the one that it has, or
// one of them.
var (
	expectation = regexp.MustCompile(`(?://|<!--|\{/\*) ((?:source|sink|lost) \d.*)$`)
	sourceMark  = regexp.MustCompile(`source (\d+) ([a-z]+)`)
	sinkMark    = regexp.MustCompile(`(sink|lost) ([\d,]+) ([a-z-]+)(?: ((?:[a-z0-9-]+\.)+[a-z]+)\b)?`)
)

// declared is a source as a comment declares it.
type declared struct {
	id       string
	category finding.Category
}

// flowCase is one program of fixtures/flows.
type flowCase struct {
	archive *txtar.Archive
	sources map[string][]declared // by "path:line"
	ends    []string              // "sink id kind path:line" and "lost id kind path:line", sorted
	hosts   []string              // "id path:line host"
}

func TestSuite(t *testing.T) {
	files, err := filepath.Glob("../../fixtures/flows/*.txtar")
	require.NoError(t, err)
	traps := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		if strings.HasPrefix(string(text), "Trap: ") {
			traps++
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			c := readCase(t, text)
			found, hosts := c.found(t)
			require.Equal(t, c.ends, found, "%s", c.archive.Comment)
			require.Subset(t, hosts, c.hosts, "%s", c.archive.Comment)
		})
	}
	require.GreaterOrEqual(t, len(files), 130)
	require.GreaterOrEqual(t, traps, len(files)/4,
		"%d of %d programs are traps: add one that begins with \"Trap: \", in which nothing may be found, and looks like yours", traps, len(files))
}

// readCase takes the expectations from the comments of a program.
func readCase(t *testing.T, text []byte) *flowCase {
	c := &flowCase{archive: txtar.Parse(text), sources: map[string][]declared{}}
	known := map[string]bool{}
	for _, f := range c.archive.Files {
		for i, line := range strings.Split(string(f.Data), "\n") {
			m := expectation.FindStringSubmatch(line)
			if m == nil {
				continue
			}
			at := fmt.Sprintf("%s:%d", f.Name, i+1)
			for _, s := range sourceMark.FindAllStringSubmatch(m[1], -1) {
				c.sources[at] = append(c.sources[at], declared{s[1], finding.Category(s[2])})
				known[s[1]] = true
			}
			for _, s := range sinkMark.FindAllStringSubmatch(m[1], -1) {
				for id := range strings.SplitSeq(s[2], ",") {
					require.True(t, known[id] || strings.Contains(string(text), "source "+id+" "), "%s of an undeclared source: %s", s[1], id)
					c.ends = append(c.ends, strings.Join([]string{s[1], id, s[3], at}, " "))
					if s[4] != "" {
						c.hosts = append(c.hosts, strings.Join([]string{id, at, s[4]}, " "))
					}
				}
			}
		}
	}
	require.NotEmpty(t, known, "the case declares no source")
	slices.Sort(c.ends)
	return c
}

// found analyzes the program and returns what it found in the form of c.ends and c.hosts. A
// flow or loss of a place that declares no source has "undeclared path:line" as its id.
func (c *flowCase) found(t *testing.T) (found, hosts []string) {
	fsys, err := txtar.FS(c.archive)
	require.NoError(t, err)
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	lossy := slices.ContainsFunc(c.ends, func(end string) bool { return strings.HasPrefix(end, "lost ") })
	for _, u := range programs[0].Units { // a component that the case leaves out
		lossy = lossy || len(u.Missing) > 0
	}
	for _, u := range programs[0].Unread {
		require.True(t, lossy || !u.Hides, u.Reason.EN)
	}
	result := flow.Analyze(programs[0], flow.Options{})
	require.Empty(t, result.Limits)
	require.Empty(t, result.Omissions)

	add := func(id string, uses *flow.Uses) {
		found = append(found, ends(id, uses)...)
		for _, f := range uses.Flows {
			hosts = append(hosts, strings.Join([]string{id, place(f.Sink.Location), f.Sink.Host}, " "))
		}
	}
	for _, control := range result.Controls {
		at := place(source.Location{File: control.View.File, Span: control.Element.Open})
		sources := c.sources[at]
		if sources == nil && control.Using != nil && control.Using.Unit != nil {
			continue // the control inside the component is the source
		}
		for _, s := range declaredOr(at, sources) {
			for _, uses := range usesOf(control, s.category) {
				add(s.id, uses)
			}
		}
	}
	for _, call := range result.Calls {
		at := place(call.Location)
		for path, uses := range call.Results {
			for _, s := range declaredOr(at, c.sources[at]) {
				if s.category == "" || yields(call.API, path, s.category) {
					add(s.id, uses)
				}
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found), hosts
}

// declaredOr is the sources that a place declares, or one that says that it declares none.
func declaredOr(at string, sources []declared) []declared {
	if sources == nil {
		return []declared{{id: "undeclared " + at}}
	}
	return sources
}

// usesOf is what becomes of the data of category that control hands over: of what its
// open-types yield in that category, if it has any, else of what the person enters.
func usesOf(control *flow.Control, category finding.Category) (list []*flow.Uses) {
	all := control.AllUses()
	for _, t := range control.Attr("open-type") {
		for name := range strings.SplitSeq(t.String, "|") {
			open := platform.OpenTypeByName(name)
			if open == nil {
				continue
			}
			for _, y := range open.Yields {
				if y.Category == category {
					list = append(list, control.Handed(name, y.Path))
				}
			}
		}
	}
	if list == nil {
		return all
	}
	return list
}

// ends lists where the values of a source end or are lost.
func ends(id string, uses *flow.Uses) []string {
	var found []string
	for _, f := range uses.Flows {
		found = append(found, strings.Join([]string{"sink", id, string(f.Sink.Kind), place(f.Sink.Location)}, " "))
	}
	for _, l := range uses.Lost {
		found = append(found, strings.Join([]string{"lost", id, string(l.What), place(l.Location)}, " "))
	}
	return found
}

// yields reports whether the result of api holds category at path. What a person enters in
// a box is of any category.
func yields(api, path string, category finding.Category) bool {
	known := platform.APIByName(api)
	if known != nil && known.Asks != nil {
		return path == known.Asks.Path
	}
	return known != nil && slices.ContainsFunc(known.Yields, func(y platform.Yield) bool {
		return y.Path == path && y.Category == category
	})
}

// place names the line at which l begins.
func place(l source.Location) string {
	return fmt.Sprintf("%s:%d", l.File.Path, l.Start().Line)
}
