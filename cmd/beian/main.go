// Command beian finds the personal information that a mini program collects and
// says whether that triggers filing (备案). See README.md.
package main

import (
	"os"
	"runtime/debug"
)

// Memory for a scan: a process that lives a second gains from collecting
// garbage rarely, but stays below 150 MB however large the program.
const (
	gcPercent   = 800
	memoryLimit = 138 << 20

	serverGCPercent = 200
)

func main() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
	os.Exit(run(os.Args[1:], environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, terminal: isTerminal(os.Stdout),
	}))
}
