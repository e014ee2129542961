// Command mutate measures how much the tests pin down. It draws mutants of the packages
// that judge, small changes such as < in place of <=, and counts those that some test
// notices:
//
//	go run ./internal/mutate [-jobs 2] [-run ID,…] [-floor 75] >docs/mutants.md
//
// The sample is fixed: a hash of the change and its place decides whether a mutant
// belongs to it, so work on other functions does not change it. A mutant is compiled
// over the source (go test -overlay); nothing is copied. First the tests of its own
// package run, then those of the packages behind it. A mutant that changes no answer is
// listed with the reason in equivalent.txt and not counted.
//
// It prints a table in Markdown and ends with 1 if the share of killed mutants is below
// the floor, with 2 if it could not measure: if a test fails without any mutant, or if
// an entry of equivalent.txt fits none.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"sync"
	"time"
)

// sample says how many mutants of each package are drawn. Larger packages have more,
// but not in proportion, as flow would leave none for the others.
var sample = []struct {
	dir   string
	count int
}{
	{"analyzer/flow", 20}, {"analyzer/control", 12}, {"detectors", 10}, {"analyzer/verdict", 10}, {"analyzer/privacy", 8},
}

func main() {
	jobs := flag.Int("jobs", 1, "packages at a time")
	only := flag.String("run", "", "run these mutants only, by their `IDs` with commas between them")
	floor := flag.Float64("floor", 75, "least share of killed mutants, in per cent")
	seed := flag.String("seed", "beian", "another seed draws another sample")
	limit := flag.Duration("timeout", 10*time.Minute, "limit of each run of tests; a mutant that reaches it is killed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	status, err := measure(ctx, options{*jobs, *only, *floor, *seed, *limit})
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(2)
	}
	os.Exit(status)
}

type options struct {
	jobs  int
	only  string
	floor float64
	seed  string
	limit time.Duration
}

func measure(ctx context.Context, o options) (status int, err error) {
	r, err := newRunner(o.limit)
	if err != nil {
		return 0, err
	}
	defer r.close()
	equivalent, err := readEquivalent()
	if err != nil {
		return 0, err
	}
	if err := r.baseline(ctx); err != nil {
		return 0, err
	}
	candidates := make([][]*mutant, len(sample))
	for i, s := range sample {
		if candidates[i], err = mutantsOf(s.dir, o.seed); err != nil {
			return 0, err
		}
		equivalent.mark(candidates[i])
		if o.only != "" {
			candidates[i] = chosen(candidates[i], strings.Split(o.only, ","))
		}
	}
	if left := equivalent.unused(); len(left) > 0 {
		return 0, fmt.Errorf("equivalent.txt names mutants that do not exist: %s", strings.Join(left, "; "))
	}
	judged := make([][]*mutant, len(sample))
	err = each(len(sample), o.jobs, func(i int) (err error) {
		judged[i], err = r.draw(ctx, candidates[i], sample[i].count)
		return err
	})
	if err != nil {
		return 0, err
	}
	drawn := slices.Concat(judged...)
	if share := report(os.Stdout, drawn); share < o.floor {
		fmt.Fprintf(os.Stderr, "mutate: %.0f %% of the mutants are killed, fewer than %.0f %%\n", share, o.floor)
		return 1, nil
	}
	return 0, nil
}

func chosen(all []*mutant, ids []string) (out []*mutant) {
	for _, m := range all {
		for _, id := range ids {
			if m.id == id {
				out = append(out, m)
			}
		}
	}
	return out
}

// each calls do for 0 to n-1, some at a time. One of the errors is returned.
func each(n, jobs int, do func(i int) error) error {
	queue := make(chan int)
	errs := make(chan error, n)
	var workers sync.WaitGroup
	for range max(1, jobs) {
		workers.Go(func() {
			for i := range queue {
				if err := do(i); err != nil {
					errs <- err
				}
			}
		})
	}
	for i := range n {
		queue <- i
	}
	close(queue)
	workers.Wait()
	close(errs)
	return <-errs
}
