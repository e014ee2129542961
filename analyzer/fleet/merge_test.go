package fleet_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"io/fs"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/fleet"
)

func merged(t *testing.T, texts ...string) *fleet.Fleet {
	t.Helper()
	var inputs []fleet.Input
	for i, text := range texts {
		inputs = append(inputs, fleet.Input{Name: string(rune('a' + i)), Text: strings.NewReader(text)})
	}
	f, err := fleet.Merge(inputs...)
	require.NoError(t, err)
	return f
}

func written(t *testing.T, f *fleet.Fleet) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, f.Write(&out))
	return out.String()
}

// Shards, joined in any order and with repetitions, are one run.
func TestMergeShards(t *testing.T) {
	list := entries(60)
	whole, _, err := runAll(t, list, 1, nil)
	require.NoError(t, err)
	want := written(t, merged(t, whole))
	var parts []string
	for k := 1; k <= 4; k++ {
		part, _, err := runAll(t, fleet.Shard{K: k, N: 4}.Of(list), 3, nil)
		require.NoError(t, err)
		parts = append([]string{part}, parts...)
	}
	f := merged(t, append(parts, parts[1])...)
	require.Equal(t, want, written(t, f))
	require.Empty(t, f.Notes)
	require.Equal(t, 60, f.Totals.Entries)
	require.Equal(t, 60, f.Totals.Scanned+f.Totals.Failures[fleet.Crashed])
}

const (
	one     = `{"name":"a","status":"scanned","content":"1","programs":[{"root":".","name":"A","platform":"wechat","framework":"native","verdict":"triggered","categories":["phone"],"collects":[{"category":"phone","points":2,"sent":1,"open":1}],"recipients":[{"host":"x.example.com","categories":["phone"]}],"rulebooks":{"pipl":"required"},"problems":{"high":1}}]}` + "\n"
	copied  = `{"name":"b","status":"scanned","content":"1","programs":[{"root":"mp","name":"=B","platform":"alipay","framework":"taro","verdict":"not-triggered","categories":[],"collects":[],"recipients":[],"rulebooks":{"pipl":"needs-input"},"problems":{}}]}` + "\n"
	failing = `{"name":"c","status":"failed","failure":{"kind":"time","text":"too long"}}` + "\n"
	mended  = `{"name":"c","status":"scanned","content":"2","programs":[]}` + "\n"
)

func TestMergeInputs(t *testing.T) {
	f := merged(t, `{"beianFleet":"1","options":""}`+"\n"+one+copied+failing+`{"name":"d","sta`, "nonsense\n"+mended)
	require.Equal(t, merged(t, one+copied+mended).Lines, f.Lines)
	require.Len(t, f.Notes, 2)
	require.Contains(t, f.Notes[0].EN, "torn")
	require.Contains(t, f.Notes[1].EN, "line 1 of b")
	require.Len(t, merged(t, mended, failing).Lines[0].Programs, 0)
	require.Equal(t, fleet.Scanned, merged(t, mended, failing).Lines[0].Status, "what was scanned goes before what failed")
	differs := merged(t, one, strings.Replace(one, "x.example.com", "y.example.com", 1))
	require.Contains(t, differs.Notes[0].EN, "different results in a and b")
	require.Equal(t, "y.example.com", differs.Lines[0].Programs[0].Recipients[0].Host)
}

func TestTotals(t *testing.T) {
	f := merged(t, one+copied+failing)
	require.Equal(t, fleet.Totals{
		Entries: 3, Scanned: 2, Failures: map[fleet.FailureKind]int{fleet.TooLong: 1}, Copies: 1, Programs: 2,
		Verdicts: map[string]int{"triggered": 1, "not-triggered": 1}, Platforms: map[string]int{"wechat": 1, "alipay": 1},
		Frameworks: map[string]int{"native": 1, "taro": 1},
		Categories: []fleet.CategoryTotal{{Category: "phone", Programs: 1, Sent: 1, Open: 1}},
		Recipients: []fleet.RecipientTotal{{Host: "x.example.com", Programs: 1, Categories: []finding.Category{"phone"}}},
		Rulebooks:  map[string]map[string]int{"pipl": {"required": 1, "needs-input": 1}}, Problems: map[string]int{"high": 1},
	}, f.Totals)
}

func TestTables(t *testing.T) {
	f := merged(t, one+copied+failing)
	var out bytes.Buffer
	require.NoError(t, f.WriteCSV(&out))
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	require.True(t, marked)
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, 4)
	require.Equal(t, fleet.Columns(), records[0])
	cell := func(row int, column string) string {
		for i, name := range records[0] {
			if name == column {
				return records[row][i]
			}
		}
		t.Fatal(column)
		return ""
	}
	require.Equal(t, "'=B", cell(2, "program"), "no formula")
	require.Equal(t, "a", cell(2, "copy_of"))
	require.Equal(t, "time", cell(3, "failure"))
	require.Equal(t, "phone", cell(1, "sent"))

	out.Reset()
	require.NoError(t, f.WriteXLSX(&out))
	book, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	sheet, err := fs.ReadFile(book, "xl/worksheets/sheet1.xml")
	require.NoError(t, err)
	for _, text := range []string{"x.example.com", "too long", "copy_of"} {
		require.Contains(t, string(sheet), text)
	}

	out.Reset()
	require.NoError(t, f.WriteParquet(&out))
	rows, err := parquet.Read[fleet.Row](bytes.NewReader(out.Bytes()), int64(out.Len()))
	require.NoError(t, err)
	require.Len(t, rows, 3)
	require.Equal(t, f.Rows()[0].Recipients, rows[0].Recipients)
	require.Equal(t, "too long", rows[2].Message)
}

func TestSince(t *testing.T) {
	before := merged(t, one+copied)
	now := strings.NewReplacer(`"not-triggered"`, `"triggered"`, `"collects":[],"recipients":[]`,
		`"collects":[{"category":"idcard","points":1,"sent":1}],"recipients":[{"host":"z.example.com","categories":["idcard"]}]`).Replace(copied)
	changes := merged(t, now+mended).Since(before)
	require.Equal(t, []fleet.Change{
		{Entry: "b", Root: "mp", Program: "=B", Was: "not-triggered", Verdict: "triggered", Triggered: true, Categories: []finding.Category{"idcard"}, Recipients: []string{"z.example.com"}},
		{Entry: "a", Root: ".", Program: "A", Gone: true, Was: "triggered"},
	}, changes)
	require.Empty(t, before.Since(before))
	require.True(t, merged(t, one).Since(merged(t, copied))[0].New)
}
