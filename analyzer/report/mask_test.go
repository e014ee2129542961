package report

import (
	"testing"

	"github.com/beian/beian/analyzer/lang"
	"github.com/stretchr/testify/require"
)

// No format may print personal data that stands in the scanned source, nor may
// the place of anything move because of the masking.
func TestPersonalDataIsMasked(t *testing.T) {
	r := sample(t)
	for name, format := range Formats {
		for _, language := range []lang.Code{lang.Chinese, lang.English} {
			out := string(write(t, format, r, Options{Lang: language}))
			require.NotContains(t, out, "13912345678", name)
			require.NotContains(t, out, "11010519491231002X", name)
			require.NotContains(t, out, "wang.xiao", name)
			if name == "text" || name == "json" || name == "jsonl" || name == "sarif" { // those that quote the source
				require.Contains(t, out, "139****5678", name)
			}
		}
	}
	for twin, original := range r.original {
		require.Len(t, twin.Text, len(original))
	}
}
