package lsp

import (
	"context"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/source"
)

// folder is a directory of the workspace with what is known about it. The mutex of
// the server guards it.
type folder struct {
	dir     string // of the operating system
	adopted bool   // found by an open document, not told by the editor
	open    map[string]*document

	asked     time.Time       // first change since the last analysis; zero without any
	due       time.Time       // when to analyze it
	took      time.Duration   // the last analysis
	analyses  int             // that were shown
	behind    time.Time       // first change that no report knows of; zero without any
	stop      func()          // ends the analysis that runs; nil without one
	cache     *project.Cache  // of what was read for the last report
	runs      *flow.Cache     // of the runs for it
	report    *report.Report  // the last one; nil before it and if it failed
	mended    []mended        // what can be mended of what it found
	failure   error           // why there is no report
	told      string          // the last failure that a person was told of
	published map[string]bool // paths for which the editor shows diagnostics
}

// addFolder adds a directory of the workspace, unless it is there.
func (s *server) addFolder(uri string) *folder {
	dir := pathOf(uri)
	if dir == "" {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.folders {
		if f.dir == dir {
			f.adopted = false
			return f
		}
	}
	f := &folder{dir: dir, cache: &project.Cache{}, runs: &flow.Cache{}, open: map[string]*document{}, published: map[string]bool{}}
	s.folders = append(s.folders, f)
	s.settle()
	return f
}

// within returns the path of a file relative to the folder, with forward slashes;
// "" if it is elsewhere.
func (f *folder) within(name string) string {
	rel, err := filepath.Rel(f.dir, name)
	if err != nil || rel == "." || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return ""
	}
	return filepath.ToSlash(rel)
}

// find returns the innermost folder that holds the file of a URI, and its path
// there. It is nil if there is none.
func (s *server) find(uri string) (*folder, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.locate(uri)
}

// locate is find for a caller that holds s.mu: who files a document must not let go of it in between, since an analysis that ends
// may find that a folder reads the document.
func (s *server) locate(uri string) (*folder, string) {
	name := pathOf(uri)
	if name == "" {
		return nil, ""
	}
	var best *folder
	var path string
	for _, f := range s.folders {
		if rel := f.within(name); rel != "" && (best == nil || len(f.dir) > len(best.dir)) {
			best, path = f, rel
		}
	}
	if f := s.reader(name); best == nil && f != nil {
		return f, f.rel(name)
	}
	return best, path
}

// adopt adds the directory of the program that a file outside all folders belongs to: the
// nearest above it with project settings, else with an app.json or its like.
func (s *server) adopt(uri string) {
	name := pathOf(uri)
	if name == "" {
		return
	}
	for _, marker := range slices.Concat(platform.Configs(), platform.Manifests()) {
		dir := filepath.Dir(name)
		for range 64 {
			if _, err := os.Stat(filepath.Join(dir, marker)); err == nil {
				s.addFolder(uriOf(dir)).adopted = true
				return
			}
			if filepath.Dir(dir) == dir {
				break
			}
			dir = filepath.Dir(dir)
		}
	}
}

// uri is how the editor spells the file at path.
func (f *folder) uri(path string) string {
	if d := f.open[path]; d != nil {
		return d.uri
	}
	return uriOf(filepath.Join(f.dir, filepath.FromSlash(path)))
}

func (s *server) didOpen(p documentParams) (any, *Error) {
	if f, _ := s.find(p.TextDocument.URI); f == nil {
		s.adopt(p.TextDocument.URI)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f, path := s.locate(p.TextDocument.URI)
	name := pathOf(p.TextDocument.URI)
	if f == nil {
		s.loose[name] = newDocument(name, p.TextDocument)
		return nil, nil
	}
	f.open[path] = newDocument(path, p.TextDocument)
	s.schedule(f, 0)
	s.changed(f, name)
	return nil, nil
}

func (s *server) didChange(p changeParams) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, path := s.locate(p.TextDocument.URI)
	name := pathOf(p.TextDocument.URI)
	d := s.loose[name]
	if f != nil {
		d = f.open[path]
	}
	if d == nil && f == nil {
		return nil, nil
	}
	if d == nil {
		return nil, &Error{invalidParams, p.TextDocument.URI + " is not open"}
	}
	for _, c := range p.ContentChanges {
		d.replace(c.Range, c.Text)
	}
	d.version = p.TextDocument.Version
	if f != nil {
		s.schedule(f, s.pause(f))
	}
	s.changed(f, name)
	return nil, nil
}

func (s *server) didSave(p documentParams) (any, *Error) {
	if f, _ := s.find(p.TextDocument.URI); f != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.schedule(f, 0)
	}
	return nil, nil
}

func (s *server) didClose(p documentParams) (any, *Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, path := s.locate(p.TextDocument.URI)
	name := pathOf(p.TextDocument.URI)
	delete(s.loose, name)
	s.changed(f, name)
	if f == nil {
		return nil, nil
	}
	delete(f.open, path)
	if f.adopted && len(f.open) == 0 {
		s.drop(f)
		return nil, nil
	}
	s.schedule(f, 0)
	return nil, nil
}

func (s *server) didChangeFiles(p struct {
	Changes []struct {
		URI string `json:"uri"`
	} `json:"changes"`
}) (any, *Error) {
	for _, c := range p.Changes {
		if f, _ := s.find(c.URI); f != nil {
			s.mu.Lock()
			s.schedule(f, s.pause(f))
			s.mu.Unlock()
		}
	}
	return nil, nil
}

func (s *server) didChangeFolders(p foldersParams) (any, *Error) {
	for _, removed := range p.Event.Removed {
		dir := pathOf(removed.URI)
		s.mu.Lock()
		if i := slices.IndexFunc(s.folders, func(f *folder) bool { return f.dir == dir }); i >= 0 {
			s.drop(s.folders[i])
		}
		s.mu.Unlock()
	}
	for _, added := range p.Event.Added {
		if f := s.addFolder(added.URI); f != nil {
			s.mu.Lock()
			s.schedule(f, 0)
			s.mu.Unlock()
		}
	}
	return nil, nil
}

// drop forgets a folder and removes its diagnostics.
func (s *server) drop(f *folder) {
	if f.stop != nil {
		f.stop()
	}
	s.folders = slices.DeleteFunc(s.folders, func(g *folder) bool { return g == f })
	f.report, f.mended, f.failure = nil, nil, nil
	s.publish(f)
	for _, d := range f.open {
		g, path := s.locate(d.uri)
		s.put(g, path, d)
	}
}

// schedule asks for an analysis of f after the given time, and ends the one that runs.
// A later change postpones it. Both have a limit: a person who keeps typing also wants
// to see something.
func (s *server) schedule(f *folder, after time.Duration) {
	now := time.Now()
	if f.asked.IsZero() {
		f.asked = now
	}
	if f.behind.IsZero() {
		f.behind = now
	}
	if f.stop != nil && now.Sub(f.behind) < 8*s.Delay {
		f.stop()
	}
	f.due = now.Add(after)
	if latest := f.asked.Add(4 * s.Delay); f.due.After(latest) {
		f.due = latest
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// pause is the time from a change of f to its analysis: as long as an analysis
// takes, so that small programs are analyzed at once and large ones not at every
// key.
func (s *server) pause(f *folder) time.Duration {
	if f.took == 0 {
		return s.Delay
	}
	return min(f.took, s.Delay)
}

// analyst runs analyses as they become due, one at a time.
func (s *server) analyst(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		f, wait := s.next()
		if f != nil && wait <= 0 {
			s.analyze(ctx, f)
			continue
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// next returns the folder that is due first, and in how long.
func (s *server) next() (*folder, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var first *folder
	for _, f := range s.folders {
		if !f.asked.IsZero() && (first == nil || f.due.Before(first.due)) {
			first = f
		}
	}
	if first == nil {
		return nil, time.Hour
	}
	return first, time.Until(first.due)
}

// analyze makes a new report of f as it is now, and shows it.
func (s *server) analyze(ctx context.Context, f *folder) {
	s.mu.Lock()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	f.asked, f.stop = time.Time{}, stop
	texts := map[string]string{}
	seen := map[*document]int{} // edits that the report will know of
	for path, d := range f.open {
		seen[d] = len(d.edits)
		if !strings.HasPrefix(path, "../") {
			texts[path] = d.file.Text
		}
	}
	over := overlayOf(s.elsewhere(f))
	s.mu.Unlock()

	done := s.begin(f)
	defer done()
	start := time.Now()
	var r *report.Report
	var fixes []mended
	fsys, err := s.Open(f.dir)
	if err == nil {
		r, fixes, err = s.run(ctx, analyzer.Dir{
			Path: f.dir, Name: filepath.Base(f.dir), FS: overlay{fsys, texts}, Overlay: over, Cache: f.cache, Runs: f.runs,
		})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.stop = nil
	if ctx.Err() != nil || !slices.Contains(s.folders, f) {
		return
	}
	f.behind = f.asked
	f.report, f.mended, f.failure, f.took = r, fixes, err, time.Since(start)
	f.analyses++
	for d, n := range seen {
		d.edits = d.edits[n:]
	}
	s.settle()
	s.publish(f)
	s.tell(f)
}

// run calls Analyze, and mends what it found. Panics must not end the conversation.
func (s *server) run(ctx context.Context, dir analyzer.Dir) (r *report.Report, fixes []mended, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			r, fixes, err = nil, nil, bug.New(cause)
		}
	}()
	scan, err := s.Analyze(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	return scan.Report(), mendAll(scan), nil
}

func (f *folder) programs() []report.Program {
	if f.report == nil {
		return nil
	}
	return f.report.Programs
}

// findings are those of all programs of f.
func (f *folder) findings() iter.Seq[*finding.Finding] {
	return func(yield func(*finding.Finding) bool) {
		for _, p := range f.programs() {
			for i := range p.Findings {
				if !yield(&p.Findings[i]) {
					return
				}
			}
		}
	}
}

// isIn reports whether a finding is in the file of a folder.
func isIn(f *finding.Finding, path string) bool {
	return !f.Location.IsZero() && f.Location.File.Path == path
}

// show returns the URI and the present range of a place in the report. ok is false
// if its text was changed since.
func (f *folder) show(l source.Location) (at location, ok bool) {
	file, span := l.File, l.Span
	ok = true
	if d := f.open[file.Path]; d != nil {
		span, ok = d.now(span)
		file = d.file
	}
	return location{f.uri(l.File.Path), rangeOf(file, span)}, ok
}

// text is the message of an error, in the language of the editor.
func (s *server) text(err error) string { return lang.Of(err).In(s.lang) }
