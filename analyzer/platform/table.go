package platform

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// The facts. The format is explained at the head of each file.
var (
	//go:embed apis.txt
	apisText string
	//go:embed shapes.txt
	shapesText string
	//go:embed opentypes.txt
	openTypesText string
	//go:embed tags.txt
	tagsText string
	//go:embed components.txt
	componentsText string
	//go:embed answers.txt
	answersText string
	//go:embed quiet.txt
	quietText string
	//go:embed privacykeys.txt
	privacyKeysText string
)

// row is one line of a table: its words, and the facts written key=value.
type row struct {
	words  []string          // before the first key=value
	flags  []string          // single words among or after the facts
	facts  map[string]string // key=value
	source string            // of the last "@" line
	file   string            // the table
	line   int               // in it, from 1
}

func (r row) has(flag string) bool { return slices.Contains(r.flags, flag) }

// wrong says what is wrong with a row, and its place.
func (r row) wrong(format string, args ...any) error {
	return fmt.Errorf("%s, line %d: %s: %w", r.file, r.line, r.words[0], fmt.Errorf(format, args...))
}

// check refuses flags and facts that the table does not have.
func (r row) check(flags, facts []string) error {
	for _, flag := range r.flags {
		if !slices.Contains(flags, flag) {
			return r.wrong("unknown word %q", flag)
		}
	}
	for _, fact := range slices.Sorted(maps.Keys(r.facts)) {
		if !slices.Contains(facts, fact) {
			return r.wrong("unknown fact %q", fact)
		}
	}
	return nil
}

// rows splits a table. Comments and empty lines are left out.
func rows(file, text string) []row {
	var out []row
	source, number := "", 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		number++
		if line == "" || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "@ "); ok {
			source = rest
			continue
		}
		r := row{source: source, facts: map[string]string{}, file: file, line: number}
		for i, word := range strings.Fields(line) {
			switch key, value, ok := strings.Cut(word, "="); {
			case ok:
				r.facts[key] = value
			case i < 2:
				r.words = append(r.words, word)
			default:
				r.flags = append(r.flags, word)
			}
		}
		if r.has("unverified") && !strings.Contains(source, "unverified") {
			r.source += " (unverified)"
		}
		out = append(out, r)
	}
	return out
}

// yields reads "userName:name,.:address".
func yields(text string) ([]Yield, error) {
	var out []Yield
	for _, item := range split(text) {
		path, category, ok := strings.Cut(item, ":")
		if !ok {
			return nil, fmt.Errorf("yields %q: want path:category", item)
		}
		if err := checkCategory(category); err != nil {
			return nil, fmt.Errorf("yields %q: %w", item, err)
		}
		if path == "." {
			path = ""
		}
		out = append(out, Yield{Path: path, Category: finding.Category(category)})
	}
	return out, nil
}

// carries reads "0.src>tempFilePath,0>.".
func carries(text string) ([]Carry, error) {
	var out []Carry
	for _, item := range split(text) {
		from, to, ok := strings.Cut(item, ">")
		if !ok {
			return nil, fmt.Errorf("carries %q: want argument>result", item)
		}
		if to == "." {
			to = ""
		}
		out = append(out, Carry{from, to})
	}
	return out, nil
}

func checkCategory(name string) error {
	if finding.Category(name).Known() {
		return nil
	}
	return fmt.Errorf("there is no category %q; the categories are the rows of analyzer/finding/categories.txt", name)
}

// sink reads "network:0.data,0.url".
func sink(text, host string) (*Sink, error) {
	if text == "" {
		return nil, nil
	}
	kind, paths, ok := strings.Cut(text, ":")
	if !ok {
		return nil, fmt.Errorf("bad sink %q", text)
	}
	return &Sink{Kind: finding.SinkKind(kind), Paths: split(paths), Host: host}, nil
}

// split cuts a comma-separated list; an empty text has no items.
func split(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// must turns an error in an embedded table into a panic: the tables are part of
// the program, and a test loads each of them.
func must[T any](v T, err error) T {
	if err != nil {
		panic("platform: " + err.Error())
	}
	return v
}

// index holds a list in the order of the file and the same by name.
type index[T any] struct {
	list   []*T
	byName map[string]*T
}

func (x *index[T]) add(name string, v *T) error {
	if x.byName == nil {
		x.byName = map[string]*T{}
	}
	if x.byName[name] != nil {
		return fmt.Errorf("%s is given twice", name)
	}
	x.byName[name] = v
	x.list = append(x.list, v)
	return nil
}

var loadAPIs = sync.OnceValue(func() *index[API] { return must(parseAPIs(apisText, shapesText)) })

// What rows of apis.txt may say; its head explains them.
var (
	apiFlags = []string{"guide", "private", "exact", "tracking", "document", "once", "unverified"}
	apiFacts = []string{"returns", "yields", "fields", "beside", "asks", "given", "checks", "carries", "takes", "keeps",
		"opens", "hears", "sink", "host", "key", "since", "legacy", "on"}
)

func parseAPIs(apis, shapes string) (*index[API], error) {
	x := &index[API]{}
	for _, r := range rows("apis.txt", apis) {
		if len(r.words) != 2 {
			return nil, r.wrong("want a name and a shape")
		}
		if err := r.check(apiFlags, apiFacts); err != nil {
			return nil, err
		}
		a := &API{
			Name: r.words[0], Returns: r.facts["returns"], Fields: split(r.facts["fields"]), Hears: r.facts["hears"],
			Beside: split(r.facts["beside"]), Opens: split(r.facts["opens"]),
			PrivacyKey: r.facts["key"],
			Guide:      r.has("guide"), Exact: r.has("exact"), Tracking: r.has("tracking"), Document: r.has("document"),
			Once:    r.has("once"),
			Private: r.has("private"), Since: r.facts["since"], Legacy: r.facts["legacy"], Platforms: split(r.facts["on"]),
			Source: r.source,
		}
		if err := shape(a, r.words[1]); err != nil {
			return nil, r.wrong("%w", err)
		}
		var err error
		if a.Yields, err = yields(r.facts["yields"]); err != nil {
			return nil, r.wrong("%w", err)
		}
		if path, texts, ok := strings.Cut(r.facts["asks"], ">"); ok {
			a.Asks = &Asks{Path: path, Texts: split(texts), Given: r.facts["given"]}
		}
		if a.Checks, err = r.checks(); err != nil {
			return nil, err
		}
		for fact, list := range map[string]*[]Carry{"carries": &a.Carries, "takes": &a.Takes, "keeps": &a.Keeps} {
			if *list, err = carries(r.facts[fact]); err != nil {
				return nil, r.wrong("%s: %w", fact, err)
			}
		}
		if a.Sink, err = sink(r.facts["sink"], r.facts["host"]); err != nil {
			return nil, r.wrong("%w", err)
		}
		if err := x.add(a.Name, a); err != nil {
			return nil, err
		}
	}
	for line := range strings.Lines(shapes) {
		kind, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || kind[0] == '#' {
			continue
		}
		for _, name := range strings.Fields(names) {
			a := &API{Name: name, ShapeOnly: true, Source: "miniprogram-api-typings 5.2.3, @mini-types/my 3.0.14"}
			if err := shape(a, kind); err != nil {
				return nil, err
			}
			if err := x.add(name, a); err != nil {
				return nil, err
			}
		}
	}
	for _, a := range x.list {
		if a.Hears == "" {
			continue
		}
		if x.byName[a.Hears] == nil {
			return nil, fmt.Errorf("%s hears %s, which is no API", a.Name, a.Hears)
		}
		x.byName[a.Hears].Heard = true
	}
	return x, nil
}

func shape(a *API, word string) error {
	switch word {
	case "options":
		a.Options = true
	case "sync":
		a.Sync = true
	case "listener":
		a.Listener = true
	case "plain":
	default:
		return fmt.Errorf("unknown shape %q", word)
	}
	return nil
}

var loadOpenTypes = sync.OnceValue(func() *index[OpenType] { return must(parseOpenTypes(openTypesText)) })

func parseOpenTypes(text string) (*index[OpenType], error) {
	x := &index[OpenType]{}
	for _, r := range rows("opentypes.txt", text) {
		if err := r.check([]string{"guide", "unverified"}, []string{"event", "yields", "fields", "key", "since", "legacy"}); err != nil {
			return nil, err
		}
		y, err := yields(r.facts["yields"])
		if err != nil {
			return nil, r.wrong("%w", err)
		}
		o := &OpenType{
			Name: r.words[0], Event: r.facts["event"], Yields: y, Fields: split(r.facts["fields"]), PrivacyKey: r.facts["key"],
			Guide: r.has("guide"),
			Since: r.facts["since"], Legacy: r.facts["legacy"], Source: r.source,
		}
		if err := x.add(o.Name, o); err != nil {
			return nil, err
		}
	}
	return x, nil
}

var loadTags = sync.OnceValue(func() []*Tag { return must(parseTags(tagsText)) })

func parseTags(text string) ([]*Tag, error) {
	var out []*Tag
	for _, r := range rows("tags.txt", text) {
		if err := r.check([]string{"guide", "unverified"}, []string{"attr", "event", "sends", "yields", "key", "since",
			"legacy"}); err != nil {
			return nil, err
		}
		y, err := yields(r.facts["yields"])
		if err != nil {
			return nil, r.wrong("%w", err)
		}
		t := &Tag{
			Name: r.words[0], Event: r.facts["event"], Sends: r.facts["sends"], Yields: y, PrivacyKey: r.facts["key"],
			Guide: r.has("guide"),
			Since: r.facts["since"], Legacy: r.facts["legacy"], Source: r.source,
		}
		t.Attr, t.Value, _ = strings.Cut(r.facts["attr"], ":")
		out = append(out, t)
	}
	return out, nil
}

var loadPrivacyKeys = sync.OnceValue(func() *index[PrivacyKey] { return must(parsePrivacyKeys(privacyKeysText)) })

func parsePrivacyKeys(text string) (*index[PrivacyKey], error) {
	x := &index[PrivacyKey]{}
	source := ""
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if rest, ok := strings.CutPrefix(line, "@ "); ok {
			source = rest
			continue
		}
		if line == "" || line[0] == '#' {
			continue
		}
		words := strings.SplitN(line, " ", 3)
		if len(words) != 3 {
			return nil, fmt.Errorf("bad privacy key %q", line)
		}
		k := &PrivacyKey{Key: words[0], Source: source, Unverified: strings.Contains(source, "unverified")}
		if words[1] != "-" {
			k.Category = finding.Category(words[1])
		}
		zh, en, ok := strings.Cut(words[2], " | ")
		if !ok {
			return nil, fmt.Errorf("bad privacy key %q", line)
		}
		if k.Category != "" {
			if err := checkCategory(string(k.Category)); err != nil {
				return nil, fmt.Errorf("privacy key %s: %w", k.Key, err)
			}
		}
		en, scopes, _ := strings.Cut(en, " | ")
		k.Title, k.Scopes = lang.Both(zh, en), strings.Fields(scopes)
		if err := x.add(k.Key, k); err != nil {
			return nil, err
		}
	}
	return x, nil
}
