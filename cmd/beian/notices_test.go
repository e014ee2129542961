package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/internal/golden"
)

// permissive are the licences that a module of the program may have, each by a sentence of it. None asks more
// of those who pass the program on than that the text goes with it.
var permissive = map[string]string{
	"Apache-2.0": "Apache License Version 2.0, January 2004",
	"BSD":        "Redistribution and use in source and binary forms, with or without modification, are permitted",
	"HPND":       "Permission to use, copy, modify, and distribute this software and its documentation for any purpose and without fee",
	"ISC":        "Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted",
	"MIT":        "Permission is hereby granted, free of charge, to any person obtaining a copy",
}

// copyleft is what is named in the licences that ask for more.
var copyleft = regexp.MustCompile(`(?i)general public|mozilla public|eclipse public|server side public|common development`)

var (
	isLicence = regexp.MustCompile(`(?i)^(licen[cs]e|copying)`)
	isNotice  = regexp.MustCompile(`(?i)^notice`)
	trailing  = regexp.MustCompile(`(?m)[ \t\r\f]+$`)
)

// compiled is a package of another module, or the standard library, that is in the program.
type compiled struct{ dir, module, moduleDir string }

// The licences of all that is compiled into the program, on any system, let it be passed on, and
// THIRD_PARTY_NOTICES.txt, which goes with every package, has their texts.
func TestNotices(t *testing.T) {
	whose := map[string][]string{} // the parts of modules that a text is about
	for pkg := range compiledIn(t) {
		licensed := false
		// Code that a module took from elsewhere may have a licence in a folder of its own.
		for dir := pkg.dir; strings.HasPrefix(dir, pkg.moduleDir); dir = filepath.Dir(dir) {
			entries, err := os.ReadDir(dir)
			require.NoError(t, err)
			for _, e := range entries {
				file := filepath.Join(dir, e.Name())
				if e.IsDir() || !isLicence.MatchString(e.Name()) && !isNotice.MatchString(e.Name()) {
					continue
				}
				data, err := os.ReadFile(file)
				require.NoError(t, err)
				text := strings.ReplaceAll(string(data), "\r\n", "\n")
				if isLicence.MatchString(e.Name()) {
					licensed = true
					require.NotEmpty(t, licence(text), "%s is no licence of those that are permitted", file)
				}
				part := path.Join(pkg.module, filepath.ToSlash(strings.TrimPrefix(dir, pkg.moduleDir)))
				if !slices.Contains(whose[text], part) {
					whose[text] = append(whose[text], part)
				}
			}
		}
		require.True(t, licensed, "%s has no licence", pkg.dir)
	}
	golden.Check(t, "../../THIRD_PARTY_NOTICES.txt", notices(whose))
}

// licence names the licence of a text, or is "" if it is none of the permitted ones.
func licence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	for _, name := range slices.Sorted(maps.Keys(permissive)) {
		if strings.Contains(text, permissive[name]) && !copyleft.MatchString(text) {
			return name
		}
	}
	return ""
}

func TestLicence(t *testing.T) {
	require.Equal(t, "MIT", licence("MIT License\n\nPermission is hereby granted, free\n  of charge, to any person obtaining a copy of"))
	require.Empty(t, licence("GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007"))
	require.Empty(t, licence("The GNU General Public License, or: "+permissive["MIT"]))
	require.Empty(t, licence("All rights reserved."))
}

// compiledIn returns what is compiled into the command or the page of the browser on any system.
func compiledIn(t *testing.T) map[compiled]bool {
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	require.NoError(t, err)
	library := strings.TrimSpace(string(root))
	out := map[compiled]bool{{library, "the Go standard library", library}: true}
	for system, commands := range map[string][]string{
		"linux": {"./cmd/beian"}, "darwin": {"./cmd/beian"}, "windows": {"./cmd/beian"}, "js": {"./web/wasm", "./web/lsp"},
	} {
		cmd := exec.CommandContext(t.Context(), "go", append([]string{"list", "-deps", "-json=Dir,Module"}, commands...)...)
		cmd.Dir, cmd.Env = "../..", append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=")
		if system == "js" {
			cmd.Env = append(cmd.Env, "GOARCH=wasm")
		}
		list, err := cmd.Output()
		require.NoError(t, err)
		for decoder := json.NewDecoder(bytes.NewReader(list)); decoder.More(); {
			var pkg struct {
				Dir    string
				Module *struct {
					Path, Dir string
					Main      bool
				}
			}
			require.NoError(t, decoder.Decode(&pkg))
			if pkg.Module != nil && !pkg.Module.Main {
				out[compiled{pkg.Dir, pkg.Module.Path, pkg.Module.Dir}] = true
			}
		}
	}
	return out
}

// notices is the file of the texts, each below the names of what it is about.
func notices(whose map[string][]string) string {
	line := strings.Repeat("=", 79) + "\n\n"
	var parts []string
	for text, names := range whose {
		slices.Sort(names)
		parts = append(parts, strings.Join(names, "\n")+"\n\n"+trailing.ReplaceAllString(strings.TrimSpace(text), "")+"\n\n")
	}
	slices.Sort(parts)
	return "beian contains the software below. The licence of beian itself is in LICENSE.\n\n" + line + strings.Join(parts, line)
}
