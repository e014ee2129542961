package project

import (
	"io/fs"
	"syscall"
	"time"
)

// changedAt returns when a file or what is known of it was last changed, which no program can
// set back; zero if that is not known.
func changedAt(info fs.FileInfo) time.Time {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return time.Unix(s.Ctim.Unix())
	}
	return time.Time{}
}
