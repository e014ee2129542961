package sfc

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
)

// Symbols are the names that conditional compilation knows, with their values.
// A name that is missing is not defined.
type Symbols map[string]bool

// SymbolsOf are what uni-app defines when it builds for a mini program platform, such as
// MP-WEIXIN (uni-app documents, 条件编译; read 2026-11).
func SymbolsOf(on *platform.Platform, vue3 bool) Symbols {
	target := strings.ToUpper(on.Target("uni-app"))
	s := Symbols{"MP": true, target: true, strings.ReplaceAll(target, "-", "_"): true, "UNI-APP": true}
	if vue3 {
		s["VUE3"] = true
	} else {
		s["VUE2"] = true
	}
	return s
}

// Target is the name of the platform: MP-WEIXIN.
func (s Symbols) Target() string {
	for name := range s {
		if miniTarget().MatchString(name) {
			return name
		}
	}
	return ""
}

// String lists the names that tell one build from another.
func (s Symbols) String() string {
	target := s.Target()
	if s["VUE3"] {
		return target + ", VUE3"
	}
	return target + ", VUE2"
}

// directive is a comment that begins or ends a conditional part, in any of the
// languages of a component: // #ifdef, /* #ifdef */, <!-- #ifdef -->.
var directive = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?://|/\*|<!--)[ \t*]*#(ifdef|ifndef|if|elif|else|endif)\b([^\r\n]*?)(?:\*/|-->|[\r\n]|\z)`)
})

// directives returns the places of all of them in text, as a regular expression does. Only
// lines that have such a word at all are searched by it, which is slow.
func directives(text string) (all [][]int) {
	for from := 0; ; {
		i := strings.IndexByte(text[from:], '#')
		if i < 0 {
			return all
		}
		from += i + 1
		begins := func(word string) bool { return strings.HasPrefix(text[from:], word) }
		if !slices.ContainsFunc([]string{"if", "el", "end"}, begins) {
			continue
		}
		start, end := strings.LastIndexByte(text[:from], '\n')+1, len(text)
		if n := strings.IndexByte(text[from:], '\n'); n >= 0 {
			end = from + n + 1
		}
		for _, at := range directive().FindAllStringSubmatchIndex(text[start:end], -1) {
			for k := range at {
				at[k] += start
			}
			all = append(all, at)
		}
		from = end
	}
}

// miniTarget is a name by which conditions call one of the mini program platforms.
var miniTarget = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\bMP-[A-Z0-9]+\b`) })

// foreignTarget is a name by which conditions call what is no mini program: a web page, an
// app, a quick app.
var foreignTarget = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:H5|WEB|APP(?:-PLUS|-NVUE|-UVUE|-VUE|-ANDROID|-IOS|-HARMONY)?|QUICKAPP-WEBVIEW(?:-UNION|-HUAWEI)?)\b`)
})

// OtherTargets returns the targets other than that of symbols for which text has parts, in
// the order in which they are named: mini program platforms, and what is none.
func OtherTargets(text string, symbols Symbols) (mini, foreign []string) {
	if !strings.Contains(text, "#if") {
		return nil, nil
	}
	for _, at := range closed(text) {
		word, condition := text[at[2]:at[3]], text[at[4]:at[5]]
		if word == "ifndef" || word == "else" || word == "endif" || strings.Contains(condition, "!") || symbols.holds(condition) {
			continue // it is read
		}
		mini = append(mini, miniTarget().FindAllString(condition, -1)...)
		foreign = append(foreign, foreignTarget().FindAllString(miniTarget().ReplaceAllString(condition, ""), -1)...)
	}
	return mini, foreign
}

// Condition returns text with those parts blanked that conditional compilation
// leaves out if only symbols are defined. Its length and its lines stay, so that
// offsets stay right. A text without such comments is returned as it is, and a condition
// that is never closed counts as a comment, as uni-app has it.
func Condition(text string, symbols Symbols) string {
	if !strings.Contains(text, "#if") {
		return text
	}
	type branch struct{ active, taken, outer bool }
	var open []branch
	active := true
	var out []byte
	from := 0
	drop := func(to int) {
		if !active && from < to {
			if out == nil {
				out = []byte(text)
			}
			copy(out[from:to], blank(text[from:to]))
		}
	}
	for _, at := range closed(text) {
		word, rest := text[at[2]:at[3]], text[at[4]:at[5]]
		drop(at[0])
		switch word {
		case "ifdef", "ifndef", "if":
			outer := active
			holds := symbols.holds(rest) != (word == "ifndef")
			active = outer && holds
			open = append(open, branch{active, holds, outer})
		case "elif", "else":
			if n := len(open); n > 0 {
				b := &open[n-1]
				holds := !b.taken && (word == "else" || symbols.holds(rest))
				b.taken = b.taken || holds
				active = b.outer && holds
			}
		case "endif":
			if n := len(open); n > 0 {
				active = open[n-1].outer
				open = open[:n-1]
			}
		}
		from = at[0]
		if active {
			continue
		}
		// The comment itself stays: it ends behind its line, or with its closing
		// mark.
		from = commentEnd(text, at[0], at[5])
	}
	drop(len(text))
	if out == nil {
		return text
	}
	return string(out)
}

// closed returns the places of the directives in text, as of a regular expression, without
// conditions that no #endif closes and what belongs to these.
func closed(text string) [][]int {
	all := directives(text)
	drop := make([]bool, len(all))
	for _, parts := range unclosed(text, all) {
		for _, i := range parts {
			drop[i] = true
		}
	}
	var kept [][]int
	for i, at := range all {
		if !drop[i] {
			kept = append(kept, at)
		}
	}
	return kept
}

// unclosed returns the conditions among the directives all that no #endif closes: the
// numbers of each condition's own and of its branches.
func unclosed(text string, all [][]int) (open [][]int) {
	for i, at := range all {
		switch word := text[at[2]:at[3]]; {
		case strings.HasPrefix(word, "if"):
			open = append(open, []int{i})
		case len(open) == 0:
		case word == "endif":
			open = open[:len(open)-1]
		default:
			open[len(open)-1] = append(open[len(open)-1], i)
		}
	}
	return open
}

// Unclosed returns the places of the conditions in text that are never closed.
func Unclosed(text string) (spans []source.Span) {
	if !strings.Contains(text, "#if") {
		return nil
	}
	all := directives(text)
	for _, parts := range unclosed(text, all) {
		at := all[parts[0]]
		spans = append(spans, span(at[0], at[3]))
	}
	return spans
}

// commentEnd returns the end of the comment at start, whose first line ends at line.
func commentEnd(text string, start, line int) int {
	for open, end := range map[string]string{"/*": "*/", "<!--": "-->"} {
		if strings.HasPrefix(text[start:], open) {
			if i := strings.Index(text[start:], end); i >= 0 {
				return start + i + len(end)
			}
		}
	}
	return line
}

// holds evaluates a condition: names joined by || and &&, the latter first.
func (s Symbols) holds(condition string) bool {
	condition = strings.NewReplacer("(", " ", ")", " ").Replace(condition)
	for _, any := range strings.Split(condition, "||") {
		all := true
		for _, name := range strings.Split(any, "&&") {
			name = strings.TrimSpace(name)
			negated := strings.HasPrefix(name, "!")
			name, _, _ = strings.Cut(strings.TrimSpace(strings.TrimPrefix(name, "!")), " ")
			all = all && s[name] != negated
		}
		if all {
			return true
		}
	}
	return false
}
