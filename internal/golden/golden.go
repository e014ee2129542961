// Package golden compares what tests produce with files that are kept in the
// repository. `go test PACKAGE -update` rewrites those files instead; read the diff
// before you commit it. It also compiles JSON schemas and holds documents to them.
// Only tests import it.
package golden

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden files, transcripts and generated pages")

// Updating reports whether golden files are to be rewritten.
func Updating() bool { return *update }

// Check compares got with a file, or rewrites the file.
func Check(t testing.TB, file, got string) {
	t.Helper()
	if *update {
		Write(t, file, got)
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got, "%s differs: if the change is meant, run go test with -update", file)
}

// Write writes a file and the directories that it needs.
func Write(t testing.TB, file, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
	require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
}

// Schema compiles a JSON schema. It asserts formats, such as that of a URI.
func Schema(t testing.TB, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	require.NoError(t, c.AddResource("schema.json", doc))
	s, err := c.Compile("schema.json")
	require.NoError(t, err)
	return s
}

// SchemaFile compiles the JSON schema in a file.
func SchemaFile(t testing.TB, file string) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	return Schema(t, text)
}

// Valid holds a JSON document to a schema.
func Valid(t testing.TB, s *jsonschema.Schema, doc []byte) {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
	require.NoError(t, err)
	require.NoError(t, s.Validate(v))
}
