package analyzer_test

import (
	"cmp"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
	"github.com/beian/beian/internal/removal"
)

var (
	removals    = flag.Int("removals", 300, "pieces of knowledge to take away, at most")
	removalSeed = flag.String("removal-seed", "beian", "another seed draws other pieces")
	oneRemoval  = flag.String("removal", "", "take away the pieces whose name matches this `pattern`")
)

// Whatever is taken away from what is known of a program, no value that leaves the device
// or may leave it is then told to stay, and no program is then told to collect nothing.
// Replay one with -removal 'shop: callee pages/order/order.js:120'.
func TestKnowingLessTellsNoMore(t *testing.T) {
	programs := removable(t)
	drawn, known := draw(programs), knownLies(t)
	counts, failed := map[removal.Kind]int{}, map[removal.Kind]int{}
	for _, d := range drawn {
		counts[d.Kind]++
		lies := d.lies(t)
		if len(lies) > 0 {
			failed[d.Kind]++
		}
		switch {
		case len(lies) > 0 && !known[d.String()]:
			t.Errorf("%s\n\t%s", d, strings.Join(lies, "\n\t"))
		case len(lies) == 0 && known[d.String()]:
			t.Errorf("%s tells no lie: strike it from testdata/removals.txt", d)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(counts)) {
		t.Logf("%-10s %5d taken away, %d of them told too much", k, counts[k], failed[k])
	}
}

// knownLies are the pieces of which it is known that a report says too much without them.
func knownLies(t *testing.T) map[string]bool {
	text, err := os.ReadFile("testdata/removals.txt")
	require.NoError(t, err)
	known := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if name := strings.TrimSpace(line); name != "" && !strings.HasPrefix(name, "#") {
			known[name] = true
		}
	}
	return known
}

// victim is a program from which pieces are taken away.
type victim struct {
	name   string
	files  map[string]string
	before *told // of the whole program
}

// piece is one of them.
type piece struct {
	removal.Removal
	of   *victim
	rank uint64 // in the draw
}

func (p piece) String() string { return p.of.name + ": " + p.Removal.String() }

// removable reads the programs of the fixtures.
func removable(t *testing.T) (out []*victim) {
	for _, pattern := range []string{"projects/*", "labels/*", "reach/*", "detectors/*/*/bad", "detectors/*/*/good"} {
		dirs, err := filepath.Glob("../fixtures/" + pattern)
		require.NoError(t, err)
		for _, dir := range dirs {
			v := &victim{name: strings.TrimPrefix(filepath.ToSlash(dir), "../fixtures/"), files: map[string]string{}}
			for name, file := range copied(t, os.DirFS(dir)) {
				v.files[name] = string(file.Data)
			}
			out = append(out, v)
		}
	}
	for _, pattern := range []string{"flows/*.txtar", "removal/*.txtar"} {
		files, err := filepath.Glob("../fixtures/" + pattern)
		require.NoError(t, err)
		for _, file := range files {
			archive, err := txtar.ParseFile(file)
			require.NoError(t, err)
			v := &victim{name: strings.TrimPrefix(filepath.ToSlash(file), "../fixtures/"), files: map[string]string{}}
			for _, f := range archive.Files {
				v.files[f.Name] = string(f.Data)
			}
			out = append(out, v)
		}
	}
	return out
}

// draw chooses what to take away: of each kind as many, as far as there are.
func draw(victims []*victim) (out []piece) {
	byKind := map[removal.Kind][]piece{}
	wanted := regexp.MustCompile(*oneRemoval)
	add := func(one piece) {
		if *oneRemoval != "" {
			if wanted.MatchString(one.String()) {
				out = append(out, one)
			}
			return
		}
		h := fnv.New64a()
		fmt.Fprint(h, *removalSeed, one)
		one.rank = h.Sum64()
		byKind[one.Kind] = append(byKind[one.Kind], one)
	}
	lowered := removal.Limits(bounds())
	for _, v := range victims {
		programs, err := project.Load(v.fs(), project.Options{})
		if err != nil {
			continue // a fixture of a program that cannot be loaded
		}
		for _, r := range lowered {
			add(piece{Removal: r, of: v})
		}
		for _, p := range programs {
			for _, r := range removal.Of(p, v.files) {
				add(piece{Removal: r, of: v})
			}
		}
	}
	left := *removals
	kinds := slices.SortedFunc(maps.Keys(byKind), func(a, b removal.Kind) int {
		return cmp.Or(cmp.Compare(len(byKind[a]), len(byKind[b])), cmp.Compare(a, b))
	})
	for i, k := range kinds {
		all := byKind[k]
		slices.SortFunc(all, func(a, b piece) int { return cmp.Compare(a.rank, b.rank) })
		n := min(len(all), left/(len(kinds)-i))
		out, left = append(out, all[:n]...), left-n
	}
	return out
}

// bounds are the limits of the analysis, by package.
func bounds() map[string]map[string]*int {
	return map[string]map[string]*int{
		"jsonc": jsonc.Limits(), "script": script.Limits(), "markup": markup.Limits(), "ir": ir.Limits(),
		"project": project.Limits(), "flow": flow.Limits(), "control": control.Limits(), "detect": detect.Limits(),
	}
}

func (v *victim) fs() fs.FS { return inMemory(v.files) }

func inMemory(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

// told is what a report says of a program.
type told struct {
	status   verdict.Status // the strongest, of several programs
	findings map[place]*finding.Finding
}

// place is where a finding stands, and by which rule.
type place struct {
	rule, path string
	start      int32
}

func tell(t *testing.T, files map[string]string) *told {
	scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(files)}},
		analyzer.Options{Detectors: detectors.All()})
	out := &told{findings: map[place]*finding.Finding{}}
	if err != nil {
		return out // no program is left, and that is said
	}
	for _, a := range scan.Analyses {
		out.status = max(out.status, a.Verdict.PersonalInformation.Status)
		for i := range a.Findings {
			f := &a.Findings[i]
			if f.Location.File != nil {
				out.findings[place{f.Rule.ID, f.Location.File.Path, f.Location.Span.Start}] = f
			}
		}
	}
	return out
}

// lies says what is told of the program without p that is not known.
func (p piece) lies(t *testing.T) (out []string) {
	if p.of.before == nil {
		p.of.before = tell(t, p.of.files)
	}
	restore := p.Lower()
	after := tell(t, p.Apply(p.of.files))
	restore()
	before := p.of.before
	for at, f := range before.findings {
		moved, ok := p.Moved(at.path, f.Location.Span)
		if !ok || f.Destination.State == "" || keeps(f) {
			continue
		}
		g := after.findings[place{at.rule, at.path, moved.Start}]
		if g != nil && keeps(g) {
			out = append(out, fmt.Sprintf("%s at %s: %s, then told to stay", at.rule, where(f.Location), sent(f)))
		}
	}
	if before.status > verdict.NotTriggered && after.status == verdict.NotTriggered && !p.collects(before) {
		out = append(out, fmt.Sprintf("the verdict was %d, then not triggered", before.status))
	}
	slices.Sort(out)
	return out
}

// keeps reports whether f is told not to leave the device: it stays on its page, or all
// places that it reaches are on the device.
func keeps(f *finding.Finding) bool {
	d := f.Destination.State
	return d == finding.DestinationStays || d == finding.DestinationKnown && sent(f) != "sent"
}

func where(l source.Location) string { return fmt.Sprintf("%s:%d", l.File.Path, l.Start().Line) }

func sent(f *finding.Finding) string {
	for _, flow := range f.Flows {
		if flow.Sink.Kind.Leaves() {
			return "sent"
		}
	}
	return string(f.Destination.State)
}

// collects reports whether p takes away the code that collects what the verdict is about.
// A file that is gone is no excuse: the program names it.
func (p piece) collects(before *told) bool {
	for at, f := range before.findings {
		inside := at.path == p.Path && p.Code.Start <= at.start && at.start < p.Code.End
		if f.Category.Triggers() && inside {
			return true
		}
	}
	return false
}
