package git

import (
	"context"
	"io/fs"
	"path"
	"testing"

	"github.com/stretchr/testify/require"
)

// Digest tells trees apart by what was chosen of them, Sign by what somebody looked at.
func TestDigestAndSign(t *testing.T) {
	ctx := context.Background()
	index := func(files map[string]string) *Tree {
		tree, err := repository(t, files, nil).Index(ctx, ".")
		require.NoError(t, err)
		t.Cleanup(func() { tree.Close() })
		return tree
	}
	first := map[string]string{"app.json": "{}", "a/a.js": "1", "a/b.png": "p", "c/c.js": "c"}
	with := func(name, text string) map[string]string {
		files := map[string]string{name: text}
		for n, old := range first {
			if n != name {
				files[n] = old
			}
		}
		return files
	}
	tree := index(first)
	traced := tree.Trace()
	_, err := fs.ReadFile(traced, "a/a.js")
	require.NoError(t, err)
	_, err = fs.Stat(traced, "package.json")
	require.ErrorIs(t, err, fs.ErrNotExist)
	_, err = fs.ReadDir(traced, "a")
	require.NoError(t, err)
	names := traced.Names()
	require.Equal(t, []string{"a", "a/a.js", "package.json"}, names)

	scripts := func(name string) bool { return path.Ext(name) == ".js" || path.Ext(name) == ".json" }
	for _, c := range []struct {
		name, text            string
		sameDigest, sameTrace bool
	}{
		{"a/a.js", "1", true, true},
		{"a/a.js", "2", false, false},
		{"a/b.png", "q", true, true},
		{"a/c.png", "p", true, false}, // the folder was listed
		{"c/c.js", "d", false, true},
		{"package.json", "{}", false, false}, // it was looked for
		{"README.md", "x", true, true},
	} {
		now := index(with(c.name, c.text))
		require.Equal(t, c.sameDigest, tree.Digest(scripts) == now.Digest(scripts), c.name)
		require.Equal(t, c.sameTrace, tree.Sign(names) == now.Sign(names), c.name)
	}
}
