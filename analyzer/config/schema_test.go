package config

import (
	_ "embed"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/beian/beian/internal/golden"
)

// Schema returns the JSON Schema of beian.yaml, made from the fields of Config.
// It is published as docs/beian.schema.json, for editors.
func Schema() []byte {
	s := schemaOf(reflect.TypeFor[Config](), "", "")
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["$id"] = "https://github.com/beian/beian/blob/main/docs/beian.schema.json"
	s["$comment"] = golden.Mark
	s["title"] = "beian.yaml"
	out, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		panic(err) // maps of texts always encode
	}
	return append(out, '\n')
}

//go:embed schema.txt
var descriptionsText string

// descriptions has the texts of schema.txt in both languages, by setting.
var descriptions = func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(descriptionsText) {
		if cells := strings.Split(strings.TrimSpace(line), " | "); len(cells) == 3 && line[0] != '#' {
			out[cells[0]] = cells[1] + "\n" + cells[2]
		}
	}
	return out
}()

// schemaOf describes a type. Names of settings in it begin with within.
func schemaOf(t reflect.Type, tag reflect.StructTag, within string) map[string]any {
	switch t.Kind() {
	case reflect.Struct:
		properties, need := map[string]any{}, []string{}
		for _, f := range reflect.VisibleFields(t) {
			key := f.Tag.Get("yaml")
			if key == "" || key == "-" {
				continue
			}
			p := schemaOf(f.Type, f.Tag, within+key+".")
			p["description"] = descriptions[within+key]
			properties[key] = p
			if f.Tag.Get("need") != "" {
				need = append(need, key)
			}
		}
		s := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
		if len(need) > 0 {
			s["required"] = need
		}
		return s
	case reflect.Slice:
		return map[string]any{"type": "array", "items": schemaOf(t.Elem(), tag, within)}
	case reflect.Pointer:
		return schemaOf(t.Elem(), tag, within)
	case reflect.Map:
		s := map[string]any{"type": "object", "additionalProperties": schemaOf(t.Elem(), tag, within)}
		if tag.Get("keys") == "custom" {
			s["propertyNames"] = map[string]any{"pattern": customName.String()}
		}
		return s
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer", "minimum": 0}
	}
	s := map[string]any{"type": "string"}
	switch enum := tag.Get("enum"); {
	case enum != "":
		s["enum"] = strings.Split(enum, ",")
	case tag.Get("form") == "gate":
		word := "(" + strings.Join(slices.DeleteFunc(Gates(), func(g string) bool { return g == "never" }), "|") + ")"
		s["examples"] = []any{"verdict", "high,undetermined"}
		s["pattern"] = "^(never|" + word + "(, *" + word + ")*)$"
	case tag.Get("form") == "collected":
		s["enum"] = categories()
	case tag.Get("form") == "category":
		s["enum"] = append(categories(), "ignore")
	case tag.Get("form") != "":
		s["minLength"] = 1
	}
	return s
}
