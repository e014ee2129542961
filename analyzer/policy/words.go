package policy

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// pattern compiles an expression when it is used first: most runs of beian use none.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}

//go:embed words.txt
var wordsText string

// vocabulary is words.txt: how categories are named, and what is blanked before.
type vocabulary struct {
	words map[finding.Category][]string
	other map[finding.Category]*regexp.Regexp // English, as whole words
	any   *regexp.Regexp                      // any of them
	not   *strings.Replacer
}

// bracketed is the part of a phrase that is blanked.
var bracketed = pattern(`\([^)]*\)`)

var words = sync.OnceValue(func() vocabulary {
	var english []string
	v := vocabulary{words: map[finding.Category][]string{}, other: map[finding.Category]*regexp.Regexp{}}
	for line := range strings.Lines(wordsText) {
		key, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		list, others, _ := strings.Cut(list, " |")
		if key == "not" {
			var pairs []string
			for _, w := range strings.Fields(list) {
				w = strings.ReplaceAll(w, "_", " ")
				if !strings.Contains(w, "(") {
					w = "(" + w + ")"
				}
				pairs = append(pairs, strings.NewReplacer("(", "", ")",
					"").Replace(w), bracketed().ReplaceAllStringFunc(w, func(s string) string {
					return strings.Repeat("＿", len([]rune(s))-2)
				}))
			}
			v.not = strings.NewReplacer(pairs...)
			continue
		}
		c := finding.Category(key)
		v.words[c] = strings.Fields(list)
		if others != "" {
			var parts []string
			for _, w := range strings.Split(others, "|") {
				parts = append(parts, regexp.QuoteMeta(w))
			}
			english = append(english, parts...)
			v.other[c] = regexp.MustCompile(`(?i)\b(?:` + strings.Join(parts, "|") + `)\b`)
		}
	}
	v.any = regexp.MustCompile(`(?i)\b(?:` + strings.Join(english, "|") + `)\b`)
	return v
})

// named are the categories that a clause names, in the order of finding.Categories.
func named(clause string) finding.CategoryList {
	clause = words().not.Replace(clause)
	chinese := strings.ContainsFunc(clause, func(r rune) bool { return r > 0x2E80 })
	english := !chinese && words().any.MatchString(clause)
	var out finding.CategoryList
	for _, c := range finding.Categories() {
		is := slices.ContainsFunc(words().words[c], func(w string) bool { return strings.Contains(clause, w) })
		if !is && english && words().other[c] != nil {
			is = words().other[c].MatchString(clause)
		}
		if is {
			out = append(out, c)
		}
	}
	return out
}

//go:embed parts.txt
var partsText string

// part is something that a policy has to say: a row of parts.txt.
type part struct {
	key     string
	title   lang.Text
	article string
	pattern *regexp.Regexp
}

var parts = sync.OnceValue(func() []part {
	var out []part
	for line := range strings.Lines(partsText) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.SplitN(line, "|", 5)
		for i := range c {
			c[i] = strings.TrimSpace(c[i])
		}
		out = append(out, part{c[0], lang.Both(c[1], c[2]), c[3], regexp.MustCompile(c[4])})
	}
	return out
})
