package report

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// What formats say of a program that has been filed already.

// exceeded returns the first filing that a program goes beyond, or nil.
func (r *Report) exceeded() *verdict.Filing {
	for i := range r.Programs {
		if f := r.Programs[i].Verdict.Filing; f != nil && f.State == verdict.Exceeded {
			return f
		}
	}
	return nil
}

// Filed is what `beian filed` says of one program.
type Filed struct {
	Program string // path of its directory from that of the record
	Filing  *verdict.Filing
}

// FiledText writes how programs differ from what was filed, for people.
func FiledText(w io.Writer, all []Filed, o Options) error {
	out := bufio.NewWriter(w)
	t := &textWriter{w: out, o: o, paint: style(o.Color)}
	for i, f := range all {
		if i > 0 {
			t.line("")
		}
		t.line("%s", t.paint.bold(source.Printable(f.Program)))
		t.filing(f.Filing)
	}
	return out.Flush()
}

// FiledJSON is FiledText for programs.
func FiledJSON(w io.Writer, all []Filed, o Options) error {
	type program struct {
		Program string      `json:"program"`
		Filing  *jsonFiling `json:"filing"`
	}
	out := []program{}
	for _, f := range all {
		out = append(out, program{f.Program, jsonFilingOf(f.Filing, o.Lang)})
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(map[string]any{"programs": out})
}

// filing writes the state of the filing and what has changed since. In a quiet report
// only what the filing does not cover is listed.
func (t *textWriter) filing(f *verdict.Filing) {
	if f == nil {
		return
	}
	paint := t.paint.yellow
	switch f.State {
	case verdict.Covered:
		paint = t.paint.green
	case verdict.Exceeded:
		paint = t.paint.red
	}
	indent, changes := "  ", f.Changes
	if t.o.Quiet {
		indent, changes = "", f.Exceeding()
	}
	t.line("%s%s", indent, paint(t.o.Lang.Sentence(t.clean(f.Title()))))
	for i := range changes {
		t.line("%s%s", indent, t.o.change(&changes[i]))
	}
	if t.o.Quiet {
		return
	}
	for _, line := range f.About() {
		t.line("  %s", t.paint.dim(t.clean(line)))
	}
}

// change is a line of a list of changes.
func (o Options) change(c *filed.Change) string {
	mark := "- "
	if c.Added {
		mark = "+ "
	}
	text := mark + source.Printable(c.Text.In(o.Lang))
	if !c.Location.IsZero() {
		text += "  " + o.path(place(c.Location))
	}
	return text + o.changeNote(c)
}

// changeNote says of a change that was added why it needs no new filing.
func (o Options) changeNote(c *filed.Change) string {
	switch {
	case c.Added && c.What == filed.Page:
		return o.say("（类别已备案）", " (the category has been filed)")
	case c.Accepted && c.Exceeds():
		return o.say("（已由人接受，不影响退出码）", " (accepted by a person, does not fail)")
	}
	return ""
}

// Trigger is the text of the result that says that filing is triggered, or what the
// filing of a program does not cover.
func Trigger(v verdict.Verdict) lang.Text {
	if v.Filing != nil && v.Filing.State == verdict.Exceeded {
		return v.Filing.Told()
	}
	all := v.PersonalInformation.Categories
	return lang.Textf("触发备案：程序收集%s", "Filing is triggered: the program collects %s", all.Title())
}

type jsonFiling struct {
	Number   string        `json:"number"`
	State    string        `json:"state"`
	Text     string        `json:"text"`
	Problem  string        `json:"problem,omitempty"`
	Recorded string        `json:"recorded,omitempty"`
	Tool     string        `json:"tool,omitempty"`
	Covers   *jsonFiled    `json:"covers,omitempty"`
	Changes  []filedChange `json:"changes"`
}

// jsonFiled is what a filing covers, as beian.filed.json has it.
type jsonFiled struct {
	Categories []finding.Category `json:"categories"`
	Recipients []string           `json:"recipients"`
	Addresses  []string           `json:"addresses"`
	Interfaces []string           `json:"interfaces"`
	Plugins    []string           `json:"plugins"`
}

type filedChange struct {
	What     filed.What    `json:"what"`
	Added    bool          `json:"added"`
	Exceeds  bool          `json:"exceeds"`
	Accepted bool          `json:"accepted,omitempty"`
	Owner    string        `json:"owner,omitempty"`
	Name     string        `json:"name,omitempty"`
	Text     string        `json:"text"`
	Location *jsonLocation `json:"location,omitempty"`
}

func jsonFilingOf(f *verdict.Filing, in lang.Code) *jsonFiling {
	if f == nil {
		return nil
	}
	out := &jsonFiling{
		Number: f.Number, State: string(f.State), Text: f.Title().In(in), Problem: f.Problem.In(in),
		Recorded: f.Recorded, Tool: f.Tool, Changes: []filedChange{},
	}
	if f.Covers != nil {
		out.Covers = &jsonFiled{
			Categories: []finding.Category{}, Recipients: f.Covers.Recipients(), Addresses: f.Covers.Addresses,
			Interfaces: f.Covers.Keys(), Plugins: f.Covers.Plugins,
		}
		for _, c := range f.Covers.Collected {
			out.Covers.Categories = append(out.Covers.Categories, c.Category)
		}
	}
	for i := range f.Changes {
		out.Changes = append(out.Changes, jsonChange(&f.Changes[i], in))
	}
	return out
}

func jsonChange(c *filed.Change, in lang.Code) filedChange {
	return filedChange{c.What, c.Added, c.Exceeds(), c.Accepted, c.Owner, c.Name, c.Text.In(in), jsonPlace(c.Location)}
}
