package main

import "golang.org/x/sys/windows"

// systemLocale is the language that the person has chosen for Windows, such as "zh-CN": its
// programs get no variable with the locale.
func systemLocale() string {
	names, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil || len(names) == 0 {
		return ""
	}
	return names[0]
}
