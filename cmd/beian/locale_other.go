//go:build !windows && !darwin

package main

// systemLocale is "": elsewhere variables tell the locale.
func systemLocale() string { return "" }
