// Command beian finds the personal information that a mini program collects and
// says whether that triggers filing (备案). See README.md.
package main

import "os"

func main() { os.Exit(program()) }

// program runs the command line of this process and returns its exit status.
func program() int {
	tuneScan()
	cache, _ := os.UserCacheDir() // "" if there is none
	args, window := os.Args[1:], clicked(os.Args[1:])
	if window {
		args = []string{"ui", "--window"}
	}
	status := run(args, environment{
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		getenv: os.Getenv, screen: screenOf(os.Stdout), terminal: terminalOf(os.Stderr), locale: systemLocale, cache: cache,
	})
	if window && status != exitClean {
		hold(os.Stdin, os.Stderr, language(args, os.Getenv, systemLocale))
	}
	return status
}
