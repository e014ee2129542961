// Package analyzer is the whole pipeline: it takes directories and detectors and
// gives a report. What each station does is said in its own package; the order of
// the packages is in layout_test.go.
package analyzer

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"path"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

// Dir is a directory to scan.
type Dir struct {
	Path string // as it is called in messages and, where there are several, in paths
	Name string // of a program in it that has none of its own
	FS   fs.FS

	Within string // path from the top of its repository to it, "" outside of one

	Cache *project.Cache // of the analyses of the same directory before, or nil

	Config    *config.Config     // its settings, or nil
	Detectors []*detect.Detector // in place of those of Options, or nil
	Baseline  *suppress.Baseline // findings accepted before, or nil
	Today     string             // YYYY-MM-DD, for what expires
}

// Options are what a scan depends on beside the directories.
type Options struct {
	Version   string             // of the tool, for the report
	Detectors []*detect.Detector // in the order of their findings
	Inputs    verdict.Inputs     // what a person says of the programs
	Jobs      int                // files read at a time; 0 for one per processor

	// Visit, where set, sees each program with what became of its values, for
	// commands that look closer than a report.
	Visit func(p *project.Program, values *flow.Result)
}

// Analyze scans every program in dirs. The error is a *project.LoadError where a
// directory holds no program that could be loaded, a *Bug where the analyzer
// itself failed, or that of ctx. What is wrong with single files is in the
// report.
func Analyze(ctx context.Context, dirs []Dir, o Options) (r *report.Report, err error) {
	start := time.Now()
	defer catch(&err, "")
	r = report.New(report.Tool{Name: "beian", Version: o.Version}, rules(dirs, o))
	for _, dir := range dirs {
		programs, err := project.Load(dir.FS, project.Options{Jobs: o.Jobs, Cache: dir.Cache})
		if err != nil {
			return nil, locate(err, dir.Path)
		}
		if programs, err = dir.chosen(programs); err != nil {
			return nil, err
		}
		prefix := ""
		if len(dirs) > 1 {
			prefix = dir.Path
		}
		accepted := dir.accepted(r.Rules)
		var scanned []report.Program
		for _, p := range programs {
			p.Within = dir.Within
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			program, err := analyze(p, &dir, accepted, o)
			if err != nil {
				return nil, err
			}
			if program.Project.Name == "" {
				program.Project.Name = dir.Name
			}
			scanned = append(scanned, program)
			r.Stats.Bytes += p.Bytes
		}
		scanned[0].Findings = detect.Arrange(append(scanned[0].Findings, dir.settings().Judge(accepted.Unused())...), dir.Within)
		for _, program := range scanned {
			r.Add(program, prefix)
		}
	}
	r.Stats.Milliseconds = time.Since(start).Milliseconds()
	return r, nil
}

// analyze takes one program from its parsed form to its verdict.
func analyze(p *project.Program, dir *Dir, accepted *suppress.Accepted, o Options) (out report.Program, err error) {
	defer catch(&err, p.Source)
	values := flow.Analyze(p, dir.flowOptions())
	if o.Visit != nil {
		o.Visit(p, values)
	}
	findings, err := detect.Run(p, values, dir.detectors(o))
	if err != nil {
		return out, err
	}
	findings = dir.settings().Judge(accepted.Apply(p, findings))
	said := dir.inputs(o.Inputs)
	described, known := describe(p), facts.Gather(p, values)
	unread := append(slices.Clone(p.Unread), limits(values)...)
	unread = slices.DeleteFunc(unread, func(u project.Unread) bool { return dir.settings().Excludes(u.Path) })
	return report.Program{
		Project:  described,
		Findings: findings,
		Verdict: verdict.Judge(verdict.Input{
			Findings: findings, Unread: unread, Titles: titles(described.Pages),
			Platform: p.Platform, Facts: known, Inputs: said,
		}),
		Facts:  known,
		Inputs: said,
		Unread: unread,
	}, nil
}

// Rules returns the rules of the detectors and that of the verdict, by ID.
func Rules(detectors []*detect.Detector) []*finding.Rule {
	rules := append([]*finding.Rule{verdict.Rule}, suppress.Rules()...)
	for _, d := range detectors {
		rules = append(rules, d.Rules...)
	}
	slices.SortFunc(rules, func(a, b *finding.Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// describe gives the facts about p that reports show.
func describe(p *project.Program) report.Project {
	d := report.Project{
		Root: p.Root, Platform: p.Platform, Framework: p.Framework, Outputs: p.Outputs, Name: p.Name, AppID: p.AppID,
		Files: p.Files, Config: p.Config.File,
	}
	units := map[string]*project.Unit{}
	for _, u := range p.Units {
		if u.Kind == project.PageUnit {
			units[u.Path] = u
		}
	}
	for _, route := range p.Config.Pages {
		page := report.Page{Route: route}
		if u := units[route]; u != nil {
			page.Title = u.Title
		}
		d.Pages = append(d.Pages, page)
	}
	return d
}

func titles(pages []report.Page) map[string]string {
	m := make(map[string]string, len(pages))
	for _, p := range pages {
		m[p.Route] = p.Title
	}
	return m
}

// limits says of which units data were not followed to the end.
func limits(values *flow.Result) []project.Unread {
	hit := map[string][]string{}
	for _, l := range values.Limits {
		where := "."
		if l.Unit != nil {
			where = l.Unit.Path
		}
		hit[where] = append(hit[where], l.What)
	}
	var out []project.Unread
	for _, where := range slices.Sorted(maps.Keys(hit)) {
		what := slices.Compact(slices.Sorted(slices.Values(hit[where])))
		words := make([]lang.Text, len(what))
		for i, w := range what {
			words[i] = lang.Both(limitWords[w], w)
		}
		out = append(out, project.Unread{
			Path: where,
			Reason: lang.Textf("数据没有跟踪到底（达到%s上限）：收集点照常列出，去向可能不全",
				"data were not followed to the end (limit of %s): what is collected is listed all the same, where it goes perhaps not in full",
				lang.Joined(words, lang.Comma)),
		})
	}
	return out
}

// limitWords are the Chinese names of what is limited (flow.Limit.What).
var limitWords = map[string]string{"calls": "调用", "depth": "调用深度", "rounds": "轮次", "steps": "步数"}

// locate puts the directory as it was named into an error that knows only paths
// within it.
func locate(err error, dir string) error {
	var load *project.LoadError
	if errors.As(err, &load) {
		located := *load
		located.Path = path.Join(dir, load.Path)
		return &located
	}
	return err
}

// Bug is a mistake of the analyzer, not of the scanned program.
type Bug struct {
	Program string // source directory of the program, or ""
	Cause   any    // what was passed to panic
	Stack   []byte
}

// NewBug returns the bug behind a recovered panic. It must be called by the
// function that recovered.
func NewBug(cause any) *Bug { return &Bug{Cause: cause, Stack: debug.Stack()} }

// Error asks for a report and gives what is needed for one, without the whole
// stack.
func (b *Bug) Error() string { return b.Text().EN }

// Text is Error in both languages.
func (b *Bug) Text() lang.Text {
	var where lang.Text
	if b.Program != "" {
		where = lang.Textf("，位置 %s", " in %s", b.Program)
	}
	return lang.Textf("这是 beian 自身的缺陷，不是被扫描程序的问题%s：%v（%s）\n请带上这一行到 https://github.com/beian/beian/issues 报告",
		"this is a bug in beian, not in the scanned program%s: %v (%s)\nplease report it at https://github.com/beian/beian/issues with this line",
		where, b.Cause, b.origin())
}

// origin is the function of ours that panicked.
func (b *Bug) origin() string {
	lines := strings.Split(string(b.Stack), "\n")
	panicked := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "panic(") })
	for i := max(0, panicked+2); i+1 < len(lines); i++ {
		if strings.HasPrefix(lines[i], "github.com/beian/beian/") {
			file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
			return path.Base(file)
		}
	}
	return "?"
}

// catch turns a panic of the surrounding function into a *Bug.
func catch(err *error, program string) {
	if cause := recover(); cause != nil {
		bug := NewBug(cause)
		bug.Program = program
		*err = bug
	}
}
