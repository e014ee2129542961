package platform

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/spelling"
)

// APIByName returns the API with the given name, or nil.
func APIByName(name string) *API { return loadAPIs().byName[name] }

// MayBeAbsent reports whether a platform may lack what stands at a path below its global
// object: an API of which nothing is known, or no more than its shape, or that came with a
// later version.
func MayBeAbsent(path string) bool {
	if path == "" || unicode.IsUpper(rune(path[0])) || loadGroups()[path] {
		return false // the global object, what an API returned, a group of APIs
	}
	api := APIByName(path)
	return api == nil || api.Since != "" || api.Sink == nil && api.Returns == "" && len(api.Yields) == 0
}

// loadGroups gives the paths that hold APIs: "cloud" for cloud.callFunction.
var loadGroups = sync.OnceValue(func() map[string]bool {
	groups := map[string]bool{}
	for _, a := range APIs() {
		for i, r := range a.Name {
			if r == '.' {
				groups[a.Name[:i]] = true
			}
		}
	}
	return groups
})

// APIs returns all APIs in a fixed order. The caller must not change them.
func APIs() []*API { return loadAPIs().list }

// PrivateAPIs returns the names of the interfaces that requiredPrivateInfos must
// list, in the order of the table.
func PrivateAPIs() []string { return named(func(a *API) bool { return a.Private }) }

// ExactAPIs returns the names of the interfaces of exact position, which
// getFuzzyLocation excludes.
func ExactAPIs() []string { return named(func(a *API) bool { return a.Exact }) }

func named(wanted func(*API) bool) []string {
	var out []string
	for _, a := range APIs() {
		if wanted(a) {
			out = append(out, a.Name)
		}
	}
	return out
}

// OpenTypeByName returns the value of open-type with the given name, or nil. An
// open-type that says in its scope attribute what it asks for has the name
// "getAuthorize:phoneNumber".
func OpenTypeByName(name string) *OpenType { return loadOpenTypes().byName[name] }

// OpenTypes returns all values of open-type in a fixed order.
func OpenTypes() []*OpenType { return loadOpenTypes().list }

// inert are elements of the platforms that no open-type makes a button: containers, texts and pictures (WeChat
// documentation, components; read 2026-11). A navigator has an attribute open-type, with other values.
var inert = spelling.Set("view text image block label form icon navigator cover-view cover-image scroll-view swiper swiper-item rich-text movable-view")

// Inert reports whether an element of this name, which no component of the program has, ignores the open-types of buttons.
func Inert(tag string) bool { return inert[spelling.Kebab(tag)] }

// Tag is an element, other than a form control, that hands over personal
// information by being there, such as <camera>.
type Tag struct {
	Name        string
	Attr, Value string // an attribute it must have, or "", ""; an attribute alone may have any value but false
	Event       string // event that brings the data, lower case; "" if none does
	Sends       string // attribute with the address that the element itself sends to, "platform", or ""
	Yields      []Yield
	PrivacyKey  string
	Guide       bool // the guide's table of interfaces has it
	Since       string
	Legacy      string
	Source      string
}

// Fits reports whether an element with the value of t.Attr is t; value is "" if it is not
// known, or not written: <map show-location>.
func (t *Tag) Fits(value string) bool {
	if t.Value == "" {
		return value != "false"
	}
	return value == t.Value
}

// Tags returns all such elements in a fixed order.
func Tags() []*Tag { return loadTags() }

// HasTag reports whether some of them have this name.
func HasTag(name string) bool {
	return slices.ContainsFunc(Tags(), func(t *Tag) bool { return t.Name == name })
}

// PrivacyKey is one kind of information in the WeChat privacy guide.
type PrivacyKey struct {
	Key        string
	Category   finding.Category // "" if it is none of ours
	Title      lang.Text        // official wording
	Scopes     []string         // permissions that wx.authorize asks for: "scope.camera"
	Unverified bool             // the key itself is not confirmed by a document
	Source     string
}

// PrivacyKeyByName returns the privacy key with the given name, or nil.
func PrivacyKeyByName(key string) *PrivacyKey { return loadPrivacyKeys().byName[key] }

// PrivacyKeys returns all privacy keys in a fixed order.
func PrivacyKeys() []*PrivacyKey { return loadPrivacyKeys().list }

// ScopeKey returns the privacy key of a permission that wx.authorize asks for, or
// "".
func ScopeKey(scope string) string {
	for _, k := range PrivacyKeys() {
		if slices.Contains(k.Scopes, scope) {
			return k.Key
		}
	}
	return ""
}

// clients are packages that talk to servers: for requests, or the SDK of a service.
// What they are comes from their descriptions in the npm registry (read 2026-11);
// u-ajax is uni-ajax in DCloud's market.
var clients = []string{
	"axios", "axios-miniprogram", "flyio", "luch-request", "uni-ajax", "u-ajax", "@escook/request-miniprogram", "wx-axios",
	"wefetch", "alova", "taro-axios", "uni-request", "@uni-helper/uni-network", "miniprogram-network", "@mpxjs/fetch",
	"apifm-wxapi", "apifm-uniapp", "leancloud-storage", "hydrogen-js-sdk", "@cloudbase/js-sdk",
	"@cloudbase/wx-cloud-client-sdk", "@cloudbase/adapter-wx_mp", "@alicloud/mpserverless-sdk", "tcb-js-sdk",
	"wafer2-client-sdk", "qcloud-weapp-client-sdk", "@supabase/supabase-js", "supabase-wechat-stable-v2", "parse",
	"request", "request-promise", "request-promise-native", "got", "node-fetch", "urllib", "superagent", "undici",
}

// requestKits are libraries of components that export a request library as http (uview-plus
// and uv-ui documents, Http请求; read 2026-11), by the names of kits.json and on npm.
var requestKits = []string{"uview-ui", "uview-plus", "@climblee/uv-ui"}

// RequestKit reports whether a library of components has a request library, http.
func RequestKit(library string) bool { return slices.Contains(requestKits, library) }

// Client returns the package that talks to servers and that spec imports, or a file
// of it: "axios" for "axios/lib/axios". It is "" if spec imports none.
func Client(spec string) string {
	for _, name := range clients {
		if rest, ok := strings.CutPrefix(spec, name); ok && (rest == "" || rest[0] == '/') {
			return name
		}
	}
	if strings.HasPrefix(spec, "@/") { // an alias, no scope
		return ""
	}
	name, _ := SplitPackage(spec)
	switch client, adapter := axiosByName(name); {
	case slices.Contains(axiosGiven, name):
		return "axios"
	case adapter:
		return name
	case client:
		return "axios"
	}
	return ""
}

// axiosGiven are adapters that give axios itself, which sends through them, as their default (npm registry, README of
// uniapp-axios-adapter; read 2026-11).
var axiosGiven = []string{"uniapp-axios-adapter"}

// SplitPackage splits a bare specifier into the name of the npm package, which has two parts
// if it starts with @, and the path within it.
func SplitPackage(spec string) (name, rest string) {
	cut := strings.IndexByte(spec, '/')
	if strings.HasPrefix(spec, "@") && cut >= 0 {
		if next := strings.IndexByte(spec[cut+1:], '/'); next >= 0 {
			cut += 1 + next
		} else {
			cut = -1
		}
	}
	if cut < 0 {
		return spec, ""
	}
	return spec[:cut], strings.Trim(spec[cut:], "/")
}

// axiosFor are the words with which packages that are axios for an environment, or an adapter for
// it, name that (uni-axios, axios-mp, axios-miniprogram-adapter; npm registry, read 2026-11). A
// package with another word adds to axios: axios-retry.
var axiosFor = []string{
	"uni", "uniapp", "app", "mp", "mini", "miniprogram", "program", "wx", "weapp", "wechat", "weixin", "wxapp", "alipay", "taro",
	"mpx", "wepy",
	"request", "requests", "http", "js", "ts", "pro", "plus", "next", "lite", "promise", "fork", "min", "minified", "master", "x",
}

// CopiedClient returns the package that talks to servers and that a file of the program is a copy of,
// by its path: "axios" for "@/js_sdk/some-uni-axios", where programs of uni-app keep what they take
// from DCloud's market. It is "" if spec names another file.
func CopiedClient(spec string) string {
	parts := strings.Split(strings.TrimSuffix(spec, ".js"), "/")
	copied := slices.ContainsFunc(parts, func(p string) bool { return slices.Contains(marketFolders, p) })
	for _, part := range parts {
		if client, adapter := axiosByName(part); client && !adapter && copied && part != "axios" {
			return "axios"
		}
	}
	return ""
}

// marketFolders are the folders of what programs take from the market (uni-app documents, project
// structure; read 2026-11), and names that programs give them.
var marketFolders = []string{"js_sdk", "js-sdk", "uni_modules"}

// axiosWith are what axios is fitted into by packages whose last word it is; any other such package is
// axios as somebody has changed it.
var axiosWith = []string{"vue", "react", "use", "nuxt", "types", "jest", "mock", "storybook", "nestjs", "fastify", "swagger", "openapi"}

// axiosByName reports whether a package is axios for some environment, as its name says, or a function
// that axios sends with there.
func axiosByName(name string) (client, adapter bool) {
	bare := name[strings.IndexByte(name, '/')+1:]
	words := strings.FieldsFunc(strings.ToLower(bare), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	if n := len(words); n > 0 && words[n-1] == "axios" {
		return !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(axiosWith, w) }), false
	}
	for _, word := range words {
		switch {
		case word == "axios":
			client = true
		case word == "adapter" || word == "adaptor":
			adapter = true
		case !slices.Contains(axiosFor, word):
			return false, false
		}
	}
	return client, client && adapter
}

// AxiosPart returns what a file of axios exports that is no client: "buildURL" of
// "axios/lib/helpers/buildURL"; "" if spec names no such file.
func AxiosPart(spec string) string {
	file, ok := strings.CutPrefix(spec, "axios/")
	if !ok || !strings.Contains(file, "lib/") {
		return ""
	}
	part := strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".js")
	if part == "axios" || part == "Axios" {
		return ""
	}
	return part
}
