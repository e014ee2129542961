package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lang"
)

// Only the page's own address is answered: not without the token, not under another name,
// not for writing, and nothing outside of the folder.
func TestGuarded(t *testing.T) {
	dir := t.TempDir()
	page := filepath.Join(dir, "web")
	require.NoError(t, os.MkdirAll(page, 0o777))
	require.NoError(t, os.WriteFile(filepath.Join(page, "app.js"), []byte("own"), 0o666))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "secret"), []byte("secret"), 0o666))
	const host = "127.0.0.1:4711"
	handler := guarded(host, "/token/", http.FileServer(http.Dir(page)))
	for _, test := range []struct {
		method, host, path string
		want               int
	}{
		{"GET", host, "/token/app.js", 200},
		{"HEAD", host, "/token/app.js", 200},
		{"GET", host, "/app.js", 404},
		{"GET", host, "/wrong/app.js", 404},
		{"GET", "evil.example.com:4711", "/token/app.js", 404},
		{"GET", "localhost:4711", "/token/app.js", 404},
		{"POST", host, "/token/app.js", 404},
		{"GET", host, "/token/../secret", 404},
		{"GET", host, "/token/%2e%2e/secret", 404},
	} {
		r := httptest.NewRequest(test.method, "http://"+host+test.path, nil)
		r.Host = test.host
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		body, _ := io.ReadAll(w.Body)
		require.NotContains(t, string(body), "secret\n")
		if test.want == 200 {
			require.Equal(t, 200, w.Code, test)
			require.Equal(t, "no-store", w.Header().Get("Cache-Control"))
		} else {
			require.NotEqual(t, 200, w.Code, test)
		}
		require.False(t, strings.Contains(string(body), "secret") && w.Code == 200)
	}
}

// The page that is not there is told, with what to do.
func TestNoPage(t *testing.T) {
	c := &command{}
	_, err := c.pageDir(t.TempDir())
	require.ErrorContains(t, err, "go -C web/build run .")
}

// A person who double-clicked is told what to do, in a window that stays.
func TestWindow(t *testing.T) {
	for _, window := range []bool{false, true} {
		var said bytes.Buffer
		c := &command{environment: environment{stdout: io.Discard, stderr: &said}, lang: lang.Chinese}
		ctx, stop := context.WithCancel(t.Context())
		stop()
		require.NoError(t, c.serve(ctx, t.TempDir(), true, window))
		require.Equal(t, window, strings.Contains(said.String(), "关闭这个窗口"), said.String())
		require.Equal(t, !window, strings.Contains(said.String(), "Ctrl+C"), said.String())
	}
	require.False(t, clicked([]string{"scan"}), "who typed something has a command line")

	var said bytes.Buffer
	stdin := strings.NewReader("\nleft")
	hold(stdin, &said, lang.English)
	require.Contains(t, said.String(), "Press Enter")
}
