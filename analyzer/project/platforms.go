package project

import "github.com/beian/beian/analyzer/markup"

// layout is what differs between the platforms in how a program is laid out in
// files. The file formats are the platforms' own; that of WeChat came first and
// the others keep its shape under other suffixes.
type layout struct {
	Platform string
	Markup   string   // suffix of templates
	Configs  []string // project configuration, the most telling first
	Dialect  *markup.Dialect
}

// layouts lists the platforms; the first is taken where nothing tells.
var layouts = []*layout{
	{"wechat", ".wxml", []string{"project.config.json"}, markup.WeChat},
	{"alipay", ".axml", []string{"mini.project.json"}, markup.Alipay},
	{"baidu", ".swan", []string{"project.swan.json"}, markup.Baidu},
	{"douyin", ".ttml", []string{"project.tt.json"}, markup.Douyin},
	{"qq", ".qml", []string{"project.qq.json"}, markup.QQ},
	{"kuaishou", ".ksml", []string{"project.ks.json"}, markup.Kuaishou},
	{"jd", ".jxml", []string{"project.jd.json"}, markup.JD},
	{"xiaohongshu", ".xhsml", []string{"project.xhs.json"}, markup.Xiaohongshu},
}

// filterSuffixes are the suffixes of template scripts on any platform. A tag
// may name a plain .js file on some of them.
var filterSuffixes = []string{".wxs", ".sjs", ".qs", ".jds", ".filter.js", ".js"}

// filterTags are the tags that bring in a template script, with the attributes
// that name the file and the module.
var filterTags = map[string]bool{
	"wxs": true, "import-sjs": true, "sjs": true, "filter": true, "qs": true, "jds": true,
}

// projectConfigs and privateConfigs are the names of the files with project
// settings; the private ones override the others.
var (
	projectConfigs = []string{
		"project.config.json", "mini.project.json", "project.swan.json", "project.tt.json",
		"project.qq.json", "project.ks.json", "project.jd.json", "project.xhs.json",
	}
	privateConfigs = []string{"project.private.config.json"}
)

// platformBlocks are keys of a JSON file whose content is merged into it when
// it is built as a mini program; the other keys of that form are dropped
// (multi-platform projects of the WeChat tools).
const (
	ownBlock    = "mini-weixin"
	blockPrefix = "mini-"
)
