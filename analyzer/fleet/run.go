package fleet

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/beian/beian/analyzer/lang"
)

// Worker scans entries one after another. Only one goroutine calls it.
type Worker interface {
	// Scan scans one entry. The error is a *Fault if the worker cannot be used again, or
	// that of the context.
	Scan(ctx context.Context, e Entry) (Line, error)
	// Fresh reports whether the worker has scanned nothing yet.
	Fresh() bool
	// Close ends it.
	Close()
}

// Fault is the end of a worker while it scanned an entry.
type Fault struct{ Failure }

// Error returns the English text.
func (f *Fault) Error() string { return f.Text.EN }

// Options are what a run needs besides its entries.
type Options struct {
	Workers int                    // at a time, at least 1
	Start   func() (Worker, error) // starts one
	Journal *Journal               // nil to keep nothing
	Lang    lang.Code              // of the texts in lines
	Tell    func(Progress)         // is told about each line that is done, by one goroutine at a time; may be nil
}

// Progress is how far a run is.
type Progress struct {
	Total  int // entries
	Done   int // entries with a line, those of earlier runs included
	Before int // those of earlier runs
	Failed int // entries that could not be scanned
	Line   Line
}

// Run scans the entries and writes a line for each to out, in their order, as soon as all
// before it are done. Entries that the journal has are not scanned again. The error is
// one of out, of the journal, of the context, or a worker that cannot be started; what
// was done until then is in the journal. An entry that cannot be scanned is no error.
func Run(ctx context.Context, entries []Entry, out io.Writer, o Options) (Progress, error) {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	r := &run{entries: entries, options: o, out: out, lines: make([]*Line, len(entries)), progress: Progress{Total: len(entries)}}
	left := make(chan int, len(entries))
	for i := range entries {
		if l, known := o.Journal.Done(entries[i].Name); known {
			r.lines[i] = &l
			r.progress.Before++
			r.count(l)
			continue
		}
		left <- i
	}
	close(left)
	if err := r.flush(); err != nil {
		return r.progress, err
	}
	var workers sync.WaitGroup
	for range min(max(o.Workers, 1), max(len(left), 1)) {
		workers.Go(func() {
			if err := r.work(ctx, left); err != nil {
				stop(err)
			}
		})
	}
	workers.Wait()
	return r.progress, context.Cause(ctx)
}

type run struct {
	entries []Entry
	options Options

	mu       sync.Mutex
	out      io.Writer
	lines    []*Line // done and not written yet
	next     int     // the first that is not written
	progress Progress
}

// work is one worker after another until nothing is left.
func (r *run) work(ctx context.Context, left <-chan int) error {
	var w Worker
	defer func() {
		if w != nil {
			w.Close()
		}
	}()
	for i := range left {
		if ctx.Err() != nil {
			return nil
		}
		line, err := r.scan(ctx, &w, r.entries[i])
		if err != nil {
			return err
		}
		if err := r.finish(i, line); err != nil {
			return err
		}
	}
	return nil
}

// scan gets the line of one entry. If a worker ends at it that has scanned others
// before, a fresh one tries again: what the others left behind must not count.
func (r *run) scan(ctx context.Context, w *Worker, e Entry) (Line, error) {
	if e.Wrong.Kind != "" {
		return e.Failed(e.Wrong, r.options.Lang), nil
	}
	for {
		if *w == nil {
			started, err := r.options.Start()
			if err != nil {
				return Line{}, err
			}
			*w = started
		}
		first := (*w).Fresh()
		line, err := (*w).Scan(ctx, e)
		var fault *Fault
		if !errors.As(err, &fault) {
			return line, err
		}
		(*w).Close()
		*w = nil
		if first {
			return e.Failed(fault.Failure, r.options.Lang), nil
		}
	}
}

// finish keeps a line and writes those that are due.
func (r *run) finish(i int, l Line) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.options.Journal.Add(l); err != nil {
		return err
	}
	r.lines[i] = &l
	r.count(l)
	return r.flush()
}

// count adds a line that is done to the progress.
func (r *run) count(l Line) {
	r.progress.Done++
	r.progress.Line = l
	if l.Status == NotLooked {
		r.progress.Failed++
	}
	if r.options.Tell != nil {
		r.options.Tell(r.progress)
	}
}

// flush writes the lines up to the first that is missing.
func (r *run) flush() error {
	for ; r.next < len(r.lines) && r.lines[r.next] != nil; r.next++ {
		text, err := encode(r.lines[r.next])
		if err != nil {
			return err
		}
		if _, err := r.out.Write(text); err != nil {
			return err
		}
		r.lines[r.next] = nil
	}
	return nil
}
