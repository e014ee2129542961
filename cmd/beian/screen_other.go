//go:build !windows

package main

import "os"

// understandsColours is true: a terminal that does not sets TERM to "dumb".
func understandsColours(*os.File) bool { return true }
