package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// The hosts of the addresses that a value can be.

// maxHosts bounds how many hosts of one call are told.
var maxHosts = 4

// hostsOf returns the hosts of the addresses that v is known to begin with, but without
// what a path that may lack its slash adds to one. A program often has one for development
// beside the published one: those that only a developer can reach come last. If none is
// known it is the empty text.
func hostsOf(v *Value) (hosts []string) {
	if v != nil {
		for _, c := range v.consts {
			for _, s := range prefixes(c) {
				if host := hostIn(s, c.kind == joined); host != "" {
					hosts = addHost(hosts, host)
				}
			}
		}
	}
	slices.SortStableFunc(hosts, func(a, b string) int { return localRank(a) - localRank(b) })
	if len(hosts) == 0 {
		return []string{""}
	}
	return hosts[:min(len(hosts), maxHosts)]
}

// hostOf is the first of hostsOf.
func hostOf(v *Value) string { return hostsOf(v)[0] }

// hostIn returns the host of an address, or "". If the text goes on unknown, its end may
// be a part of the host only.
func hostIn(address string, goesOn bool) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		if before, whole := strings.CutSuffix(rest[:i], ":"); whole && strings.HasPrefix(rest[i:], "//") && schemeAtEnd(before) {
			return "" // a host in front of an address that has one: no address that works
		}
		return wholeHost(rest[:i])
	}
	if goesOn && !strings.Contains(rest, ".") {
		return ""
	}
	if absent := strings.HasSuffix(rest, "undefined") || strings.HasSuffix(rest, "null"); absent {
		return "" // what was put behind the host is not there: no address that works
	}
	return wholeHost(rest)
}

// schemeAtEnd reports whether a text ends with the scheme of an address.
func schemeAtEnd(text string) bool {
	return strings.HasSuffix(text, "http") || strings.HasSuffix(text, "https")
}

// wholeHost is host without the colon before a port that is not known, as when the settings of a person may have none. It is
// "" if what is known is no host: a port alone, a value that is not there, or a name that ends where its next part would
// begin ("https://api." + domain).
func wholeHost(host string) string {
	host = strings.TrimSuffix(host, ":")
	switch name, _, _ := strings.Cut(host, ":"); {
	case name == "", name == "undefined", name == "null", strings.HasSuffix(host, "."), strings.HasSuffix(host, "-"):
		return ""
	}
	return host
}

// addHost adds a host to a list, of two that begin alike the shorter one.
func addHost(hosts []string, host string) []string {
	for i, known := range hosts {
		switch {
		case strings.HasPrefix(host, known):
			return hosts
		case strings.HasPrefix(known, host):
			hosts[i] = host
			return hosts
		}
	}
	return append(hosts, host)
}

func localRank(host string) int {
	if finding.LocalHost(host) {
		return 1
	}
	return 0
}

// prefixes returns the texts that c can begin with.
func prefixes(c *constant) []string {
	if c.kind != joined {
		return []string{c.String()}
	}
	out := []string{""}
	for _, p := range c.pieces() {
		if p.val == nil {
			for i := range out {
				out[i] += p.str
			}
			continue
		}
		few := len(p.val.consts) <= 4 || len(out) == 1 // many addresses of one host are told apart by their ends
		if len(p.val.consts) == 0 || !few || p.str != "" {
			break
		}
		var next []string
		open := false
		for _, a := range out {
			for _, k := range p.val.consts {
				if k.ofBuild() && len(p.val.consts) > 1 {
					continue // told by the texts of the builds that are known
				}
				next = append(next, a+k.prefix())
				open = open || k.kind == joined
			}
		}
		if out = next; open || len(out) > 8 {
			break
		}
	}
	return out
}
