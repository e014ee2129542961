package session

import (
	"io/fs"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestStore(t *testing.T) {
	s := NewStore()
	s.Put("/0/app.json", []byte("{}"))
	s.Put("/0/pages/a/a.js", []byte("1"))
	s.Put("/01/app.json", []byte("[]"))
	s.Put("/0/pages/a/a.js", []byte("22"))
	tree, err := s.Open("/0")
	require.NoError(t, err)
	data, err := fs.ReadFile(tree, "pages/a/a.js")
	require.NoError(t, err)
	require.Equal(t, "22", string(data))
	entries, err := fs.ReadDir(tree, ".")
	require.NoError(t, err)
	require.Len(t, entries, 2, "the other folder is another one")

	s.Remove("/0/pages")
	_, err = fs.ReadFile(tree, "pages/a/a.js")
	require.NoError(t, err, "what was opened stays as it was")
	tree, err = s.Open("/0")
	require.NoError(t, err)
	_, err = fs.Stat(tree, "pages")
	require.ErrorIs(t, err, fs.ErrNotExist)
}
