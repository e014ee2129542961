package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/spelling"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// scanFlags are the flags of scan as they were typed.
type scanFlags struct {
	formats       []string
	output        string
	failOn        string
	operator      string
	minConfidence string
	platforms     []string
	uriBase       string
	links         string
	color         string
	jobs          int
	quiet         bool
	settings      settings
	comparison    comparison
	selection     selection
	preset        string
	watch         bool
	verbose       bool
	trace         bool

	past map[string]*past // by directory, what the scans before learnt; nil for a single scan
}

// past is what one scan of a directory leaves to the next.
type past struct {
	cache project.Cache
	runs  flow.Cache
}

// remember gives each directory what the scans before learnt of it.
func (f *scanFlags) remember(dirs []analyzer.Dir) {
	for i := range dirs {
		if f.past == nil {
			return
		}
		d := &dirs[i]
		if f.past[d.Path] == nil {
			f.past[d.Path] = &past{}
		}
		d.Cache, d.Runs = &f.past[d.Path].cache, &f.past[d.Path].runs
	}
}

// ending are the signals with which a person or a CI ends a run: nothing half written is left.
var ending = []os.Signal{os.Interrupt, syscall.SIGTERM}

// scan is the main command.
func (c *command) scan() *cobra.Command {
	var f scanFlags
	cmd := &cobra.Command{
		Use:   "scan [DIR ...]",
		Short: c.say("扫描小程序目录（默认命令）", "scan directories of mini programs (the default command)"),
		Long: c.say("扫描 DIR（默认当前目录）中的小程序，报告写到标准输出或文件，其余信息写到标准错误。",
			"Scan the mini programs in DIR (default: the current directory). Reports go to stdout or to\nfiles, everything else to stderr."),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, dirs []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), ending...)
			defer stop()
			cmd.SetContext(ctx)
			if f.watch {
				return c.watchScan(cmd, &f, dirs)
			}
			return interrupted(ctx, c.runScan(cmd, &f, dirs))
		},
	}
	c.exitsWith(cmd, "0 没有达到 --fail-on 的内容；1 有", "0 nothing at or above --fail-on; 1 something")
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringArrayVarP(&f.formats, "format", "f", nil, fmt.Sprintf(c.say(
		"报告格式 `NAME[=FILE]`，可重复：%s（默认 text；只给出带 =FILE 的格式时，文本仍写到标准输出）",
		"report format `NAME[=FILE]`, repeatable: %s (default text; if all have =FILE, text still goes to stdout)"),
		strings.Join(report.FormatNames(), ", ")))
	flags.StringVarP(&f.output, "output", "o", "", c.say("把没有写 =FILE 的报告写到 `FILE`", "write the report that has no =FILE to `FILE`"))
	flags.StringVar(&f.failOn, "fail-on", "verdict", c.say(
		"以 1 退出的条件 `WHEN`，可用逗号并列：verdict（触发备案）、undetermined（尚不能确定）、critical、high、medium、low（有该严重程度或更高的问题；与 --staged、--since 合用时，还有中等以上置信度的新收集点）、never",
		"exit with 1 `WHEN` there is any of these, with commas between: verdict (filing is triggered), undetermined (the verdict is), critical, high, medium, low (a problem of that severity or above; with --staged and --since also a new collection point of confidence medium or above), never"))
	flags.StringVar(&f.preset, "preset", "", c.say("一组常用选项 `NAME`：review（人工审查：写出全部，不失败）、gate（把关：每处一行，触发备案、不能确定或有高严重程度的问题时失败）、inventory（只列收集了什么）；另外写出的选项优先",
		"common flags together, by `NAME`: review (for people: everything, fails never), gate (a line each, fails on the verdict, on an undetermined one and on severity high), inventory (only what is collected); flags that are given come first"))
	flags.BoolVar(&f.watch, "watch", false, c.say("文件有改动时重新扫描，直到按 Ctrl+C", "scan again whenever files change, until Ctrl+C"))
	f.comparison.define(c, flags)
	f.selection.define(c, flags)
	flags.StringVar(&f.operator, "operator", "", c.say("主办者 `WHO`：individual（个人）、enterprise（企业）或 organisation（其他组织）",
		"`WHO` runs the mini program: individual, enterprise or organisation"))
	flags.StringVar(&f.minConfidence, "min-confidence", "low", c.say("只报告不低于此置信度 `LEVEL` 的发现：low、medium、high（不影响结论）",
		"report findings of this `LEVEL` or above: low, medium, high (the verdict is not affected)"))
	flags.StringVar(&f.uriBase, "uri-base", "", c.say("代码评审格式的路径前缀：从仓库根目录到扫描目录的路径 `PATH`（默认按 .git 判断）",
		"`PATH` from the top of the repository to the scanned directory, for code review (default: by .git)"))
	flags.StringVar(&f.links, "links", "", c.say("网页报告中的位置链接到 `WHERE`：vscode，或网址，其中 {path}（从仓库根目录算起）、{file}（从扫描目录算起）、{line}、{column} 会被替换",
		"link places in the HTML report to `WHERE`: vscode, or an address in which {path} (from the top of the repository), {file} (from the scanned directory), {line} and {column} are replaced"))
	flags.StringSliceVar(&f.platforms, "platform", nil, fmt.Sprintf(c.say("按平台 `NAME` 读取框架的源码（#ifdef 等），可以并列：%s（默认：程序自己写明的各平台）",
		"read the sources of a framework for platform `NAME` (#ifdef and the like), several if wanted: %s (default: those that the program names)"),
		strings.Join(platform.Names(), ", ")))
	flags.IntVar(&f.jobs, "jobs", 0, c.say("同时读取 `N` 个文件（默认按处理器数）", "read `N` files at a time (default: one per processor)"))
	flags.BoolVarP(&f.quiet, "quiet", "q", false, c.say("文本报告只写发现和结论，一行一条", "text report: only findings and verdict, one line each"))
	flags.BoolVarP(&f.verbose, "verbose", "v", false, c.say("文本报告写出全部细节：每个收集点的源码、依据和去向，每项规则的理由",
		"text report: write everything in full: source, evidence and destinations of each place, reasons of each rulebook"))
	flags.BoolVar(&f.trace, "trace", false, c.say("文本报告写出全部细节，并逐步写出每条数据的去向",
		"text report: write everything in full, with every step on the way of each value"))
	flags.StringVar(&f.color, "color", "auto", c.say("`WHEN` 时用颜色：auto、always、never", "use colours `WHEN`: auto, always, never"))
	f.settings.define(c, flags)
	completeValues(cmd)
	return cmd
}

func (c *command) runScan(cmd *cobra.Command, f *scanFlags, dirs []string) error {
	opened, err := c.prepare(cmd, f, dirs)
	if err != nil {
		return err
	}
	if f.comparison.staged {
		if p, err := c.plan(f); err == nil && p.textOnly() && f.comparison.idle(cmd.Context(), opened) {
			if !f.quiet {
				fmt.Fprintf(c.stderr, "beian: %s\n", c.say("暂存区里没有与小程序有关的改动，无需检查",
					"nothing is staged that a mini program is made of, so there is nothing to check"))
			}
			return nil
		}
		f.settings.read, f.settings.noted = c.readStaged(cmd.Context()), sha256.New()
	}
	if err := c.configure(&f.settings, opened); err != nil {
		return err
	}
	c.fill(cmd, f, opened)
	plan, err := c.plan(f)
	if err != nil {
		return err
	}
	if err := c.place(cmd, f, plan, opened); err != nil {
		return err
	}
	options := analyzer.Options{
		Version:   version,
		Detectors: detectors.All(),
		Inputs:    verdict.Inputs{Operator: verdict.Operator(f.operator)},
		Jobs:      f.jobs,
		Platforms: f.platforms,
	}
	if !f.comparison.asked() {
		return c.scanNow(cmd.Context(), f, plan, opened, options, nil, nil)
	}
	before, err := f.comparison.compare(cmd.Context(), opened)
	if err != nil {
		return err
	}
	defer before.close()
	var k *keep
	if !f.comparison.noCache {
		k = newKeep(c.cache, f.settings.noted, options)
	}
	if said, err := c.recall(k, before, f, plan); said || err != nil {
		return err
	}
	remember := c.listen(k, before, f, plan)
	err = c.scanNow(cmd.Context(), f, plan, opened, options, before, k)
	if err == nil {
		remember()
	}
	return err
}

// prepare checks what can be checked of the flags before anything is read, and opens the
// directories.
func (c *command) prepare(cmd *cobra.Command, f *scanFlags, dirs []string) ([]analyzer.Dir, error) {
	if err := preset(cmd, f.preset); err != nil {
		return nil, err
	}
	f.selection.collected = f.preset == "inventory" && !cmd.Flags().Changed("select")
	if f.comparison.asked() && !cmd.Flags().Changed("fail-on") {
		f.failOn = "medium"
	}
	if _, err := c.plan(f); err != nil {
		return nil, err
	}
	if name := cmd.Flag("lang").Value.String(); name != "auto" {
		if _, ok := lang.Parse(name); !ok {
			return nil, badValue("--lang", name, append(lang.Names(), "auto")...)
		}
	}
	opened, err := c.open(cmd, dirs)
	if err != nil {
		return nil, err
	}
	f.remember(opened)
	if flag := cmd.Flags().Lookup("since"); flag != nil && flag.Changed && f.comparison.since == "" {
		return nil, mistake{ZH: "--since 后面是空的；它需要一个提交、分支或标签，例如 --since origin/main",
			EN: "--since is empty; it needs a commit, branch or tag, such as --since origin/main"}
	}
	if f.comparison.staged && f.comparison.since != "" {
		return nil, mistake{ZH: "--staged 和 --since 不能同时使用", EN: "--staged and --since cannot be used together"}
	}
	return opened, nil
}

// scanNow scans, and reports everything, or what is new if there is something to compare
// with. What it learns of staged files and of commits is kept in k.
func (c *command) scanNow(ctx context.Context, f *scanFlags, p *plan, dirs []analyzer.Dir, o analyzer.Options,
	before *earlier, k *keep) error {
	if before != nil {
		if err := before.measure(); err != nil {
			return err
		}
	}
	line := c.progress()
	o.Progress = line.tell
	scan, err := analyzer.Analyze(ctx, dirs, o)
	line.end()
	o.Progress = nil
	if c.nothingStaged(f, err) {
		return nil
	}
	if err != nil {
		return err
	}
	r := scan.Report()
	if before != nil {
		if err := before.keepNew(ctx, c, scan, r, o, k); err != nil {
			return err
		}
	}
	if err := f.selection.apply(c, r, dirs); err != nil {
		return err
	}
	if err := c.write(p, r); err != nil {
		return err
	}
	c.sayExpired(r)
	if p.fails(r) {
		c.status = exitFindings
		if r.Changes != nil {
			c.advise(r, dirs)
		}
	}
	return nil
}

// place says in the plan where the scanned directories lie.
func (c *command) place(cmd *cobra.Command, f *scanFlags, p *plan, dirs []analyzer.Dir) (err error) {
	if !cmd.Flags().Changed("uri-base") {
		p.options.URIBase = uriBase(dirs)
	}
	p.options.Suppressed = f.settings.suppressed
	p.options.Base = base(dirs)
	p.options.Date = c.today()
	if !p.textOnly() {
		p.options.Origin, p.options.Commit = checkedOut(cmd.Context(), dirs)
		p.options.Root = fileURL(dirs)
	}
	p.options.Links, err = links(f.links, dirs)
	return err
}

// open checks that each argument is a directory. Another word may have been
// meant as a command.
func (c *command) open(cmd *cobra.Command, dirs []string) ([]analyzer.Dir, error) {
	if len(dirs) == 0 {
		dirs = []string{"."}
	}
	var opened []analyzer.Dir
	for _, dir := range dirs {
		fsys, err := project.OpenDir(dir)
		if err != nil {
			if hint := c.commandLike(cmd, dir); hint != "" && errors.Is(statError(dir), fs.ErrNotExist) {
				return nil, mistake{
					ZH: fmt.Sprintf("没有 %q 这个目录，也没有这个命令；是不是想用 beian %s？", dir, hint),
					EN: fmt.Sprintf("there is no directory and no command %q; did you mean beian %s?", dir, hint),
				}
			}
			return nil, err
		}
		name := dir
		if abs, err := filepath.Abs(dir); err == nil {
			name = abs
		}
		if here, err := os.Getwd(); err == nil && len(dirs) > 1 && filepath.IsAbs(dir) {
			if relative, err := filepath.Rel(here, dir); err == nil {
				dir = relative // the paths of a report start from one place
			}
		}
		opened = append(opened, analyzer.Dir{
			Path: filepath.ToSlash(filepath.Clean(dir)), Name: filepath.Base(name), FS: fsys,
		})
	}
	return opened, nil
}

// base is the path from the current directory to the one that the paths of a report on
// dirs start from; that of several directories is the current one.
func base(dirs []analyzer.Dir) string {
	if len(dirs) != 1 || dirs[0].Path == "." {
		return ""
	}
	dir := dirs[0].Path
	if near, err := relative(".", filepath.FromSlash(dir)); err == nil && filepath.IsLocal(near) {
		dir = filepath.ToSlash(near)
	}
	if dir == "." {
		return ""
	}
	return dir
}

// checkedOut names the repository and the commit that is checked out, if all scanned
// files lie in one.
func checkedOut(ctx context.Context, dirs []analyzer.Dir) (origin, commit string) {
	r, _, err := git.Open(ctx, filepath.FromSlash(dirs[0].Path))
	if err != nil {
		return "", ""
	}
	for _, d := range dirs[1:] {
		if top, _ := git.Top(filepath.FromSlash(d.Path)); top != r.Top {
			return "", ""
		}
	}
	if commit, err = r.Head(ctx); err != nil {
		return "", ""
	}
	return r.Origin(ctx), commit
}

// fileURL is the address of the directory from which the paths of SARIF start: the top
// of the repository, or the scanned directory, or the current one.
func fileURL(dirs []analyzer.Dir) string {
	dir := "."
	if len(dirs) == 1 {
		dir = filepath.FromSlash(dirs[0].Path)
	}
	if top, _ := git.Top(dir); top != "" {
		dir = top
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	at := url.URL{Scheme: "file", Path: "/" + strings.Trim(filepath.ToSlash(dir), "/") + "/"}
	return at.String()
}

// links is the address of a place for --links.
func links(flag string, dirs []analyzer.Dir) (string, error) {
	switch {
	case flag == "vscode" && len(dirs) == 1:
		dir, err := filepath.Abs(filepath.FromSlash(dirs[0].Path))
		if err != nil {
			return "", err
		}
		at := url.URL{Scheme: "vscode", Host: "file", Path: "/" + strings.TrimPrefix(filepath.ToSlash(dir), "/")}
		return at.String() + "/{file}:{line}:{column}", nil
	case flag == "vscode":
		return "", mistake{ZH: "--links vscode 只能用于一个目录", EN: "--links vscode is for one directory"}
	case flag == "":
		return "", nil
	}
	at, err := url.Parse(strings.NewReplacer("{", "", "}", "").Replace(flag))
	if err != nil || !slices.Contains([]string{"http", "https", "vscode", "file"}, at.Scheme) {
		return "", mistake{ZH: fmt.Sprintf("--links 不能是 %q：写 vscode，或 https:// 开头的网址", flag),
			EN: fmt.Sprintf("--links cannot be %q: write vscode, or an address that begins with https://", flag)}
	}
	if !strings.Contains(flag, "{path}") && !strings.Contains(flag, "{file}") {
		return "", mistake{ZH: "--links 的网址里要有 {path} 或 {file}", EN: "the address of --links needs {path} or {file}"}
	}
	return flag, nil
}

func statError(path string) error {
	_, err := os.Stat(path)
	return err
}

// commandLike returns the sub-command that word may have been meant for, or "".
func (c *command) commandLike(cmd *cobra.Command, word string) string {
	var names []string
	for _, sub := range cmd.Root().Commands() {
		names = append(names, sub.Name())
	}
	return spelling.Nearest(word, names)
}

// plan is what scan has to write and when to fail, checked.
type plan struct {
	outputs []output
	options report.Options
	gate    config.Gate
	color   string
}

// output is one report to be written.
type output struct {
	format report.Format
	text   bool
	file   string // "" for stdout
}

// textOnly reports whether all reports are read by people.
func (p *plan) textOnly() bool {
	return !slices.ContainsFunc(p.outputs, func(o output) bool { return !o.text })
}

func (c *command) plan(f *scanFlags) (*plan, error) {
	p := &plan{color: f.color, options: report.Options{Lang: c.lang, Quiet: f.quiet, Verbose: f.verbose, Trace: f.trace,
		URIBase: filepath.ToSlash(f.uriBase)}}
	if err := p.addOutputs(f); err != nil {
		return nil, err
	}
	var ok bool
	if p.options.MinConfidence, ok = finding.ParseConfidence(f.minConfidence); !ok {
		return nil, badValue("--min-confidence", f.minConfidence, "low", "medium", "high")
	}
	var wrong string
	if p.gate, wrong = config.ParseGate(f.failOn); wrong != "" {
		return nil, badValue("--fail-on", wrong, config.Gates()...)
	}
	if !slices.Contains([]verdict.Operator{verdict.Unknown, verdict.Individual, verdict.Enterprise, verdict.Organisation},
		verdict.Operator(f.operator)) {
		return nil, badValue("--operator", f.operator, "individual", "enterprise", "organisation")
	}
	for i, name := range f.platforms {
		if f.platforms[i] = platform.NameOf(name); f.platforms[i] == "" {
			return nil, badValue("--platform", name, platform.Names()...)
		}
	}
	if !slices.Contains([]string{"auto", "always", "never"}, f.color) {
		return nil, badValue("--color", f.color, "auto", "always", "never")
	}
	if f.jobs < 0 {
		return nil, mistake{ZH: "--jobs 不能是负数", EN: "--jobs cannot be negative"}
	}
	p.options.Color = c.coloured(f.color)
	p.options.Width = c.width()
	p.options.Timed = c.screen != nil
	p.options.Command = c.self()
	return p, nil
}

// addOutputs makes outputs from --format and --output.
func (p *plan) addOutputs(f *scanFlags) error {
	formats, loose := f.formats, 0
	for _, format := range formats {
		name, file, named := strings.Cut(format, "=")
		write, known := report.Formats[name]
		switch {
		case !known:
			return badValue("--format", name, report.FormatNames()...)
		case named && file == "":
			return mistake{ZH: "--format " + format + " 缺少文件名", EN: "--format " + format + " has no file name"}
		case !named:
			file = f.output
			loose++
		}
		p.outputs = append(p.outputs, output{write, name == "text", file})
	}
	if loose == 0 {
		p.outputs = append(p.outputs, output{report.Text, true, f.output})
	}
	seen := map[string]bool{}
	for _, o := range p.outputs {
		if seen[o.file] {
			return mistake{ZH: "两种格式写到了同一个地方；请用 --format NAME=FILE 分开", EN: "two formats go to the same place; separate them with --format NAME=FILE"}
		}
		seen[o.file] = true
	}
	return nil
}

// badValue is the error for a flag with a value it does not know.
func badValue(flag, value string, known ...string) error {
	list := strings.Join(known, ", ")
	m := mistake{
		ZH: fmt.Sprintf("%s 不能是 %q，可用的值：%s", flag, value, list),
		EN: fmt.Sprintf("%s cannot be %q; it is one of: %s", flag, value, list),
	}
	if near := spelling.Nearest(value, known); near != "" {
		m.ZH += fmt.Sprintf("；是不是想写 %s？", near)
		m.EN += fmt.Sprintf("; did you mean %s?", near)
	}
	return m
}

// fails reports whether r holds what the gate asks for. In a report of changes, only
// what they added counts; there a new collection point counts like a problem, as it
// has to be declared before publication.
func (p *plan) fails(r *report.Report) bool {
	triggered, undetermined := r.Unaccepted(verdict.Triggered), r.Unaccepted(verdict.Undetermined)
	if r.Changes != nil {
		triggered, undetermined = triggered && r.Changes.Triggered, undetermined && r.Changes.Undetermined
	}
	if (p.gate.Triggered && triggered) || (p.gate.Undetermined && undetermined) {
		return true
	}
	worst, collects := r.Worst()
	newPoint := r.Changes != nil && collects
	return p.gate.Severity != finding.NoSeverity && (worst >= p.gate.Severity || newPoint)
}

// write makes every report, and every file under another name, before it puts the first
// in its place: if one cannot be made, none is written.
func (c *command) write(p *plan, r *report.Report) error {
	made := make([]bytes.Buffer, len(p.outputs))
	for i, o := range p.outputs {
		options := p.options
		if o.text && o.file != "" {
			options.Color, options.Timed, options.Width = p.color == "always", false, 0
		}
		if err := o.format(&made[i], r, options); err != nil {
			return err
		}
	}
	files := make([]*pendingFile, len(p.outputs))
	for i, o := range p.outputs {
		if o.file == "" {
			continue
		}
		f, err := prepareFile(o.file, made[i].Bytes())
		if err != nil {
			return unwritable(o.file, err)
		}
		defer f.drop()
		files[i] = f
	}
	for i, o := range p.outputs {
		if o.file == "" {
			if _, err := c.stdout.Write(made[i].Bytes()); err != nil {
				return mistake{ZH: "无法写到标准输出：" + cause(err).ZH, EN: "cannot write to stdout: " + cause(err).EN}
			}
			continue
		}
		if err := files[i].commit(); err != nil {
			return unwritable(o.file, err)
		}
	}
	return nil
}
