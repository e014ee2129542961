package main

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
	"github.com/beian/beian/analyzer/why"
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
			"Explain every finding on line LINE of FILE: the evidence, who can reach it, and every step of its\nvalue. If there is none, say what is there and why it is not reported. DIR is the directory of the\nprogram; by default beian looks for it from FILE upwards."),
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
	i, err := c.around(cmd, set, args)
	if err != nil {
		return err
	}
	e := why.Explain(i.at, i.scan)
	if len(e.Findings) == 0 && len(e.Arrivals) == 0 {
		c.status = exitFindings
	}
	return report.Why(c.stdout, e, report.Options{Lang: c.lang, Color: c.coloured(color), Width: c.width(), Base: base(i.opened)})
}

// inspection is a place, and the scan of the program that it belongs to.
type inspection struct {
	at     why.Place // as the scan calls it
	dir    string    // as the person named it
	opened []analyzer.Dir
	scan   *analyzer.Scan
}

// around scans the program of a place, FILE[:LINE]: that in the directory which follows it,
// or the one that is found from the file upwards.
func (c *command) around(cmd *cobra.Command, set *settings, args []string) (*inspection, error) {
	i := &inspection{at: parsePlace(args[0])}
	i.dir = programDir(i.at.File)
	if len(args) == 2 {
		i.dir = args[1]
	}
	var err error
	if i.opened, err = c.open(cmd, []string{i.dir}); err != nil {
		return nil, err
	}
	if err := c.configure(set, i.opened); err != nil {
		return nil, err
	}
	if i.scan, err = analyzer.Analyze(cmd.Context(), i.opened, analyzer.Options{Version: version, Detectors: detectors.All()}); err != nil {
		return nil, err
	}
	return i, resolve(&i.at, i.dir, i.scan)
}

// files are the scripts, templates and configurations of a scan, and how many lines each has.
func files(scan *analyzer.Scan) map[string]int {
	out := map[string]int{}
	add := func(f *source.File) {
		if f != nil {
			out[f.Path] = max(out[f.Path], f.Lines())
		}
	}
	for _, a := range scan.Analyses {
		for _, v := range a.Program.Views {
			add(v.File)
		}
		for _, m := range a.Program.Modules {
			add(m.File)
		}
		for _, u := range a.Program.Units {
			add(u.ConfigFile)
		}
	}
	return out
}

// lineSuffix is what editors and our reports write behind a path: line, or line
// and column.
var lineSuffix = regexp.MustCompile(`^(.+?):(\d+)(?::\d+)?$`)

func parsePlace(word string) why.Place {
	if m := lineSuffix.FindStringSubmatch(word); m != nil {
		if line, err := strconv.Atoi(m[2]); err == nil {
			return why.Place{File: m[1], Line: line}
		}
	}
	return why.Place{File: word}
}

// programDir returns the directory of the program that file belongs to: the
// nearest above it with a project's configuration, else the nearest with an
// app.json or its like, else the current one. Sources of a framework are built
// from the directory with the package.json: its files of the environment, and
// its settings, say which address a request goes to.
func programDir(file string) string {
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return "."
	}
	here, err := filepath.Abs(".")
	full, err2 := filepath.Abs(file)
	if err != nil || err2 != nil {
		return "."
	}
	app, settled := "", false
	for dir := filepath.Dir(full); ; dir = filepath.Dir(dir) {
		if holds(dir, platform.Configs()...) {
			return fromHere(here, dir)
		}
		if app == "" && holds(dir, platform.Manifests()...) {
			app, settled = fromHere(here, dir), holds(dir, "app.json")
		}
		if app != "" && !settled && holds(dir, "package.json") {
			app, settled = fromHere(here, dir), true
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
// to the scanned one, into the path that the scan uses. It must belong to a
// program that was scanned.
func resolve(s *why.Place, dir string, scan *analyzer.Scan) error {
	files := files(scan)
	candidates := []string{path.Clean(filepath.ToSlash(s.File))}
	root, err := filepath.Abs(dir)
	full, err2 := filepath.Abs(s.File)
	if err == nil && err2 == nil {
		if rel, err := filepath.Rel(root, full); err == nil {
			candidates = append([]string{filepath.ToSlash(rel)}, candidates...)
		}
	}
	for _, f := range candidates {
		lines, ok := files[f]
		if !ok {
			continue
		}
		if s.File = f; s.Line > lines {
			return mistake{ZH: fmt.Sprintf("%s：文件只有 %d 行", s, lines),
				EN: fmt.Sprintf("%s: the file has %s", s, counted(lines, "line"))}
		}
		return nil
	}
	m := mistake{
		ZH: fmt.Sprintf("%s 不是所扫描的小程序的文件", s.File),
		EN: fmt.Sprintf("%s is no file of the scanned program", s.File),
	}
	if _, err := os.Stat(s.File); errors.Is(err, os.ErrNotExist) {
		m = mistake{ZH: fmt.Sprintf("没有文件 %s", s.File), EN: fmt.Sprintf("there is no file %s", s.File)}
	}
	if near := likely(candidates[len(candidates)-1], slices.Sorted(maps.Keys(files))); near != "" {
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
