//go:build !windows

package main

import "os"

// understandsColours is true: TERM says "dumb" on a terminal that does not.
func understandsColours(*os.File) bool { return true }
