package flow

import (
	"reflect"

	"github.com/beian/beian/analyzer/project"
)

// Cache keeps the last run over each program of a directory. A program that is loaded again,
// and in which nothing has changed that a run sees, is not run again: the result is the same
// at other places. An editor asks at every pause, and most edits are such: a comment, a blank
// line, a label, the title of a page. The zero Cache is empty and ready.
//
// An example, a page whose script gets a line of comment at its top:
//
//	project.Load   parses the script; all else are the trees of the load before
//	twinsOf        walks both programs: all is the same, if each place of the script is
//	               moved by the length of that line
//	twins.moved    is the result in which each place of the script is moved so
//
// What may have changed besides places is compared, not guessed: twinsOf fails on anything
// that it does not know, and then the program is run.
//
// Limits: the loads come from one project.Cache, follow each other, and so do the runs.
type Cache struct {
	runs map[programKey]*kept
	used int
}

// Used returns how often a result was handed out without a run.
func (c *Cache) Used() int { return c.used }

// programKey tells the programs of a directory apart.
type programKey struct{ source, platform, condition string }

// kept is a run, with what it depended on.
type kept struct {
	program *project.Program
	sinks   []Sink
	limits  *limits
	machine *machine
	result  *Result
	unpaid  int // what had run and nobody had paid for at its end
}

// analyze is Analyze.
func (c *Cache) analyze(p *project.Program, o Options) *Result {
	key := programKey{p.Source, p.Platform, p.Condition}
	if k := c.runs[key]; k != nil && reflect.DeepEqual(k.sinks, o.Sinks) && k.limits == o.limits {
		if r := k.again(p); r != nil {
			c.used++
			return r
		}
	}
	delete(c.runs, key)
	m, r := analyze(p, o)
	if m.stopped() || len(r.Omissions) > 0 || m.decisions != nil {
		return r
	}
	if c.runs == nil {
		c.runs = map[programKey]*kept{}
	}
	m.done = nil // what callers ask for later does not end with this run
	k := &kept{p, o.Sinks, o.limits, m, r, m.cost() - m.paid}
	c.runs[key] = k
	return k.handedOut(&twins{})
}

// again returns the result that a run of p would have, nil if only a run can tell.
func (k *kept) again(p *project.Program) *Result {
	m := k.machine
	if grown := p.Bytes - k.program.Bytes; grown != 0 && 2*m.limits.perByte*max(grown, -grown) >= m.least {
		return nil // with another budget, something may be cut or not
	}
	t := twinsOf(k.program, p)
	if t == nil {
		return nil
	}
	for mod := range m.tight {
		if other := t.moves[mod.File]; other != nil && len(other.To.Text) != len(mod.File.Text) {
			return nil // likewise
		}
	}
	r := k.handedOut(t)
	if t.lost {
		return nil
	}
	return r
}

// handedOut returns a copy of the result, which belongs to the caller.
func (k *kept) handedOut(t *twins) *Result {
	k.machine.paid = k.machine.cost() - k.unpaid // what callers ask for begins to cost
	return t.moved(k.result)
}
