package project

import (
	"io/fs"
	"os"
	"time"
)

// stamp tells a state of a file of the operating system from others without reading it.
type stamp struct {
	fs.FileInfo           // nil for none
	taken       time.Time // when it was asked for
}

// racy is how long before a stamp is taken a file must have been written, so that a later
// change shows: some file systems count time in steps of two seconds.
var racy = 2 * time.Second

// same reports whether a file with stamp s still had its content when stamp t was taken. It
// never has it for files that are not of the operating system, such as documents of an editor.
func (s stamp) same(t stamp) bool {
	return s.FileInfo != nil && t.FileInfo != nil && os.SameFile(s.FileInfo, t.FileInfo) && s.Size() == t.Size() &&
		s.ModTime().Equal(t.ModTime()) && changedAt(s.FileInfo).Equal(changedAt(t.FileInfo)) &&
		s.ModTime().Add(racy).Before(s.taken) && changedAt(s.FileInfo).Add(racy).Before(s.taken)
}
