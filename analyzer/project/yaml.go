package project

import (
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/source"
)

// YAML, in which blocks <route> and <i18n> and tables of languages may be written, as a value of JSON.

// yamlValue is a text in YAML as a value without places; nil if it is none.
func yamlValue(text string) *jsonc.Value {
	v, _ := yamlNodes(text, func(*yaml.Node) source.Span { return source.Span{} })
	return v
}

// yamlIn is the YAML in a part of a file, with its places, nil for nothing, and whether it is valid.
func yamlIn(f *source.File, in source.Span) (v *jsonc.Value, valid bool) {
	text := f.Slice(in)
	lines := strings.SplitAfter(text, "\n")
	starts := make([]int, len(lines))
	for i := 1; i < len(lines); i++ {
		starts[i] = starts[i-1] + len(lines[i-1])
	}
	return yamlNodes(text, func(n *yaml.Node) source.Span {
		if n.Line < 1 || n.Line > len(lines) {
			return source.Span{}
		}
		line := strings.TrimRight(lines[n.Line-1], "\r\n")
		at, column := len(line), 1 // columns count characters
		for k := range line {
			if column == n.Column {
				at = k
				break
			}
			column++
		}
		rest := line[at:]
		if quoted := strings.TrimLeft(rest, `"'`); quoted != rest {
			at, rest = at+1, rest[1:]
		}
		end := at + len(rest)
		if strings.HasPrefix(rest, n.Value) {
			end = at + len(n.Value)
		}
		from := in.Start + int32(starts[n.Line-1])
		return source.Span{Start: from + int32(at), End: from + int32(end)}
	})
}

func yamlNodes(text string, place func(*yaml.Node) source.Span) (v *jsonc.Value, valid bool) {
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil || len(n.Content) == 0 {
		return nil, err == nil
	}
	return yamlNode(n.Content[0], 0, place), true
}

func yamlNode(n *yaml.Node, depth int, place func(*yaml.Node) source.Span) *jsonc.Value {
	switch {
	case depth > maxConstant:
		return nil
	case n.Kind == yaml.MappingNode:
		out := &jsonc.Value{Kind: jsonc.Object}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if v := yamlNode(n.Content[i+1], depth+1, place); v != nil {
				out.Members = append(out.Members, &jsonc.Member{Name: n.Content[i].Value, Value: v})
			}
		}
		return out
	case n.Kind == yaml.SequenceNode:
		out := &jsonc.Value{Kind: jsonc.Array}
		for _, e := range n.Content {
			if v := yamlNode(e, depth+1, place); v != nil {
				out.Elems = append(out.Elems, v)
			}
		}
		return out
	case n.Tag == "!!bool":
		return jsonc.NewBool(place(n), n.Value == "true")
	case n.Kind == yaml.ScalarNode:
		return jsonc.NewString(place(n), n.Value)
	}
	return nil
}

// isYAML reports whether a file of this name is written in YAML.
func isYAML(p string) bool { return path.Ext(p) == ".yaml" || path.Ext(p) == ".yml" }

// holdsWords reports whether a file may be a table of texts in YAML: locales/zh.yaml.
func holdsWords(p string) bool {
	name := strings.TrimSuffix(path.Base(p), path.Ext(p))
	return isYAML(p) && (languageDirs[path.Base(path.Dir(p))] || languageName.MatchString(name))
}

// languageName is how a file is called that holds the texts of one language: zh, zh-CN, en_US.
var languageName = regexp.MustCompile(`^(?i)(?:zh|en|cn|tw|hk)(?:[-_]?(?:cn|tw|hk|hans|hant|us|gb))?$`)
