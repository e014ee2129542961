package lsp

import (
	"encoding/json"
	"fmt"
	"hash/fnv"
	"maps"
	"slices"
)

// Diagnostics that the editor asks for. An editor that pulls them is pushed none. It must
// also take the request to pull anew: a change of one file changes what is said of others.

// pulls reports whether the editor asks for diagnostics.
func (s *server) pulls() bool {
	c := &s.editor.Capabilities
	return c.TextDocument.Diagnostic != nil && c.Workspace.Diagnostics.RefreshSupport
}

// later is the result of a method that may have to wait for an analysis: it gives the
// answer, once there is one. It is called with the mutex held, first at once and then after
// each analysis.
type later func() (result any, ready bool)

// held is the result of a request that answerHeld will answer.
type held struct{}

// ask gives the answer to a request, or held.
func (s *server) ask(id json.RawMessage, answer later) any {
	s.mu.Lock()
	defer s.mu.Unlock()
	result, ready := answer()
	cancelled := s.pending[string(id)]
	if ready || cancelled || id == nil {
		return result
	}
	s.held[string(id)] = answer
	return held{}
}

// answerHeld answers the requests that waited for the analysis that has ended. The caller
// holds the mutex.
func (s *server) answerHeld() {
	for _, id := range slices.Sorted(maps.Keys(s.held)) {
		if result, ready := s.held[id](); ready {
			delete(s.held, id)
			delete(s.pending, id)
			s.client.respond(json.RawMessage(id), result, nil)
		}
	}
}

// answerCancelled ends a request without a result. The caller holds the mutex.
func (s *server) answerCancelled(id json.RawMessage) {
	delete(s.held, string(id))
	delete(s.pending, string(id))
	s.client.respond(id, nil, &Error{cancelled, "cancelled"})
}

// documentDiagnostic answers with the diagnostics of one file. If it was changed since the
// last analysis, the answer is that of the next one, even if it is changed again meanwhile:
// places are moved to the present text.
func (s *server) documentDiagnostic(p documentDiagnosticParams) (any, *Error) {
	f, _ := s.find(p.TextDocument.URI)
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := 0
	if f != nil {
		seen = f.analyses
	}
	return later(func() (any, bool) {
		if f != nil && slices.Contains(s.folders, f) {
			upToDate := f.analyses > 0 && f.behind.IsZero()
			if !upToDate && f.analyses == seen {
				return nil, false
			}
		}
		name := pathOf(p.TextDocument.URI)
		return reportOf(s.fileDiagnostics()[name].items, p.PreviousResultID), true
	}), nil
}

// workspaceDiagnostic answers with the diagnostics of every file that has some or had some,
// as soon as they differ from what the editor has.
func (s *server) workspaceDiagnostic(p workspaceDiagnosticParams) (any, *Error) {
	return later(func() (any, bool) {
		if slices.ContainsFunc(s.folders, func(f *folder) bool { return f.analyses == 0 }) {
			return nil, false
		}
		all := s.fileDiagnostics()
		previous := map[string]string{}
		for _, had := range p.PreviousResultIDs {
			name := pathOf(had.URI)
			previous[name] = had.Value
			if _, still := all[name]; !still {
				all[name] = fileDiagnostics{uri: had.URI}
			}
		}
		items, news := []workspaceReport{}, false
		for _, name := range slices.Sorted(maps.Keys(all)) {
			r := reportOf(all[name].items, previous[name])
			news = news || r.Kind == "full"
			items = append(items, workspaceReport{r, all[name].uri, all[name].version})
		}
		return map[string]any{"items": items}, news
	}), nil
}

// fileDiagnostics are those of one file.
type fileDiagnostics struct {
	uri     string
	version *int // of the open document; nil if it is not open
	items   []diagnostic
}

// fileDiagnostics are those of all files, by name. The caller holds the mutex.
func (s *server) fileDiagnostics() map[string]fileDiagnostics {
	all := map[string]fileDiagnostics{}
	for _, f := range s.folders {
		for path, items := range s.diagnostics(f) {
			name := pathOf(f.uri(path))
			file := fileDiagnostics{uri: f.uri(path), items: arrange(append(all[name].items, items...))}
			if d := f.open[path]; d != nil {
				file.version = &d.version
			}
			all[name] = file
		}
	}
	return all
}

// reportOf is what the editor gets of a file, of which it has the result called previous.
func reportOf(items []diagnostic, previous string) diagnosticReport {
	if items == nil {
		items = []diagnostic{}
	}
	sum := fnv.New64a()
	sum.Write(raw(items)) // a hash takes everything
	id := fmt.Sprintf("%016x", sum.Sum64())
	if id == previous {
		return diagnosticReport{Kind: "unchanged", ResultID: id}
	}
	return diagnosticReport{Kind: "full", ResultID: id, Items: &items}
}
