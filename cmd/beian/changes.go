package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
)

// comparison is the flags that report only what is new.
type comparison struct {
	staged  bool
	since   string
	noCache bool
}

func (f *comparison) define(c *command, flags *pflag.FlagSet) {
	flags.BoolVar(&f.staged, "staged", false, c.say("扫描 git 暂存区（不是工作区），只报告与 HEAD 相比新增的内容，供提交前的钩子使用",
		"scan the git index (not the working tree) and report only what is new against HEAD, for hooks"))
	flags.StringVar(&f.since, "since", "", c.say("只报告从与 `REF` 分叉以来新增的内容", "report only what is new since the history parted from `REF`"))
	flags.BoolVar(&f.noCache, "no-cache", false, c.say("--staged 不使用以前扫描时记下的结果", "--staged: do not use what was kept of earlier scans"))
}

// asked reports whether any of the flags was given.
func (f *comparison) asked() bool { return f.staged || f.since != "" }

// earlier is what a scan is compared with: one state, or before a merge several. Each
// has the scanned directories as they were; those that were not there are missing.
type earlier struct {
	against string // as a person calls it
	states  [][]*snapshot
	now     []*snapshot // for --staged: the directories as they are in the index
	trees   []*git.Tree
}

// snapshot is a scanned directory as it is in the index or was in a commit.
type snapshot struct {
	dir     analyzer.Dir
	files   *git.Tree
	renamed map[string]string        // from path in the repository to path now
	moved   func(path string) string // from path in dir to path in the report now

	digest string                    // of files, once it was asked for
	open   func() (*git.Tree, error) // opens the whole repository
	all    *git.Tree                 // the whole repository, once it is open
	around *git.Trace                // what the scan looks at in it, once it has
}

// snapshot makes files, those of a directory, what dir holds. If code outside of it is
// followed, that is in the tree that open gives.
func (e *earlier) snapshot(dir analyzer.Dir, within string, files *git.Tree, open func() (*git.Tree, error)) *snapshot {
	e.trees = append(e.trees, files)
	dir.FS = files
	s := &snapshot{files: files}
	s.open = func() (*git.Tree, error) {
		tree, err := open()
		if err == nil {
			e.trees = append(e.trees, tree)
		}
		return tree, err
	}
	if dir.Around != nil {
		dir.Around = &project.Surroundings{Path: within, Open: func() (fs.FS, error) {
			all, err := s.repository()
			if err != nil {
				return nil, err
			}
			s.around = all.Trace()
			return s.around, all.Measure()
		}}
	}
	s.dir = dir
	return s
}

// content is a hash of all that a scan reads of the directory.
func (s *snapshot) content() string {
	if s.digest == "" {
		s.digest = s.files.Digest(project.Reads)
	}
	return s.digest
}

// repository is the whole repository of the directory.
func (s *snapshot) repository() (_ *git.Tree, err error) {
	if s.all == nil {
		s.all, err = s.open()
	}
	return s.all, err
}

func (e *earlier) close() {
	for _, t := range e.trees {
		t.Close()
	}
}

// beside are the ends of the names of files that are neither part of a program nor
// settings for its scan.
var beside = []string{".md", ".pdf", ".docx", ".xlsx",
	".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".mp3", ".mp4", ".ttf", ".woff", ".woff2",
	".css", ".scss", ".sass", ".less", ".styl", ".wxss", ".acss", ".ttss", ".qss", ".jxss"}

// idle reports whether nothing is staged that a scan of dirs could read. Then a commit
// brings nothing new.
func (f *comparison) idle(ctx context.Context, dirs []analyzer.Dir) bool {
	for i := range dirs {
		r, _, err := git.Open(ctx, filepath.FromSlash(dirs[i].Path))
		if err != nil {
			return false // told later
		}
		head, err := r.Head(ctx)
		if err != nil || head == "" {
			return false
		}
		changed, err := r.Changed(ctx, head)
		if err != nil || slices.ContainsFunc(changed, func(name string) bool {
			return project.Reads(name) || !slices.Contains(beside, strings.ToLower(path.Ext(name)))
		}) {
			return false
		}
	}
	return true
}

// compare opens the states to compare dirs with. For --staged it replaces the
// working tree by the index.
func (f *comparison) compare(ctx context.Context, dirs []analyzer.Dir) (_ *earlier, err error) {
	e := &earlier{against: cmp.Or(f.since, "HEAD")}
	defer func() {
		if err != nil {
			e.close()
		}
	}()
	places := make([]place, len(dirs))
	for i := range dirs {
		r, within, err := git.Open(ctx, filepath.FromSlash(dirs[i].Path))
		if err != nil {
			return nil, err
		}
		places[i] = place{repository: r, top: r.Top, within: within}
		if len(dirs) > 1 {
			places[i].prefix = dirs[i].Path
		}
	}
	for i := range dirs {
		commits, err := f.commits(ctx, places[i].repository)
		if err != nil {
			return nil, err
		}
		if len(commits) > 1 {
			e.against = "HEAD + MERGE_HEAD"
		}
		before := dirs[i]
		before.Baseline = nil
		if f.staged {
			if err := e.stage(ctx, &dirs[i], places[i]); err != nil {
				return nil, err
			}
		}
		for n, commit := range commits { // before the first commit there is none, and everything is new
			if n == len(e.states) {
				e.states = append(e.states, nil)
			}
			was, err := e.checkOut(ctx, before, places, i, commit)
			if err != nil {
				return nil, err
			}
			e.states[n] = append(e.states[n], was)
		}
	}
	return e, nil
}

// stage makes dir the files of the index.
func (e *earlier) stage(ctx context.Context, dir *analyzer.Dir, at place) error {
	index, err := at.repository.Index(ctx, at.within)
	if err != nil {
		return err
	}
	s := e.snapshot(*dir, at.within, index, func() (*git.Tree, error) { return at.repository.Index(ctx, ".") })
	e.now = append(e.now, s)
	*dir = s.dir
	return nil
}

// checkOut returns the directory dir, the i-th of places, as it is in a commit.
func (e *earlier) checkOut(ctx context.Context, dir analyzer.Dir, places []place, i int, commit string) (*snapshot, error) {
	r, within := places[i].repository, places[i].within
	files, err := r.Commit(ctx, commit, within)
	if err != nil {
		return nil, err
	}
	s := e.snapshot(dir, within, files, func() (*git.Tree, error) { return r.Commit(ctx, commit, ".") })
	s.renamed, err = r.Renamed(ctx, commit)
	s.moved = func(file string) string { return renamedIn(places, places[i], s.renamed, file) }
	return s, err
}

// commits are the commits to compare with: none before the first one, several before a
// merge, whose commit has all of them as parents.
func (f *comparison) commits(ctx context.Context, r *git.Repository) ([]string, error) {
	if !f.staged {
		base, err := r.MergeBase(ctx, f.since)
		return []string{base}, err
	}
	head, err := r.Head(ctx)
	if err != nil || head == "" {
		return nil, err
	}
	merged, err := r.Merging(ctx)
	return append([]string{head}, merged...), err
}

// place is the place of a scanned directory in its repository, and the prefix
// of its paths in the report.
type place struct {
	repository          *git.Repository
	top, within, prefix string
}

// renamedIn gives the path in the report of a file that was at file below the
// directory at.
func renamedIn(places []place, at place, renamed map[string]string, file string) string {
	now, ok := renamed[path.Join(at.within, file)]
	if !ok {
		return path.Join(at.prefix, file)
	}
	for _, p := range places {
		if rest, ok := strings.CutPrefix(now, p.within+"/"); ok && p.top == at.top {
			return path.Join(p.prefix, rest)
		} else if p.within == "." && p.top == at.top {
			return path.Join(p.prefix, now)
		}
	}
	return now
}

// keepNew leaves in r, the report of scan, only what the earlier states do not have. What
// is learnt of states is kept in k.
func (e *earlier) keepNew(ctx context.Context, c *command, scan *analyzer.Scan, r *report.Report, o analyzer.Options, k *keep) error {
	if len(e.now) == 1 { // several directories have one report
		k.learn(e.now[0], scan)
	}
	var states [][]report.Earlier
	for _, was := range e.states {
		var before []report.Earlier
		for _, s := range was {
			past := k.state(s)
			if past == nil {
				var err error
				if past, err = e.analyze(ctx, c, s, o, k); err != nil {
					return err
				}
			}
			if past != nil {
				before = append(before, report.Earlier{State: past, Moved: s.moved})
			}
		}
		states = append(states, before)
	}
	r.KeepNew(states, e.against)
	return nil
}

// measure makes ready for a scan what is in the index.
func (e *earlier) measure() error {
	for _, s := range e.now {
		if err := s.files.Measure(); err != nil {
			return err
		}
	}
	return nil
}

// nothingNew reports whether it is known that the index has nothing that the earlier states
// do not have.
func (e *earlier) nothingNew(k *keep) bool {
	if len(e.now) != 1 {
		return false
	}
	now := k.state(e.now[0])
	var states [][]report.Earlier
	for _, was := range e.states {
		past := k.state(was[0])
		if past == nil {
			return false
		}
		states = append(states, []report.Earlier{{State: past, Moved: was[0].moved}})
	}
	return now != nil && !now.Adds(states)
}

// analyze returns the state of one directory, nil if no program could be loaded there.
func (e *earlier) analyze(ctx context.Context, c *command, s *snapshot, o analyzer.Options, k *keep) (*report.State, error) {
	if err := s.files.Measure(); err != nil {
		return nil, err
	}
	scan, err := analyzer.Analyze(ctx, []analyzer.Dir{s.dir}, o)
	var load *project.LoadError
	if errors.As(err, &load) {
		if !absent(load) {
			fmt.Fprintf(c.stderr, "beian: %s\n", lang.Textf("%s 里的程序无法读取（%s），因此全部当作新增",
				"the program as of %s cannot be loaded (%s), so everything counts as new", e.against, load.Message).In(c.lang))
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return k.learn(s, scan), nil
}

// absent reports whether there is no program, rather than one that cannot be
// loaded.
func absent(err *project.LoadError) bool {
	return err.Kind == project.EmptyDir || err.Kind == project.NoProgram
}

// nothingStaged says that the index holds no program, so that the commit cannot
// add anything that collects.
func (c *command) nothingStaged(f *scanFlags, err error) bool {
	var load *project.LoadError
	if !f.comparison.staged || !errors.As(err, &load) || !absent(load) {
		return false
	}
	fmt.Fprintf(c.stderr, "beian: %s\n", c.say("暂存区里没有小程序，无需检查", "the index contains no mini program, so there is nothing to check"))
	return true
}

// maxAdvised is how many comments the advice writes out.
const maxAdvised = 3

// advise says what to do about new findings, with comments that can be pasted.
func (c *command) advise(r *report.Report, dirs []analyzer.Dir) {
	n := r.Changes
	known, mistake := suppress.Keyword(finding.Known), suppress.Keyword(finding.NotPersonal)
	from := base(dirs)
	comments, first := c.comments(r, from)
	lines := []string{
		fmt.Sprintf(c.say("与 %s 相比，新增 %d 项，%d 项有变化；没有变化的 %d 项没有列出。",
			"against %s, %d new and %d changed; %d known ones are not shown."), n.Against, n.New, n.More, n.Known),
		c.say("确需收集：先在平台的隐私保护指引中声明，再写明原因接受它。程序仍然收集，结论和材料不变：",
			"If it is meant: declare it in the platform's privacy guide, then accept it with a reason. "+
				"The program still collects it, so verdict and papers stay the same:"),
	}
	lines = append(lines, comments...)
	step := "create"
	if slices.ContainsFunc(dirs, func(d analyzer.Dir) bool { return d.Baseline != nil }) {
		step = "update"
	}
	lines = append(lines, c.say("  全部一起：", "  all at once: ")+c.self()+" baseline "+step+c.say(" --reason 原因", " --reason REASON"))
	if len(comments) > 0 {
		lines = append(lines, fmt.Sprintf(c.say("工具看错了，不是个人信息：把 %s 换成 %s，它就不再计入结论。",
			"If the tool is mistaken and it is no personal information: replace %s by %s, and it no longer counts."), known, mistake))
	}
	last := c.say("不需要：去掉它。", "If it is not needed: remove it.")
	if first != nil {
		last += c.say("了解更多：", " More: ") + c.self() + " explain " + first.Rule.ID
		if !first.Location.IsZero() {
			last += c.say("；", "; ") + c.self() + " why " + lineOf(first, from)
		}
	}
	fmt.Fprintf(c.stderr, "beian: %s\n", strings.Join(append(lines, last), "\n  "))
}

// lineOf is the file and line of a finding, for somebody who is where from is the path
// to the place that the paths of the report start from.
func lineOf(f *finding.Finding, from string) string {
	return fmt.Sprintf("%s:%d", source.Printable(path.Join(from, f.Location.File.Path)), f.Location.Start().Line)
}

// self is how the person calls this program: one that npm has installed into a project
// is run by npx.
func (c *command) self() string {
	program, _ := os.Executable()
	installed := strings.Contains(filepath.ToSlash(program), "/node_modules/@beian/")
	if installed || c.getenv("npm_command") == "exec" {
		return "npx beian"
	}
	return "beian"
}

// comments are the first comments that accept what is new, each with its place,
// and the first finding that needs one, or is new at all.
func (c *command) comments(r *report.Report, from string) (lines []string, first *finding.Finding) {
	more := 0
	found := findingsOf(r)
	for i := range found {
		f := &found[i]
		if !f.Pending() {
			continue
		}
		text, form := suppress.Comment(f, finding.Known, c.say("原因", "REASON"))
		if first == nil || form != suppress.NoComment && len(lines) == 0 {
			first = f
		}
		switch {
		case form == suppress.NoComment:
		case len(lines) == maxAdvised:
			more++
		default:
			lines = append(lines, "  "+fmt.Sprintf(formWords[form].In(c.lang), lineOf(f, from))+text)
		}
	}
	if more > 0 {
		lines = append(lines, "  "+c.say(fmt.Sprintf("另有 %d 处，写法相同", more), fmt.Sprintf("and %d more in the same way", more)))
	}
	return lines, first
}

// formWords say where a comment has to go; %s is the place of the finding.
var formWords = map[suppress.Form]lang.Text{
	suppress.BeforeElement: {ZH: "%s 的元素之前：", EN: "before the element at %s: "},
	suppress.WithinTag:     {ZH: "%s 的标签名之后：", EN: "behind the name of the tag at %s: "},
	suppress.LineBefore:    {ZH: "%s 的前一行：", EN: "on the line before %s: "},
}

// uriBase is the path from the top of the repository to the directory that paths
// in the report start from: the scanned one, or the current one if there are
// several. It is "" outside a repository.
func uriBase(dirs []analyzer.Dir) string {
	from := "."
	if len(dirs) == 1 {
		from = filepath.FromSlash(dirs[0].Path)
	}
	_, within := git.Top(from)
	return within
}
