package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
	"github.com/beian/beian/detectors"
)

// why explains what was found at one place.
func (c *command) why() *cobra.Command {
	color := "auto"
	var set settings
	cmd := &cobra.Command{
		Use:   "why FILE[:LINE] [DIR]",
		Short: c.say("说明某处为什么被报告，数据怎样流动", "explain what is reported at a place, and how its value flows"),
		Long: c.say(
			"说明 FILE 第 LINE 行的每个发现：凭什么判断、谁能到达、数据一步步去了哪里。\n没有发现时，说明那里是什么、为什么没有报告。DIR 是小程序目录，默认从 FILE 向上寻找。",
			"Explain every finding on line LINE of FILE: the evidence, who can reach it, and every step of its\nvalue. Where there is none, say what stands there and why it is not reported. DIR is the directory\nof the program; unless given, it is looked for from FILE upwards."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return mistake{ZH: "用法：beian why FILE:LINE [DIR]", EN: "usage: beian why FILE:LINE [DIR]"}
			}
			if !slices.Contains([]string{"auto", "always", "never"}, color) {
				return badValue("--color", color, "auto", "always", "never")
			}
			return c.runWhy(cmd, &set, args, color)
		},
	}
	c.exitsWith(cmd, "0 那里有发现；1 没有", "0 something was found there; 1 nothing")
	cmd.Flags().StringVar(&color, "color", color, c.say("`WHEN` 时用颜色：auto、always、never", "use colours `WHEN`: auto, always, never"))
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

func (c *command) runWhy(cmd *cobra.Command, set *settings, args []string, color string) error {
	at := parseSpot(args[0])
	dir := programDir(at.file)
	if len(args) == 2 {
		dir = args[1]
	}
	opened, err := c.open(cmd, []string{dir})
	if err != nil {
		return err
	}
	if err := c.configure(set, opened); err != nil {
		return err
	}
	var all examined
	r, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{
		Version: version, Detectors: detectors.All(), Visit: all.add,
	})
	if err != nil {
		return err
	}
	if err := at.resolve(dir, &all); err != nil {
		return err
	}
	e := explain(at, r, &all)
	if len(e.Findings) == 0 && len(e.Arrivals) == 0 {
		c.status = exitFindings
	}
	return report.Why(c.stdout, e, report.Options{Lang: c.lang, Color: c.coloured(color), Width: c.width()})
}

// examined is what a scan learnt, beside the report.
type examined struct {
	programs []*project.Program
	values   []*flow.Result
}

func (a *examined) add(p *project.Program, values *flow.Result) {
	a.programs = append(a.programs, p)
	a.values = append(a.values, values)
}

// files lists the scripts, templates and configurations, each once.
func (a *examined) files() []string {
	var out []string
	for _, p := range a.programs {
		for _, v := range p.Views {
			out = append(out, v.File.Path)
		}
		for _, m := range p.Modules {
			out = append(out, m.File.Path)
		}
		for _, u := range p.Units {
			if u.ConfigFile != nil {
				out = append(out, u.ConfigFile.Path)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// spot is a line of a file, or a whole file.
type spot struct {
	file string
	line int // 0 for the whole file
}

// lineSuffix is what editors and our reports write behind a path: line, or line
// and column.
var lineSuffix = regexp.MustCompile(`^(.+?):(\d+)(?::\d+)?$`)

func parseSpot(word string) *spot {
	if m := lineSuffix.FindStringSubmatch(word); m != nil {
		if line, err := strconv.Atoi(m[2]); err == nil {
			return &spot{m[1], line}
		}
	}
	return &spot{file: word}
}

func (s *spot) String() string {
	if s.line == 0 {
		return s.file
	}
	return fmt.Sprintf("%s:%d", s.file, s.line)
}

// covers reports whether l stands on the line.
func (s *spot) covers(l source.Location) bool {
	return !l.IsZero() && l.File.Path == s.file && (s.line == 0 || l.Start().Line <= s.line && s.line <= l.End().Line)
}

// programDir looks for the program that file belongs to: the nearest directory
// above it with a project's configuration, else the nearest with an app.json
// or its like, else the current one.
func programDir(file string) string {
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return "."
	}
	here, err := filepath.Abs(".")
	full, err2 := filepath.Abs(file)
	if err != nil || err2 != nil {
		return "."
	}
	app := ""
	for dir := filepath.Dir(full); ; dir = filepath.Dir(dir) {
		if holds(dir, "project.config.json", "mini.project.json", "project.swan.json") {
			return fromHere(here, dir)
		}
		if app == "" && holds(dir, project.Manifests...) {
			app = fromHere(here, dir)
		}
		if dir == here || dir == filepath.Dir(dir) {
			return cmp.Or(app, ".")
		}
	}
}

func holds(dir string, names ...string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		_, err := os.Stat(filepath.Join(dir, n))
		return err == nil
	})
}

func fromHere(here, dir string) string {
	if rel, err := filepath.Rel(here, dir); err == nil {
		return rel
	}
	return dir
}

// resolve turns the file as typed, which is relative to the current directory or
// to the scanned one, into the path that reports use. It must belong to a
// program that was scanned.
func (s *spot) resolve(dir string, all *examined) error {
	files := all.files()
	candidates := []string{path.Clean(filepath.ToSlash(s.file))}
	root, err := filepath.Abs(dir)
	full, err2 := filepath.Abs(s.file)
	if err == nil && err2 == nil {
		if rel, err := filepath.Rel(root, full); err == nil {
			candidates = append([]string{filepath.ToSlash(rel)}, candidates...)
		}
	}
	for _, f := range candidates {
		if slices.Contains(files, f) {
			s.file = f
			return nil
		}
	}
	m := mistake{
		ZH: fmt.Sprintf("%s 不是所扫描的小程序的文件", s.file),
		EN: fmt.Sprintf("%s is no file of the scanned program", s.file),
	}
	if _, err := os.Stat(s.file); errors.Is(err, os.ErrNotExist) {
		m = mistake{ZH: fmt.Sprintf("没有文件 %s", s.file), EN: fmt.Sprintf("there is no file %s", s.file)}
	}
	if near := likely(candidates[len(candidates)-1], files); near != "" {
		m.ZH += fmt.Sprintf("；是不是想写 %s？", near)
		m.EN += fmt.Sprintf("; did you mean %s?", near)
	}
	return m
}

// likely returns the file that name was probably meant to be: one that ends in
// it, else one of a similar name.
func likely(name string, files []string) string {
	var bases []string
	for _, f := range files {
		if strings.HasSuffix(f, "/"+name) {
			return f
		}
		bases = append(bases, path.Base(f))
	}
	if near := spelling.Nearest(path.Base(name), bases); near != "" {
		return files[slices.Index(bases, near)]
	}
	return ""
}

// explain gathers what is known about at.
func explain(at *spot, r *report.Report, all *examined) *report.Explanation {
	e := &report.Explanation{Place: at.String()}
	var rest []finding.Finding
	for _, p := range r.Programs {
		for _, f := range p.Findings {
			if at.covers(f.Location) {
				e.Findings = append(e.Findings, all.explained(f))
				continue
			}
			rest = append(rest, f)
			if slices.ContainsFunc(f.Flows, func(w finding.Flow) bool { return at.line > 0 && at.covers(w.Sink.Location) }) {
				e.Arrivals = append(e.Arrivals, f)
			}
		}
	}
	if len(e.Arrivals) == 0 && (at.line > 0 || len(e.Findings) == 0) {
		e.Points = all.points(at, e.Findings)
	}
	if len(e.Findings) == 0 && len(e.Arrivals) == 0 && len(e.Points) == 0 {
		e.Near = nearestFindings(at, rest)
	}
	return e
}

// explained adds to f what the analysis knows about its control or call.
func (a *examined) explained(f finding.Finding) report.Explained {
	out := report.Explained{Finding: f}
	var seen flow.Uses
	none := lang.Text{
		ZH: "没有脚本取用它",
		EN: "no script takes it",
	}
	for _, values := range a.values {
		for _, c := range values.Controls {
			if !standsFor(c, f.Location) {
				continue
			}
			out.Chains = append(out.Chains, chain(c))
			seen.Read = seen.Read || c.Uses.Read
			none = unheard(c)
		}
		for _, c := range values.Calls {
			if sameStretch(c.Location, f.Location) {
				out.Chains = append(out.Chains, callChain(c))
				seen.Read = seen.Read || c.Callback
			}
		}
	}
	slices.Sort(out.Chains)
	out.Chains = slices.Compact(out.Chains)
	switch {
	case len(f.Flows) > 0:
	case !f.Reachable:
		out.Still = lang.Text{ZH: "没有页面可以到达，没有跟踪", EN: "no page reaches it, so it was not followed"}
	case seen.Read:
		out.Still = lang.Text{
			ZH: "脚本读取它，但没有发送、存储或写进日志",
			EN: "a script reads it, but does not send it, store it or write it to the log",
		}
	default:
		out.Still = none
	}
	return out
}

// unheard says why nobody takes the value of c.
func unheard(c *flow.Control) lang.Text {
	missing := ""
	for _, h := range c.Handlers {
		if h.Found {
			return lang.Text{
				ZH: "处理函数 " + h.Name + " 没有用到它",
				EN: "the handler " + h.Name + " makes no use of it",
			}
		}
		missing = h.Name
	}
	switch {
	case missing != "":
		return lang.Text{ZH: "脚本中没有函数 " + missing, EN: "the script has no function " + missing}
	case len(c.Models) > 0:
		return lang.Text{ZH: "它写进页面数据，没有脚本再读取", EN: "it is written into the data of the page, and no script reads it there"}
	}
	return lang.Text{
		ZH: "没有处理函数、双向绑定或带 name 的表单",
		EN: "there is no handler, no two-way binding, and no form that takes it by name",
	}
}

// standsFor reports whether a finding at l is about c: at the control itself or
// at a use of the component around it.
func standsFor(c *flow.Control, l source.Location) bool {
	if sameStretch(source.Location{File: c.View.File, Span: c.Element.Open}, l) {
		return true
	}
	return slices.ContainsFunc(c.Hosts, func(h *flow.Host) bool {
		return sameStretch(source.Location{File: h.View.File, Span: h.Element.Open}, l)
	})
}

// sameStretch compares places of a program with those of a report, whose files
// are masked twins.
func sameStretch(a, b source.Location) bool {
	return a.File != nil && b.File != nil && a.File.Path == b.File.Path && a.Span == b.Span
}

// chain is the way from the page to a control: pages/a/a → components/field/field.
func chain(c *flow.Control) string {
	var way []string
	for _, h := range c.Hosts {
		way = append(way, h.Unit.Path)
	}
	if c.Page != nil && !slices.Contains(way, c.Page.Path) {
		way = append([]string{c.Page.Path}, way...)
	}
	if n := len(way); n == 0 || way[n-1] != c.Unit.Path {
		way = append(way, c.Unit.Path)
	}
	return strings.Join(way, " → ")
}

// callChain is the way to a call: the page or component, and the script where
// that is another file.
func callChain(c *flow.Call) string {
	if c.Unit == nil {
		return c.Location.File.Path
	}
	if c.Unit.Script != nil && c.Unit.Script.File == c.Location.File {
		return c.Unit.Path
	}
	return c.Unit.Path + " → " + c.Location.File.Path
}

// points are the controls and calls at a place about which nothing was found.
func (a *examined) points(at *spot, found []report.Explained) []report.Point {
	var out []report.Point
	add := func(name string, l source.Location, why lang.Text) {
		known := slices.ContainsFunc(found, func(f report.Explained) bool { return sameStretch(f.Location, l) }) ||
			slices.ContainsFunc(out, func(p report.Point) bool { return sameStretch(p.Location, l) })
		if at.covers(l) && !known {
			out = append(out, report.Point{Name: name, Location: l, Why: why})
		}
	}
	for _, values := range a.values {
		for _, c := range values.Controls {
			l := source.Location{File: c.View.File, Span: c.Element.Open}
			if at.covers(l) {
				add("<"+c.Element.Tag+">", l, detectors.WhyNot(c))
			}
		}
		for _, c := range values.Calls {
			add(c.API, c.Location, whyNotCall(c))
		}
	}
	return out
}

// whyNotCall says why a call of an API is no finding.
func whyNotCall(c *flow.Call) lang.Text {
	api := platform.APIByName(c.API)
	switch {
	case api != nil && api.Sink != nil:
		return lang.Text{ZH: "数据由此离开，但没有收集到的个人信息到达这里", EN: "data leave here, but no personal information that is collected reaches it"}
	case api != nil && len(api.Yields) > 0:
		return lang.Text{ZH: "它交出个人信息，但程序没有用到它", EN: "it hands over personal information, but the program makes no use of it"}
	}
	return lang.Text{ZH: "它的结果不含个人信息", EN: "its result holds no personal information"}
}

// nearestFindings returns up to three findings near at: in the file, by distance,
// else in files of the same directory.
func nearestFindings(at *spot, all []finding.Finding) []finding.Finding {
	var near []finding.Finding
	for _, f := range all {
		if path.Dir(f.Location.File.Path) == path.Dir(at.file) {
			near = append(near, f)
		}
	}
	distance := func(f finding.Finding) int {
		if f.Location.File.Path != at.file {
			return 1 << 30
		}
		d := f.Location.Start().Line - at.line
		return max(d, -d)
	}
	slices.SortStableFunc(near, func(a, b finding.Finding) int { return cmp.Compare(distance(a), distance(b)) })
	return near[:min(3, len(near))]
}
