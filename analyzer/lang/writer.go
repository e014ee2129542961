package lang

import (
	"fmt"
	"strings"
)

// Writer collects a text for people, line by line, in one language.
type Writer struct {
	strings.Builder
	Lang Code
}

// Say picks the text in the language of the writer.
func (w *Writer) Say(zh, en string) string { return w.Lang.Say(zh, en) }

// Line adds a line, formatted like fmt.Sprintf.
func (w *Writer) Line(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
