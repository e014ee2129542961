package platform

import (
	_ "embed"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/lang"
)

// Platform describes how programs of one platform are laid out in files and how
// their templates are written. The formats are the platform's own; WeChat's came
// first, and the others keep its shape under other suffixes.
type Platform struct {
	Name       string    // "wechat"
	Title      lang.Text // "微信", "WeChat"
	Markup     string    // suffix of templates
	Filters    []string  // suffixes of template scripts
	Configs    []string  // files with the settings of a project, best first
	Private    []string  // files whose settings override those
	AppID      string    // key of its appid in settings that it shares with WeChat, or ""
	Directives []string  // prefixes of directives: "wx:", "s-"
	ScriptTags []string  // tags that hold or name a template script
	// CamelEvents: onTap and catchTap bind events.
	CamelEvents bool
	// BareExpr: some values in templates are expressions without braces.
	BareExpr bool
	Source   string

	targets map[string]string // by framework
	absent  []string          // globals of other environments, which it does not have
}

// Target returns what the build of a framework calls the platform: "mp-weixin"
// for WeChat in uni-app; "" if that is not known.
func (p *Platform) Target(framework string) string { return p.targets[framework] }

// Framework describes how sources of one framework are laid out.
type Framework struct {
	Name      string   // "uni-app"
	Manifests []string // files by which the directory of the sources is known
	Single    []string // suffixes of single-file components
	Scripts   []string // suffixes of scripts, best first
	Variables []string // names in whose place the build puts the target
	Answers   []string // API.PROPERTY: what its APIs answer the target in
	Provides  []string // globals of browsers that its runtime puts in place
	App       []string // names of the app's own file, without suffix
	Entry     []string // names of the script that starts the program, if that is not the app's
	JSX       bool     // elements may be written in scripts
	Tags      []string // components that come along and hold or show what they are given
	Source    string

	absent    []string // APIs that its apps have, and mini programs do not
	perTarget bool     // files for one target alone have its name before the suffix
	globals   []string
}

// Has reports whether programs reach the APIs of f through a global object.
func (f *Framework) Has(global string) bool { return slices.Contains(f.globals, global) }

// Lacks reports whether mini programs of f find no API of this name in its global object: its apps alone have it.
func (f *Framework) Lacks(api string) bool { return slices.Contains(f.absent, api) }

// Infixes returns what is put before a suffix, of files for p alone: ".weapp".
func (f *Framework) Infixes(p *Platform) []string {
	if target := p.Target(f.Name); f.perTarget && target != "" {
		return []string{"." + target}
	}
	return nil
}

// Global is a name through which programs reach the platform's APIs.
type Global struct {
	Name     string // "wx"
	Platform string // "wechat"; "" for a framework that runs on several
	Prefix   string // what to put before the rest of the path: "cloud." for uniCloud
}

// Package is a module whose exports are the platform's APIs.
type Package struct {
	Name   string // as imported: "@tarojs/taro"
	Prefix string // what to put before the rest of the path
}

// Platforms returns all platforms; the first is taken if nothing tells which one
// a program is for. The caller must not change what this and the functions below
// return.
func Platforms() []*Platform { return dialects().platforms.list }

// PlatformByName returns the platform with the given name, or nil.
func PlatformByName(name string) *Platform { return dialects().platforms.byName[name] }

// Names returns the names of all platforms.
func Names() (names []string) {
	for _, p := range Platforms() {
		names = append(names, p.Name)
	}
	return names
}

// NameOf returns the name of the platform that a person or a framework calls so, in small
// or capital letters: "alipay", "MP-ALIPAY", "tt"; "" if none is.
func NameOf(text string) string {
	text = strings.ToLower(text)
	for _, p := range Platforms() {
		if p.Name == text {
			return p.Name
		}
		for _, target := range p.targets {
			if target == text {
				return p.Name
			}
		}
	}
	return ""
}

// FrameworkByName returns the framework with the given name, or nil.
func FrameworkByName(name string) *Framework { return dialects().frameworks.byName[name] }

// Globals returns the global objects that hold APIs.
func Globals() []Global { return dialects().globals }

// GlobalByName returns the global object with the given name, or false if none
// has it.
func GlobalByName(name string) (Global, bool) {
	for _, g := range Globals() {
		if g.Name == name {
			return g, true
		}
	}
	return Global{}, false
}

// Lacks reports whether a program of a framework finds no global of that name on p: it is one of
// another environment (window, plus), or through it programs reach another platform (my). Several
// platforms have a second name for theirs, which is that of WeChat.
func (p *Platform) Lacks(global, framework string) bool {
	if slices.Contains(dialects().absent, global) {
		return true
	}
	if g, ok := GlobalByName(global); ok {
		return g.Platform != "" && g.Platform != p.Name && g.Platform != Platforms()[0].Name
	}
	if !slices.Contains(p.absent, global) {
		return false
	}
	f := FrameworkByName(framework)
	return framework == native || f != nil && !slices.Contains(f.Provides, global)
}

// native is the name of the framework of programs that have none.
const native = "native"

// Packages returns the modules whose exports are the platform's APIs.
func Packages() []Package { return dialects().packages }

// IsPackage reports whether the exports of a module, as it is imported, are the platform's APIs.
func IsPackage(spec string) bool {
	return slices.ContainsFunc(Packages(), func(p Package) bool { return p.Name == spec })
}

// Manifests returns the names of the files by which the directory of a program's
// sources is known, such as app.json.
func Manifests() []string { return dialects().manifests }

// Configs returns the names of the files with the settings of a project, of all
// platforms.
func Configs() []string { return dialects().configs }

// PrivateConfigs returns the names of those that override them.
func PrivateConfigs() []string { return dialects().private }

// Filters returns the suffixes of template scripts on any platform.
func Filters() []string { return dialects().filters }

// ScriptTags returns the tags that hold or name a template script on any platform.
func ScriptTags() []string { return dialects().scriptTags }

// SourceSuffixes returns the suffixes of all files that a program is read from,
// each as path.Ext gives it.
func SourceSuffixes() []string { return dialects().suffixes }

// distinct appends to list those of more that it does not have.
func distinct(list []string, more ...string) []string {
	for _, s := range more {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}

//go:embed platforms.txt
var platformsText string

// dialectTable is platforms.txt.
type dialectTable struct {
	platforms  index[Platform]
	frameworks index[Framework]
	globals    []Global
	packages   []Package
	manifests  []string

	absent []string // globals that no platform has

	// Of all platforms and frameworks, without repetitions.
	configs, private, filters, scriptTags, suffixes []string
}

var dialects = sync.OnceValue(func() *dialectTable { return must(parsePlatforms(platformsText)) })

// block is a platform, a framework or what is common to all: its head, and what
// its lines list.
type block struct {
	kind, name, words string
	lists             map[string][]string
	source            string
	line              int // of the head
}

// blockKeys are what the lines of a block may list.
var blockKeys = map[string][]string{
	"platform": {"globals", "packages", "configs", "private", "appid", "markup", "filters", "scripttags", "directives",
		"syntax", "target", "absent"},
	"framework": {"globals", "packages", "manifests", "single", "scripts", "infixes", "variables", "answers", "provides",
		"absent", "app", "entry", "elements", "tags"},
	"common": {"globals", "packages", "manifests", "suffixes", "absent"},
}

func parseBlocks(text string) ([]*block, error) {
	var out []*block
	source, number := "", 0
	for line := range strings.Lines(text) {
		number++
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#":
		case f[0] == "@":
			source = strings.TrimSpace(line)[2:]
		case blockKeys[f[0]] != nil:
			b := &block{kind: f[0], lists: map[string][]string{}, source: source, line: number}
			if len(f) > 1 {
				b.name, b.words = f[1], strings.Join(f[2:], " ")
			}
			out = append(out, b)
		case len(out) == 0 || !slices.Contains(blockKeys[out[len(out)-1].kind], f[0]) || len(f) < 2:
			return nil, fmt.Errorf("platforms.txt, line %d: %q belongs to no block that has it, or lists nothing", number, f[0])
		default:
			lists := out[len(out)-1].lists
			lists[f[0]] = append(lists[f[0]], f[1:]...)
		}
	}
	return out, nil
}

func parsePlatforms(text string) (*dialectTable, error) {
	blocks, err := parseBlocks(text)
	if err != nil {
		return nil, err
	}
	t := &dialectTable{}
	for _, b := range blocks {
		if err := t.add(b); err != nil {
			return nil, fmt.Errorf("platforms.txt, line %d: %s %s: %w", b.line, b.kind, b.name, err)
		}
	}
	return t, nil
}

func (t *dialectTable) add(b *block) error {
	var platform string
	switch b.kind {
	case "platform":
		p, err := b.platform()
		if err != nil {
			return err
		}
		if err := t.platforms.add(p.Name, p); err != nil {
			return err
		}
		platform = p.Name
		t.configs, t.private = distinct(t.configs, p.Configs...), distinct(t.private, p.Private...)
		t.filters, t.scriptTags = distinct(t.filters, p.Filters...), distinct(t.scriptTags, p.ScriptTags...)
		t.suffixes = distinct(t.suffixes, p.Markup)
		for _, filter := range p.Filters {
			t.suffixes = distinct(t.suffixes, path.Ext(filter))
		}
	case "framework":
		f := &Framework{
			Name: b.name, Manifests: b.lists["manifests"], Single: b.lists["single"], Scripts: b.lists["scripts"],
			perTarget: len(b.lists["infixes"]) > 0, Variables: b.lists["variables"],
			Answers: b.lists["answers"], absent: b.lists["absent"], Provides: b.lists["provides"], globals: b.lists["globals"],
			App: b.lists["app"], Entry: b.lists["entry"], JSX: len(b.lists["elements"]) > 0, Tags: b.lists["tags"], Source: b.source,
		}
		if err := t.frameworks.add(f.Name, f); err != nil {
			return err
		}
		t.suffixes = distinct(distinct(t.suffixes, f.Single...), f.Scripts...)
	}
	for _, item := range b.lists["globals"] {
		name, prefix, _ := strings.Cut(item, "=")
		t.globals = append(t.globals, Global{name, platform, prefix})
	}
	for _, item := range b.lists["packages"] {
		name, prefix, _ := strings.Cut(item, "=")
		t.packages = append(t.packages, Package{name, prefix})
	}
	t.manifests = distinct(t.manifests, b.lists["manifests"]...)
	t.suffixes = distinct(t.suffixes, b.lists["suffixes"]...)
	if b.kind == "common" {
		t.absent = b.lists["absent"]
	}
	return nil
}

func (b *block) platform() (*Platform, error) {
	zh, en, ok := strings.Cut(b.words, " | ")
	if !ok || len(b.lists["markup"]) != 1 {
		return nil, fmt.Errorf("want words in Chinese | in English, and one suffix of templates")
	}
	p := &Platform{
		absent: b.lists["absent"], Name: b.name, Title: lang.Both(zh, en), Markup: b.lists["markup"][0], Filters: b.lists["filters"],
		Configs: b.lists["configs"], Private: b.lists["private"], Directives: b.lists["directives"],
		ScriptTags: b.lists["scripttags"], Source: b.source, targets: map[string]string{},
	}
	if key := b.lists["appid"]; len(key) > 0 {
		p.AppID = key[0]
	}
	for _, word := range b.lists["syntax"] {
		switch word {
		case "camel-events":
			p.CamelEvents = true
		case "bare-expressions":
			p.BareExpr = true
		default:
			return nil, fmt.Errorf("unknown syntax %q", word)
		}
	}
	for _, item := range b.lists["target"] {
		framework, name, _ := strings.Cut(item, "=")
		p.targets[framework] = name
	}
	return p, nil
}
