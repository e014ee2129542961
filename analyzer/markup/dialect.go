package markup

import (
	"slices"
	"sync"

	"github.com/beian/beian/analyzer/platform"
)

// Dialect is how one kind of template is written. All accept the common forms
// too: bindtap, data-key, mark:key, model:value.
type Dialect struct {
	Name string // "wechat", "alipay", …, "vue"

	// What platforms.txt says of a platform: prefixes of directives, tags with
	// inline script, and which syntax is its own.
	Directives  []string
	ScriptTags  []string
	CamelEvents bool
	BareExpr    bool

	// InlineCalls: the value of a handler is an expression, as in Vue (mpx).
	InlineCalls bool
	// Vue: @tap, :value, v-model and v-if are read, and their whole value is an
	// expression. Void elements (<input>, <br>) need no end.
	Vue bool
	// Listeners: what a platform's own element is given as :onBlur listens to blur,
	// as in the renderer of Vue 3 that Taro uses.
	Listeners bool
	// Wrapped: elements of the platform are written as those of kbone: <wx-button>.
	Wrapped bool
	// BoundByDirective: a directive binds an event, c-bind:tap (chameleon), and <origin-input>
	// is the platform's own <input>.
	BoundByDirective bool
}

// Native returns the dialect of a platform's own templates, the same one each time.
func Native(platform string) *Dialect { return natives()[platform] }

var natives = sync.OnceValue(func() map[string]*Dialect {
	out := map[string]*Dialect{}
	for _, p := range platform.Platforms() {
		out[p.Name] = &Dialect{
			Name: p.Name, Directives: p.Directives, ScriptTags: p.ScriptTags, CamelEvents: p.CamelEvents, BareExpr: p.BareExpr,
		}
	}
	return out
})

// The dialects of single-file components, which are read as what is built for WeChat.
var (
	// Vue is the dialect of uni-app and mpvue.
	Vue = &Dialect{Name: "vue", Vue: true}
	// TaroVue is the dialect of Taro's .vue files.
	TaroVue = &Dialect{Name: "vue", Vue: true, Listeners: true}
	// Mpx is the dialect of an .mpx file: WeChat's, with calls as handlers.
	Mpx = likeWeChat(Dialect{Name: "mpx", InlineCalls: true})
	// Wepy is the dialect of a .wpy file: WeChat's directives beside Vue's.
	Wepy = likeWeChat(Dialect{Name: "wepy", Vue: true})
	// Kbone is that of .vue files that kbone makes into a mini program.
	Kbone = likeWeChat(Dialect{Name: "kbone", Vue: true, Wrapped: true})
	// Chameleon is that of a .cml file, in either of its two languages: c-if="{{a}}", or lang="vue".
	Chameleon = &Dialect{Name: "chameleon", Vue: true, Directives: []string{"c-"}, BoundByDirective: true}
)

func likeWeChat(d Dialect) *Dialect {
	d.Directives, d.ScriptTags = Native("wechat").Directives, Native("wechat").ScriptTags
	return &d
}

func (d *Dialect) isScript(tag string) bool { return slices.Contains(d.ScriptTags, tag) }

// voidTags are tags that usually have no content and that people leave open as
// in HTML. One of them without an end tag of its own ends where its start tag
// does; with one it is an element like any other (radio and slot have content).
var voidTags = map[string]bool{
	"ad": true, "ad-custom": true, "audio": true, "camera": true, "checkbox": true, "icon": true, "image": true,
	"import": true, "import-sjs": true, "include": true, "input": true, "live-player": true, "live-pusher": true,
	"official-account": true, "open-data": true, "progress": true, "radio": true, "rich-text": true,
	"slider": true, "slot": true, "switch": true, "web-view": true,

	// HTML's own, met in Vue templates.
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "link": true,
	"meta": true, "source": true, "track": true, "wbr": true,
}
