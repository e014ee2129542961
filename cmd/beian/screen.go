package main

import (
	"os"
	"strconv"

	"golang.org/x/term"
)

// screen is the terminal that a person reads stdout on.
type screen struct {
	width   int  // cells in a line; 0 if it is not known
	colours bool // does it understand the codes of colours?
}

// screenOf returns the terminal that f writes to, or nil for a file or a pipe.
func screenOf(f *os.File) *screen {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return nil
	}
	s := &screen{colours: understandsColours(f)}
	s.width, _, _ = term.GetSize(fd)
	return s
}

// width returns the cells in a line of text: those of COLUMNS, which a person can
// set, else those of the terminal; 0 if neither is known.
func (c *command) width() int {
	if n, err := strconv.Atoi(c.getenv("COLUMNS")); err == nil && n > 0 {
		return n
	}
	if c.screen == nil {
		return 0
	}
	return c.screen.width
}

// coloured decides on colours in the text on stdout, by the conventions of
// no-color.org and force-color.org.
func (c *command) coloured(when string) bool {
	force := c.getenv("FORCE_COLOR")
	switch {
	case when != "auto":
		return when == "always"
	case c.getenv("NO_COLOR") != "":
		return false
	case force != "" && force != "0":
		return true
	}
	return c.screen != nil && c.screen.colours && c.getenv("TERM") != "dumb"
}

// terminalOf returns f if it is a terminal that understands how a line is written over,
// or nil.
func terminalOf(f *os.File) *os.File {
	if s := screenOf(f); s == nil || !s.colours {
		return nil
	}
	return f
}
