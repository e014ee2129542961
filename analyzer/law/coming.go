package law

import (
	_ "embed"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

//go:embed coming.txt
var comingText string

// Change is a law or a draft that no rulebook applies yet.
type Change struct {
	Title, Stage lang.Text
}

// Coming lists what to watch, by coming.txt.
func Coming() []Change {
	var out []Change
	for line := range strings.Lines(comingText) {
		c := strings.Split(strings.TrimSpace(line), " | ")
		if len(c) == 4 && !strings.HasPrefix(line, "#") {
			out = append(out, Change{lang.Both(c[0], c[1]), lang.Both(c[2], c[3])})
		}
	}
	return out
}
