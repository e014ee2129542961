package session

import (
	"io/fs"
	"path"
	"strings"
	"sync"
)

// Store holds files that an editor handed over, by absolute path. It is safe for use by
// several goroutines.
type Store struct {
	mu    sync.Mutex
	files map[string][]byte
}

// NewStore returns an empty store.
func NewStore() *Store { return &Store{files: map[string][]byte{}} }

// Put adds a file or replaces it.
func (s *Store) Put(name string, data []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path.Clean(name)] = data
}

// Remove removes a file, or a folder with all that is in it.
func (s *Store) Remove(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name = path.Clean(name)
	for file := range s.files {
		if file == name || strings.HasPrefix(file, name+"/") {
			delete(s.files, file)
		}
	}
}

// Open gives the files below dir as they are now.
func (s *Store) Open(dir string) (fs.FS, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var files []File
	for name, data := range s.files {
		if rel, below := strings.CutPrefix(name, strings.TrimSuffix(dir, "/")+"/"); below {
			files = append(files, File{Path: rel, Size: int64(len(data)), Read: func() ([]byte, error) { return data, nil }})
		}
	}
	return Tree(files), nil
}
