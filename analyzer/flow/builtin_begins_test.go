package flow

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/script"
)

// What is asked of a text of which only the beginning is known.
func TestBeginnings(t *testing.T) {
	const yes, no, open = "yes", "no", "open"
	for _, c := range []struct{ method, word, flags, begin, want string }{
		{"startsWith", "http", "", "https://a", yes},
		{"startsWith", "http", "", "/api", no},
		{"startsWith", "http", "", "ht", open},
		{"startsWith", "https://a.b/c", "", "https://a", open},
		{"includes", "://", "", "https://a", yes},
		{"includes", "?", "", "https://a", open},
		{"test", "^https?:", "", "https://a", yes},
		{"test", "^https?:", "i", "HTTP://a", yes},
		{"test", "^https?:", "", "/a/long/path", no},
		{"test", "^https?:", "", "http", open},
		{"test", "https?:", "", "/a/long/path", open},
		{"test", `^https?:\/\/$`, "", "https://", open},
		{"test", `^\/.*\.jpg`, "", "/a.png", open},
		{"test", `^(https?:)?\/\/`, "", "//a.example", yes},
		{"test", `^http\b`, "", "http", open},
		{"test", "^http", "g", "http://", open},
	} {
		q := question{method: c.method, word: c.word}
		if c.method == "test" {
			q = question{method: c.method, regexp: &script.Regexp{Pattern: c.word, Flags: c.flags}}
		}
		got := map[*Value]string{trueValue: yes, falseValue: no, nil: open}[q.answer(c.begin)]
		require.Equal(t, c.want, got, "%+v", c)
	}
	require.Equal(t, 8.0, question{method: "indexOf", word: "a.b"}.answer("https://a.b").consts[0].num)
}

func TestHostsBehindHosts(t *testing.T) {
	for address, want := range map[string]string{
		"https://base.example.comhttps://api.example.com/x":     "",
		"https://proxy.example.com/https://api.example.com/x":   "proxy.example.com",
		"https://a.example.com:8080/http://b.example.com":       "a.example.com:8080",
		"https://myhttp.example.com/x":                          "myhttp.example.com",
		"https://base.example.com?to=http://other.example.com/": "base.example.com",
	} {
		require.Equal(t, want, hostIn(address, false), address)
	}
}
