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
func writeFile(name string, data []byte) (err error) {
	mode := os.FileMode(0o644)
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // the link stays, what it points to is replaced
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() {
			return writeThrough(name, data)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".beian-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(data); err != nil {
		return err
	}
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
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
