package detecttest

import (
	"testing"
	"testing/fstest"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/source"
	"github.com/stretchr/testify/require"
)

// A fixture may hold any file that a program is read from.
func TestWantsAreReadFromEverySourceFile(t *testing.T) {
	files := fstest.MapFS{}
	for _, suffix := range platform.SourceSuffixes() {
		files["a"+suffix] = &fstest.MapFile{Data: []byte("// want api/name")}
	}
	wants, err := read(files)
	require.NoError(t, err)
	require.Len(t, wants, len(files))
}

func TestCompareFailsInBothDirections(t *testing.T) {
	text := "<input placeholder=\"手机号\" /> <!-- want field/phone \"手机\" -->\n<input /> <!-- want field/name -->\n"
	wants, err := read(fstest.MapFS{"a.wxml": {Data: []byte(text)}, "b.md": {Data: []byte("// want api/name")}})
	require.NoError(t, err)
	require.Equal(t, []want{{"a.wxml", 1, "field/phone", "手机"}, {"a.wxml", 2, "field/name", ""}}, wants)

	f := source.NewFile("a.wxml", text)
	phone := finding.Finding{Rule: &finding.Rule{ID: "field/phone"}, Subject: "手机号",
		Location: source.Location{File: f, Span: source.Span{Start: 0, End: 6}}}
	require.Equal(t, []string{"missing a.wxml:2: field/name"}, compare(wants, []finding.Finding{phone}))
	require.Len(t, compare(wants[:1], []finding.Finding{phone}), 0)
	require.Len(t, compare(wants[:1], []finding.Finding{phone, phone}), 1)
	phone.Subject = "电话"
	require.Len(t, compare(wants[:1], []finding.Finding{phone}), 2)
}
