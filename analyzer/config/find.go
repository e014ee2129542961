package config

import (
	"os"
	"path/filepath"
)

// FileName is what a settings file is called.
const FileName = "beian.yaml"

// Find returns the path of the settings file that holds for a directory: the
// nearest beian.yaml in it or above, up to the top of the repository. Outside a
// repository only the directory itself is looked at. It is "" if there is none.
func Find(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	top := Top(dir)
	for d := dir; ; d = filepath.Dir(d) {
		name := filepath.Join(d, FileName)
		if _, err := os.Lstat(name); err == nil {
			return name // or what else is called that: reading it says what is wrong
		}
		if d == top || top == "" || d == filepath.Dir(d) {
			return ""
		}
	}
}

// Top returns the top of the git repository that a directory lies in: the nearest
// one, from it upward, with an entry .git (a file in a worktree). It is "" outside
// repositories.
func Top(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Lstat(filepath.Join(d, ".git")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return ""
		}
	}
}
