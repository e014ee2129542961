package finding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSeverity(t *testing.T) {
	log := &Rule{ID: "sink/log"}
	require.Equal(t, SeverityMedium, log.Severity())
	require.Equal(t, SeverityMedium, log.Severity(Phone, Email))
	require.Equal(t, SeverityHigh, log.Severity(Phone, IDCard), "one category is enough")
	require.Equal(t, NoSeverity, (&Rule{ID: "field/idcard"}).Severity(IDCard), "to collect is no problem")
}

func TestSeverityNames(t *testing.T) {
	for s := SeverityLow; s <= SeverityCritical; s++ {
		parsed, ok := ParseSeverity(s.String())
		require.True(t, ok)
		require.Equal(t, s, parsed)
	}
	for _, name := range []string{"", "info", "High"} {
		_, ok := ParseSeverity(name)
		require.False(t, ok, name)
	}
	require.Empty(t, NoSeverity.String())
}

func TestBadSeverities(t *testing.T) {
	for row, want := range map[string]string{
		"sink/log medium why | why":                               "bad severity",
		"sink/log - medium why":                                   "bad severity",
		"sink/log - bad why | why":                                "unknown severity",
		"sink/log idcard high why | why":                          "before those with a category",
		"a/b - low a | a\na/b - low a | a":                        "before those with a category",
		"sink/log - low why | why\nsink/log wallet high a | a":    "unknown category",
		"sink/log - medium why | why\nsink/log idcard low a | a":  "not worse",
		"sink/log - high why | why\nsink/log idcard high yes | a": "not worse",
	} {
		_, err := parseSeverities(row)
		require.ErrorContains(t, err, want, row)
	}
}
