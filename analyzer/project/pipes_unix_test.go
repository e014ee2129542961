//go:build unix

package project

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A file that cannot be read costs one line, and loading never waits for one.
func TestUnreadableFiles(t *testing.T) {
	for name, spoil := range map[string]func(p string) error{
		"NUL":            func(p string) error { return os.WriteFile(p, []byte("var a = 1\x00"), 0o644) },
		"Latin-1":        func(p string) error { return os.WriteFile(p, []byte("// caf\xe9\n"), 0o644) },
		"dangling link":  func(p string) error { return os.Symlink("nothing.js", p) },
		"link to itself": func(p string) error { return os.Symlink(filepath.Base(p), p) },
		"link outside":   func(p string) error { return os.Symlink("/etc/passwd", p) },
		"gigabyte": func(p string) error {
			if err := os.WriteFile(p, nil, 0o644); err != nil {
				return err
			}
			return os.Truncate(p, 1<<30)
		},
		"link to a socket": func(p string) error {
			socket, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
			if err != nil {
				return err
			}
			defer syscall.Close(socket)
			if err := syscall.Bind(socket, &syscall.SockaddrUnix{Name: p + ".socket"}); err != nil {
				return err
			}
			return os.Symlink(filepath.Base(p)+".socket", p)
		},
		"link to a pipe": func(p string) error {
			if err := syscall.Mkfifo(p+".pipe", 0o644); err != nil {
				return err
			}
			return os.Symlink(filepath.Base(p)+".pipe", p)
		},
	} {
		for _, spoilt := range []string{"p/u.js", "p/p.js", "p/p.wxml", "p/p.json", "app.js", "project.config.json", "package.json"} {
			t.Run(name+" "+spoilt, func(t *testing.T) {
				dir := t.TempDir()
				for p, text := range map[string]string{
					"app.json": `{"pages": ["p/p"]}`, "app.js": "App({})", "p/p.wxml": "<view/>", "p/p.js": "require('./u'); Page({})", "p/p.json": "{}", "p/u.js": "",
				} {
					p = filepath.Join(dir, p)
					require.NoError(t, os.MkdirAll(filepath.Dir(p), 0o755))
					require.NoError(t, os.WriteFile(p, []byte(text), 0o644))
				}
				bad := filepath.Join(dir, spoilt)
				os.Remove(bad)
				require.NoError(t, spoil(bad))
				fsys, err := OpenDir(dir)
				require.NoError(t, err)
				done := make(chan []*Program, 1)
				go func() {
					programs, err := Load(fsys, Options{})
					if err != nil {
						t.Error(err)
					}
					done <- programs
				}()
				select {
				case programs := <-done:
					require.Len(t, programs, 1)
					require.Len(t, programs[0].Unread, 1, "%v", programs[0].Unread)
					require.Equal(t, spoilt, programs[0].Unread[0].Path)
				case <-time.After(10 * time.Second):
					t.Fatal("it hangs")
				}
			})
		}
	}
}

// Opening a pipe waits for nobody, also if it took the place of a file meanwhile.
func TestOpeningDoesNotWait(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, syscall.Mkfifo(dir+"/p.js", 0o644))
	fsys, err := OpenDir(dir)
	require.NoError(t, err)
	done := make(chan error, 1)
	go func() {
		_, err := readRegular(fsys, "p.js")
		done <- err
	}()
	select {
	case err := <-done:
		require.ErrorIs(t, err, errIrregular)
	case <-time.After(10 * time.Second):
		t.Fatal("it waits")
	}
}
