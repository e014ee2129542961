// Package bug keeps a mistake of the analyzer from costing more than the piece of the
// program that it was working on: a file, an entry point, a view, a detector. The
// piece is left out, and the report asks people to send us one line.
package bug

import (
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Error is a mistake of the analyzer, not of the scanned program.
type Error struct {
	Cause any // what was passed to panic
	Stack []byte
}

// New returns the mistake behind a recovered panic. It must be called by the
// function that recovered. A mistake that was passed on stays as it is.
func New(cause any) *Error {
	if e, ok := cause.(*Error); ok {
		return e
	}
	return &Error{Cause: cause, Stack: debug.Stack()}
}

// Catch runs something that can be left out, and returns the mistake if it panicked.
func Catch(run func()) (e *Error) {
	defer func() {
		if cause := recover(); cause != nil {
			e = New(cause)
		}
	}()
	run()
	return nil
}

// Error asks for a report and gives what is needed for one, without the whole
// stack.
func (e *Error) Error() string { return e.Text().EN }

// Text is Error in both languages.
func (e *Error) Text() lang.Text {
	return lang.Textf("这是 beian 自身的缺陷，不是被扫描程序的问题：%v（%s）\n请带上这一行到 "+issues+" 报告",
		"this is a bug in beian, not in the scanned program: %v (%s)\nplease report it at "+issues+" with this line",
		e.Cause, e.origin())
}

// Omission says in one line that something was left out because of e.
func (e *Error) Omission() lang.Text {
	return lang.Textf("beian 自身的缺陷使这一部分没有分析：%v（%s）；请带上这一行到 "+issues+" 报告",
		"this part was not analyzed because of a bug in beian: %v (%s); please report it at "+issues+" with this line",
		e.Cause, e.origin())
}

const issues = "https://github.com/beian/beian/issues"

// origin is the place in our source that panicked: "vue.go:225".
func (e *Error) origin() string {
	lines := strings.Split(string(e.Stack), "\n")
	panicked := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "panic(") })
	for i := max(0, panicked+2); i+1 < len(lines); i++ {
		if strings.HasPrefix(lines[i], "github.com/beian/beian/") {
			file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
			return path.Base(file)
		}
	}
	return "?"
}
