package flow

import (
	"slices"

	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
)

// A page can be opened with other parameters than the program's own calls pass: by a QR code, a share, or by code that a
// limit cut. In templates a condition on a parameter hides nothing. In a script that makes its elements, what is under it
// is made only if the parameter can have the value:
//
//	{type === 2 && <NameField/>}     // the calls that were followed pass type=1
//
// openQueries makes the parameters of such pages unknown besides what is passed, and reports whether there are any. It is
// asked when all else is done.
func (m *machine) openQueries() (some bool) {
	if m.decisions == nil || m.stopped() {
		return false // no script makes elements
	}
	var hides func(*project.Unit) bool
	for _, i := range m.pages.order {
		if i.query == nil || i.opened || len(i.query.props) == 0 {
			continue
		}
		if hides == nil {
			hides = m.hidesControls()
		}
		kid := func(k *instance) bool { return k.page == i && hides(k.unit) }
		if !hides(i.unit) && !slices.ContainsFunc(m.pages.kids, kid) {
			continue
		}
		i.opened, some = true, true
		m.charge(i.purse, func() {
			m.entryPoint(i, site{i.query, "opened"}, 0, func() {
				for name := range objectOf(i.query).properties() {
					m.addProp(i.query, name, unknownValue)
				}
			})
		})
	}
	return some
}

// hidesControls returns a function that reports whether the script of a unit writes an element that may ask for something,
// which no run showed and that is not known never to be shown.
func (m *machine) hidesControls() func(*project.Unit) bool {
	quiet := m.quietUnits()
	known := map[*project.Unit]bool{}
	return func(u *project.Unit) bool {
		found, asked := known[u]
		if asked || u == nil || !u.Own() || u.View == nil || u.View.Tree == nil || !makesElements(u) {
			return found
		}
		markup.WalkElements(u.View.Nodes(), func(e *markup.Element) {
			found = found || !m.react.drew[e] && quiet.mayAsk(u, e) && m.neverMade(u, e) == nil
		})
		known[u] = found
		return found
	}
}
