package config

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
)

func TestGates(t *testing.T) {
	for text, want := range map[string]Gate{
		"never":                 {},
		"verdict":               {Triggered: true},
		"verdict, undetermined": {Triggered: true, Undetermined: true},
		"critical":              {Severity: finding.SeverityCritical},
		"high,low,verdict":      {Triggered: true, Severity: finding.SeverityLow},
	} {
		g, wrong := ParseGate(text)
		require.Empty(t, wrong)
		require.Equal(t, want, g, text)
	}
	for text, want := range map[string]string{
		"hihg": "hihg", "high,hihg": "hihg", "never,high": "never,high", "high,": "high,",
	} {
		g, wrong := ParseGate(text)
		require.Equal(t, want, wrong, text)
		require.Zero(t, g)
	}
	for _, word := range Gates() {
		_, wrong := ParseGate(word)
		require.Empty(t, wrong)
	}
}
