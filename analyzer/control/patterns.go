package control

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/dop251/goja/parser"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// A validator in the source tells the purpose of a control, however it is
// written: programs write the pattern of a mobile number in dozens of ways. So we
// do not read it but try it on sample values.
//
// The values are made up. The ID numbers have valid check digits (GB 11643-1999);
// the first is the standard's own example.
var samples = []struct {
	category finding.Category
	accepts  [][]string // it must accept one value of each group
	rejects  []string   // and none of these
}{
	{finding.Phone,
		[][]string{{"13812345678", "13912345678"}, {"15812345678", "18612345678"}},
		[]string{"abc", "1391234567", "29912345678", "张三", "11010519491231002X", "a@example.com"}},
	{finding.IDCard,
		[][]string{{"440524198801010011", "110101199003070038", "320102198506151236"}},
		[]string{"abc", "13812345678", "62220212345678901234", "张三", "44052419880101001", "a@example.com"}},
	{finding.Email,
		[][]string{{"zhangsan@example.com", "zhang_san@example.com"}, {"li@test.com.cn", "li12@test.com"}},
		[]string{"abc", "13812345678", "张三", "@", "example.com"}},
	{finding.Name,
		[][]string{{"张三"}, {"李小明"}},
		[]string{"abc", "13812345678", "a@example.com", "张3", "张", "张三李四王五赵六钱七孙八周九吴十"}},
}

// Limits of the patterns of one program. Nearly all are tried by the linear engine
// of package regexp, whose work is counted, so that the answer is the same however
// busy the machine is. Only those with look-around, back references or counts over
// 1,000 need a backtracking engine (backtrack.go), whose steps are counted; honest ones
// take some hundred. A pattern that a limit stops is reported (unread).
var (
	maxPattern = 1000      // bytes of a pattern
	maxWork    = 1_000_000 // instructions of the linear patterns together: some 20,000 patterns, or 3 seconds of hostile ones
	maxSteps   = 200_000   // of one backtracking pattern, over all samples
	allSteps   = 4_000_000 // of all of them
)

// patterns tries the validation patterns of one program.
type patterns struct {
	known   map[string]trial           // by "/pattern/flags": a pattern is a pure function
	work    int                        // instructions that are left
	steps   int                        // that are left for backtracking patterns
	stopped map[source.Location]string // patterns that a limit stopped, by a place that uses them
}

func newPatterns() *patterns {
	return &patterns{known: map[string]trial{}, work: maxWork, steps: allSteps, stopped: map[source.Location]string{}}
}

// trial is the result of trying a pattern.
type trial struct {
	accepts []finding.Category
	stopped bool // by a limit, so that nothing is known about it
}

// accepted returns the categories whose values the regular expression at a place
// accepts while it rejects others. A pattern that accepts everything has none.
func (p *patterns) accepted(pattern, flags string, at source.Location) []finding.Category {
	key := "/" + pattern + "/" + flags
	t, ok := p.known[key]
	if !ok {
		t = p.try(pattern, flags)
		p.known[key] = t
	}
	if t.stopped {
		p.stopped[at] = key
	}
	return t.accepts
}

// errLimit says that a limit stopped a pattern. Every other error of a pattern
// means that it is none, and accepts nothing.
var errLimit = errors.New("the pattern takes too long")

// try matches a pattern against the samples. If a defect of an engine ends in a
// panic, that counts as a limit: it must not end the scan.
func (p *patterns) try(pattern, flags string) (out trial) {
	defer func() {
		if recover() != nil {
			out = trial{stopped: true}
		}
	}()
	accepts, err := p.compile(pattern, flags)
	for _, sample := range samples {
		if err == nil && fits(sample.accepts, sample.rejects, func(s string) bool {
			ok := false
			if err == nil {
				ok, err = accepts(s)
			}
			return ok
		}) {
			out.accepts = append(out.accepts, sample.category)
		}
	}
	if err != nil {
		return trial{stopped: errors.Is(err, errLimit)}
	}
	return out
}

func fits(groups [][]string, rejects []string, accepts func(string) bool) bool {
	for _, group := range groups {
		if !slices.ContainsFunc(group, accepts) {
			return false
		}
	}
	return !slices.ContainsFunc(rejects, accepts)
}

// matcher reports whether a pattern accepts a text.
type matcher func(text string) (bool, error)

// compile makes a matcher from a JavaScript pattern.
func (p *patterns) compile(pattern, flags string) (matcher, error) {
	f, err := flagsOf(flags)
	switch {
	case err != nil:
		return nil, err
	case len(pattern) > maxPattern:
		return nil, errLimit
	}
	// The form for package regexp, with \uXXXX and the wider \s of JavaScript written out.
	form, err := parser.TransformRegExp(pattern, f['s'], f['u'])
	var incompatible parser.RegexpErrorIncompatible
	switch {
	case errors.As(err, &incompatible):
		return p.goingBack(pattern, f)
	case err != nil:
		return nil, err
	}
	for _, flag := range "ims" {
		if f[flag] {
			form = "(?" + string(flag) + ":" + form + ")"
		}
	}
	if f['y'] {
		form = `\A(?:` + form + ")"
	}
	m, err := p.linear(form)
	var no *syntax.Error
	if errors.As(err, &no) && no.Code == syntax.ErrInvalidRepeatSize {
		return p.goingBack(pattern, f) // JavaScript knows no such limit
	}
	return m, err
}

// flagsOf reads the flags of a pattern, each of which may be given once.
func flagsOf(flags string) (map[rune]bool, error) {
	set := map[rune]bool{}
	for _, f := range flags {
		if !strings.ContainsRune("gimsuy", f) || set[f] {
			return nil, fmt.Errorf("no flags of a pattern: %q", flags)
		}
		set[f] = true
	}
	return set, nil
}

// linear compiles a pattern for package regexp, whose time grows with the pattern
// and the text and no faster.
func (p *patterns) linear(form string) (matcher, error) {
	if p.work <= 0 {
		return nil, errLimit
	}
	tree, err := syntax.Parse(form, syntax.Perl)
	if err != nil {
		p.work -= len(form)
		return nil, err
	}
	program, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	p.work -= len(program.Inst)
	re, err := regexp.Compile(form)
	if err != nil {
		return nil, err
	}
	return func(text string) (bool, error) { return re.MatchString(text), nil }, nil
}

// goingBack compiles a pattern for the backtracking engine.
func (p *patterns) goingBack(pattern string, f map[rune]bool) (matcher, error) {
	left := min(maxSteps, p.steps)
	accepts, err := backtracking(pattern, f, &left)
	if err != nil {
		return nil, err
	}
	return func(text string) (bool, error) {
		before := left
		ok, err := accepts(text)
		p.steps -= before - left
		return ok, err
	}, nil
}

// unread lists the patterns that a limit stopped, file by file: a pattern may be
// the only evidence for a control.
func (p *patterns) unread(program *project.Program) []project.Unread {
	first, all := map[*source.File]source.Location{}, map[*source.File]map[string]bool{}
	for at, pattern := range p.stopped {
		if all[at.File] == nil {
			all[at.File] = map[string]bool{}
		}
		all[at.File][pattern] = true
		f, ok := first[at.File]
		if !ok || cmp.Or(cmp.Compare(at.Span.Start, f.Span.Start), cmp.Compare(at.Span.End, f.Span.End)) < 0 {
			first[at.File] = at
		}
	}
	var out []project.Unread
	for f, at := range first {
		out = append(out, project.Unread{
			Path: f.Path, Location: at,
			Reason: lang.Textf(
				"有 %d 个正则表达式（此处是第一个）过大或过慢，没有试算完：仅凭它们才能认出的控件可能漏报；请改短，避免嵌套重复",
				"%d of its regular expressions, of which this is the first, are too large or too slow to try: "+
					"a control that only they tell of may be missed; write them shorter, without repetition inside repetition",
				len(all[f])),
			Hides: hides(program, f),
		})
	}
	slices.SortFunc(out, func(a, b project.Unread) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// hides reports whether f is code of the program itself that runs.
func hides(p *project.Program, f *source.File) bool {
	return slices.ContainsFunc(p.Modules, func(m *project.Module) bool { return m.File == f && m.Own() })
}

// Limits are the limits of reading controls by name, for tests that lower them.
func Limits() map[string]*int {
	return map[string]*int{
		"pattern": &maxPattern, "work": &maxWork, "steps": &maxSteps, "allSteps": &allSteps, "nested": &maxNested,
	}
}
