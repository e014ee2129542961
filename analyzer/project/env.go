package project

import (
	"cmp"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// What the build puts in place of names: the variables of .env files (Vite, Vue CLI and
// Taro, environment variables; read 2026-11), and what define and its like state (define.go).
// The published program has those of .env.production.

// publishedModes and otherModes are the modes of a build, by the ends of the names of their
// .env files. The values of other modes are taken as well, behind that of the published
// program: a build for testers sends real data, too.
var (
	publishedModes = []string{"production", "prod", "pro", "release", "online", "master", ""}
	otherModes     = []string{"uat", "pre", "staging", "stage", "test", "trial", "development", "develop", "dev", "local"}
)

// Defined are the values that the build puts in place of names, such as
// "import.meta.env.VITE_HOST".
type Defined map[string]Definition

// Definition is what builds put in place of a name: texts as the program sees them, the
// published one first, then those of other modes.
type Definition struct {
	Texts  []string
	Always bool // each build puts a text there, or the published one does
}

// add makes text one of those of name.
func (d Defined) add(name, text string) {
	if at := d[name]; !slices.Contains(at.Texts, text) {
		at.Texts = append(at.Texts, text)
		d[name] = at
	}
}

// defined collects what the build defines.
func (l *configured) defined() Defined {
	dirs := []string{l.site.Root}
	if l.site.Source != l.site.Root {
		dirs = append(dirs, l.site.Source)
	}
	var scripts []*buildConfig
	for _, dir := range slices.Clone(dirs) {
		for _, b := range publishedFirst(l.list.buildConfigs(dir, l.report)) {
			scripts = append(scripts, b)
			dirs = append(dirs, b.envDirs()...)
		}
	}
	vars := l.variables(append(dirs, path.Join(l.site.Root, "env")))
	l.setByCommands(dirs, vars)
	found := Defined{}
	for _, b := range scripts {
		definer{b, b.locals(), vars, found}.collect()
	}
	for name, v := range vars {
		for _, text := range v.texts {
			found.add("import.meta.env."+name, text)
			found.add("process.env."+name, text)
		}
		if v.published && len(v.texts) > 0 {
			for _, name := range [...]string{"import.meta.env." + name, "process.env." + name} {
				at := found[name]
				at.Always = true
				found[name] = at
			}
		}
	}
	return found
}

// setByCommands adds the variables that package.json sets for a build: those before a command
// (cross-env HOST=https://… taro build), and those of a target of uni-app's own making (package.json of
// uni-app, "uni-app".scripts; read 2026-11). A file that has the variable comes first.
func (l *configured) setByCommands(dirs []string, vars map[string]*envVariable) {
	for _, dir := range dirs {
		manifest := l.workspaceJSON(path.Join(dir, "package.json"))
		for _, m := range members(manifest.Get("scripts")) {
			for _, set := range assignment().FindAllStringSubmatch(m.Value.String(), -1) {
				setOnce(vars, set[1], set[2]+set[3]+set[4])
			}
		}
		for _, target := range members(manifest.Get("uni-app").Get("scripts")) {
			for _, m := range members(target.Value.Get("env")) {
				setOnce(vars, m.Name, m.Value.String())
			}
		}
	}
}

// setOnce adds a text to a variable; it is that of another build if a file has one.
func setOnce(vars map[string]*envVariable, name, text string) {
	if name == "NODE_ENV" || name == "UNI_PLATFORM" {
		return
	}
	v := vars[name]
	if v == nil {
		v = &envVariable{}
		vars[name] = v
	}
	if !slices.Contains(v.texts, text) {
		v.texts = append(v.texts, text)
	}
}

// assignment finds a variable that a command sets: HOST=https://a.example.com taro build.
var assignment = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?:^|\s)([A-Za-z_]\w*)=(?:"([^"]*)"|'([^']*)'|([^\s"'&|;]+))`)
})

// envVariable is a variable of .env files.
type envVariable struct {
	texts     []string // that of the published build first
	published bool     // a file of the published build has it
}

// variables reads the .env files of some directories.
func (l *configured) variables(dirs []string) map[string]*envVariable {
	found := map[string]*envVariable{}
	for _, mode := range slices.Concat(publishedModes, otherModes) {
		published := slices.Contains(publishedModes, mode)
		for _, dir := range dirs {
			name := ".env"
			if mode != "" {
				name += "." + mode
			}
			for key, text := range variables(l.plain(path.Join(dir, name))) {
				v := found[key]
				if v == nil {
					v = &envVariable{}
					found[key] = v
				}
				if v.published && published {
					continue // the one before comes first
				}
				v.published = v.published || published
				if !slices.Contains(v.texts, text) {
					v.texts = append(v.texts, text)
				}
			}
		}
	}
	return found
}

// publishedFirst puts the scripts of other builds, such as config/dev.js, behind those whose
// values the published program has.
func publishedFirst(list []*buildConfig) []*buildConfig {
	slices.SortStableFunc(list, func(a, b *buildConfig) int { return cmp.Compare(b.published(), a.published()) })
	return list
}

// published is 0 for a script of another build.
func (b *buildConfig) published() int {
	if slices.Contains(otherModes, strings.TrimSuffix(b.mode(), envScript)) {
		return 0
	}
	return 1
}

// variable is a line of a .env file: NAME = value # comment.
var variable = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile("(?m)^[ \t]*(?:export[ \t]+)?([\\w.]+)[ \t]*=[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([^#\r\n]*))")
})

// variables reads a .env file. ${NAME} stands for the value of a variable before.
func variables(text string) map[string]string {
	found := map[string]string{}
	for _, line := range variable().FindAllStringSubmatch(text, -1) {
		value := strings.TrimSpace(line[2] + line[3] + line[4])
		for name, known := range found {
			value = strings.ReplaceAll(value, "${"+name+"}", known)
		}
		found[line[1]] = value
	}
	return found
}
