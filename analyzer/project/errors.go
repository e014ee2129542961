package project

import (
	"fmt"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// ErrorKind tells why nothing could be loaded.
type ErrorKind uint8

// The reasons for which a directory gives no program.
const (
	NotFound     ErrorKind = iota + 1 // no such directory
	NotDirectory                      // it is a file
	Unreadable                        // permissions, or an I/O error
	EmptyDir                          // no file in it that could belong to a program
	NoProgram                         // files, but none that makes a program
	BadConfig                         // app.json is there and cannot be understood
	TooLarge                          // more files than a project has
)

// LoadError says why a directory gives no program, and how to mend it.
type LoadError struct {
	Kind     ErrorKind
	Path     string          // as given, or relative to the directory that was given
	Location source.Location // in app.json, for BadConfig; else zero
	Message  lang.Text       // a sentence about Path without it
}

func loadError(path string, kind ErrorKind, message lang.Text) *LoadError {
	return &LoadError{Kind: kind, Path: path, Message: message}
}

// Error returns Text in English.
func (e *LoadError) Error() string { return e.Text().EN }

// Text returns the path, the line and column if there are any, and the message.
func (e *LoadError) Text() lang.Text {
	return lang.Same(e.place()).Plus(lang.Colon).Plus(e.Message)
}

func (e *LoadError) place() string {
	if e.Location.IsZero() {
		return e.Path
	}
	at := e.Location.Start()
	return fmt.Sprintf("%s:%d:%d", e.Path, at.Line, at.Column)
}
