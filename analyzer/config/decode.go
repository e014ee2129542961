package config

import (
	"fmt"
	"io"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// MaxSize is the size in bytes above which a beian.yaml is refused.
const MaxSize = 1 << 20

// Parse reads a beian.yaml. The error is an *Error.
func Parse(file *source.File, known Known) (*Config, error) {
	d := &decoder{file: file, known: known}
	c := &Config{File: file, Below: "."}
	text := file.Text
	if len(text) > MaxSize {
		d.fail(&yaml.Node{Line: 1, Column: 1}, "文件超过 1 MB", "the file is larger than 1 MB")
		text = ""
	}
	var doc yaml.Node
	y := yaml.NewDecoder(strings.NewReader(text))
	switch err := y.Decode(&doc); {
	case err == io.EOF:
	case err != nil:
		d.syntax(err)
	default:
		if y.Decode(&yaml.Node{}) != io.EOF {
			d.fail(&doc, "只能有一个 YAML 文档", "it must hold one YAML document")
		}
		root := doc.Content[0]
		if root.Kind == yaml.MappingNode {
			d.customRules(root)
		}
		if root.Tag != "!!null" {
			d.value(root, reflect.ValueOf(c).Elem(), "", "")
		}
	}
	if len(d.problems) > 0 {
		return nil, &Error{file.Path, d.problems}
	}
	return c, nil
}

type decoder struct {
	file     *source.File
	known    Known
	problems []Problem
}

func (d *decoder) fail(n *yaml.Node, zh, en string) {
	d.problems = append(d.problems, Problem{d.place(n), lang.Both(zh, en)})
}

// place converts the line and column of a node, which count characters from 1.
func (d *decoder) place(n *yaml.Node) source.Location {
	text, start := d.file.Line(n.Line)
	at := start + int32(len(string([]rune(text)[:min(max(0, n.Column-1), len([]rune(text)))])))
	return source.Location{File: d.file, Span: source.Span{Start: at, End: min(at+int32(max(1, len(n.Value))), int32(len(d.file.Text)))}}
}

var syntaxError = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)`)

func (d *decoder) syntax(err error) {
	n, what := &yaml.Node{Line: 1, Column: 1}, err.Error()
	if m := syntaxError.FindStringSubmatch(what); m != nil {
		if what = m[2]; m[1] != "" {
			n.Line, _ = strconv.Atoi(m[1])
		}
	}
	if line, _ := d.file.Line(n.Line); strings.HasPrefix(strings.TrimLeft(line, " "), "\t") {
		d.fail(n, "缩进要用空格，不能用制表符", "indent with blanks; YAML allows no tabs there")
		return
	}
	d.fail(n, "不是有效的 YAML："+what, "this is not valid YAML: "+what)
}

// customRules makes the names of the file's own rules known.
func (d *decoder) customRules(root *yaml.Node) {
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == "custom-rules" && root.Content[i+1].Kind == yaml.MappingNode {
			for j := 0; j < len(root.Content[i+1].Content); j += 2 {
				d.known.Rules = append(slices.Clone(d.known.Rules), root.Content[i+1].Content[j].Value)
			}
		}
	}
}

// value reads n into v. Form and enum are those of the field it belongs to.
func (d *decoder) value(n *yaml.Node, v reflect.Value, form, enum string) {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		d.fail(n, "不支持锚点和别名", "anchors and aliases are not supported")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v)
	case reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			d.fail(n, "这里应是一个列表（每行以 - 开头）", "a list is wanted here (lines that begin with -)")
			return
		}
		for _, item := range n.Content {
			e := reflect.New(v.Type().Elem()).Elem()
			d.value(item, e, form, enum)
			v.Set(reflect.Append(v, e))
		}
	case reflect.Pointer:
		e := reflect.New(v.Type().Elem())
		d.value(n, e.Elem(), form, enum)
		v.Set(e)
	case reflect.String:
		d.text(n, v, form, enum)
	case reflect.Bool:
		if on := slices.Contains([]string{"true", "yes"}, n.Value); n.Kind == yaml.ScalarNode &&
			(on || slices.Contains([]string{"false", "no"}, n.Value)) {
			v.SetBool(on)
			return
		}
		d.fail(n, "这里应是 true 或 false", "true or false is wanted here")
	case reflect.Int, reflect.Int64:
		i, err := strconv.ParseInt(strings.ReplaceAll(n.Value, "_", ""), 10, 64)
		if n.Kind != yaml.ScalarNode || err != nil || i < 0 {
			d.fail(n, "这里应是一个不小于 0 的整数", "a whole number from 0 is wanted here")
			return
		}
		v.SetInt(i)
	}
}

// pairs calls do for the keys and values of a mapping, each key once.
func (d *decoder) pairs(n *yaml.Node, do func(key, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.fail(n, "这里应是若干“键: 值”", "keys with values are wanted here")
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch {
		case key.Kind != yaml.ScalarNode:
			d.fail(key, "键必须是文字", "a key must be a text")
		case seen[key.Value]:
			d.fail(key, fmt.Sprintf("%q 写了两次", key.Value), fmt.Sprintf("%q is given twice", key.Value))
		default:
			do(key, n.Content[i+1])
		}
		seen[key.Value] = true
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value) {
	fields, names := map[string]reflect.StructField{}, []string{}
	for _, f := range reflect.VisibleFields(v.Type()) {
		if key := f.Tag.Get("yaml"); key != "" && key != "-" {
			fields[key] = f
			names = append(names, key)
		}
	}
	there := map[string]bool{}
	d.pairs(n, func(key, value *yaml.Node) {
		f, ok := fields[key.Value]
		if !ok {
			d.unknown(key, "键", "key", names)
			return
		}
		there[key.Value] = true
		if at := v.FieldByName("KeyAt"); at.IsValid() {
			if at.IsNil() {
				at.Set(reflect.MakeMap(at.Type()))
			}
			at.SetMapIndex(reflect.ValueOf(key.Value), reflect.ValueOf(d.place(key)))
		}
		to := v.FieldByIndex(f.Index)
		switch {
		case value.Tag == "!!null" && f.Tag.Get("need") == "":
		case to.Kind() == reflect.Map:
			d.table(value, to, f.Tag)
		default:
			d.value(value, to, f.Tag.Get("form"), f.Tag.Get("enum"))
		}
	})
	for _, name := range names {
		if fields[name].Tag.Get("need") != "" && !there[name] && n.Kind == yaml.MappingNode {
			d.fail(n, "缺少 "+name, name+" is missing")
		}
	}
	if at := v.FieldByName("At"); at.IsValid() {
		at.Set(reflect.ValueOf(d.place(n)))
	}
}

// table reads a mapping whose keys are names of rules.
func (d *decoder) table(n *yaml.Node, v reflect.Value, tag reflect.StructTag) {
	v.Set(reflect.MakeMap(v.Type()))
	d.pairs(n, func(key, value *yaml.Node) {
		name := reflect.New(reflect.TypeFor[string]()).Elem()
		d.text(key, name, tag.Get("keys"), "")
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(value, e, tag.Get("form"), tag.Get("enum"))
		v.SetMapIndex(name, e)
	})
}

func (d *decoder) unknown(n *yaml.Node, zh, en string, known []string) {
	m := lang.Text{ZH: fmt.Sprintf("没有%s %q", zh, n.Value), EN: fmt.Sprintf("there is no %s %q", en, n.Value)}
	if near := spelling.Nearest(n.Value, known); near != "" {
		m.ZH += fmt.Sprintf("，是不是想写 %s？", near)
		m.EN += fmt.Sprintf("; did you mean %s?", near)
	} else if len(known) > 0 && len(known) <= 30 {
		m.ZH += "；可用的有 " + strings.Join(known, ", ")
		m.EN += "; there are " + strings.Join(known, ", ")
	}
	d.fail(n, m.ZH, m.EN)
}

var (
	customName = regexp.MustCompile(`^custom/[a-z][a-z0-9-]*$`)
	calleeName = regexp.MustCompile(`^[\p{L}_$*][\p{L}\p{N}_$*]*(\.[\p{L}_$*][\p{L}\p{N}_$*]*)*$`)
)

// text reads a text and checks it against its form.
func (d *decoder) text(n *yaml.Node, v reflect.Value, form, enum string) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		d.fail(n, "这里应是一段文字", "a text is wanted here")
		return
	}
	s := n.Value
	v.SetString(s)
	if enum != "" && !slices.Contains(strings.Split(enum, ","), s) {
		d.unknown(n, "这个值", "value", strings.Split(enum, ","))
		return
	}
	switch form {
	case "glob":
		s = cleanGlob(s)
		v.SetString(s)
		if !doublestar.ValidatePattern(s) || s == "" {
			d.fail(n, "通配符写法不对："+s, "this is no glob: "+s)
		}
	case "regexp":
		if _, err := regexp.Compile(s); err != nil || s == "" {
			d.fail(n, "正则表达式写法不对："+s, "this is no regular expression: "+s)
		}
	case "path":
		if !isLocal(s) {
			d.fail(n, "路径必须在本文件所在的目录之内", "the path must lie in the directory of this file")
		}
	case "callee":
		if !calleeName.MatchString(s) {
			d.fail(n, fmt.Sprintf("%q 不是函数名", s), fmt.Sprintf("%q is no name of a function", s))
		}
	case "gate":
		if _, wrong := ParseGate(s); wrong != "" {
			d.unknown(&yaml.Node{Line: n.Line, Column: n.Column, Value: wrong}, "这个值", "value", Gates())
		}
	case "rule":
		if !slices.Contains(d.known.Rules, s) {
			d.unknown(n, "规则", "rule", d.known.Rules)
		}
	case "custom":
		if !customName.MatchString(s) {
			d.fail(n, "自定义规则应写成 custom/名称", "a rule of your own is written custom/name")
		}
	case "category", "collected":
		known := categories()
		if form == "category" {
			known = append(known, "ignore")
		}
		if !slices.Contains(known, s) {
			d.unknown(n, "类别", "category", known)
		}
	case "app-type":
		if len(d.known.AppTypes) > 0 && !slices.Contains(d.known.AppTypes, s) {
			d.unknown(n, "这个值", "value", d.known.AppTypes)
		}
	case "policy":
		switch {
		case strings.HasPrefix(s, "http://"):
			d.fail(n, "隐私政策的地址应当用 https://", "the address of the policy should use https://")
		case strings.TrimSpace(s) == "" || strings.ContainsAny(strings.TrimSpace(s), " \t\n"):
			d.fail(n, "这里应是一个网址或页面路径", "an address or the route of a page is wanted here")
		}
	case "form-field":
		switch {
		case slices.Contains(d.known.PrivateFields, s):
			d.fail(n, s+" 是个人资料或文件，不要写进仓库；请填在 HTML 版的备案材料里",
				s+" is data of a person or a file: keep it out of the repository, and fill it in in the HTML dossier")
		case len(d.known.FormFields) > 0 && !slices.Contains(d.known.FormFields, s):
			d.unknown(n, "字段", "field", d.known.FormFields)
		}
	case "text":
		if strings.TrimSpace(s) == "" {
			d.fail(n, "不能为空", "it cannot be empty")
		}
	}
}

func categories() []string {
	var out []string
	for _, c := range finding.Categories() {
		out = append(out, string(c))
	}
	return out
}

// isLocal reports whether a path with forward slashes stays below its directory.
func isLocal(p string) bool {
	clean := path.Clean(p)
	return p != "" && !path.IsAbs(p) && clean != ".." && !strings.HasPrefix(clean, "../") && !strings.ContainsAny(p, "\\:\x00")
}
