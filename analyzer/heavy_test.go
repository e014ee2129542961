package analyzer

import (
	"maps"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/detectors"
	"github.com/beian/beian/internal/heavy"
)

// enough is what the analysis of a program below a megabyte may allocate, in bytes: ten
// seconds of work come to more.
const enough = 1 << 30

// within analyzes a program, requires that this allocates no more than enough, and
// returns what was found.
func within(t testing.TB, name string, in heavy.Input) *Scan {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s, err := Analyze(t.Context(), []Dir{{Path: ".", FS: in}}, Options{Detectors: detectors.All(), Jobs: 1})
	require.NoError(t, err, name)
	runtime.ReadMemStats(&after)
	require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(enough), name)
	return s
}

// What grows with a power of the size of a small program is bounded, and what such a
// program collects is found all the same.
func TestHostile(t *testing.T) {
	all := heavy.Hostile()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		found := map[string]bool{}
		for f := range within(t, name, all[name]).Findings() {
			found[f.Rule.ID] = true
		}
		require.True(t, found["field/phone"], name)
	}
}

// beyondParsers are programs of heavy.Deep of which something, 100,000 deep, is not parsed.
var beyondParsers = []string{"script: arrow functions", "script: conditions", "script: functions", "script: labels", "JSON: pages/a/a.json"}

// Syntax that is nested very deeply, or chained very long, ends no scan and takes nothing
// from what is beside it. What the parsers give up is told.
func TestDeep(t *testing.T) {
	for _, depth := range []int{1000, 100_000} {
		all := heavy.Deep(depth)
		for _, name := range slices.Sorted(maps.Keys(all)) {
			s := within(t, name, all[name])
			found := map[string]bool{}
			for f := range s.Findings() {
				found[f.Rule.ID] = true
			}
			require.True(t, found["field/phone"], "%d: %s", depth, name)
			if depth == 100_000 && slices.Contains(beyondParsers, name) {
				require.True(t, slices.ContainsFunc(s.Analyses[0].Unread, func(u project.Unread) bool {
					return strings.Contains(u.Reason.In(lang.English), "nested")
				}), name)
			}
		}
	}
}

// Random programs of what is costly stay within the same bounds. The seeds once did not; with
// BEIAN_LONG=1 all of them run.
func FuzzHeavy(f *testing.F) {
	seeds := []int64{16, 20, -94, 137, 2, 5, 8, 9}
	if os.Getenv("BEIAN_LONG") == "" {
		seeds = seeds[:3]
	}
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed int64) { within(t, strconv.FormatInt(seed, 10), heavy.Random(seed)) })
}

// sharedCosts is how much of heavy.Shared is not followed to its end, and what it costs: how many of the ten fields of a program are
// marked as bounded, and how many thousand units of work its entry points may take at most, about an eighth more than they do. In real
// programs most that is cut has one of these shapes: what cuts more or costs more fails here, and whoever mends one states the new
// figures here and in docs/performance.md.
var sharedCosts = map[string]struct{ bounded, work int }{
	"a wrapper that renews a token": {10, 4_250},
	"a queue of requests":           {0, 1_470},
	"a dialog with callbacks":       {0, 390},
	"a store kept in the storage":   {0, 320},
	"a log around the platform":     {0, 570},
	"a tree that is walked through": {0, 21},
}

func TestSharedPiecesAreFollowed(t *testing.T) {
	all := heavy.Shared()
	require.Len(t, all, len(sharedCosts))
	for name, want := range sharedCosts {
		s := within(t, name, all[name])
		fields, bounded := 0, 0
		for f := range s.Findings() {
			if f.Rule.ID != "field/phone" {
				continue
			}
			fields++
			if f.Bounded {
				bounded++
			}
			require.NotEmpty(t, f.Flows, "%s: %s", name, f.Location)
		}
		require.Equal(t, 10, fields, name)
		require.Equal(t, want.bounded, bounded, "%s: bounded", name)
		cost := s.Analyses[0].Values.Entries
		require.LessOrEqual(t, (cost.WorkFirst+cost.WorkAgain)/1000, want.work, "%s: thousands of units of work", name)
	}
}

// BenchmarkShared measures them.
func BenchmarkShared(b *testing.B) {
	all := heavy.Shared()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) { benchmarkStages(b, Dir{Path: ".", FS: all[name]}) })
	}
}

// BenchmarkShop measures a shop as large and involved as real ones get, and copies of it.
func BenchmarkShop(b *testing.B) {
	for _, copies := range []int{1, 10} {
		b.Run(strconv.Itoa(copies), func(b *testing.B) { benchmarkStages(b, Dir{Path: ".", FS: heavy.Shop(copies)}) })
	}
}

// BenchmarkHostile measures the programs of TestHostile.
func BenchmarkHostile(b *testing.B) {
	all := heavy.Hostile()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) { benchmarkStages(b, Dir{Path: ".", FS: all[name]}) })
	}
}
