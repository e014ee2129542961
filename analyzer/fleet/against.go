package fleet

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/verdict"
)

// Change is what is different about one program since an earlier fleet.
type Change struct {
	Entry   string `json:"entry"`
	Root    string `json:"root"` // of the program in the entry
	Program string `json:"program"`

	New        bool               `json:"new,omitempty"`        // was not there, or was not scanned
	Gone       bool               `json:"gone,omitempty"`       // is not there any more, or was not scanned
	Was        string             `json:"was,omitempty"`        // the verdict before, if it is another
	Verdict    string             `json:"verdict,omitempty"`    // the verdict now
	Triggered  bool               `json:"triggered,omitempty"`  // was not triggered before, and is
	Categories []finding.Category `json:"categories,omitempty"` // collected now and not before
	Recipients []string           `json:"recipients,omitempty"` // hosts that get something now and did not before
}

// place names a program in a fleet.
type place struct{ entry, root string }

// Since says what changed from the earlier fleet to f, by entry and program. A program
// that is the same in all that a change can say has none.
func (f *Fleet) Since(earlier *Fleet) []Change {
	before, changes := earlier.programs(), []Change{}
	seen := map[place]bool{}
	for i := range f.Lines {
		l := &f.Lines[i]
		for j := range l.Programs {
			p := &l.Programs[j]
			at := place{l.Name, p.Root}
			seen[at] = true
			if c := changed(before[at], p); c != nil {
				c.Entry = l.Name
				changes = append(changes, *c)
			}
		}
	}
	for i := range earlier.Lines {
		l := &earlier.Lines[i]
		for _, p := range l.Programs {
			if !seen[place{l.Name, p.Root}] {
				changes = append(changes, Change{Entry: l.Name, Root: p.Root, Program: p.Name, Gone: true, Was: p.Verdict})
			}
		}
	}
	return changes
}

func (f *Fleet) programs() map[place]*Program {
	out := map[place]*Program{}
	for i := range f.Lines {
		for j := range f.Lines[i].Programs {
			p := &f.Lines[i].Programs[j]
			out[place{f.Lines[i].Name, p.Root}] = p
		}
	}
	return out
}

// changed compares a program with what it was; nil if nothing is different.
func changed(was, is *Program) *Change {
	c := &Change{Root: is.Root, Program: is.Name, Verdict: is.Verdict, New: was == nil}
	if was == nil {
		was = &Program{}
	}
	if was.Verdict != is.Verdict {
		c.Was = was.Verdict
	}
	c.Triggered = is.Verdict == verdict.Triggered.String() && was.Verdict != is.Verdict
	for _, now := range is.Collects {
		if !slices.ContainsFunc(was.Collects, func(b Collected) bool { return b.Category == now.Category }) {
			c.Categories = append(c.Categories, now.Category)
		}
	}
	for _, now := range is.Recipients {
		if !slices.ContainsFunc(was.Recipients, func(b Recipient) bool { return b.Host == now.Host }) {
			c.Recipients = append(c.Recipients, now.Host)
		}
	}
	if same := !c.New && c.Was == "" && len(c.Categories) == 0 && len(c.Recipients) == 0; same {
		return nil
	}
	return c
}
