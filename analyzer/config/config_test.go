package config

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

var known = Known{Rules: []string{"field/phone", "field/name", "api/location"}, AppTypes: []string{"shopping", "tools"}}

const full = `# 全部设置
include: ["**"]
exclude:
  - legacy/**
rules:
  field/name: low
  custom/member: off
labels:
  - {pattern: 会员卡, category: identifier}
  - pattern: ^商家
    category: ignore
sinks:
  - name: api.post
    kind: network
    args: [1]
custom-rules:
  custom/member:
    title: 会员卡号
    category: identifier
    labels: [会员卡号]
    apis: [chooseLicensePlate]
detectors: [tools/detect.js]
operator:
  type: enterprise
  app-type: tools
  mainland: yes
  persons: 100_000
fail-on: high
min-confidence: low
lang: zh
baseline: beian-baseline.json
suppress:
  - path: app.json
    rule: api/location
    reason: 配送范围
`

func parse(text string) (*Config, error) { return Parse(source.NewFile("beian.yaml", text), known) }

func TestParse(t *testing.T) {
	c, err := parse(full)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"field/name": "low", "custom/member": "off"}, c.Rules)
	require.Equal(t, "ignore", c.Labels[1].Category)
	require.Equal(t, []int{1}, c.Sinks[0].Args)
	require.Equal(t, int64(100000), *c.Operator.Persons)
	require.True(t, *c.Operator.Mainland)
	require.Nil(t, c.Operator.Minors)
	require.Equal(t, 33, c.Suppress[0].At.Start().Line)
	require.Equal(t, 5, c.Suppress[0].At.Start().Column)

	for _, empty := range []string{"", "# nothing\n", "---\n", "rules:\n"} {
		c, err := parse(empty)
		require.NoError(t, err, empty)
		require.Empty(t, c.Rules)
	}
}

func TestMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"fial-on: high":                                          `beian.yaml:1:1: there is no key "fial-on"; did you mean fail-on?`,
		"lang: zh\nfail-on: h":                                   `beian.yaml:2:10: there is no value "h"; there are verdict, undetermined, critical, high, medium, low, never`,
		"lang: zh\nfail-on: high, verdct":                        `beian.yaml:2:10: there is no value "verdct"; did you mean verdict?`,
		"rules:\n  field/phnoe: off":                             `beian.yaml:2:3: there is no rule "field/phnoe"; did you mean field/phone?`,
		"rules:\n  field/phone: of":                              `beian.yaml:2:16: there is no value "of"; did you mean off?`,
		"rules: off":                                             "beian.yaml:1:8: keys with values are wanted here",
		"lang: zh\nlang: en":                                     `beian.yaml:2:1: "lang" is given twice`,
		"include: a":                                             "beian.yaml:1:10: a list is wanted here (lines that begin with -)",
		"include: ['[']":                                         "beian.yaml:1:11: this is no glob: [",
		"include: [{a: b}]":                                      "beian.yaml:1:11: a text is wanted here",
		"labels: [{pattern: '(', category: phone}]":              "beian.yaml:1:20: this is no regular expression: (",
		"labels: [{pattern: 会员, category: phne}]":                `beian.yaml:1:34: there is no category "phne"; did you mean phone?`,
		"labels: [{pattern: a}]":                                 "beian.yaml:1:10: category is missing",
		"sinks: [{name: 'a b', kind: network}]":                  `beian.yaml:1:16: "a b" is no name of a function`,
		"sinks: [{name: a, kind: network, args: [-1]}]":          "beian.yaml:1:41: a whole number from 0 is wanted here",
		"custom-rules: {member: {title: a, category: phone}}":    "beian.yaml:1:16: a rule of your own is written custom/name",
		"custom-rules: {custom/a: {title: a, category: ignore}}": `beian.yaml:1:47: there is no category "ignore"`,
		"detectors: [../x.js]":                                   "beian.yaml:1:13: the path must lie in the directory of this file",
		"detectors: [/etc/passwd]":                               "beian.yaml:1:13: the path must lie in the directory of this file",
		"operator: {mainland: maybe}":                            "beian.yaml:1:22: true or false is wanted here",
		"operator: {app-type: tols}":                             `beian.yaml:1:22: there is no value "tols"; did you mean tools?`,
		"suppress: [{path: a, rule: field/phone, reason: ' '}]":  "beian.yaml:1:49: it cannot be empty",
		"suppress: [{path: a, rule: field/phone}]":               "beian.yaml:1:12: reason is missing",
		"a: &x 1":                 `beian.yaml:1:1: there is no key "a"`,
		"lang: &x zh":             "beian.yaml:1:7: anchors and aliases are not supported",
		"lang: zh\n---\nlang: en": "beian.yaml:1:1: it must hold one YAML document",
		"lang: [":                 "beian.yaml:1:1: this is not valid YAML: did not find expected node content",
		"- a":                     "beian.yaml:1:1: keys with values are wanted here",
		"? [a]\n: b":              "beian.yaml:1:3: a key must be a text",
	} {
		_, err := parse(text)
		require.ErrorContains(t, err, want, text)
		var e *Error
		require.ErrorAs(t, err, &e)
		require.NotContains(t, e.Text().ZH, "%!")
	}
	_, err := parse("lnag: zh\nfail: on\n")
	require.ErrorContains(t, err, "beian.yaml:1:1")
	require.ErrorContains(t, err, "beian.yaml:2:1", "all mistakes are told at once")
}

// Settings that would cost much are refused, or cost little.
func TestHostileSettings(t *testing.T) {
	for text, want := range map[string]string{
		"labels: " + strings.Repeat("[", 100_000):                               "beian.yaml:1",
		"labels: " + strings.Repeat("{a: ", 100_000):                            "beian.yaml:1",
		"a: &a [x, x]\n" + "b: &b [*a, *a]\n" + "c: [*b, *b]\n":                 "beian.yaml:1:1",
		"labels: [{pattern: '((a{1,1000}){1,1000}){1,1000}', category: phone}]": "this is no regular expression",
	} {
		_, err := parse(text)
		require.ErrorContains(t, err, want)
		require.Less(t, len(err.Error()), 10_000)
	}
	c, err := parse("labels:\n" + strings.Repeat("  - {pattern: 会员手机, category: phone}\n", 20_000))
	require.NoError(t, err)
	require.Len(t, c.Labels, 20_000)
}

func TestPathsAreThoseOfTheFile(t *testing.T) {
	c, err := parse("include: [packages/**]\nexclude: [packages/shop/old/**, packages/trial]\nrules: {field/name: off, field/phone: low}\n")
	require.NoError(t, err)
	c.Below = "packages/shop"
	require.True(t, c.Excludes("old/a.js"))
	require.False(t, c.Excludes("pages/a.js"))
	require.False(t, c.Leaves("pages"))
	require.True(t, c.Leaves("old"))
	c.Below = "."
	require.True(t, c.Excludes("app.json"))
	require.True(t, c.Leaves("packages/trial"))

	found := func(rule, path string) finding.Finding {
		return finding.Finding{Rule: &finding.Rule{ID: rule}, Confidence: finding.High,
			Location: source.Location{File: source.NewFile(path, "")}}
	}
	out := c.Judge([]finding.Finding{
		found("field/name", "packages/a.js"), found("field/phone", "packages/a.js"), found("field/phone", "b.js"), found("api/location", "packages/a.js"),
	})
	require.Len(t, out, 2)
	require.Equal(t, finding.Low, out[0].Confidence)
	require.Equal(t, finding.High, out[1].Confidence)
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	deep := filepath.Join(dir, "repo", "packages", "shop")
	require.NoError(t, os.MkdirAll(deep, 0o777))
	write := func(name string) string {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, nil, 0o666))
		return name
	}
	write("beian.yaml") // above the repository: not looked at
	require.Equal(t, "", Find(deep), "outside of a repository only the directory counts")
	require.NoError(t, os.Mkdir(filepath.Join(dir, "repo", ".git"), 0o777))
	require.Equal(t, "", Find(deep))
	top := write("repo/beian.yaml")
	require.Equal(t, top, Find(deep))
	near := write("repo/packages/beian.yaml")
	require.Equal(t, near, Find(deep))
	require.Equal(t, filepath.Join(dir, "repo"), Top(deep))
}

func TestSchemaIsPublished(t *testing.T) {
	const name = "../../docs/beian.schema.json"
	golden.Check(t, name, string(Schema()))
	schema := golden.SchemaFile(t, name)
	check := func(text string) error {
		var v any
		require.NoError(t, yaml.Unmarshal([]byte(text), &v))
		return schema.Validate(v)
	}
	require.NoError(t, check("rules: {field/name: low}\nlabels: [{pattern: a, category: ignore}]\noperator: {mainland: true, persons: 5}"))
	require.Error(t, check("fial-on: high"))
	require.Error(t, check("rules: {field/name: of}"))
	require.Error(t, check("labels: [{pattern: a}]"))
}

// The decoder takes a document that has every key of the schema, with made-up values.
// Both refuse one with one more key, anywhere.
func TestSchemaAndDecoderAgree(t *testing.T) {
	var schema map[string]any
	require.NoError(t, json.Unmarshal(Schema(), &schema))
	keys := 0
	var example func(s map[string]any) any
	example = func(s map[string]any) any {
		if list, ok := s["enum"].([]any); ok {
			return list[0]
		}
		if list, ok := s["examples"].([]any); ok {
			return list[len(list)-1]
		}
		switch s["type"] {
		case "object":
			out := map[string]any{}
			properties, _ := s["properties"].(map[string]any)
			for key, p := range properties {
				keys++
				out[key] = example(p.(map[string]any))
			}
			if free, ok := s["additionalProperties"].(map[string]any); ok {
				name := "x" // a rule that there is
				if s["propertyNames"] != nil {
					name = "custom/x"
				}
				out[name] = example(free)
			}
			return out
		case "array":
			return []any{example(s["items"].(map[string]any))}
		case "boolean":
			return true
		case "integer":
			return 1
		}
		return "x"
	}
	document := example(schema).(map[string]any)
	require.Greater(t, keys, 40)
	text, err := yaml.Marshal(document)
	require.NoError(t, err)
	known := Known{Rules: []string{"x"}}
	_, err = Parse(source.NewFile(FileName, string(text)), known)
	require.NoError(t, err, "%s", text)

	compiled := golden.Schema(t, Schema())
	require.NoError(t, compiled.Validate(document))
	for _, within := range []map[string]any{document, document["operator"].(map[string]any), document["labels"].([]any)[0].(map[string]any)} {
		within["nothing-like-it"] = "x"
		text, err := yaml.Marshal(document)
		require.NoError(t, err)
		_, err = Parse(source.NewFile(FileName, string(text)), known)
		require.ErrorContains(t, err, "nothing-like-it")
		require.Error(t, compiled.Validate(document))
		delete(within, "nothing-like-it")
	}
}

// Every field must be of a kind that decode.go and schema.go know.
func TestFieldsAreOfKnownKinds(t *testing.T) {
	known := 0
	var walk func(t0 reflect.Type, within string)
	walk = func(t0 reflect.Type, within string) {
		switch t0.Kind() {
		case reflect.Struct:
			for _, f := range reflect.VisibleFields(t0) {
				if key := f.Tag.Get("yaml"); key != "" && key != "-" {
					require.NotEmpty(t, descriptions[within+key], "schema.txt has no row for %s", within+key)
					known++
					walk(f.Type, within+key+".")
				}
			}
		case reflect.Slice, reflect.Pointer, reflect.Map:
			walk(t0.Elem(), within)
		default:
			require.Contains(t, []reflect.Kind{reflect.String, reflect.Bool, reflect.Int, reflect.Int64}, t0.Kind())
		}
	}
	walk(reflect.TypeFor[Config](), "")
	require.Len(t, descriptions, known, "schema.txt has rows for settings that are gone")
}

func FuzzParse(f *testing.F) {
	f.Add(full)
	f.Add("a: &x [*x]\n")
	f.Add("? |\n x\n: \t")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := parse(text)
		require.True(t, (c == nil) != (err == nil))
		if err != nil {
			require.NotEmpty(t, err.Error())
		}
	})
}

// Globs are taken as people write them.
func TestExcludeAsWritten(t *testing.T) {
	files := fstest.MapFS{"pages/a/a.js": {}, "pages/b/b.js": {}, "pages/c[1].js": {}}
	for written, wants := range map[string][]string{
		"./pages/a/": {"pages/a/a.js"}, `pages\b\**`: {"pages/b/b.js"}, "pages/a": {"pages/a/a.js"}, `pages\b`: {"pages/b/b.js"},
		`pages/c\[1\].js`: {"pages/c[1].js"}, "pages/a/a.js": {"pages/a/a.js"}, "**/*.js": {"pages/a/a.js", "pages/b/b.js", "pages/c[1].js"},
		"pages/none/": nil, "pages/a.js": nil,
	} {
		c, err := Parse(source.NewFile("beian.yaml", "exclude: ['"+written+"']"), Known{})
		require.NoError(t, err, written)
		var got []string
		for p := range files {
			if c.Excludes(p) {
				got = append(got, p)
			}
		}
		require.ElementsMatch(t, wants, got, written)
		require.Equal(t, wants == nil, len(c.Idle(files)) == 1, written)
	}
	c := &Config{Exclude: []string{"node_modules/**", ".cache/x", "none/**"}, Below: "mp"}
	require.Empty(t, c.Idle(files), "it may name what lies elsewhere")
}

// The privacy policy is an address with TLS, or a route.
func TestPolicyAddress(t *testing.T) {
	for value, want := range map[string]string{
		"https://example.com/p": "", "pages/privacy/privacy": "",
		"http://example.com/p": "should use https://", "see our website": "an address or the route", "''": "an address or the route",
	} {
		_, err := Parse(source.NewFile("beian.yaml", "operator:\n  privacy-policy: "+value+"\n"), Known{})
		if want == "" {
			require.NoError(t, err, value)
		} else {
			require.ErrorContains(t, err, want, value)
		}
	}
}

// Fields of the filing form are known by their keys; data of people is refused.
func TestFormFields(t *testing.T) {
	known := Known{FormFields: []string{"service-types", "retention"}, PrivateFields: []string{"subject-phone"}}
	c, err := Parse(source.NewFile("beian.yaml", "operator:\n  form:\n    service-types: 电商平台\n"), known)
	require.NoError(t, err)
	require.Equal(t, map[string]string{"service-types": "电商平台"}, c.Operator.Form)
	for text, want := range map[string]string{
		"subject-phone: 1": "beian.yaml:3:5: subject-phone is data of a person or a file",
		"service-type: 电商": `beian.yaml:3:5: there is no field "service-type"; did you mean service-types?`,
		"retention: ''":    "beian.yaml:3:16: it cannot be empty",
	} {
		_, err := Parse(source.NewFile("beian.yaml", "operator:\n  form:\n    "+text+"\n"), known)
		require.ErrorContains(t, err, want, text)
	}
}
