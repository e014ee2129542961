package flow

import (
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/dop251/goja/parser"

	"github.com/beian/beian/analyzer/script"
)

// Questions about a text of which only the beginning is known. Many programs put a host in front of an address only if it has
// none yet:
//
//	if (!options.url.startsWith('http')) options.url = HOST + options.url
//	if (!/^https?:/.test(url)) url = HOST + url

// beginning is what of a text is known to begin it.
type beginning struct {
	text string
	any  bool // nothing is known: what another build puts there
}

// beginnings returns how each text that c can be begins; ok is false if not all are known.
func (c *constant) beginnings() (list []beginning, ok bool) {
	switch {
	case c.kind == text:
		return []beginning{{text: c.str}}, true
	case c.kind != joined:
		return nil, false
	case c.ofBuild():
		return []beginning{{any: true}}, true
	}
	head := ""
	for _, p := range c.pieces() {
		if p.val == nil {
			head += p.str
			continue
		}
		if head != "" || p.str != "" || !p.val.ofTexts() {
			break
		}
		for _, k := range p.val.consts {
			some, ok := k.beginnings()
			if !ok {
				return nil, false
			}
			list = append(list, some...)
		}
		return list, true
	}
	return []beginning{{text: head}}, head != ""
}

// ofTexts reports whether v is texts of which something is known, and nothing else.
func (v *Value) ofTexts() bool {
	return v != nil && !v.unknown && len(v.objects) == 0 && len(v.consts) > 0 && len(v.about()) == 0
}

// question is asked of a text: with known arguments, by a method of it or by a regular expression.
type question struct {
	method string
	word   string
	regexp *script.Regexp
}

// answer is what q gives for a text that begins so and goes on; nil if that is not known.
func (q question) answer(begin string) *Value {
	switch at := strings.Index(begin, q.word); q.method {
	case "startsWith":
		if len(begin) >= len(q.word) || !strings.HasPrefix(q.word, begin) {
			return boolOf(strings.HasPrefix(begin, q.word))
		}
	case "includes":
		if at >= 0 {
			return trueValue
		}
	case "indexOf":
		if at >= 0 {
			return numberOf(float64(utf16Length(begin[:at])))
		}
	case "test":
		return testBeginning(q.regexp, begin)
	}
	return nil
}

// testBeginning is whether a regular expression matches a text that begins so; nil if that is not known.
func testBeginning(re *script.Regexp, begin string) *Value {
	if re == nil || len(re.Pattern) > maxPattern || strings.Trim(re.Flags, "i") != "" {
		return nil
	}
	pattern, err := parser.TransformRegExp(re.Pattern, false, false)
	if err != nil {
		return nil
	}
	if re.Flags != "" {
		pattern = "(?i)" + pattern
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	longest, plain := extent(tree, true)
	if !plain {
		return nil
	}
	found := regexp.MustCompile(pattern).MatchString(begin)
	anchored := tree.Op == syntax.OpConcat && tree.Sub[0].Op == syntax.OpBeginText
	switch {
	case found:
		return trueValue
	case anchored && longest >= 0 && longest <= len([]rune(begin)):
		return falseValue
	}
	return nil
}

// extent is the length of the longest text that tree matches, negative if there is none; plain is false if it asks for what
// comes behind.
func extent(tree *syntax.Regexp, first bool) (longest int, plain bool) {
	switch tree.Op {
	case syntax.OpLiteral:
		return len(tree.Rune), true
	case syntax.OpCharClass, syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return 1, true
	case syntax.OpEmptyMatch:
		return 0, true
	case syntax.OpBeginText:
		return 0, first
	case syntax.OpCapture, syntax.OpQuest:
		return extent(tree.Sub[0], first)
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		_, plain = extent(tree.Sub[0], false)
		return -1, plain
	case syntax.OpConcat, syntax.OpAlternate:
		plain = true
		for i, sub := range tree.Sub {
			n, ok := extent(sub, first && i == 0)
			plain = plain && ok
			switch {
			case n < 0 || longest < 0:
				longest = -1
			case tree.Op == syntax.OpAlternate:
				longest = max(longest, n)
			default:
				longest += n
			}
		}
		return longest, plain
	}
	return 0, false
}

// answerTo is what q gives for c: several if it can be several texts; nil if not all answers are known.
func (q question) answerTo(c *constant) (answers *Value) {
	begins, ok := c.beginnings()
	if !ok {
		return nil
	}
	for _, b := range begins {
		if b.any {
			continue
		}
		a := q.answer(b.text)
		if a == nil {
			return nil
		}
		answers = join(answers, a)
	}
	return answers
}

// beginningWith makes a native of one that asks something of a text: where that is known in its beginning only, the
// beginning may be enough for an answer.
func beginningWith(name string, whole nativeFunc) nativeFunc {
	return func(m *machine, c *call) *Value {
		subject, q := c.this, question{method: name}
		if name == "test" {
			subject = c.arg(0)
			if o := c.this.single(); o != nil {
				q.regexp = o.regexp
			}
		} else if k, ok := c.arg(0).only(); ok && k.kind == text && len(c.args) == 1 && k.str != "" {
			q.word = k.str
		} else {
			return whole(m, c)
		}
		if c.more != nil || !subject.ofTexts() || !subject.hasJoined() {
			return whole(m, c)
		}
		var out *Value
		for _, k := range subject.consts {
			switch answers := q.answerTo(k); {
			case answers != nil:
				out = join(out, answers)
			case !k.ofBuild():
				return whole(m, c)
			}
		}
		if out == nil {
			return whole(m, c)
		}
		if name == "test" {
			m.noteRegexp(c.this, c.arg(0))
		}
		return decidedAll(subject).through(out)
	}
}
