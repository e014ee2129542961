package flow

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/internal/heavy"
)

// What is shed makes no difference to what is found, and it is nearly all that code made.
func TestShedding(t *testing.T) {
	defer func(every int) { shedEvery = every }(shedEvery)
	for file, p := range fixturePrograms(t) {
		require.Equal(t, dumpWith(t, p, 1<<30), dumpWith(t, p, 1), file)
	}

	programs, err := project.Load(heavy.Shop(1), project.Options{})
	require.NoError(t, err)
	shedEvery = 100
	m := newMachine(programs[0], standard)
	m.initApp()
	m.makeApp()
	m.initModules()
	m.makePages()
	m.glance()
	m.round(1)
	m.shed()
	shed, kept := 0, 0
	var count func(c *context)
	count = func(c *context) {
		for _, a := range c.objects.rows {
			if a.object == nil {
				shed++
			} else {
				kept++
			}
		}
		for _, next := range c.children.rows {
			count(next.value)
		}
	}
	for _, i := range append(m.pages.order, m.pages.kids...) {
		count(i.context)
	}
	require.Greater(t, shed, kept, "%d objects were shed and %d kept", shed, kept)
}

// dumpWith is all that is known of p if contexts are looked through as often as every says.
func dumpWith(t *testing.T, p *project.Program, every int) string {
	shedEvery = every
	var out strings.Builder
	require.NoError(t, Analyze(p, Options{}).Dump(&out, func(string) bool { return true }))
	return out.String()
}
