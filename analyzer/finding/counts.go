package finding

import "slices"

// What counts. Every package that leaves findings out asks here, so that
// report, verdict, privacy guide and editor agree.

// Collects reports whether findings of this kind are places that take data: a form
// control, an interface of the platform, a picture that is read. A literal, a
// setting or a destination collects nothing, and a finding inferred from a script
// alone has no place to point at.
func (k Kind) Collects() bool { return k == KindField || k == KindAPI || k == KindOCR }

// Own reports whether f is about the program's own code, a registered page can reach
// it, and some state of the page may show it.
func (f *Finding) Own() bool { return f.Reachable && f.Hidden == nil && f.Library == "" }

// Accepted reports whether a person has accepted f, in either way. Ask it for what
// is new and for what fails a check.
func (f *Finding) Accepted() bool { return f.Acceptance.As != "" }

// Dismissed reports whether a person has called f a mistake of the tool: no personal
// information. Ask it for facts; what is accepted as known is still collected.
func (f *Finding) Dismissed() bool { return f.Acceptance.As == NotPersonal }

// Counts reports whether f is a fact of the program: it is the program's own, and
// nobody has dismissed it. The caller weighs the confidence.
func (f *Finding) Counts() bool { return f.Own() && !f.Dismissed() }

// Pending reports whether f calls for a look: it counts, and nobody has accepted it.
func (f *Finding) Pending() bool { return f.Counts() && !f.Accepted() }

// Collects reports whether f counts and is a place where something is collected,
// whatever the category.
func (f *Finding) Collects() bool { return f.Counts() && f.Kind.Collects() }

// Triggers reports whether f collects one of the four categories that trigger
// filing.
func (f *Finding) Triggers() bool { return f.Collects() && f.Category.Triggers() }

// Routes are the routes of all pages on which f is there.
func (f *Finding) Routes() []string {
	if len(f.Pages) == 0 && f.Page != "" {
		return []string{f.Page}
	}
	return f.Pages
}

// Others are the pages on which f is there besides its own.
func (f *Finding) Others() (routes []string) {
	for _, r := range f.Pages {
		if r != f.Page {
			routes = append(routes, r)
		}
	}
	return routes
}

// Others are the pages on which some of these findings are besides their own.
func Others(found []*Finding) (routes []string) {
	for _, f := range found {
		for _, r := range f.Others() {
			if !slices.Contains(routes, r) {
				routes = append(routes, r)
			}
		}
	}
	return routes
}

// Exposes reports whether f counts and says e about the place that data goes
// to.
func (f *Finding) Exposes(e Exposure) bool {
	return f.Rule != nil && f.Rule.Exposure == e && f.Counts()
}
