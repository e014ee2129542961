package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// understandsColours asks the console to carry out the codes of colours, which the
// classic console otherwise prints as they are. It reports whether it agreed:
// consoles before Windows 10 (build 10586) do not.
func understandsColours(f *os.File) bool {
	console := windows.Handle(f.Fd())
	var mode uint32
	if windows.GetConsoleMode(console, &mode) != nil {
		return false
	}
	return windows.SetConsoleMode(console, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}
