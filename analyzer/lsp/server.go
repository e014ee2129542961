// Package lsp speaks the language server protocol (version 3.17) over a pair of
// streams: diagnostics of the whole program as it is on the screen, hovers with the
// rule and the path of the value, code lenses on what is collected, and code actions
// that mend or accept a finding. docs/editors.md lists what goes beyond the protocol: the
// request beian/points, the notification beian/status and the commands.
//
// It answers requests from the last report, and moves places by what was typed
// since, so that an answer never waits for an analysis. Analyses run in the
// background, one at a time, a moment after the last change. A change ends the analysis
// that it makes out of date, unless the editor has had nothing new for a while: then it
// goes on, and its result is moved to the present text.
//
// Limits: positions are UTF-16 (every client must support them); only documents with
// file URIs are analyzed.
package lsp

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// Options are what a server depends on.
type Options struct {
	Version string
	Lang    lang.Code // "" for the language of the editor
	Default lang.Code // language if neither is known
	// Analyze scans one directory, with the settings that hold for it.
	Analyze func(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error)
	// Open gives the files of a directory of the workspace; nil for project.OpenDir.
	Open  func(dir string) (fs.FS, error)
	Delay time.Duration // longest time from the last change to the analysis; 0 for 250 ms
}

// Serve returns ErrNoShutdown if the editor left without a word. The protocol
// asks for an exit status other than zero then.
var ErrNoShutdown = errors.New("the editor left without shutdown")

// Serve speaks with one editor until it says exit or in ends. The error is
// ErrNoShutdown, or one of reading or writing.
func Serve(ctx context.Context, in io.Reader, out io.Writer, o Options) error {
	ctx, stop := context.WithCancel(ctx)
	if o.Delay == 0 {
		o.Delay = 250 * time.Millisecond
	}
	if o.Open == nil {
		o.Open = func(dir string) (fs.FS, error) { return project.OpenDir(dir) }
	}
	s := &server{
		loose:   map[string]*document{},
		Options: o,
		client:  &client{out: out},
		lang:    o.Lang,
		pending: map[string]bool{},
		held:    map[string]later{},
		wake:    make(chan struct{}, 1),
	}
	if s.lang == "" {
		s.lang = o.Default
	}
	var background sync.WaitGroup
	defer background.Wait()
	defer stop()
	background.Go(func() { s.analyst(ctx) })

	queue := make(chan message, 64)
	var readError error
	go func() { // not waited for: a read cannot be interrupted
		readError = s.receive(in, queue, ctx.Done())
		close(queue)
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case m, more := <-queue:
			switch {
			case !more && readError != nil:
				return readError
			case !more || m.Method == "exit" && m.ID == nil:
				if s.phase != closing {
					return ErrNoShutdown
				}
				return nil
			}
			s.handle(m)
			if err := s.client.failed(); err != nil {
				return err
			}
		}
	}
}

// phase is the stage of the conversation.
type phase uint8

const (
	opening phase = iota // before initialize
	running
	closing // after shutdown
)

type server struct {
	Options
	client *client
	lang   lang.Code
	phase  phase
	editor initializeParams
	wake   chan struct{} // something has to be analyzed

	mu      sync.Mutex
	folders []*folder
	loose   map[string]*document // open documents that no folder is known to read, by name
	pending map[string]bool      // requests not yet answered by ID; true if cancelled
	held    map[string]later     // those of them that wait for an analysis
}

// say picks the text in the language of the editor.
func (s *server) say(zh, en string) string { return s.lang.Say(zh, en) }

// receive reads messages in the order in which they come. A cancellation takes
// effect at once, ahead of what still waits in the queue.
func (s *server) receive(in io.Reader, queue chan<- message, done <-chan struct{}) error {
	r := bufio.NewReader(in)
	for {
		body, err := readMessage(r)
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
		var m message
		if err := json.Unmarshal(body, &m); err != nil {
			code, what := invalidRequest, "a message must be one JSON object: "
			if !json.Valid(body) {
				code, what = parseError, "the message is not JSON: "
			}
			s.client.respond(nil, nil, &Error{code, what + err.Error()})
			continue
		}
		if string(m.ID) == "null" {
			m.ID = nil
		}
		switch {
		case m.Method == "$/cancelRequest":
			var p struct {
				ID json.RawMessage `json:"id"`
			}
			if json.Unmarshal(m.Params, &p) == nil {
				s.cancel(string(p.ID))
			}
			continue
		case m.Method == "":
			continue // the answer to a request of ours
		case m.isRequest():
			s.mu.Lock()
			s.pending[string(m.ID)] = false
			s.mu.Unlock()
		}
		select {
		case queue <- m:
		case <-done:
			return nil
		}
	}
}

func (s *server) cancel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, waiting := s.pending[id]; waiting {
		s.pending[id] = true
	}
	if s.held[id] != nil {
		s.answerCancelled(json.RawMessage(id))
	}
}

// handle answers a request or acts on a notification. If anything goes wrong
// with one message, even by a mistake of ours, the server keeps running.
func (s *server) handle(m message) {
	result, err := s.try(m)
	if m.ID == nil {
		if err != nil && err.Code != methodNotFound {
			s.log(m.Method + ": " + err.Message)
		}
		return
	}
	if result == (held{}) {
		return
	}
	s.mu.Lock()
	if s.pending[string(m.ID)] {
		result, err = nil, &Error{cancelled, "cancelled"}
	}
	delete(s.pending, string(m.ID))
	s.mu.Unlock()
	s.client.respond(m.ID, result, err)
}

func (s *server) try(m message) (result any, err *Error) {
	defer func() {
		if cause := recover(); cause != nil {
			mistake := bug.New(cause)
			result, err = nil, &Error{internalError, mistake.Text().In(s.lang)}
		}
	}()
	switch {
	case s.phase == opening && m.Method != "initialize":
		return nil, &Error{notInitialized, "initialize comes first"}
	case s.phase == closing:
		return nil, &Error{invalidRequest, "the server was shut down"}
	}
	do, known := methods[m.Method]
	if !known {
		return nil, &Error{methodNotFound, fmt.Sprintf("there is no method %q", m.Method)}
	}
	s.mu.Lock()
	skip := m.ID != nil && s.pending[string(m.ID)]
	s.mu.Unlock()
	if skip {
		return nil, nil
	}
	result, err = do(s, m.Params)
	if answer, ok := result.(later); ok {
		result = s.ask(m.ID, answer)
	}
	return result, err
}

// methods are what the server understands.
var methods = map[string]func(*server, json.RawMessage) (any, *Error){
	"initialize":                          with((*server).initialize),
	"initialized":                         with((*server).initialized),
	"shutdown":                            with((*server).shutdown),
	"textDocument/didOpen":                with((*server).didOpen),
	"textDocument/didChange":              with((*server).didChange),
	"textDocument/didSave":                with((*server).didSave),
	"textDocument/didClose":               with((*server).didClose),
	"textDocument/hover":                  with((*server).hover),
	"textDocument/codeAction":             with((*server).codeAction),
	"textDocument/codeLens":               with((*server).codeLens),
	"textDocument/completion":             with((*server).completion),
	"textDocument/diagnostic":             with((*server).documentDiagnostic),
	"workspace/diagnostic":                with((*server).workspaceDiagnostic),
	"workspace/executeCommand":            with((*server).execute),
	"workspace/didChangeWatchedFiles":     with((*server).didChangeFiles),
	"workspace/didChangeWorkspaceFolders": with((*server).didChangeFolders),
	"beian/points":                        with((*server).points),
}

// with turns a function into a method by decoding its parameters.
func with[P any](do func(*server, P) (any, *Error)) func(*server, json.RawMessage) (any, *Error) {
	return func(s *server, params json.RawMessage) (any, *Error) {
		var p P
		if len(params) > 0 {
			if err := json.Unmarshal(params, &p); err != nil {
				return nil, &Error{invalidParams, err.Error()}
			}
		}
		return do(s, p)
	}
}

// none are the parameters of a method that has none that matter.
type none = any

func (s *server) initialize(p initializeParams) (any, *Error) {
	if s.phase != opening {
		return nil, &Error{invalidRequest, "initialize came twice"}
	}
	s.phase, s.editor = running, p
	if said, ok := lang.Parse(p.Options.Lang); ok {
		s.lang = said
	} else if s.Lang == "" && p.Locale != "" {
		s.lang = lang.OfLocale(p.Locale)
	}
	if len(p.WorkspaceFolders) == 0 && p.RootURI != "" {
		p.WorkspaceFolders = []workspaceFolder{{p.RootURI}}
	}
	for _, f := range p.WorkspaceFolders {
		s.addFolder(f.URI)
	}
	can := map[string]any{
		"positionEncoding":       "utf-16",
		"textDocumentSync":       map[string]any{"openClose": true, "change": 2, "save": true},
		"hoverProvider":          true,
		"codeActionProvider":     map[string]any{"codeActionKinds": []string{quickfix}},
		"codeLensProvider":       map[string]any{},
		"completionProvider":     map[string]any{"triggerCharacters": []string{"/"}},
		"executeCommandProvider": map[string]any{"commands": slices.Sorted(maps.Keys(commands))},
		"workspace": map[string]any{
			"workspaceFolders": map[string]any{"supported": true, "changeNotifications": true},
		},
	}
	if s.pulls() {
		can["diagnosticProvider"] = map[string]any{"identifier": "beian", "interFileDependencies": true, "workspaceDiagnostics": true}
	}
	return map[string]any{"serverInfo": map[string]string{"name": "beian", "version": s.Version}, "capabilities": can}, nil
}

// initialized begins the work: until then the server must not send anything.
func (s *server) initialized(none) (any, *Error) {
	if s.editor.Capabilities.Workspace.DidChangeWatchedFiles.DynamicRegistration {
		s.client.request("client/registerCapability", map[string]any{"registrations": []any{map[string]any{
			"id": "files", "method": "workspace/didChangeWatchedFiles",
			"registerOptions": map[string]any{"watchers": []any{map[string]string{"globPattern": watched()}}},
		}}})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.folders {
		s.schedule(f, 0)
	}
	return nil, nil
}

// watched are the files that a program is made of.
func watched() string {
	return "**/{*" + strings.Join(platform.SourceSuffixes(), ",*") + ",beian.yaml}"
}

func (s *server) shutdown(none) (any, *Error) {
	s.phase = closing
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, id := range slices.Sorted(maps.Keys(s.held)) {
		s.answerCancelled(json.RawMessage(id))
	}
	return nil, nil
}

// log writes to the editor's log what a person does not have to see.
func (s *server) log(text string) {
	s.client.notify("window/logMessage", map[string]any{"type": 4, "message": "beian: " + text})
}
