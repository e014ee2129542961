package lsp

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/report"
)

// Commands of workspace/executeCommand. An extension of an editor may show what they name
// in its own way, instead of asking the server.
const (
	openRule   = "beian.openRule"   // RULE: shows its page
	showFlow   = "beian.showFlow"   // URI, FINGERPRINT of a finding in it: goes to where its value arrives
	openReport = "beian.openReport" // URI of a folder or of a file in it, FORMAT, [ROOT of a program]: gives the text
)

var commands = map[string]func(*server, []string) (any, *Error){
	openRule:   (*server).openRule,
	showFlow:   (*server).showFlow,
	openReport: (*server).openReport,
}

// execute runs a command.
func (s *server) execute(p executeParams) (any, *Error) {
	do, known := commands[p.Command]
	if !known {
		return nil, &Error{invalidParams, "there is no command " + p.Command}
	}
	return do(s, p.Arguments)
}

func wrongArguments(command, want string) *Error {
	return &Error{invalidParams, fmt.Sprintf("%s takes %s", command, want)}
}

// openRule shows the page about a rule, in the browser if the editor can open one.
func (s *server) openRule(args []string) (any, *Error) {
	if len(args) != 1 || !s.knows(args[0]) {
		return nil, wrongArguments(openRule, "the name of a rule")
	}
	url := report.RuleURL(args[0])
	if s.editor.Capabilities.Window.ShowDocument.Support {
		s.client.request("window/showDocument", map[string]any{"uri": url, "external": true})
	} else {
		s.inform(url)
	}
	return nil, nil
}

// knows reports whether any report has the rule.
func (s *server) knows(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.folders, func(f *folder) bool {
		return f.report != nil && slices.ContainsFunc(f.report.Rules, func(r *finding.Rule) bool { return r.ID == id })
	})
}

// showFlow goes to the place where the value of a finding arrives first. If it arrives
// nowhere, or the editor cannot be sent to a place, it says what is known instead.
func (s *server) showFlow(args []string) (any, *Error) {
	if len(args) != 2 {
		return nil, wrongArguments(showFlow, "the URI of a file and the fingerprint of a finding")
	}
	f, path := s.find(args[0])
	if f == nil {
		return nil, wrongArguments(showFlow, "the URI of a file in the workspace")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found := f.finding(path, args[1])
	if found == nil {
		return nil, &Error{invalidParams, s.say("发现已经变化，请等分析完成", "what was found has changed; wait for the analysis")}
	}
	for _, flow := range found.Flows {
		if at, ok := f.show(flow.Sink.Location); ok && s.editor.Capabilities.Window.ShowDocument.Support {
			s.client.request("window/showDocument", map[string]any{"uri": at.URI, "takeFocus": true, "selection": at.Range})
			return nil, nil
		}
	}
	s.inform(found.Message.In(s.lang) + "\n" + s.whither(found))
	return nil, nil
}

// finding looks up a finding of a file by its fingerprint; nil if it is not there.
func (f *folder) finding(path, fingerprint string) *finding.Finding {
	for found := range f.findings() {
		if found.Fingerprint == fingerprint && isIn(found, path) {
			return found
		}
	}
	return nil
}

// openReport gives the report of a folder as text, in a format of the command, or the
// dossier of one of its programs as a page.
func (s *server) openReport(args []string) (any, *Error) {
	if len(args) < 2 || len(args) > 3 {
		return nil, wrongArguments(openReport, "the URI of a folder, a format and, for a dossier, the root of a program")
	}
	f := s.folderOf(args[0])
	if f == nil {
		return nil, wrongArguments(openReport, "the URI of a folder of the workspace")
	}
	s.mu.Lock()
	r, failure := f.report, f.failure
	s.mu.Unlock()
	switch {
	case failure != nil:
		return nil, &Error{requestFailed, s.text(failure)}
	case r == nil:
		return nil, &Error{requestFailed, s.say("分析还没有完成，请稍后再试", "the analysis is not done yet, try again in a moment")}
	}
	write, err := s.writer(r, args[1], args[2:])
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := write(&text); err != nil {
		return nil, &Error{requestFailed, s.text(err)}
	}
	return text.String(), nil
}

// Forms of the dossier beside the formats of a report.
var dossiers = map[string]func(*materials.Document, io.Writer) error{
	"dossier-html": (*materials.Document).HTML,
	"dossier-md":   (*materials.Document).Markdown,
}

func (s *server) writer(r *report.Report, format string, root []string) (func(io.Writer) error, *Error) {
	if write, ok := report.Formats[format]; ok {
		return func(w io.Writer) error {
			return write(w, r, report.Options{Lang: s.lang, MinConfidence: finding.Low})
		}, nil
	}
	write, ok := dossiers[format]
	if !ok {
		return nil, wrongArguments(openReport, "one of the formats dossier-html, dossier-md, "+strings.Join(report.FormatNames(), ", "))
	}
	i := slices.IndexFunc(r.Programs, func(p report.Program) bool { return len(root) == 0 || p.Project.Root == root[0] })
	if i < 0 {
		return nil, wrongArguments(openReport, "the root of a program of the folder")
	}
	return func(w io.Writer) error {
		in := lang.Chinese // it is for the authority, as that of the command
		if s.Lang != "" {
			in = s.Lang
		}
		return write(materials.Draft(&r.Programs[i], materials.Made{Version: s.Version}, in), w)
	}, nil
}

// folderOf returns the folder of a URI: the folder itself, or the one that holds the file.
func (s *server) folderOf(uri string) *folder {
	dir := pathOf(uri)
	s.mu.Lock()
	for _, f := range s.folders {
		if f.dir == dir {
			s.mu.Unlock()
			return f
		}
	}
	s.mu.Unlock()
	f, _ := s.find(uri)
	return f
}

// inform shows a text to the person.
func (s *server) inform(text string) {
	s.client.notify("window/showMessage", map[string]any{"type": 3, "message": text})
}
