package report

import (
	"encoding/json"
	"os"
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

// The schema lists what the tables hold: every category, and "" for none.
func TestSchemaListsTheCategories(t *testing.T) {
	want := []string{""}
	for _, c := range finding.Categories() {
		want = append(want, string(c))
	}
	require.Equal(t, want, schemaEnum(t, "$defs", "category"))
}

func TestSchemaListsThePlatforms(t *testing.T) {
	var want []string
	for _, p := range platform.Platforms() {
		want = append(want, p.Name)
	}
	require.Equal(t, want, schemaEnum(t, "$defs", "project", "properties", "platform"))
}

// schemaEnum returns the values that docs/report.schema.json allows at a place.
func schemaEnum(t *testing.T, path ...string) []string {
	t.Helper()
	text, err := os.ReadFile("../../docs/report.schema.json")
	require.NoError(t, err)
	var at map[string]any
	require.NoError(t, json.Unmarshal(text, &at))
	for _, name := range path {
		require.Contains(t, at, name)
		at = at[name].(map[string]any)
	}
	var out []string
	for _, v := range at["enum"].([]any) {
		out = append(out, v.(string))
	}
	return out
}

func firstLocation(m map[string]any) map[string]any {
	return m["findings"].([]any)[0].(map[string]any)["location"].(map[string]any)
}
