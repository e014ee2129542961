package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/golden"
)

// TestFixtureReports scans every fixture program: the reports match the published
// schemas, and are the same however many files are read at a time.
func TestFixtureReports(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{
		"json":  golden.SchemaFile(t, "../../docs/report.schema.json"),
		"sarif": golden.SchemaFile(t, "../../analyzer/report/testdata/sarif-schema-2.1.0.json"),
	}
	programs, err := filepath.Glob("../../fixtures/projects/*")
	require.NoError(t, err)
	require.NotEmpty(t, programs)
	for _, program := range programs {
		t.Run(filepath.Base(program), func(t *testing.T) {
			for format, schema := range schemas {
				one := scanFixture(t, "--format", format, "--jobs", "1", program)
				four := scanFixture(t, "--format", format, "--jobs", "4", "--lang", "en", program)
				again := scanFixture(t, "--format", format, "--jobs", "4", program)
				require.Equal(t, volatile.ReplaceAllString(one, "$1…"), volatile.ReplaceAllString(again, "$1…"))
				for _, out := range []string{one, four} {
					golden.Valid(t, schema, []byte(out))
				}
			}
		})
	}
}

func scanFixture(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(append([]string{"scan", "--fail-on", "never"}, args...), environment{
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		getenv: func(string) string { return "" },
	})
	require.Equal(t, exitClean, status, stderr.String())
	require.Empty(t, stderr.String())
	return stdout.String()
}
