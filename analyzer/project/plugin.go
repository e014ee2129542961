package project

import (
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// PluginComponent is a component of a plugin, or of a library that the platform loads, that a
// template shows. Its code belongs to others and is not in the tree.
type PluginComponent struct {
	Tag      string
	Plugin   string // its AppID, or the name of the library
	Location source.Location
}

// PluginComponents lists the components of plugins that the template of u shows.
func (p *Program) PluginComponents(u *Unit) (all []PluginComponent) {
	u.used(func(using *Using) {
		if !using.Plugin {
			return
		}
		_, rest, _ := strings.Cut(using.Value, "://")
		name, _, _ := strings.Cut(rest, "/")
		if id := p.PluginID(name); id != "" {
			name = id
		}
		all = append(all, PluginComponent{using.Tag, name, u.placeOf(using)})
	})
	return all
}

// pluginComponent says once of each plugin that its components were not read. It hides nothing of
// the program's own: what a plugin collects is for its provider to declare.
func (g *gaps) pluginComponent(shown PluginComponent) {
	g.add("plugin "+shown.Plugin, Unread{Path: shown.Location.File.Path, Location: shown.Location, Reason: lang.Textf(
		"组件 <%s> 属于插件 %s，代码在别处，它显示什么、收集什么没有读取；请向插件的提供方核对",
		"the component <%s> is of the plugin %s, whose code is elsewhere: what it shows and collects was not read; ask the provider of the plugin",
		shown.Tag, shown.Plugin)})
}
