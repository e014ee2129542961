package main

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// checkedWriter keeps the first error of w, so that a full disk never looks like
// success, even if a print drops its error. It writes nothing after that.
type checkedWriter struct {
	w   io.Writer
	err error
}

func (c *checkedWriter) Write(p []byte) (n int, err error) {
	if c.err != nil {
		return 0, c.err
	}
	n, c.err = c.w.Write(p)
	return n, c.err
}

// writeFile writes data to the named file whole or not at all: into a new file
// beside it, which then takes its name. It writes directly to what is no
// regular file (a pipe, a device), as that must not be replaced.
func writeFile(name string, data []byte) error {
	f, err := prepareFile(name, data)
	if err != nil {
		return err
	}
	defer f.drop()
	return f.commit()
}

// pendingFile is a file that is written and has not its name yet, or data for what is
// no regular file.
type pendingFile struct {
	name, written string // written is "" if the data goes straight to name
	data          []byte
}

// prepareFile does all of writeFile that is likely to fail. One of commit and drop must
// be called.
func prepareFile(name string, data []byte) (p *pendingFile, err error) {
	mode := os.FileMode(0o644)
	if leadsOut(name) {
		return nil, errLinkedOut
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // the link stays, what it points to is replaced
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, syscall.EISDIR
		}
		if !info.Mode().IsRegular() {
			return &pendingFile{name: name, data: data}, nil
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".beian-*")
	if err != nil {
		return nil, err
	}
	p = &pendingFile{name: name, written: f.Name()}
	defer func() {
		if err != nil {
			f.Close()
			p.drop()
		}
	}()
	if _, err = f.Write(data); err != nil {
		return nil, err
	}
	if err = f.Chmod(mode); err != nil {
		return nil, err
	}
	return p, f.Close()
}

// commit puts the file in its place.
func (p *pendingFile) commit() error {
	if p.written == "" {
		return writeThrough(p.name, p.data)
	}
	if err := os.Rename(p.written, p.name); err != nil {
		return err
	}
	p.written = ""
	return nil
}

// drop removes what was written and not put in its place.
func (p *pendingFile) drop() {
	if p.written != "" {
		os.Remove(p.written)
	}
}

// leadsOut reports whether a relative path leads, by links that may be the project's, out
// of the repository or folder that we are in. A person who means that gives the absolute
// path.
func leadsOut(name string) bool {
	if filepath.IsAbs(name) || !filepath.IsLocal(name) {
		return false
	}
	top, err := realPath(cmp.Or(config.Top("."), "."))
	if err != nil {
		return false
	}
	real, err := realPath(name)
	if err != nil {
		return false
	}
	within, err := filepath.Rel(top, real)
	return err != nil || !filepath.IsLocal(within)
}

// unwritable is the error for a file that a report cannot be written to.
func unwritable(name string, err error) error {
	what := cause(err)
	return mistake{ZH: "无法写入 " + name + "：" + what.ZH, EN: "cannot write " + name + ": " + what.EN}
}

// unreadable is the error for a file that was named and cannot be read.
func unreadable(name string, err error) error {
	what := cause(err)
	return mistake{ZH: "无法读取 " + name + "：" + what.ZH, EN: "cannot read " + name + ": " + what.EN}
}

// cause is the system's message, without the name of our temporary file, and what
// to do about it.
func cause(err error) lang.Text {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		err = path.Err
	case errors.As(err, &link):
		err = link.Err
	}
	for _, known := range []struct {
		err  error
		text lang.Text
	}{
		{fs.ErrNotExist, lang.Text{ZH: "没有这个文件或目录", EN: "there is no such file or folder"}},
		{fs.ErrPermission, lang.Text{ZH: "没有权限", EN: "no permission"}},
		{syscall.EISDIR, lang.Text{ZH: "它是一个目录", EN: "it is a folder"}},
		{syscall.ENOTDIR, lang.Text{ZH: "路径中有一段不是目录", EN: "a part of the path is no folder"}},
		{syscall.ENOSPC, lang.Text{ZH: "磁盘已满", EN: "the disk is full"}},
		{syscall.EROFS, lang.Text{ZH: "文件系统是只读的", EN: "the file system is read-only"}},
	} {
		if errors.Is(err, known.err) {
			return known.text
		}
	}
	return lang.Of(err)
}

func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// maskedLines is a writer that hides the personal data in what it passes on to w, line by
// line: a number may come in pieces. Close writes what is left of a line.
type maskedLines struct {
	w    io.Writer
	rest []byte
}

func (m *maskedLines) Write(p []byte) (int, error) {
	m.rest = append(m.rest, p...)
	end := bytes.LastIndexByte(m.rest, '\n') + 1
	if end == 0 {
		return len(p), nil
	}
	text := finding.Mask(string(m.rest[:end]))
	m.rest = append([]byte(nil), m.rest[end:]...)
	_, err := io.WriteString(m.w, text)
	return len(p), err
}

// Close writes the rest.
func (m *maskedLines) Close() error {
	_, err := io.WriteString(m.w, finding.Mask(string(m.rest)))
	m.rest = nil
	return err
}

// masked hides the personal data in what a command writes to stdout that is no report:
// reports are masked already, and documents that are no text must not be.
func (c *command) masked(run func(*cobra.Command, []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		out := c.stdout
		lines := &maskedLines{w: out}
		c.stdout = lines
		defer func() { c.stdout = out }()
		err := run(cmd, args)
		return cmp.Or(err, lines.Close())
	}
}
