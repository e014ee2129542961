package main

import (
	"strings"
	"testing"

	"github.com/beian/beian/analyzer/lang"
)

// The answers are those of a program whose points and recipients its own notes list.
func TestAsk(t *testing.T) {
	for _, c := range []struct {
		program   string
		lines     []string
		strangers string
	}{
		{"shop", []string{"triggered", "phone number -> api.shanhuo.example.com (sent to)"}, ""},
		{"calculator", []string{"not-triggered"}, ""},
	} {
		var out strings.Builder
		strangers, err := ask(&out, "../../fixtures/projects/"+c.program, lang.English)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range c.lines {
			if !strings.Contains(out.String(), line) {
				t.Errorf("%s lacks %q:\n%s", c.program, line, &out)
			}
		}
		if got := strings.Join(strangers, " "); got != c.strangers {
			t.Errorf("%s: strangers %q instead of %q", c.program, got, c.strangers)
		}
	}
}

// A folder without a program is an error that says so, not an empty answer.
func TestAskNothing(t *testing.T) {
	_, err := ask(&strings.Builder{}, t.TempDir(), lang.English)
	if err == nil || !strings.Contains(err.Error(), "app.json") {
		t.Errorf("%v", err)
	}
}
