package privacy

import (
	"bytes"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// Declaration is what is declared in the privacy guide of a program.
type Declaration struct {
	Entries  []Entry
	Detected []string // keys that the platform says it found in the code (privacy_list)
	SDKs     []string // names of the declared plugins and SDKs (sdk_privacy_info_list)
}

// Entry is one declared type and its purpose.
type Entry struct {
	Key, Text string
	Line      int  // in the file, from 1
	NoText    bool // the file gives keys alone
}

// ReadDeclaration reads the response of getprivacysetting, as JSON, or a file in
// YAML: setting_list and privacy_list as in the response, or a mapping of keys to
// purposes, alone or under the name privacy. The error is a *DeclarationError.
func ReadDeclaration(text []byte) (*Declaration, error) {
	wrong := func(line int, zh, en string) (*Declaration, error) {
		return nil, &DeclarationError{line, lang.Both(zh, en)}
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), &doc); err != nil {
		what := strings.TrimPrefix(err.Error(), "yaml: ")
		return wrong(0, "不是有效的 JSON 或 YAML："+what, "this is neither JSON nor YAML: "+what)
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return wrong(1, "应当是含有 setting_list 的对象，或者隐私类型到用途的映射", "want an object with setting_list, or a mapping of privacy keys to purposes")
	}
	root := doc.Content[0]
	d := &Declaration{}
	settings, detected := child(root, "setting_list"), child(root, "privacy_list")
	if detected != nil {
		for _, n := range detected.Content {
			d.Detected = append(d.Detected, n.Value)
		}
	}
	if sdks := child(root, "sdk_privacy_info_list"); sdks != nil {
		for _, n := range sdks.Content {
			if name := child(n, "sdk_name"); name != nil {
				d.SDKs = append(d.SDKs, name.Value)
			}
		}
	}
	switch {
	case settings != nil:
		for _, n := range settings.Content {
			key := child(n, "privacy_key")
			if key == nil || key.Value == "" {
				return wrong(n.Line, "setting_list 中的一项没有 privacy_key", "an entry of setting_list has no privacy_key")
			}
			e := Entry{Key: key.Value, Line: key.Line}
			if text := child(n, "privacy_text"); text != nil {
				e.Text = text.Value
			}
			d.Entries = append(d.Entries, e)
		}
	case detected != nil:
		for _, n := range detected.Content {
			d.Entries = append(d.Entries, Entry{Key: n.Value, Line: n.Line, NoText: true})
		}
	default:
		if p := child(root, "privacy"); p != nil {
			root = p
		}
		if root.Kind != yaml.MappingNode {
			return wrong(root.Line, "应当是隐私类型到用途的映射", "want a mapping of privacy keys to purposes")
		}
		for i := 0; i+1 < len(root.Content); i += 2 {
			key, value := root.Content[i], root.Content[i+1]
			if value.Kind != yaml.ScalarNode {
				return wrong(value.Line, key.Value+"：用途应当是一句话", key.Value+": want a purpose in words")
			}
			d.Entries = append(d.Entries, Entry{Key: key.Value, Text: value.Value, Line: key.Line})
		}
	}
	return d, nil
}

// DeclarationError says what is wrong with a declaration, and where.
type DeclarationError struct {
	Line    int // from 1; 0 if Message says it
	Message lang.Text
}

// Error returns the message in English, with the line.
func (e *DeclarationError) Error() string { return e.Text().EN }

// Text returns the message in both languages, with the line.
func (e *DeclarationError) Text() lang.Text {
	if e.Line == 0 {
		return e.Message
	}
	return lang.Textf("第 %d 行：%s", "line %d: %s", e.Line, e.Message)
}

// child returns the value under name in a mapping, or nil.
func child(n *yaml.Node, name string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// DifferenceKind tells how code and declaration differ.
type DifferenceKind string

// The kinds of difference. Unsure ones are for a person to look at and do not
// fail a run.
const (
	Undeclared DifferenceKind = "used-not-declared"
	Unused     DifferenceKind = "declared-not-used"
	BadText    DifferenceKind = "text"
	Unsure     DifferenceKind = "unsure"
)

// Difference is one difference between code and declaration.
type Difference struct {
	Kind    DifferenceKind
	Key     string
	Line    int // in the declaration, 0 if it is not there
	Message lang.Text
}

// Compare compares a declaration with the guide. Differences are in the order
// of the guide, then in that of the declaration.
func Compare(g *Guide, d *Declaration) []Difference {
	var out []Difference
	add := func(kind DifferenceKind, key string, line int, zh, en string) {
		out = append(out, Difference{kind, key, line, lang.Both(zh, en)})
	}
	declared := func(key string) bool {
		return slices.ContainsFunc(d.Entries, func(e Entry) bool { return e.Key == key })
	}
	for _, n := range g.Needs {
		switch {
		case declared(n.Key):
		case n.Unverified:
			add(Unsure, n.Key, 0, "用到了"+n.Title.ZH+"，没有以此键声明；这个键名未经核实，请在后台核对",
				"uses "+n.Title.EN+", not declared under this key; the key is unverified: check in the console")
		case n.Sure():
			add(Undeclared, n.Key, 0, "用到了"+n.Title.ZH+"，没有声明：运行时会失败，errno 112",
				"uses "+n.Title.EN+" without declaring it: fails at run time with errno 112")
		case n.Reachable():
			add(Unsure, n.Key, 0, "只在库的代码里用到"+n.Title.ZH+"，没有声明：是否调用看不出，调用时会失败（errno 112），审核会扫描上传的全部代码",
				"only code of libraries uses "+n.Title.EN+", not declared: it is not known whether it is called, a call fails with errno 112, and the review scans everything that is uploaded")
		default:
			add(Unsure, n.Key, 0, "只在不可达的代码里用到"+n.Title.ZH+"，没有声明：运行时不受影响，但审核会扫描上传的全部代码",
				"only unreachable code uses "+n.Title.EN+", not declared: nothing fails at run time, but the review scans everything that is uploaded")
		}
	}
	for _, n := range g.Own {
		if !declared(n.Key) && !slices.ContainsFunc(g.Needs, func(m *Need) bool { return m.Key == n.Key }) {
			switch {
			case n.Custom || n.Unverified:
				add(Unsure, n.Key, 0, "表单收集"+n.Title.ZH+"，表中没有现成的键；请核对是否已自定义声明",
					"forms collect "+n.Title.EN+", for which the table has no key; check that an entry of your own covers it")
			case n.Key == "DeviceInfo":
				add(Unsure, n.Key, 0, "读取设备信息，没有声明；上传到服务器的须声明",
					"reads device information without declaring it, which is required if it is sent to a server")
			default:
				add(Undeclared, n.Key, 0, "自行收集"+n.Title.ZH+"，没有声明：平台扫描看不到，但指引必须写明",
					"collects "+n.Title.EN+" itself without declaring it: the platform's scan does not see it, but the guide must say it")
			}
		}
	}
	for _, e := range d.Entries {
		known := platform.PrivacyKeyByName(e.Key)
		used := g.need(e.Key) != nil || slices.Contains(d.Detected, e.Key)
		switch {
		case used:
		case known != nil && hasInterface(e.Key):
			add(Unused, e.Key, e.Line, "声明了"+known.Title.ZH+"，代码里没有用到：审核会被驳回",
				"declares "+known.Title.EN+", which the code does not use: rejected at review")
		default:
			add(Unsure, e.Key, e.Line, "没有对应的接口，无法从代码核对", "has no interface, so code does not show it")
		}
	}
	for _, key := range d.Detected {
		title := lang.Same(key)
		if known := platform.PrivacyKeyByName(key); known != nil {
			title = known.Title
		}
		switch {
		case g.need(key) != nil:
		case declared(key):
			add(Unsure, key, 0, "平台检测到，这里没有发现：请核对插件和未读到的文件", "the platform found it, but this scan did not: check plugins and files that were not read")
		default:
			add(Undeclared, key, 0, "平台检测到"+title.ZH+"，没有声明；这里没有发现：请核对插件和未读到的文件",
				"the platform found "+title.EN+", which is not declared; this scan did not: check plugins and files that were not read")
		}
	}
	for _, sdk := range sdks(g) {
		if d.SDKs != nil && len(sdk.Settings) > 0 && !slices.Contains(d.SDKs, sdk.Name) {
			add(Unsure, sdk.Name, 0, "第三方 SDK 没有列在 sdk_privacy_info_list 中（名称可能不同，请核对）",
				"the third-party SDK is not in sdk_privacy_info_list (its name may differ: check)")
		}
	}
	return append(out, Lint(d)...)
}

// Differs reports whether some difference fails a run.
func Differs(all []Difference) bool {
	return slices.ContainsFunc(all, func(d Difference) bool { return d.Kind != Unsure })
}

// need returns what the guide says about a key, or nil.
func (g *Guide) need(key string) *Need {
	for _, list := range [][]*Need{g.Needs, g.Own} {
		for _, n := range list {
			if n.Key == key {
				return n
			}
		}
	}
	return nil
}

// hasInterface reports whether the official table names an interface for a key.
// Only then can code show that it is not used.
func hasInterface(key string) bool {
	for _, a := range platform.APIs() {
		if a.Guide && a.PrivacyKey == key {
			return true
		}
	}
	for _, o := range platform.OpenTypes() {
		if o.Guide && o.PrivacyKey == key {
			return true
		}
	}
	return false
}
