package ir

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// An If lists the registers in which its branches leave something, and no others.
func TestOutputs(t *testing.T) {
	for text, want := range map[string][]int{
		"if (a) b(c + d)":                       {0},
		"if (a) b = c + d; else d = e.f()":      {0},
		"x = a ? b : c":                         {1},
		"x = a || b.c":                          {1},
		"x = a ?? b":                            {1},
		"x = a?.b?.c":                           {1, 1},
		"x = a ? b ? c : d : e":                 {1, 1},
		"for (;;) { x = a && b; if (x) break }": {1, 0},
	} {
		var found []int
		var walk func(code []Instr)
		walk = func(code []Instr) {
			for i := range code {
				if code[i].Ext == nil {
					continue
				}
				if code[i].Op == If {
					found = append(found, len(code[i].Ext.Out))
				}
				for _, b := range code[i].Ext.Blocks {
					walk(b)
				}
			}
		}
		walk(Lower(script.Parse(source.NewFile("page.js", text), mode("page.js"))).Init.Body())
		require.Equal(t, want, found, text)
	}
}
