package facts

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/markup"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// Topic is a subject with rules of its own.
type Topic string

// Children is the topic of words that are about minors. The others, of trades
// that need approval before filing, are in hints.txt alone.
const Children Topic = "minors"

//go:embed hints.txt
var hintsText string

// vocabulary is the words of hints.txt; topics their topics in that order.
var vocabulary, topics = func() (words []Hint, order []Topic) {
	for line := range strings.Lines(hintsText) {
		topic, list, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		order = append(order, Topic(topic))
		for _, word := range strings.Fields(list) {
			words = append(words, Hint{Topic: Topic(topic), Word: word})
		}
	}
	return words, order
}()

// policyWords occur in texts that lead to a privacy policy.
var policyWords = []string{"隐私政策", "隐私协议", "隐私保护指引", "隐私条款", "隐私声明", "Privacy Policy", "privacy policy"}

// privacySettings are routes of pages where people choose what may be done with their data:
// pages/privacySettings/index. They show no policy by their name alone.
var privacySettings = regexp.MustCompile(`(?i)privacy[-_/]?(?:set|manage|auth)`)

// texts looks through page titles, templates and calls for words that hint at a topic and
// for the way to a privacy policy, and through scripts and language files for words that
// hint at children.
func (g *gatherer) texts() {
	if c := g.facts.Call("openPrivacyContract"); c != nil {
		g.facts.Policies = append(g.facts.Policies, Place{"wx.openPrivacyContract", c.Location})
	}
	seen := map[string]bool{}
	for _, u := range g.program.Units {
		if !u.Own() {
			continue
		}
		if u.Kind == project.PageUnit && strings.Contains(u.Path, "privacy") && !privacySettings.MatchString(u.Path) {
			g.policy(u.Path, unitPlace(u), seen)
		}
		if title := u.Config.Get("navigationBarTitleText"); title.Is(jsonc.String) {
			g.text(title.String(), source.Location{File: u.ConfigFile, Span: title.Span}, seen)
		}
	}
	units := map[*project.View]*project.Unit{}
	for _, u := range g.program.Units {
		if u.View != nil {
			units[u.View] = u
		}
	}
	for _, v := range g.program.Views {
		if u := units[v]; v.Reachable && v.Tree != nil && (u == nil || u.Library == "") {
			g.view(v, u, seen)
		}
	}
	for _, m := range g.program.Modules {
		if m.Own() && m.Reachable && m.Tree != nil {
			g.literals(m, seen)
		}
	}
	for _, d := range g.program.Data {
		g.table(d, seen)
	}
}

// literals looks through the texts that a script has: labels of a form, titles of boxes.
func (g *gatherer) literals(m *project.Module, seen map[string]bool) {
	aboutChildren.of(&m.Tree.Memo, func(do func(string, source.Location)) {
		if len(wordsIn(m.File.Text)) == 0 {
			return
		}
		script.Walk(m.Tree, func(n script.Node) bool {
			if s, ok := n.(*script.String); ok {
				do(s.Value, source.Location{File: m.File, Span: s.Range()})
			}
			return true
		})
	}, func(text string, at source.Location) { g.hints(wordsIn(text), text, at, seen) })
}

// aboutChildren are the texts with words about children.
var aboutChildren = choice{func(text string) bool { return len(wordsIn(text)) > 0 }}

// table looks through the texts of a JSON file that a script names, or of a language.
func (g *gatherer) table(d *project.Data, seen map[string]bool) {
	words := wordsIn(d.File.Text)
	if len(words) == 0 {
		return
	}
	var look func(v *jsonc.Value)
	look = func(v *jsonc.Value) {
		if v.Is(jsonc.String) {
			g.hints(words, v.String(), source.Location{File: d.File, Span: v.Span}, seen)
		}
		for _, m := range v.Members {
			look(m.Value)
		}
		for _, e := range v.Elems {
			look(e)
		}
	}
	if d.Value != nil {
		look(d.Value)
	}
}

// wordsIn are the words about children that a file has: most have none, and need no closer
// look. Words of the other topics say little in a script, which may hold a list of words.
func wordsIn(text string) (out []Hint) {
	for _, h := range vocabulary {
		if h.Topic == Children && strings.Contains(text, h.Word) {
			out = append(out, h)
		}
	}
	return out
}

// view looks through the text of one template and the attributes people read.
func (g *gatherer) view(v *project.View, u *project.Unit, seen map[string]bool) {
	telling.of(&v.Tree.Memo, func(do func(string, source.Location)) { readTexts(v, do) },
		func(text string, at source.Location) { g.text(text, at, seen) })
	for _, e := range source.Known(&v.Tree.Memo, webViews{}, func() []*markup.Element { return webViewsIn(v.Tree) }) {
		g.webView(v, u, e)
	}
}

// telling are the texts of which gatherer.text notes something.
var telling = choice{func(text string) bool {
	return leadsToPolicy(text) || slices.ContainsFunc(vocabulary, func(h Hint) bool { return strings.Contains(text, h.Word) })
}}

// readTexts calls do for the texts of a template that people read.
func readTexts(v *project.View, do func(text string, at source.Location)) {
	markup.Walk(v.Tree.Nodes, func(n markup.Node) bool {
		switch n := n.(type) {
		case *markup.Text:
			for _, p := range n.Parts {
				if p.Expr == nil {
					do(p.Text, source.Location{File: v.File, Span: p.Span})
				}
			}
		case *markup.Element:
			for _, name := range []string{"title", "label", "placeholder"} {
				if a := n.Attr(name); a != nil {
					if text, static := markup.Static(a.Parts); static {
						do(text, source.Location{File: v.File, Span: a.ValueSpan})
					}
				}
			}
		}
		return true
	})
}

// webViews is the key of what webViewsIn gives.
type webViews struct{}

// webViewsIn lists the elements of a template that show a web page.
func webViewsIn(d *markup.Document) (all []*markup.Element) {
	markup.WalkElements(d.Nodes, func(e *markup.Element) {
		if e.Tag == "web-view" {
			all = append(all, e)
		}
	})
	return all
}

// webView notes a <web-view> and the address that it shows.
func (g *gatherer) webView(v *project.View, u *project.Unit, e *markup.Element) {
	g.facts.WebPages = append(g.facts.WebPages, Place{e.Tag, source.Location{File: v.File, Span: e.Open}})
	src := e.Attr("src")
	if src == nil {
		return
	}
	text, static := markup.Static(src.Parts)
	g.url(WebView, text, source.Location{File: v.File, Span: src.ValueSpan})
	if static || u == nil || u.Script == nil || u.Script.Tree == nil {
		return
	}
	script.Walk(u.Script.Tree, func(n script.Node) bool {
		if s, ok := n.(*script.String); ok {
			g.url(WebView, s.Value, source.Location{File: u.Script.File, Span: s.Range()})
		}
		return true
	})
}

// text notes the hints in a text that people read, and that it leads to a privacy policy.
func (g *gatherer) text(text string, at source.Location, seen map[string]bool) {
	if leadsToPolicy(text) {
		g.policy(strings.TrimSpace(text), at, seen)
	}
	g.hints(vocabulary, text, at, seen)
}

func leadsToPolicy(text string) bool {
	return slices.ContainsFunc(policyWords, func(word string) bool { return strings.Contains(text, word) })
}

// maxEntry is how many characters the text of an entry point has at most: what is longer is
// prose that speaks of a right, as the page of a policy does, and leads nowhere.
const maxEntry = 20

// hints notes the words that hint at a topic in a text, each once.
func (g *gatherer) hints(words []Hint, text string, at source.Location, seen map[string]bool) {
	for _, h := range words {
		prose := strings.HasPrefix(string(h.Topic), "right-") && utf8.RuneCountInString(strings.TrimSpace(text)) > maxEntry
		if !strings.Contains(text, h.Word) || prose {
			continue
		}
		if key := string(h.Topic) + " " + h.Word; !seen[key] {
			seen[key] = true
			h.Place = Place{strings.TrimSpace(text), at}
			g.facts.Hints = append(g.facts.Hints, h)
		}
	}
}

func (g *gatherer) policy(text string, at source.Location, seen map[string]bool) {
	if key := "policy " + text; !seen[key] {
		seen[key] = true
		g.facts.Policies = append(g.facts.Policies, Place{text, at})
	}
}

// unitPlace is the first file of u that exists.
func unitPlace(u *project.Unit) source.Location {
	switch {
	case u.View != nil:
		return source.Location{File: u.View.File}
	case u.Script != nil:
		return source.Location{File: u.Script.File}
	}
	return source.Location{File: u.ConfigFile}
}
