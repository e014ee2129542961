package control

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Patterns that package regexp cannot run (look-around, back references, large counts)
// are run here, by trying one way after the other, as JavaScript does. Every place
// that is tried counts as a step, so that what a pattern may cost is a number and the
// answer is the same however busy the machine is.
//
// A pattern becomes functions: each tries to match at a place and hands the end of
// what it matched to next, which is the rest of the pattern. If the rest does not fit,
// next reports false, and the function tries the next way it knows. /^(?=a)\w+b/ is
//
//	start, ahead(a), repeat(\w, 1, many), b
//
// and on "ab" repeat first takes both, b finds nothing, repeat takes one, b fits.

// node is a part of a pattern.
type node func(s *search, at int, next func(at int) bool) bool

// search is one attempt at a text.
type search struct {
	text   []rune
	groups [][2]int // start and end of what each group matched; start -1 if nothing
	steps  *int     // that are left
}

// step takes a step, and reports whether there was one left.
func (s *search) step() bool {
	*s.steps--
	return *s.steps >= 0
}

// backtracking compiles a pattern with these flags. The matcher takes the steps that
// it needs from steps, and fails with errLimit if they do not suffice.
func backtracking(pattern string, flags map[rune]bool, steps *int) (matcher, error) {
	p := patternReader{src: []rune(pattern), flags: flags, names: map[string]int{}}
	p.findGroups()
	whole, err := p.whole()
	if err != nil {
		return nil, err
	}
	return func(text string) (bool, error) {
		s := &search{text: []rune(text), steps: steps, groups: make([][2]int, p.total+1)}
		for at := 0; at <= len(s.text) && *steps > 0; at++ {
			for i := range s.groups {
				s.groups[i][0] = -1
			}
			if whole(s, at, func(int) bool { return true }) && *steps >= 0 {
				return true, nil
			}
			if flags['y'] {
				break
			}
		}
		if *steps <= 0 {
			return false, errLimit
		}
		return false, nil
	}, nil
}

// one matches one character of a set.
func one(in func(rune) bool) node {
	return func(s *search, at int, next func(int) bool) bool {
		return s.step() && at < len(s.text) && in(s.text[at]) && next(at+1)
	}
}

// where matches the empty text at places that fit.
func where(fits func(s *search, at int) bool) node {
	return func(s *search, at int, next func(int) bool) bool { return s.step() && fits(s, at) && next(at) }
}

func sequence(parts []node) node {
	switch len(parts) {
	case 0:
		return where(func(*search, int) bool { return true })
	case 1:
		return parts[0]
	}
	first, rest := parts[0], sequence(parts[1:])
	return func(s *search, at int, next func(int) bool) bool {
		return first(s, at, func(at int) bool { return rest(s, at, next) })
	}
}

func anyOf(ways []node) node {
	if len(ways) == 1 {
		return ways[0]
	}
	return func(s *search, at int, next func(int) bool) bool {
		return slices.ContainsFunc(ways, func(way node) bool { return way(s, at, next) })
	}
}

// captured notes what x matched under a number.
func captured(n int, x node) node {
	return func(s *search, at int, next func(int) bool) bool {
		before := s.groups[n]
		if x(s, at, func(end int) bool {
			inner := s.groups[n]
			s.groups[n] = [2]int{at, end}
			if next(end) {
				return true
			}
			s.groups[n] = inner
			return false
		}) {
			return true
		}
		s.groups[n] = before
		return false
	}
}

// repeat matches x at least min and at most max times (max < 0: as often as it fits),
// as often as possible unless it is lazy. A round beyond min that matches nothing is
// none, so the rounds end.
func repeat(x node, min, max int, lazy bool) node {
	var round func(s *search, at, n int, next func(int) bool) bool
	round = func(s *search, at, n int, next func(int) bool) bool {
		if !s.step() {
			return false
		}
		more := func() bool {
			return (max < 0 || n < max) && x(s, at, func(end int) bool {
				if end == at { // so would be the other rounds that must be
					return n < min && next(end)
				}
				return round(s, end, n+1, next)
			})
		}
		switch {
		case n < min:
			return more()
		case lazy:
			return next(at) || more()
		}
		return more() || next(at)
	}
	return func(s *search, at int, next func(int) bool) bool { return round(s, at, 0, next) }
}

// ahead matches the empty text if x fits behind it or, without fits, if x does not.
func ahead(x node, fits bool) node {
	return where(func(s *search, at int) bool { return x(s, at, func(int) bool { return true }) == fits })
}

// behind is ahead for the text that ends here.
func behind(x node, fits bool) node {
	return where(func(s *search, at int) bool {
		for from := at; from >= 0; from-- {
			if x(s, from, func(end int) bool { return end == at }) {
				return fits
			}
		}
		return !fits
	})
}

// patternReader reads the syntax of patterns (ECMA-262, 22.2.1).
type patternReader struct {
	src   []rune
	at    int
	flags map[rune]bool
	group int            // groups read
	total int            // groups there are
	names map[string]int // numbers of those with a name
}

// errPattern says that this is no pattern.
var errPattern = errors.New("no pattern")

// findGroups counts the groups, which a reference may name before they come.
func (p *patternReader) findGroups() {
	class := false
	for i := 0; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '[':
			class = true
		case ']':
			class = false
		case '(':
			rest := string(p.src[i:min(len(p.src), i+4)])
			named := strings.HasPrefix(rest, "(?<") && !strings.HasPrefix(rest, "(?<=") && !strings.HasPrefix(rest, "(?<!")
			if class || strings.HasPrefix(rest, "(?") && !named {
				continue
			}
			p.total++
			if end := slices.Index(p.src[i:], '>'); named && end > 0 {
				p.names[string(p.src[i+3:i+end])] = p.total
			}
		}
	}
}

func (p *patternReader) whole() (node, error) {
	x, err := p.alternatives(0)
	if err == nil && p.at < len(p.src) {
		err = errPattern
	}
	return x, err
}

// take reads text if it comes next.
func (p *patternReader) take(text string) bool {
	if !strings.HasPrefix(string(p.src[p.at:min(len(p.src), p.at+len(text))]), text) {
		return false
	}
	p.at += len([]rune(text))
	return true
}

// maxNested bounds how deep groups may be nested.
var maxNested = 100

func (p *patternReader) alternatives(depth int) (node, error) {
	if depth > maxNested {
		return nil, errLimit
	}
	var ways []node
	for {
		var parts []node
		for p.at < len(p.src) && p.src[p.at] != '|' && p.src[p.at] != ')' {
			x, err := p.term(depth)
			if err != nil {
				return nil, err
			}
			parts = append(parts, x)
		}
		ways = append(ways, sequence(parts))
		if !p.take("|") {
			return anyOf(ways), nil
		}
	}
}

// term reads one part and how often it comes.
func (p *patternReader) term(depth int) (node, error) {
	x, err := p.atom(depth)
	if err != nil {
		return nil, err
	}
	least, most, ok := p.count()
	if !ok {
		return x, nil
	}
	if most >= 0 && most < least {
		return nil, errPattern
	}
	return repeat(x, least, most, p.take("?")), nil
}

// count reads *, +, ?, {n}, {n,} or {n,m}.
func (p *patternReader) count() (least, most int, ok bool) {
	switch {
	case p.take("*"):
		return 0, -1, true
	case p.take("+"):
		return 1, -1, true
	case p.take("?"):
		return 0, 1, true
	}
	end := slices.Index(p.src[p.at:], '}')
	if p.at >= len(p.src) || p.src[p.at] != '{' || end < 0 {
		return 0, 0, false
	}
	from, to, several := strings.Cut(string(p.src[p.at+1:p.at+end]), ",")
	least, err := strconv.Atoi(from)
	most, also := least, error(nil)
	if several {
		most = -1
		if to != "" {
			most, also = strconv.Atoi(to)
		}
	}
	if err != nil || also != nil || least < 0 {
		return 0, 0, false // a brace that means itself
	}
	p.at += end + 1
	return least, most, true
}

func (p *patternReader) atom(depth int) (node, error) {
	switch {
	case p.take("(?="):
		return p.inside(depth, func(x node) node { return ahead(x, true) })
	case p.take("(?!"):
		return p.inside(depth, func(x node) node { return ahead(x, false) })
	case p.take("(?<="):
		return p.inside(depth, func(x node) node { return behind(x, true) })
	case p.take("(?<!"):
		return p.inside(depth, func(x node) node { return behind(x, false) })
	case p.take("(?:"):
		return p.inside(depth, func(x node) node { return x })
	case p.take("(?<"):
		end := slices.Index(p.src[p.at:], '>')
		if end < 0 {
			return nil, errPattern
		}
		p.at += end + 1
		return p.capture(depth)
	case p.take("("):
		return p.capture(depth)
	case p.take("^"):
		return where(func(s *search, at int) bool { return at == 0 || p.flags['m'] && newline(s.text[at-1]) }), nil
	case p.take("$"):
		return where(func(s *search, at int) bool { return at == len(s.text) || p.flags['m'] && newline(s.text[at]) }), nil
	case p.take(`\b`):
		return where(border), nil
	case p.take(`\B`):
		return where(func(s *search, at int) bool { return !border(s, at) }), nil
	case p.take("."):
		return one(func(c rune) bool { return p.flags['s'] || !newline(c) }), nil
	case p.take("["):
		return p.class()
	case p.src[p.at] == '\\':
		if n, ok := p.reference(); ok {
			return p.same(n), nil
		}
		set, _, err := p.escape()
		return one(p.folded(set)), err
	case strings.ContainsRune("*+?", p.src[p.at]):
		return nil, errPattern
	}
	p.at++
	return one(p.folded(exactly(p.src[p.at-1]))), nil
}

func (p *patternReader) inside(depth int, wrap func(node) node) (node, error) {
	x, err := p.alternatives(depth + 1)
	if err != nil {
		return nil, err
	}
	if !p.take(")") {
		return nil, errPattern
	}
	return wrap(x), nil
}

func (p *patternReader) capture(depth int) (node, error) {
	p.group++
	n := p.group
	return p.inside(depth, func(x node) node { return captured(n, x) })
}

// reference reads \1 or \k<name>.
func (p *patternReader) reference() (n int, ok bool) {
	rest := p.src[p.at+1:]
	if len(rest) > 1 && rest[0] == 'k' && rest[1] == '<' {
		end := slices.Index(rest, '>')
		if end < 0 {
			return 0, false
		}
		n, ok = p.names[string(rest[2:end])]
		if ok {
			p.at += end + 2
		}
		return n, ok
	}
	digits := 0
	for digits < len(rest) && '0' <= rest[digits] && rest[digits] <= '9' {
		digits++
	}
	n, err := strconv.Atoi(string(rest[:digits]))
	if err != nil || n == 0 || n > p.total {
		return 0, false
	}
	p.at += digits + 1
	return n, true
}

// same matches once more what a group matched.
func (p *patternReader) same(n int) node {
	return func(s *search, at int, next func(int) bool) bool {
		g := s.groups[n]
		if !s.step() || g[0] < 0 {
			return *s.steps >= 0 && next(at)
		}
		for _, c := range s.text[g[0]:g[1]] {
			if at >= len(s.text) || !p.folded(exactly(c))(s.text[at]) {
				return false
			}
			at++
		}
		return next(at)
	}
}

// class reads the rest of a class behind its bracket.
func (p *patternReader) class() (node, error) {
	not := p.take("^")
	var sets []func(rune) bool
	for {
		if p.at >= len(p.src) {
			return nil, errPattern
		}
		if p.take("]") {
			break
		}
		set, from, err := p.member()
		if err != nil {
			return nil, err
		}
		if from >= 0 && p.at+1 < len(p.src) && p.src[p.at] == '-' && p.src[p.at+1] != ']' {
			p.at++
			other, to, err := p.member()
			switch {
			case err != nil:
				return nil, err
			case to < 0: // [a-\d]: a, - and digits
				sets = append(sets, exactly('-'), other)
			case to < from:
				return nil, errPattern
			default:
				set = func(c rune) bool { return from <= c && c <= to }
			}
		}
		sets = append(sets, set)
	}
	in := p.folded(func(c rune) bool { return slices.ContainsFunc(sets, func(set func(rune) bool) bool { return set(c) }) })
	return one(func(c rune) bool { return in(c) != not }), nil
}

// member reads one character or set of a class; c is -1 for a set.
func (p *patternReader) member() (set func(rune) bool, c rune, err error) {
	if p.src[p.at] == '\\' {
		if p.take(`\b`) {
			return exactly('\b'), '\b', nil
		}
		return p.escape()
	}
	p.at++
	return exactly(p.src[p.at-1]), p.src[p.at-1], nil
}

// escape reads what a backslash begins; c is -1 for a set.
func (p *patternReader) escape() (set func(rune) bool, c rune, err error) {
	p.at++
	if p.at >= len(p.src) {
		return nil, 0, errPattern
	}
	c = p.src[p.at]
	p.at++
	switch c {
	case 'd', 'D':
		return except(c == 'D', digit), -1, nil
	case 'w', 'W':
		return except(c == 'W', word), -1, nil
	case 's', 'S':
		return except(c == 'S', blank), -1, nil
	case 'p', 'P':
		if p.flags['u'] {
			set, err := p.property()
			return except(c == 'P', set), -1, err
		}
	case 'x':
		c = p.hex(2, c)
	case 'u':
		if end := slices.Index(p.src[p.at:], '}'); p.flags['u'] && end > 1 && p.src[p.at] == '{' {
			n, err := strconv.ParseUint(string(p.src[p.at+1:p.at+end]), 16, 31)
			p.at += end + 1
			return exactly(rune(n)), rune(n), err
		}
		c = p.hex(4, c)
	case 'c':
		if p.at < len(p.src) && unicode.IsLetter(p.src[p.at]) {
			c = p.src[p.at] % 32
			p.at++
		}
	default:
		if i := strings.IndexRune("0tnvfr", c); i >= 0 {
			c = []rune("\x00\t\n\v\f\r")[i]
		}
	}
	return exactly(c), c, nil
}

// hex reads n digits; if there are fewer the letter before them means itself.
func (p *patternReader) hex(n int, letter rune) rune {
	if p.at+n <= len(p.src) {
		if c, err := strconv.ParseUint(string(p.src[p.at:p.at+n]), 16, 32); err == nil {
			p.at += n
			return rune(c)
		}
	}
	return letter
}

// property reads {Han}, {Script=Han} or {L} behind \p.
func (p *patternReader) property() (func(rune) bool, error) {
	end := slices.Index(p.src[p.at:], '}')
	if end < 1 || p.src[p.at] != '{' {
		return nil, errPattern
	}
	name := string(p.src[p.at+1 : p.at+end])
	p.at += end + 1
	if _, value, ok := strings.Cut(name, "="); ok {
		name = value
	}
	for _, tables := range []map[string]*unicode.RangeTable{unicode.Categories, unicode.Scripts, unicode.Properties} {
		if t := tables[name]; t != nil {
			return func(c rune) bool { return unicode.Is(t, c) }, nil
		}
	}
	return nil, errLimit // a property that is not known here
}

// folded is set with letters of either case, if the pattern says so.
func (p *patternReader) folded(set func(rune) bool) func(rune) bool {
	if !p.flags['i'] {
		return set
	}
	return func(c rune) bool {
		for f := unicode.SimpleFold(c); f != c; f = unicode.SimpleFold(f) {
			if set(f) {
				return true
			}
		}
		return set(c)
	}
}

func exactly(c rune) func(rune) bool { return func(d rune) bool { return c == d } }

func except(not bool, set func(rune) bool) func(rune) bool {
	return func(c rune) bool { return set(c) != not }
}

func digit(c rune) bool { return '0' <= c && c <= '9' }

func word(c rune) bool {
	return digit(c) || c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func blank(c rune) bool { return unicode.IsSpace(c) && c != '\u0085' || c == '\ufeff' }

func newline(c rune) bool { return c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029' }

// border reports whether a word begins or ends at a place.
func border(s *search, at int) bool {
	before, after := at > 0 && word(s.text[at-1]), at < len(s.text) && word(s.text[at])
	return before != after
}
