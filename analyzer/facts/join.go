package facts

// With returns f with what other says besides: other is of the same program on another
// platform.
func (f Facts) With(other Facts) Facts {
	g := &gatherer{facts: f}
	for _, a := range other.Addresses {
		g.address(a.Kind, a.Value, a.Location)
	}
	g.facts.Calls = more(f.Calls, other.Calls, func(c Call) string { return c.API })
	g.facts.Loaded = more(f.Loaded, other.Loaded, func(c Call) string { return c.API })
	g.facts.WebPages = more(f.WebPages, other.WebPages, placed)
	g.facts.OfPlugins = more(f.OfPlugins, other.OfPlugins, func(p Place) string { return p.Text })
	g.facts.Scopes = more(f.Scopes, other.Scopes, placed)
	g.facts.Policies = more(f.Policies, other.Policies, placed)
	g.facts.Numbers = more(f.Numbers, other.Numbers, placed)
	g.facts.Hints = more(f.Hints, other.Hints, func(h Hint) string { return string(h.Topic) + h.Word })
	g.sort()
	return g.facts
}

func placed(p Place) string { return p.Text + " " + p.Location.String() }

// more returns list and those of others that it has none alike of, by key.
func more[T any](list, others []T, key func(T) string) []T {
	known := map[string]bool{}
	for _, one := range list {
		known[key(one)] = true
	}
	list = list[:len(list):len(list)]
	for _, one := range others {
		if !known[key(one)] {
			list = append(list, one)
		}
	}
	return list
}
