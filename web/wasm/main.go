//go:build js && wasm

// Command wasm is package session for a worker of a browser. It sets the object beian of
// the worker, whose functions give JSON: {"value": …} or {"error": "…"}.
package main

import (
	"context"
	"encoding/json"
	"syscall/js"
	"time"

	"github.com/beian/beian/analyzer/bug"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/web/session"
)

// version is set by the build.
var version = "development"

func main() {
	p := &page{}
	p.Version = version
	js.Global().Set("beian", map[string]any{
		"warm":      js.FuncOf(p.warm),
		"scan":      js.FuncOf(p.scan),
		"answer":    js.FuncOf(p.answer),
		"write":     js.FuncOf(p.write),
		"settings":  js.FuncOf(p.settings),
		"documents": js.FuncOf(p.documents),
		"questions": js.FuncOf(p.questions),
	})
	select {}
}

// page is the session of the page that the worker belongs to.
type page struct{ session.Session }

// scan(paths, sizes, read, answers, lang, done) scans files; read gives the bytes of one by
// its number. It returns at once and calls done with the summary: a function that
// JavaScript waits for must not wait itself.
func (p *page) scan(_ js.Value, args []js.Value) any {
	go func() {
		args[5].Invoke(p.attempt(func() (any, error) {
			p.Lang, _ = lang.Parse(args[4].String())
			p.Today = time.Now().Format(time.DateOnly)
			inputs, err := session.ParseAnswers(args[3].String())
			if err != nil {
				return nil, err
			}
			files := make([]session.File, args[0].Length())
			for i := range files {
				files[i] = session.File{Path: args[0].Index(i).String(), Size: int64(args[1].Index(i).Float()),
					Read: func() ([]byte, error) {
						return bytesOf(args[2].Invoke(i))
					}}
			}
			err = p.Open(context.Background(), files, inputs)
			return p.Summary(), err
		}))
	}()
	return nil
}

// warm(done) scans a program of our own and calls done with a result, so that the browser
// has compiled the analyzer when the first scan comes.
func (p *page) warm(_ js.Value, args []js.Value) any {
	go func() {
		args[0].Invoke(p.attempt(func() (any, error) { return nil, session.Warm(context.Background()) }))
	}()
	return nil
}

// bytesOf copies a Uint8Array, or takes a text as an error.
func bytesOf(v js.Value) ([]byte, error) {
	if v.Type() == js.TypeString {
		return nil, &lang.Fault{ZH: v.String(), EN: v.String()}
	}
	data := make([]byte, v.Length())
	js.CopyBytesToGo(data, v)
	return data, nil
}

// answer(answers) judges again, and gives the summary.
func (p *page) answer(_ js.Value, args []js.Value) any {
	return p.attempt(func() (any, error) {
		inputs, err := session.ParseAnswers(args[0].String())
		if err == nil {
			err = p.Answer(inputs)
		}
		return p.Summary(), err
	})
}

// write(kind, program) gives the bytes of a document, or a result with an error.
func (p *page) write(_ js.Value, args []js.Value) any {
	p.Chosen = args[1].Int()
	var bytes any
	failed := p.attempt(func() (any, error) {
		data, err := p.Write(args[0].String())
		if err == nil {
			out := js.Global().Get("Uint8Array").New(len(data))
			js.CopyBytesToJS(out, data)
			bytes = out
		}
		return nil, err
	})
	if bytes != nil {
		return bytes
	}
	return failed
}

// settings(answers) gives the answers as a beian.yaml.
func (p *page) settings(_ js.Value, args []js.Value) any {
	return p.attempt(func() (any, error) {
		text, err := session.Settings(args[0].String())
		return string(text), err
	})
}

// documents(lang) lists what can be taken away.
func (p *page) documents(_ js.Value, args []js.Value) any {
	return p.attempt(func() (any, error) {
		in, _ := lang.Parse(args[0].String())
		var out []map[string]string
		for _, d := range session.Documents() {
			out = append(out, map[string]string{"kind": d.Kind, "file": d.File, "title": d.Title.In(in)})
		}
		return out, nil
	})
}

// questions(lang) lists the fields of the form.
func (p *page) questions(_ js.Value, args []js.Value) any {
	return p.attempt(func() (any, error) {
		in, _ := lang.Parse(args[0].String())
		return session.Questions(in), nil
	})
}

// attempt gives what do returns as JSON. A panic of ours is an error for people.
func (p *page) attempt(do func() (any, error)) (result string) {
	defer func() {
		if cause := recover(); cause != nil {
			result = p.failed(bug.New(cause))
		}
	}()
	value, err := do()
	if err != nil {
		return p.failed(err)
	}
	text, err := json.Marshal(map[string]any{"value": value})
	if err != nil {
		return p.failed(err)
	}
	return string(text)
}

func (p *page) failed(err error) string {
	text, _ := json.Marshal(map[string]string{"error": lang.Of(err).In(p.Lang)}) // a text can be marshalled
	return string(text)
}
