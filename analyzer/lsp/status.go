package lsp

import (
	"errors"
	"fmt"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
)

// statusParams are those of the notification beian/status, which an editor gets that says
// it takes it: what is known of a folder, when an analysis begins and when it is done.
type statusParams struct {
	URI    string `json:"uri"`
	State  string `json:"state"`            // analyzing, done, failed, or empty: it holds no mini program
	Status string `json:"status,omitempty"` // of the verdict, if done: the strongest of the programs
	Text   string `json:"text,omitempty"`   // the verdict in a sentence, or why there is none
	Points int    `json:"points"`           // collection points
}

// begin tells the editor that f is being analyzed. The first time, which may take longer, it
// shows progress until done is called.
func (s *server) begin(f *folder) (done func()) {
	s.status(statusParams{URI: uriOf(f.dir), State: "analyzing"})
	s.mu.Lock()
	first := f.report == nil && f.failure == nil
	s.mu.Unlock()
	if !first || !s.editor.Capabilities.Window.WorkDoneProgress {
		return func() {}
	}
	token := "beian " + f.dir
	s.client.request("window/workDoneProgress/create", map[string]string{"token": token})
	tell := func(value map[string]string) {
		s.client.notify("$/progress", map[string]any{"token": token, "value": value})
	}
	tell(map[string]string{"kind": "begin", "title": s.say("beian：正在分析", "beian: analyzing")})
	return func() { tell(map[string]string{"kind": "end"}) }
}

// tell tells the editor what came of the analysis of f. The caller holds the mutex.
func (s *server) tell(f *folder) {
	if s.editor.Capabilities.Workspace.CodeLens.RefreshSupport {
		s.client.request("workspace/codeLens/refresh", nil)
	}
	p := statusParams{URI: uriOf(f.dir), State: "done"}
	if f.report == nil {
		p.State, p.Text = "failed", s.text(f.failure)
		if isEmpty(f.failure) {
			p.State = "empty"
		}
		s.status(p)
		return
	}
	p.Status = f.report.Status().String()
	for i := range f.report.Programs {
		p.Points += pointsOf(&f.report.Programs[i])
	}
	strongest := f.report.Strongest()
	p.Text = strongest.Verdict.Headline.Told().In(s.lang)
	if n := len(f.report.Programs); n > 1 {
		p.Text = fmt.Sprintf(s.say("%d 个程序；%s：%s", "%d programs; %s: %s"), n, strongest.Project.Name, p.Text)
	}
	s.status(p)
}

// isEmpty reports whether there was no mini program to analyze, which is no mistake of anybody.
func isEmpty(err error) bool {
	var load *project.LoadError
	return errors.As(err, &load) && load.Location.IsZero()
}

func pointsOf(p *report.Program) (n int) {
	for i := range p.Findings {
		if isPoint(&p.Findings[i]) {
			n++
		}
	}
	return n
}

func (s *server) status(p statusParams) {
	if s.editor.Capabilities.Experimental.Status {
		s.client.notify("beian/status", p)
	}
}
