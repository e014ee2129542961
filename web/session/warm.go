package session

import (
	"context"
	"embed"
	"io/fs"

	"github.com/beian/beian/analyzer/verdict"
)

// sample is a small mini program of our own: a form, components, requests, storage.
//
//go:embed sample
var sample embed.FS

// Warm scans a small program of our own and writes its report. A browser compiles code when
// it is first run, which then need not happen while a person waits.
func Warm(ctx context.Context) error {
	files, err := sampleFiles()
	if err != nil {
		return err
	}
	var s Session
	if err := s.Open(ctx, files, verdict.Inputs{}); err != nil {
		return err
	}
	_, err = s.Write("html")
	return err
}

func sampleFiles() (files []File, err error) {
	err = fs.WalkDir(sample, "sample", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files = append(files, File{Path: name, Read: func() ([]byte, error) { return sample.ReadFile(name) }})
		}
		return err
	})
	return files, err
}
