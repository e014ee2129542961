package main

import (
	"os/exec"
	"strings"
)

// systemLocale is the language that the person has chosen for macOS, such as "zh_CN":
// programs that are not started from a terminal get no variable with the locale.
func systemLocale() string {
	out, err := exec.Command("/usr/bin/defaults", "read", "-g", "AppleLocale").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
