package markup

// Dialect is what differs between the platforms' template languages.
type Dialect struct {
	Name       string   // "wechat", "alipay", …
	Directives []string // prefixes of directives: "wx:", "a:", "s-", "tt:" …
	ScriptTags []string // tags with inline script: "wxs", "sjs", "filter" …

	// CamelEvents: onTap and catchTap bind events (Alipay).
	CamelEvents bool
	// BareExpr: the values of if, elif and for may be expressions without
	// braces, for also of the form "item, i in list trackBy item.id", and
	// {= x =} is a two-way binding (Baidu).
	BareExpr bool
	// InlineCalls: the value of a handler is an expression, as in Vue (mpx).
	InlineCalls bool
	// Vue: @tap, :value, v-model and v-if are read, and their whole value is an
	// expression. Void elements (<input>, <br>) need no end.
	Vue bool
}

// The dialects. Each accepts the common forms too: bindtap, data-key, mark:key,
// model:value. The younger platforms also run templates written for WeChat, so
// "wx:" is a directive there.
var (
	WeChat      = &Dialect{Name: "wechat", Directives: []string{"wx:"}, ScriptTags: []string{"wxs"}}
	Alipay      = &Dialect{Name: "alipay", Directives: []string{"a:"}, ScriptTags: []string{"import-sjs"}, CamelEvents: true}
	Baidu       = &Dialect{Name: "baidu", Directives: []string{"s-"}, ScriptTags: []string{"filter", "import-sjs"}, BareExpr: true}
	Douyin      = &Dialect{Name: "douyin", Directives: []string{"tt:"}, ScriptTags: []string{"sjs"}}
	QQ          = &Dialect{Name: "qq", Directives: []string{"qq:", "wx:"}, ScriptTags: []string{"qs", "wxs"}}
	Kuaishou    = &Dialect{Name: "kuaishou", Directives: []string{"ks:", "wx:"}, ScriptTags: []string{"wxs"}}
	JD          = &Dialect{Name: "jd", Directives: []string{"jd:", "wx:"}, ScriptTags: []string{"jds", "wxs"}}
	Xiaohongshu = &Dialect{Name: "xiaohongshu", Directives: []string{"xhs:", "wx:"}, ScriptTags: []string{"sjs", "wxs"}}

	// Vue is the template of a single-file component (uni-app, mpvue).
	Vue = &Dialect{Name: "vue", Vue: true}
	// Mpx is the template of an .mpx file: WeChat's, with calls as handlers.
	Mpx = &Dialect{Name: "mpx", Directives: []string{"wx:"}, ScriptTags: []string{"wxs"}, InlineCalls: true}
	// Wepy is the template of a .wpy file: WeChat's directives beside Vue's.
	Wepy = &Dialect{Name: "wepy", Directives: []string{"wx:"}, ScriptTags: []string{"wxs"}, Vue: true}
)

func (d *Dialect) isScript(tag string) bool {
	for _, t := range d.ScriptTags {
		if t == tag {
			return true
		}
	}
	return false
}

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
