package analyzer

import (
	"cmp"
	"context"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

// What the settings of a directory change about its scan. A directory without
// settings has the settings of an empty file.

func (d *Dir) settings() *config.Config {
	if d.Config == nil {
		return &config.Config{}
	}
	return d.Config
}

// Surround finds the repository of d, whose code outside of d is then followed.
func (d *Dir) Surround() {
	d.Around = project.Around(d.Path)
	if d.Around == nil || d.Overlay == nil {
		return
	}
	open, within, over := d.Around.Open, d.Around.Path, d.Overlay
	dir, err := filepath.Abs(d.Path)
	if err != nil {
		return
	}
	d.Around.Open = func() (fs.FS, error) {
		fsys, err := open()
		if err != nil {
			return nil, err
		}
		return over(strings.TrimSuffix(filepath.ToSlash(dir), "/"+within), fsys), nil
	}
}

// detectors are those of the directory, or those of the scan.
func (d *Dir) detectors(o Options) []*detect.Detector {
	if d.Detectors != nil {
		return d.Detectors
	}
	return o.Detectors
}

// chosen drops the programs that the settings leave out.
func (d *Dir) chosen(programs []*project.Program) ([]*project.Program, error) {
	all := len(programs)
	programs = slices.DeleteFunc(programs, func(p *project.Program) bool { return d.settings().Leaves(p.Source) })
	if len(programs) == 0 && all > 0 {
		return nil, &project.LoadError{
			Path: d.Path, Kind: project.NoProgram,
			Message: lang.Both("其中的小程序都被 beian.yaml 排除了", "beian.yaml excludes every mini program in it"),
		}
	}
	return programs, nil
}

// flowOptions gives the engine the functions that send or keep data.
func (d *Dir) flowOptions(ctx context.Context) flow.Options {
	o := flow.Options{Done: ctx.Done(), Cache: d.Runs}
	for _, s := range d.settings().Sinks {
		o.Sinks = append(o.Sinks, flow.Sink{Name: s.Name, Kind: finding.SinkKind(s.Kind), Args: s.Args})
	}
	return o
}

// accepted is what people have accepted in d, made anew for each scan, with the
// names of the rules that a comment may hold.
func (d *Dir) accepted(rules []*finding.Rule) *suppress.Accepted {
	a := &suppress.Accepted{Baseline: d.Baseline, Today: d.Today}
	for _, s := range d.settings().Suppress {
		a.Entries = append(a.Entries, &suppress.Entry{
			Path: s.Path, Below: d.settings().Below, Rule: s.Rule, As: finding.AcceptedAs(s.As), Reason: s.Reason, Location: s.At,
		})
	}
	for _, r := range rules {
		a.Rules = append(a.Rules, r.ID)
	}
	return a
}

// seen drops what is unread in files that the settings exclude.
func (d *Dir) seen(unread []project.Unread) []project.Unread {
	return slices.DeleteFunc(unread, func(u project.Unread) bool { return d.settings().Excludes(u.Path) })
}

// idle tells which patterns of the settings name no file.
func (d *Dir) idle() (told []project.Unread) {
	for _, glob := range d.settings().Idle(d.FS) {
		told = append(told, project.Unread{Path: d.settings().File.Path, Reason: lang.Textf(
			"include 或 exclude 中的“%s”没有对应的文件，不起作用；请检查写法，路径从本文件所在的目录算起",
			`"%s" in include or exclude names no file and has no effect; check how it is written: paths start at the directory of this file`, glob)})
	}
	return told
}

// inputs are what a person said on the command line, then in the settings.
func (d *Dir) inputs(said verdict.Inputs) verdict.Inputs {
	o := d.settings().Operator
	answer := func(given verdict.Answered, set *bool) verdict.Answered {
		switch {
		case given != "" || set == nil:
			return given
		case *set:
			return verdict.Yes
		}
		return verdict.No
	}
	said.Operator = cmp.Or(said.Operator, verdict.Operator(o.Type))
	said.OperatorName = cmp.Or(said.OperatorName, o.Name)
	said.Responsible = cmp.Or(said.Responsible, o.Responsible)
	said.SubjectPerson = cmp.Or(said.SubjectPerson, o.SubjectPerson)
	for _, key := range slices.Sorted(maps.Keys(o.Form)) {
		said.Form = append(said.Form, verdict.Filled{Key: key, Text: o.Form[key]})
	}
	said.FilingNumber = cmp.Or(said.FilingNumber, o.FilingNumber)
	said.PrivacyPolicy = cmp.Or(said.PrivacyPolicy, o.PrivacyPolicy)
	said.AppType = cmp.Or(said.AppType, o.AppType)
	said.Mainland = answer(said.Mainland, o.Mainland)
	said.Minors = answer(said.Minors, o.Minors)
	said.Children = answer(said.Children, o.Children)
	said.Commercial = answer(said.Commercial, o.Commercial)
	said.CrossBorder = answer(said.CrossBorder, o.CrossBorder)
	said.Persons = cmp.Or(said.Persons, o.Persons)
	said.Faces = cmp.Or(said.Faces, o.Faces)
	said.Abroad = cmp.Or(said.Abroad, o.Abroad)
	said.AbroadSensitive = cmp.Or(said.AbroadSensitive, o.AbroadSensitive)
	for _, key := range slices.Sorted(maps.Keys(o.KeyAt)) {
		said.At = append(said.At, verdict.Said{Key: key, Location: o.KeyAt[key]})
	}
	return said
}

// ParseSettings reads a beian.yaml, whose names are checked against the rules of the
// detectors and of the tool itself, the types of application and the fields of the filing
// form. name is what messages call
// the file. The error is a *config.Error.
func ParseSettings(name string, data []byte, detectors []*detect.Detector) (*config.Config, error) {
	known := config.Known{}
	for _, r := range Rules(detectors) {
		known.Rules = append(known.Rules, r.ID)
	}
	for _, t := range verdict.AppTypes() {
		known.AppTypes = append(known.AppTypes, t.ID)
	}
	known.FormFields, known.PrivateFields = materials.FormFields()
	text := strings.ToValidUTF8(strings.TrimPrefix(string(data), "\ufeff"), "\uFFFD")
	return config.Parse(source.NewFile(name, text), known)
}
