package analyzer

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
)

// Dir is a directory to scan.
type Dir struct {
	Path string // as it is called in messages and, if there are several, in paths
	Name string // of a program in it that has none of its own
	FS   fs.FS

	Within string // path from the top of its repository to it, "" outside of one

	Around *project.Surroundings // its repository, if code outside of it is followed, or nil

	// Overlay puts texts that are not stored over the file system of a directory, for files
	// outside of this one; nil for none.
	Overlay func(dir string, fsys fs.FS) fs.FS

	Cache *project.Cache // of the analyses of the same directory before, or nil
	Runs  *flow.Cache    // likewise, with Cache; nil for a single analysis

	Config    *config.Config     // its settings, or nil
	Detectors []*detect.Detector // in place of those of Options, or nil
	Baseline  *suppress.Baseline // findings accepted before, or nil
	Filed     *filed.Record      // what was filed, or nil
	Today     string             // YYYY-MM-DD, for what expires
	Left      []project.Unread   // what the caller has left out, to be told with the first program
}

// Options are what a scan depends on besides the directories.
type Options struct {
	Version   string             // of the tool, for the report
	Detectors []*detect.Detector // in the order of their findings
	Inputs    verdict.Inputs     // what a person says about the programs
	Jobs      int                // files read at a time; 0 for one per processor
	Platforms []string           // names of those that sources of frameworks are read for; nil for those that they name

	// Progress is told what the scan is doing, by several goroutines; nil for nobody.
	Progress func(Progress)
}

// Progress is how far a scan has come in one of its phases.
type Progress struct {
	Phase       Phase
	Round       int // of Following, from 0: pages are run again as long as that finds something new
	Done, Total int // files, or pages of this round
}

// Phase is a part of the work on a program.
type Phase uint8

// The phases in their order.
const (
	Reading   Phase = iota // files are read and parsed
	Following              // pages are run and values followed
	Checking               // detectors look at what was found
)

// tell is a function that tells the progress in a phase; nil if nobody asks.
func (o Options) tell(phase Phase) func(done, total int) {
	if o.Progress == nil {
		return nil
	}
	return func(done, total int) { o.Progress(Progress{Phase: phase, Done: done, Total: total}) }
}

// Analyze scans every program in dirs. The error is a *project.LoadError if a
// directory holds no program that could be loaded, a *bug.Error if the analyzer itself
// failed, or that of ctx or of a detector; the scan then holds what was learnt before.
// What is wrong with single files is in Analysis.Unread.
func Analyze(ctx context.Context, dirs []Dir, o Options) (s *Scan, err error) {
	start := time.Now()
	defer func() {
		if cause := recover(); cause != nil {
			err = bug.New(cause)
		}
	}()
	s = &Scan{Version: o.Version, Rules: rules(dirs, o)}
	for i := range dirs {
		dir := &dirs[i]
		programs, err := dir.load(ctx, o)
		if err != nil {
			return s, err
		}
		accepted := dir.accepted(s.Rules)
		for _, p := range programs {
			if err := ctx.Err(); err != nil {
				return s, err
			}
			a := &Analysis{Program: p, dir: dir}
			if len(dirs) > 1 {
				a.prefix = dir.Path
			}
			s.Analyses = append(s.Analyses, a)
			if err := a.run(ctx, accepted, o); err != nil {
				return s, err
			}
		}
		if first := len(s.Analyses) - len(programs); len(programs) > 0 {
			a := s.Analyses[first]
			a.idle = append(dir.idle(), dir.Left...)
			a.Unread = append(a.Unread, a.idle...)
		}
		unused := dir.settings().Judge(accepted.Unused())
		s.Settings = append(s.Settings, detect.Arrange(unused, dir.Within)...)
	}
	s.Took = time.Since(start)
	return s, nil
}

// load reads the programs of the directory that the settings leave in.
func (d *Dir) load(ctx context.Context, o Options) ([]*project.Program, error) {
	programs, err := project.Load(d.FS, project.Options{
		Context: ctx, Jobs: o.Jobs, Progress: o.tell(Reading), Cache: d.Cache, Within: d.Within, Around: d.Around,
		Platforms: o.Platforms,
	})
	if err != nil {
		return nil, locate(err, d.Path)
	}
	return d.chosen(programs)
}

// run takes the program from its parsed form to its verdict, or to where ctx ends.
func (a *Analysis) run(ctx context.Context, accepted *suppress.Accepted, o Options) (err error) {
	if a.Values, a.Findings, err = a.follow(ctx, a.Program, o); err != nil {
		return err
	}
	if err := a.runVariants(ctx, o); err != nil {
		return err
	}
	a.before = before{slices.Clone(a.Findings), slices.Clone(a.Unread), accepted}
	a.gather(accepted, o)
	return nil
}

// follow runs a program and the detectors over it.
func (a *Analysis) follow(ctx context.Context, p *project.Program, o Options) (values *flow.Result, found []finding.Finding, err error) {
	a.Unread = append(a.Unread, p.Unread...)
	values = &flow.Result{}
	a.attempt(func() {
		settings := a.dir.flowOptions(ctx)
		if o.Progress != nil {
			settings.Progress = func(round, done, total int) { o.Progress(Progress{Following, round, done, total}) }
		}
		values = flow.Analyze(p, settings)
		for _, o := range values.Omissions {
			a.Unread = append(a.Unread, project.Unread{Path: cmp.Or(o.Path, "."), Reason: o.Bug.Omission(), Hides: true})
		}
	})
	if tell := o.tell(Checking); tell != nil {
		tell(0, 1)
	}
	a.attempt(func() {
		var untried []project.Unread
		found, untried, err = detect.Run(p, values, until(ctx, a.dir.detectors(o)))
		a.Unread = append(a.Unread, untried...)
	})
	return values, found, cmp.Or(ctx.Err(), err)
}

// until returns detectors that do not begin once ctx has ended.
func until(ctx context.Context, detectors []*detect.Detector) []*detect.Detector {
	out := make([]*detect.Detector, len(detectors))
	for i, d := range detectors {
		if d == nil {
			continue // detect.Run says so
		}
		e := *d
		e.Run = func(p *detect.Pass) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return d.Run(p)
		}
		out[i] = &e
	}
	return out
}

// gather learns from the findings what the law asks for.
func (a *Analysis) gather(accepted *suppress.Accepted, o Options) {
	p, dir := a.Program, a.dir
	a.attempt(func() { a.Findings = dir.settings().Judge(accepted.Apply(p, a.Findings)) })
	a.Inputs = dir.inputs(o.Inputs)
	a.attempt(func() {
		a.Facts = facts.Gather(p, a.Values)
		for _, v := range a.variants {
			a.Facts = a.Facts.With(facts.Gather(v.program, v.values))
		}
		a.Facts.PolicyLink = facts.Link(p, a.Inputs.PrivacyPolicy)
	})
	a.Guide = &privacy.Guide{}
	a.attempt(func() { a.Guide = privacy.Derive(p, a.Values, a.Findings) })
	a.Guide.Program = a.Name()
	a.Unread = dir.seen(a.Unread)
	a.attempt(func() { a.judge(accepted) })
}

// judge gives the verdict, and says where a person and the code contradict each other.
func (a *Analysis) judge(accepted *suppress.Accepted) {
	p, dir := a.Program, a.dir
	a.Filing = filed.Take(filed.Source{
		Path: path.Join(dir.settings().Below, p.Source), Below: dir.settings().Below, Platform: p.Platform,
		Findings: a.Findings, Facts: a.Facts, Guide: a.Guide, Unread: a.Unread,
	})
	in := verdict.Input{
		Findings: a.Findings, Unread: a.Unread, Titles: titles(p), Platform: p.Platform,
		Facts: a.Facts, Guide: a.Guide, Inputs: a.Inputs,
		Program: a.Filing, Filed: dir.Filed, Config: source.Location{File: p.Config.File},
	}
	a.Verdict = verdict.Judge(in)
	said := accepted.Settle(verdict.Contradicted(in), p.Within)
	a.Findings = detect.Arrange(append(a.Findings, dir.settings().Judge(said)...), p.Within)
}

// attempt runs one step of the analysis of a program. If the analyzer fails at it,
// its result is missing, and the verdict takes that into account.
func (a *Analysis) attempt(station func()) {
	if e := bug.Catch(station); e != nil {
		a.Unread = append(a.Unread, project.Unread{Path: ".", Reason: e.Omission(), Hides: true})
		a.Verdict.PersonalInformation = verdict.PersonalInformation{
			Status: verdict.Undetermined, Reasons: []verdict.Reason{{Text: e.Omission()}},
		}
	}
}

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
