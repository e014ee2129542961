package flow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/internal/golden"
)

// TestDump compares the output of Dump, and the texts of placeholders and labels, with
// a file.
func TestDump(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/dump.txtar")
	require.NoError(t, err)
	fsys, err := txtar.FS(archive)
	require.NoError(t, err)
	programs, err := project.Load(fsys, project.Options{})
	require.NoError(t, err)
	result := flow.Analyze(programs[0], flow.Options{})

	var out strings.Builder
	require.NoError(t, result.Dump(&out, func(string) bool { return true }))
	for _, c := range result.Controls {
		fmt.Fprintf(&out, "texts of <%s>: %s\n", c.Element.Tag, texts(c.Attr("placeholder")))
		for _, h := range c.Hosts {
			if label := h.Element.Attr("label"); label != nil {
				fmt.Fprintf(&out, "  in <%s>: %s\n", h.Element.Tag, texts(h.Texts(label.Parts)))
			}
		}
	}
	golden.Check(t, "testdata/dump.golden", out.String())

	var one strings.Builder
	require.NoError(t, result.Dump(&one, func(path string) bool { return strings.HasPrefix(path, "components/") }))
	require.NotEmpty(t, one.String())
	require.Contains(t, out.String(), one.String(), "a part of the program is dumped as it is in the whole")
}

// texts lists what an attribute can say, each with the place that says it.
func texts(all []flow.Text) string {
	said := make([]string, len(all))
	for i, t := range all {
		said[i] = fmt.Sprintf("%s (%s)", t.String, place(t.Location))
	}
	return strings.Join(said, ", ")
}
