package analyzer

import (
	"path"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Bug is a mistake of the analyzer, not of the scanned program.
type Bug struct {
	Program string // source directory of the program, or ""
	Cause   any    // what was passed to panic
	Stack   []byte
}

// NewBug returns the bug behind a recovered panic. It must be called by the
// function that recovered.
func NewBug(cause any) *Bug { return &Bug{Cause: cause, Stack: debug.Stack()} }

// Error asks for a report and gives what is needed for one, without the whole
// stack.
func (b *Bug) Error() string { return b.Text().EN }

// Text is Error in both languages.
func (b *Bug) Text() lang.Text {
	var where lang.Text
	if b.Program != "" {
		where = lang.Textf("，位置 %s", " in %s", b.Program)
	}
	return lang.Textf("这是 beian 自身的缺陷，不是被扫描程序的问题%s：%v（%s）\n请带上这一行到 https://github.com/beian/beian/issues 报告",
		"this is a bug in beian, not in the scanned program%s: %v (%s)\nplease report it at https://github.com/beian/beian/issues with this line",
		where, b.Cause, b.origin())
}

// origin is the function of ours that panicked.
func (b *Bug) origin() string {
	lines := strings.Split(string(b.Stack), "\n")
	panicked := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "panic(") })
	for i := max(0, panicked+2); i+1 < len(lines); i++ {
		if strings.HasPrefix(lines[i], "github.com/beian/beian/") {
			file, _, _ := strings.Cut(strings.TrimSpace(lines[i+1]), " ")
			return path.Base(file)
		}
	}
	return "?"
}

// catch turns a panic of the surrounding function into a *Bug.
func catch(err *error, program string) {
	if cause := recover(); cause != nil {
		bug := NewBug(cause)
		bug.Program = program
		*err = bug
	}
}
