package control

import (
	"regexp"
	"slices"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
)

// The categories that words alone decide: gender, date of birth, bank card and others.
// They trigger nothing by themselves. A person mostly picks them, so that there is no
// value to check, and their names in code are those of many other things: what the
// label or placeholder says is all there is.

// asksFor reports whether term i is what a text asks for: the last word of a compound,
// and not about a thing. 宠物生日 and 生日蛋糕 ask for no person's date of birth.
func (l *lexicon) asksFor(terms []found, i int, runes []rune) bool {
	if named(terms, i, topicThing) || example.MatchString(string(runes[:terms[i].start])) {
		return false
	}
	end := terms[i].end
	if end == len(runes) || !unicode.Is(unicode.Han, runes[end]) {
		return true
	}
	return i+1 < len(terms) && terms[i+1].start == end && terms[i+1].topic == topicNeutral && terms[i+1].term != "号码"
}

// example begins what a text gives as an example: 例如：家人生日.
var example = regexp.MustCompile(`(例如|比如|譬如|如)[：:，,]?[^，。；,;]*$`)

// wide judges the categories that words alone decide.
func (e *Reading) wide() (out []Judgement) {
	if e.role == platform.Textarea && e.remarks() {
		return nil
	}
	for _, c := range finding.Categories() {
		clue, sure := e.words(c)
		if clue == nil {
			continue
		}
		j := Judgement{Category: c, Confidence: finding.Low, Subject: clue.Text, Clues: []Clue{*clue}}
		if sure && e.taken && !e.searches && !e.queries() {
			j.Confidence = finding.High
		}
		out = append(out, j)
	}
	return out
}

// words returns the clue that names category c, and whether it is what a person reads:
// the label, or the placeholder if no label speaks of something else. A name in the
// code counts a little if there is no text.
func (e *Reading) words(c finding.Category) (clue *Clue, sure bool) {
	if clue = widest(e.labels, c); clue != nil {
		return clue, true
	}
	if !slices.ContainsFunc(e.labels, tells) {
		if clue = widest(e.hints, c); clue != nil {
			return clue, true
		}
	}
	if len(e.labels) == 0 && len(e.hints) == 0 {
		return widest(e.names, c), false
	}
	return nil, false
}

func widest(clues []Clue, c finding.Category) *Clue {
	i := slices.IndexFunc(clues, func(k Clue) bool { return slices.Contains(k.sense.wider, c) })
	if i < 0 {
		return nil
	}
	return &clues[i]
}
