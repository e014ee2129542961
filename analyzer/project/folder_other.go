//go:build !unix

package project

// noWait is what folder_unix.go says; elsewhere no pipe is among the files.
const noWait = 0
