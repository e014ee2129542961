package fleet

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// Fleet is the lines of any number of runs as one picture.
type Fleet struct {
	Lines  []Line // by name, one for each
	Totals Totals
	Notes  []lang.Text // what is wrong with the inputs
}

// Totals are the figures of a fleet.
type Totals struct {
	Entries  int                 `json:"entries"`
	Scanned  int                 `json:"scanned"`
	Failures map[FailureKind]int `json:"failures"` // of the entries that were not scanned
	Copies   int                 `json:"copies"`   // entries with the content of one before them

	// The figures below count programs; an entry may hold several.
	Programs   int            `json:"programs"`
	Verdicts   map[string]int `json:"verdicts"`
	Platforms  map[string]int `json:"platforms"`
	Frameworks map[string]int `json:"frameworks"`

	Categories []CategoryTotal           `json:"categories"` // in the order of reports
	Recipients []RecipientTotal          `json:"recipients"` // those of most programs first
	Rulebooks  map[string]map[string]int `json:"rulebooks"`  // id to answer to programs
	Problems   map[string]int            `json:"problems"`   // severity to programs that have one
}

// CategoryTotal is how many programs collect a category, and from how many it leaves the
// device, or may leave it.
type CategoryTotal struct {
	Category finding.Category `json:"category"`
	Programs int              `json:"programs"`
	Sent     int              `json:"sent"`
	Open     int              `json:"open"`
}

// RecipientTotal is from how many programs a host gets something.
type RecipientTotal struct {
	Host       string             `json:"host"`
	Programs   int                `json:"programs"`
	Categories []finding.Category `json:"categories"`
}

// Input is an output of a run, or the journal beside it.
type Input struct {
	Name string // for messages
	Text io.Reader
}

// Merge joins the lines of any number of runs, complete or not. If two have a line of the
// same name, one that was scanned goes before one that failed; if both were, the later
// input holds, and Notes tell of it if they differ. The error is one of reading.
func Merge(inputs ...Input) (*Fleet, error) {
	m := &merger{lines: map[string]Line{}, from: map[string]string{}}
	for _, in := range inputs {
		if err := m.read(in); err != nil {
			return nil, err
		}
	}
	f := &Fleet{Notes: m.notes}
	for _, l := range m.lines {
		f.Lines = append(f.Lines, l)
	}
	slices.SortFunc(f.Lines, func(a, b Line) int { return cmp.Compare(a.Name, b.Name) })
	f.count()
	return f, nil
}

type merger struct {
	lines map[string]Line
	from  map[string]string // the input of each
	notes []lang.Text
}

func (m *merger) read(in Input) error {
	text := bufio.NewReader(in.Text)
	for number := 1; ; number++ {
		line, err := text.ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		torn := err != nil
		if torn && line == "" {
			return nil
		}
		var l Line
		wrong := json.Unmarshal([]byte(line), &l)
		switch {
		case number == 1 && strings.HasPrefix(line, `{"beianFleet":`): // a journal
		case torn && wrong != nil:
			m.notes = append(m.notes, lang.Textf("%s 的最后一行不完整：这次扫描没有结束，其余各行有效",
				"the last line of %s is torn: that run has not ended; its other lines count", in.Name))
		case wrong != nil || l.Name == "":
			m.notes = append(m.notes, lang.Textf("%s 第 %d 行不是 beian fleet 的结果，没有计入",
				"line %[2]d of %[1]s is no result of beian fleet and does not count", in.Name, number))
		default:
			m.add(l, in.Name)
		}
		if torn {
			return nil
		}
	}
}

// add takes a line, unless a better one is there.
func (m *merger) add(l Line, from string) {
	before, known := m.lines[l.Name]
	switch {
	case !known, before.Status == NotLooked && l.Status == Scanned:
	case before.Status == Scanned && l.Status == NotLooked:
		return
	case !reflect.DeepEqual(before, l):
		m.notes = append(m.notes, lang.Textf("%s 在 %s 和 %s 中的结果不同，以后者为准",
			"%s has different results in %s and %s; the latter holds", l.Name, m.from[l.Name], from))
	}
	m.lines[l.Name], m.from[l.Name] = l, from
}

// count makes the totals.
func (f *Fleet) count() {
	t := &f.Totals
	*t = Totals{
		Failures: map[FailureKind]int{}, Verdicts: map[string]int{}, Platforms: map[string]int{}, Frameworks: map[string]int{},
		Rulebooks: map[string]map[string]int{}, Problems: map[string]int{}, Categories: []CategoryTotal{}, Recipients: []RecipientTotal{},
	}
	categories, recipients := map[finding.Category]*CategoryTotal{}, map[string]*RecipientTotal{}
	contents := map[string]bool{}
	for i := range f.Lines {
		l := &f.Lines[i]
		t.Entries++
		if l.Status == NotLooked {
			t.Failures[l.Failure.kind()]++
			continue
		}
		t.Scanned++
		if contents[l.Content] {
			t.Copies++
		}
		contents[l.Content] = true
		for j := range l.Programs {
			t.add(&l.Programs[j], categories, recipients)
		}
	}
	for _, c := range finding.Categories() {
		if n := categories[c]; n != nil {
			t.Categories = append(t.Categories, *n)
		}
	}
	for _, r := range recipients {
		sortCategories(r.Categories)
		t.Recipients = append(t.Recipients, *r)
	}
	slices.SortFunc(t.Recipients, func(a, b RecipientTotal) int {
		return cmp.Or(b.Programs-a.Programs, cmp.Compare(a.Host, b.Host))
	})
}

// kind is why an entry failed, also if its line does not say.
func (f *Failed) kind() FailureKind {
	if f == nil {
		return Crashed
	}
	return f.Kind
}

func (t *Totals) add(p *Program, categories map[finding.Category]*CategoryTotal, recipients map[string]*RecipientTotal) {
	t.Programs++
	t.Verdicts[p.Verdict]++
	t.Platforms[p.Platform]++
	t.Frameworks[p.Framework]++
	for id, answer := range p.Rulebooks {
		if t.Rulebooks[id] == nil {
			t.Rulebooks[id] = map[string]int{}
		}
		t.Rulebooks[id][answer]++
	}
	for severity := range p.Problems {
		t.Problems[severity]++
	}
	for _, c := range p.Collects {
		n := categories[c.Category]
		if n == nil {
			n = &CategoryTotal{Category: c.Category}
			categories[c.Category] = n
		}
		n.Programs++
		if c.Sent > 0 {
			n.Sent++
		}
		if c.Open > 0 {
			n.Open++
		}
	}
	for _, r := range p.Recipients {
		n := recipients[r.Host]
		if n == nil {
			n = &RecipientTotal{Host: r.Host, Categories: []finding.Category{}}
			recipients[r.Host] = n
		}
		n.Programs++
		for _, c := range r.Categories {
			if !slices.Contains(n.Categories, c) {
				n.Categories = append(n.Categories, c)
			}
		}
	}
}

// sortCategories puts categories into the order of reports.
func sortCategories(list []finding.Category) {
	order := finding.Categories()
	slices.SortFunc(list, func(a, b finding.Category) int { return slices.Index(order, a) - slices.Index(order, b) })
}

// Write writes the lines, as a run would that had scanned everything in this order.
func (f *Fleet) Write(w io.Writer) error {
	for i := range f.Lines {
		text, err := encode(&f.Lines[i])
		if err != nil {
			return err
		}
		if _, err := w.Write(text); err != nil {
			return err
		}
	}
	return nil
}
