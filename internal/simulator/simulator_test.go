package simulator_test

import (
	"cmp"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/simulator"
)

var (
	wanders = flag.Int("wanders", 1, "random walks through each program")
	steps   = flag.Int("steps", 40, "things that a person does on a walk")
	trees   = flag.String("trees", "", "a `directory` of programs to run besides the fixtures")
	only    = flag.String("program", "", "run only programs whose `name` holds this")
	unseen  = flag.Bool("unseen", false, "list flows that are reported and were never observed")
)

// subject is a program with the name that failures give it.
type subject struct {
	name string
	fsys fs.FS
}

// Whatever arrives somewhere when the program runs for real, the analysis says that it
// may, or that it does not know where the datum goes.
func TestObservedFlowsAreReported(t *testing.T) {
	programs, observed := 0, 0
	for _, s := range subjects(t) {
		if !strings.Contains(s.name, *only) {
			continue
		}
		loaded, err := project.Load(s.fsys, project.Options{})
		if err != nil {
			continue
		}
		for _, p := range loaded {
			if p.Framework != "native" || p.Sources {
				continue
			}
			programs++
			observed += compare(t, s.name, p)
		}
	}
	t.Logf("%d programs, %d flows observed", programs, observed)
	if *only == "" && *trees == "" {
		require.Greater(t, programs, 100)
		require.Greater(t, observed, 300, "the simulator runs too little")
	}
}

func subjects(t *testing.T) (list []subject) {
	if *trees != "" {
		dirs, err := os.ReadDir(*trees)
		require.NoError(t, err)
		for _, d := range dirs {
			list = append(list, subject{d.Name(), os.DirFS(filepath.Join(*trees, d.Name()))})
		}
		return list
	}
	files, err := filepath.Glob("../../fixtures/flows/*.txtar")
	require.NoError(t, err)
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		require.NoError(t, err)
		fsys, err := txtar.FS(archive)
		require.NoError(t, err)
		list = append(list, subject{"flows/" + strings.TrimSuffix(filepath.Base(file), ".txtar"), fsys})
	}
	dirs, err := filepath.Glob("../../fixtures/projects/*")
	require.NoError(t, err)
	for _, dir := range dirs {
		list = append(list, subject{"projects/" + filepath.Base(dir), os.DirFS(dir)})
	}
	return list
}

// enough is how many walks are made even if all that is reported has been observed.
const enough = 20

// compare runs a program in both worlds and returns the number of observed flows.
func compare(t *testing.T, name string, p *project.Program) int {
	seen := map[string]simulator.Flow{}
	library := map[string]bool{}
	for _, m := range p.Modules {
		library[m.File.Path] = m.Library != ""
	}
	reported := known(flow.Analyze(p, flow.Options{}))
	matched := map[*end]bool{}
	var failed []string
	var compiled simulator.Compiled
	for seed := range int64(*wanders + 1) {
		if seed > enough && len(matched) == len(reported.ends) {
			break
		}
		w, err := simulator.New(p, seed, &compiled)
		require.NoError(t, err, name)
		if seed == 0 {
			w.FillAndTap()
		} else {
			w.Wander(*steps)
		}
		for _, f := range w.Flows() {
			// Libraries are not run: what one asks for, or sends of what it is not given, is not followed.
			asked := f.API != "" && library[f.From[0].Path]
			sent := !slices.ContainsFunc(f.To, func(p simulator.Place) bool { return !library[p.Path] })
			if !asked && !sent {
				seen[describe(f)] = f
				reported.has(f, matched)
			}
		}
		failed = append(failed, w.Failed...)
	}
	var missing []string
	for _, text := range sorted(seen) {
		if !reported.has(seen[text], matched) {
			missing = append(missing, text)
		}
	}
	for _, m := range missing {
		t.Errorf("%s: %s", name, m)
	}
	if *unseen {
		for _, e := range reported.ends {
			if !matched[e] {
				t.Logf("%s: never observed: %s", name, e)
			}
		}
	}
	if testing.Verbose() && len(failed) > 0 {
		slices.Sort(failed)
		for _, f := range slices.Compact(failed) {
			t.Logf("%s: the program fails: %s", name, f)
		}
	}
	return len(seen)
}

func sorted(m map[string]simulator.Flow) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func describe(f simulator.Flow) string {
	return fmt.Sprintf("%s%s of %s goes by %s (%s) at %s", f.API, f.Part, chain(f.From), f.Sink, f.Kind, chain(f.To))
}

func chain(ps []simulator.Place) string {
	var out []string
	for _, p := range ps {
		out = append(out, fmt.Sprintf("%s:%d", p.Path, p.Line))
	}
	return strings.Join(out, " < ")
}

// end is a flow as the analysis reports it.
type end struct {
	from simulator.Place
	api  string
	kind finding.SinkKind
	to   simulator.Place
}

func (e *end) String() string {
	return fmt.Sprintf("%s of %s:%d goes (%s) at %s:%d", cmp.Or(e.api, "value"), e.from.Path, e.from.Line, e.kind, e.to.Path, e.to.Line)
}

// report is what the analysis says: where data go, and of which it does not know that.
type report struct {
	ends []*end
	open map[simulator.Place]bool
	cut  map[string]bool // units that ran into a limit, by path; "" for the program
}

func known(r *flow.Result) *report {
	out := &report{open: map[simulator.Place]bool{}, cut: map[string]bool{}}
	for _, l := range r.Limits {
		out.cut[l.Path()] = true
	}
	add := func(from simulator.Place, api string, u *flow.Uses) {
		for _, f := range u.Flows {
			out.ends = append(out.ends, &end{from, api, f.Sink.Kind, line(f.Sink.Location)})
		}
		if len(u.Lost) > 0 {
			out.open[from] = true
		}
	}
	for _, c := range r.Controls {
		for _, u := range c.AllUses() {
			add(line(source.Location{File: c.View.File, Span: c.Element.Open}), "", u)
		}
	}
	for _, c := range r.Calls {
		for _, u := range c.Results {
			add(line(c.Location), c.API, u)
		}
	}
	return out
}

func line(l source.Location) simulator.Place {
	return simulator.Place{Path: l.File.Path, Line: l.Start().Line}
}

// has reports whether the analysis knows of an observed flow, or does not know where the
// datum goes. Calls over several lines are told apart by less than that.
func (r *report) has(f simulator.Flow, matched map[*end]bool) bool {
	found := false
	for _, e := range r.ends {
		if e.kind == f.Kind && near(f.From, e.from) && near(f.To, e.to) {
			matched[e], found = true, true
		}
	}
	for _, p := range f.From {
		found = found || r.open[p]
	}
	for _, p := range append(f.From, f.To...) {
		found = found || r.cut[strings.TrimSuffix(p.Path, path.Ext(p.Path))]
	}
	return found || r.cut[""]
}

// few is how many lines the place of a call may be away from that of its callee.
const few = 3

func near(places []simulator.Place, p simulator.Place) bool {
	return slices.ContainsFunc(places, func(q simulator.Place) bool {
		return q.Path == p.Path && q.Line-p.Line <= few && p.Line-q.Line <= few
	})
}
