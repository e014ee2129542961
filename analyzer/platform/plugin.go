package platform

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/finding"
)

//go:embed plugins.txt
var pluginsText string

// Plugin is a plugin, one of its pages or a mini program, of others, that collects for the
// program that uses it.
type Plugin struct {
	AppID    string // of a kit: the folder that it is copied to
	Returns  string // type of the object that requirePlugin gives; "" of a page or mini program
	Query    string // "certificateType=idCard", which the address of a page must have, or ""
	Call     string // the function of a kit that collects
	Yields   []Yield
	Checks   []finding.Category // as in API
	Document bool               // it reads a document in a picture
	Source   string
	kind     string // "plugin", "page", "program" or "kit", the first word of its row
}

// PluginByID returns the plugin of an AppID whose methods are known, or nil.
func PluginByID(id string) *Plugin { return pluginOf("plugin", id, "") }

// PluginPage returns the page of a plugin that an address with this query opens, or nil.
func PluginPage(id, query string) *Plugin { return pluginOf("page", id, query) }

// ProgramByID returns the mini program of others with an AppID, or nil.
func ProgramByID(id string) *Plugin { return pluginOf("program", id, "") }

// KitIn returns what is known of the code of others in a folder of the program that an import
// names, or nil: '../mp_ecard_sdk/main'.
func KitIn(spec string) *Plugin {
	for _, folder := range strings.Split(spec, "/") {
		if p := pluginOf("kit", folder, ""); p != nil {
			return p
		}
	}
	return nil
}

// Plugins returns all that are known, in the order of the table.
func Plugins() []*Plugin { return loadPlugins() }

func pluginOf(kind, id, query string) *Plugin {
	all := loadPlugins()
	i := slices.IndexFunc(all, func(p *Plugin) bool {
		return p.kind == kind && p.AppID == id && (p.Query == "" || slices.Contains(strings.Split(query, "&"), p.Query))
	})
	if i < 0 {
		return nil
	}
	return all[i]
}

var loadPlugins = sync.OnceValue(func() []*Plugin { return must(parsePlugins(pluginsText)) })

func parsePlugins(text string) ([]*Plugin, error) {
	var out []*Plugin
	for _, r := range rows("plugins.txt", text) {
		if err := r.check([]string{"document"}, []string{"returns", "query", "call", "yields", "checks"}); err != nil {
			return nil, err
		}
		if !slices.Contains([]string{"plugin", "page", "program", "kit"}, r.words[0]) || len(r.words) < 2 {
			return nil, r.wrong("want plugin, page or program and an AppID, or kit and a folder")
		}
		y, err := yields(r.facts["yields"])
		if err != nil {
			return nil, r.wrong("%w", err)
		}
		checks, err := r.checks()
		if err != nil {
			return nil, err
		}
		out = append(out, &Plugin{
			AppID: r.words[1], Returns: r.facts["returns"], Query: strings.Replace(r.facts["query"], ":", "=", 1),
			Call: r.facts["call"], Yields: y, Checks: checks, Document: r.has("document"), Source: r.source, kind: r.words[0],
		})
	}
	return out, nil
}

// checks reads "name,idcard", what a row says is compared with what an authority has.
func (r row) checks() (out []finding.Category, err error) {
	for _, name := range split(r.facts["checks"]) {
		if err := checkCategory(name); err != nil {
			return nil, r.wrong("checks: %w", err)
		}
		out = append(out, finding.Category(name))
	}
	return out, nil
}
