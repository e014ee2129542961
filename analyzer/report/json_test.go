package report

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/internal/golden"
)

func TestJSON(t *testing.T) {
	published := golden.SchemaFile(t, "../../docs/report.schema.json")
	for name, doc := range map[string][]byte{
		"sample.zh.json": write(t, JSON, sample(t), Options{Lang: "zh"}),
		"sample.en.json": write(t, JSON, sample(t), Options{Lang: "en", MinConfidence: finding.Medium}),
		"two.zh.json":    write(t, JSON, two(t), Options{Lang: "zh"}),
	} {
		same(t, name, doc)
		golden.Valid(t, published, doc)
	}
}

func parseJSON(t *testing.T, doc []byte) jsonReport {
	t.Helper()
	var r jsonReport
	require.NoError(t, json.Unmarshal(doc, &r))
	return r
}

func TestJSONLocation(t *testing.T) {
	r := parseJSON(t, write(t, JSON, sample(t), Options{Lang: "zh"}))
	require.Equal(t, &jsonLocation{"miniprogram/pages/booking/booking.wxml", jsonPosition{3, 21}, jsonPosition{3, 93}}, r.Findings[0].Location,
		"columns count UTF-16 code units from 1 and end behind the last")
	require.Equal(t, ".", r.Project.Root)
	require.Nil(t, r.Programs, "one program only")
	require.Empty(t, r.Findings[0].Program)
}

func TestJSONOfSeveralPrograms(t *testing.T) {
	r := parseJSON(t, write(t, JSON, two(t), Options{Lang: "zh"}))
	require.Equal(t, "reader", r.Project.Root, "the first program")
	require.Equal(t, "triggered", r.Verdict.PersonalInformation.Status, "the strongest verdict")
	require.Len(t, r.Programs, 2)
	require.Equal(t, 0, r.Programs[0].Findings)
	require.Equal(t, len(r.Findings), r.Programs[1].Findings)
	for _, f := range r.Findings {
		require.Equal(t, "clinic", f.Program)
		require.Contains(t, f.Location.Path, "clinic/miniprogram/")
	}
}

// The schema must be able to refuse: a report with a missing, misspelt or wrong
// value is not valid.
func TestSchemaRefuses(t *testing.T) {
	published := golden.SchemaFile(t, "../../docs/report.schema.json")
	for name, spoil := range map[string]func(map[string]any){
		"no verdict":       func(m map[string]any) { delete(m, "verdict") },
		"unknown field":    func(m map[string]any) { m["finding"] = []any{} },
		"other version":    func(m map[string]any) { m["schemaVersion"] = 2 },
		"line 0":           func(m map[string]any) { firstLocation(m)["start"].(map[string]any)["line"] = 0 },
		"no end":           func(m map[string]any) { delete(firstLocation(m), "end") },
		"wrong confidence": func(m map[string]any) { m["findings"].([]any)[0].(map[string]any)["confidence"] = "sure" },
	} {
		t.Run(name, func(t *testing.T) {
			var m map[string]any
			require.NoError(t, json.Unmarshal(write(t, JSON, sample(t), Options{Lang: "zh"}), &m))
			require.NoError(t, published.Validate(m))
			spoil(m)
			require.Error(t, published.Validate(m))
		})
	}
}

// The schema lists what the tables hold: every category, and "" for none, and every
// platform. -update writes them.
func TestSchemaListsTheTables(t *testing.T) {
	const file = "../../docs/report.schema.json"
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	categories := []string{""}
	for _, c := range finding.Categories() {
		categories = append(categories, string(c))
	}
	var platforms []string
	for _, p := range platform.Platforms() {
		platforms = append(platforms, p.Name)
	}
	want := withEnum(t, string(text), categories, "$defs", "category")
	want = withEnum(t, want, platforms, "$defs", "project", "properties", "platform")
	golden.Check(t, file, want)
}

// withEnum returns a schema whose enum at a place lists values.
func withEnum(t *testing.T, schema string, values []string, path ...string) string {
	t.Helper()
	at := 0
	for _, name := range append(path, "enum") {
		next := strings.Index(schema[at:], strconv.Quote(name)+": ")
		require.NotEqual(t, -1, next, "%s of %v", name, path)
		at += next
	}
	open := at + strings.Index(schema[at:], "[")
	end := open + strings.Index(schema[open:], "]")
	outer := schema[strings.LastIndex(schema[:end], "\n"):end] // the line break and the indentation of "]"
	var list strings.Builder
	for i, value := range values {
		if i > 0 {
			list.WriteString(",")
		}
		list.WriteString(outer + "  " + strconv.Quote(value))
	}
	return schema[:open+1] + list.String() + schema[end-len(outer):]
}

func firstLocation(m map[string]any) map[string]any {
	return m["findings"].([]any)[0].(map[string]any)["location"].(map[string]any)
}
