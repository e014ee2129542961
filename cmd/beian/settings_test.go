package main

import (
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/source"
)

// What `beian init` writes must be valid, and so must every setting in it once
// its # is removed.
func TestWrittenSettingsAreValid(t *testing.T) {
	var known config.Known
	for _, r := range allRules() {
		known.Rules = append(known.Rules, r.ID)
	}
	for _, text := range []string{settingsZH, settingsEN} {
		_, err := config.Parse(source.NewFile("beian.yaml", text), known)
		require.NoError(t, err)
		open := regexp.MustCompile(`(?m)^#([a-z ])`).ReplaceAllString(regexp.MustCompile(`(?m)^# [^ -].*$`).ReplaceAllString(text, ""), "$1")
		c, err := config.Parse(source.NewFile("beian.yaml", open), known)
		require.NoError(t, err)
		require.NotEmpty(t, c.Suppress)
		require.NotEmpty(t, c.Sinks)
		require.Equal(t, "enterprise", c.Operator.Type)
	}
}

// The written file has each setting that there is, and each key of operator.
func TestWrittenSettingsAreAll(t *testing.T) {
	for _, text := range []string{settingsZH, settingsEN} {
		for name, section := range map[string]reflect.Type{"": reflect.TypeFor[config.Config](), "  ": reflect.TypeFor[config.Operator]()} {
			for i := range section.NumField() {
				key, _, _ := strings.Cut(section.Field(i).Tag.Get("yaml"), ",")
				if key != "" && key != "-" {
					require.Contains(t, text, "\n#"+name+key+":", key)
				}
			}
		}
	}
}
