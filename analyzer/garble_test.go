package analyzer_test

import (
	"flag"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/detectors"
	"github.com/beian/beian/internal/garble"
)

var (
	garbles     = flag.Int("garbles", 400, "damaged programs to analyze")
	garbleFirst = flag.Int64("garble", 0, "the seed of the first of them")
)

// offenders are the seeds of damaged programs for which a promise was once broken. 1983:
// promises inside each other, deeper than calls are followed, end with a native function.
// 6986: 1,200 fields of a kit that is not there; all data are lost in each of them.
var offenders = []int64{1983, 6986}

// Damage to one file costs what that file says: nothing fails, nothing takes more than
// enough, and no finding of a file that has nothing to do with it is lost.
func TestGarbled(t *testing.T) {
	type program struct {
		name   string
		files  map[string]string
		before account
	}
	var programs []program
	for _, dir := range fixturePrograms(t) {
		files := filesOf(t, dir)
		programs = append(programs, program{filepath.Base(dir), files, accountOf(t, files)})
	}
	seeds := slices.Clone(offenders)
	for i := range int64(*garbles) {
		seeds = append(seeds, *garbleFirst+i)
	}
	unread, lost, refused := 0, 0, 0
	for _, seed := range seeds {
		p := programs[int(seed)%len(programs)]
		g := garble.Of(p.files, seed)
		name := fmt.Sprintf("-garble %d -garbles 1: %s, %s %s", seed, p.name, g.Path, g.What)
		var memory, after runtime.MemStats
		runtime.ReadMemStats(&memory)
		scan, err := analyzer.Analyze(t.Context(), []analyzer.Dir{{Path: ".", Name: "x", FS: inMemory(g.Files)}},
			analyzer.Options{Detectors: detectors.All(), Jobs: 1})
		runtime.ReadMemStats(&after)
		assert.Less(t, after.TotalAlloc-memory.TotalAlloc, uint64(1<<30), name)
		if err != nil {
			assert.NotContains(t, err.Error(), "bug in beian", name)
			refused++
			continue
		}
		told := false
		for _, a := range scan.Analyses {
			for _, u := range a.Unread {
				assert.NotContains(t, u.Reason.EN, "bug in beian", name)
				told = true
			}
		}
		if told {
			unread++
		}
		found := map[string]bool{}
		for f := range scan.Findings() {
			if f.Location.File != nil {
				found[f.Rule.ID+" "+f.Location.File.Path] = true
			}
		}
		for key := range p.before.findings {
			rule, file, _ := strings.Cut(key, " ")
			file, _, _ = strings.Cut(file, " \"")
			if found[rule+" "+file] || strings.HasPrefix(rule, "config/") {
				continue
			}
			lost++
			if !concerned(p.files, g, file) {
				t.Errorf("%s: lost %s", name, key)
			}
		}
	}
	t.Logf("%d damaged programs: %d with something told as unread, %d refused with a reason, %d findings gone", len(seeds), unread, refused, lost)
}

// concerned reports whether a file can depend on what was damaged: it is that, of the same
// unit, names it, is named by it, or the damaged file says what belongs to the program.
func concerned(files map[string]string, g garble.Garbled, file string) bool {
	for _, damaged := range []string{g.Path, g.Other} {
		if damaged == "" {
			continue
		}
		stem := strings.TrimSuffix(damaged, path.Ext(damaged))
		base := path.Base(stem)
		if base == "index" {
			base = path.Base(path.Dir(stem))
		}
		switch {
		case path.Ext(damaged) == ".json", strings.HasPrefix(path.Base(damaged), "app."), strings.HasPrefix(path.Base(damaged), "App."),
			strings.Contains(path.Base(damaged), "config"), path.Base(damaged) == "main.js":
			return true
		case strings.TrimSuffix(file, path.Ext(file)) == stem, strings.Contains(files[file], base):
			return true
		}
		fileStem := strings.TrimSuffix(file, path.Ext(file))
		for _, other := range files {
			if strings.Contains(other, base) && strings.Contains(other, path.Base(fileStem)) {
				return true // something names both
			}
		}
		for name, text := range files { // its unit's script names it
			if strings.TrimSuffix(name, path.Ext(name)) == fileStem && strings.Contains(text, base) {
				return true
			}
		}
	}
	return false
}
