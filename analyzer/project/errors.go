package project

import (
	"fmt"

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
	Kind      ErrorKind
	Path      string          // as given, or relative to the directory that was given
	Location  source.Location // in app.json, for BadConfig; else zero
	Message   string          // in English, a sentence about Path without it
	MessageZH string          // the same in Chinese
}

func loadError(path string, kind ErrorKind, en, zh string) *LoadError {
	return &LoadError{Kind: kind, Path: path, Message: en, MessageZH: zh}
}

// Error returns the path, the line and column where there are any, and the
// message in English.
func (e *LoadError) Error() string { return e.place() + ": " + e.Message }

// Chinese returns the same in Chinese.
func (e *LoadError) Chinese() string { return e.place() + "：" + e.MessageZH }

func (e *LoadError) place() string {
	if e.Location.IsZero() {
		return e.Path
	}
	at := e.Location.Start()
	return fmt.Sprintf("%s:%d:%d", e.Path, at.Line, at.Column)
}
