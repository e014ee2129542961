package main

import (
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

//go:embed equivalent.txt
var equivalentText string

// equivalents are the mutants that change no answer, by name, with the reason.
type equivalents struct {
	reasons map[string]string
	used    map[string]bool
}

// readEquivalent reads equivalent.txt: a line "name | reason" for each.
func readEquivalent() (*equivalents, error) {
	e := &equivalents{map[string]string{}, map[string]bool{}}
	for line := range strings.Lines(equivalentText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		cut := strings.LastIndex(line, " | ")
		if cut < 0 {
			return nil, fmt.Errorf("equivalent.txt: no reason in %q", line)
		}
		e.reasons[strings.TrimSpace(line[:cut])] = strings.TrimSpace(line[cut+3:])
	}
	return e, nil
}

func (e *equivalents) mark(all []*mutant) {
	for _, m := range all {
		if reason := e.reasons[m.name()]; reason != "" {
			m.equivalent = reason
			e.used[m.name()] = true
		}
	}
}

func (e *equivalents) unused() (names []string) {
	for name := range e.reasons {
		if !e.used[name] {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// report writes the share of each package and a row for each mutant, survivors first.
// It returns the share of killed mutants in per cent.
func report(w io.Writer, all []*mutant) float64 {
	fmt.Fprint(w, "# Mutants\n\nWritten by `go run ./internal/mutate`; [testing.md](testing.md) says what it does.\n\n")
	fmt.Fprint(w, "| package | mutants | killed by own tests | killed by all | share |\n| --- | --: | --: | --: | --: |\n")
	total := row{dir: "all"}
	for _, s := range sample {
		r := row{dir: s.dir}
		for _, m := range all {
			if path.Dir(m.file) == s.dir && m.equivalent == "" {
				r.add(m)
				total.add(m)
			}
		}
		r.write(w)
	}
	total.write(w)
	fmt.Fprint(w, "\n| id | place | change | noticed by |\n| --- | --- | --- | --- |\n")
	rank := func(m *mutant) int {
		switch {
		case m.equivalent != "":
			return 2
		case m.killer != "":
			return 1
		}
		return 0
	}
	slices.SortStableFunc(all, func(a, b *mutant) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
	for _, m := range all {
		by := "**nobody**"
		switch {
		case m.equivalent != "":
			by = "equivalent: " + m.equivalent
		case m.killer != "":
			by = m.killer
		}
		fmt.Fprintf(w, "| %s | %s `%s` | %s | %s |\n", m.id, m.file, m.function, cell(oneLine(m.from)+" → "+oneLine(m.to)), cell(by))
	}
	return total.share()
}

// cell is code that may hold the sign between cells.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }

type row struct {
	dir              string
	mutants          int
	own, killedByAll int
}

func (r *row) add(m *mutant) {
	r.mutants++
	if m.killer != "" {
		r.killedByAll++
		if m.own {
			r.own++
		}
	}
}

// share is 100 for a package of which there is no mutant.
func (r *row) share() float64 {
	if r.mutants == 0 {
		return 100
	}
	return 100 * float64(r.killedByAll) / float64(r.mutants)
}

func (r *row) write(w io.Writer) {
	fmt.Fprintf(w, "| %s | %d | %d | %d | %.0f %% |\n", r.dir, r.mutants, r.own, r.killedByAll, r.share())
}
