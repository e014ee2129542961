// Package config reads beian.yaml, the settings of a project. It takes the text
// of the file and gives a typed Config, or every mistake in it with its place.
//
// It is strict: it refuses unknown keys and values, since a setting that is
// silently ignored is worse than none. It refuses aliases, anchors and several
// documents too. Find tells where the file is; the fields of Config are the one
// description of its form, from which the schema for editors is made.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Config is the content of a beian.yaml. Its paths are relative to the directory
// of the file, with forward slashes.
//
// The tags are read by decode.go and schema_test.go: yaml is the key, form what a text
// must be (see forms), enum the values it can have, need marks what must be there.
type Config struct {
	Include       []string              `yaml:"include" form:"glob"`
	Exclude       []string              `yaml:"exclude" form:"glob"`
	Outside       *bool                 `yaml:"outside"`
	Rules         map[string]string     `yaml:"rules" keys:"rule" enum:"off,low,medium,high"`
	Labels        []Label               `yaml:"labels"`
	Sinks         []Sink                `yaml:"sinks"`
	CustomRules   map[string]CustomRule `yaml:"custom-rules" keys:"custom"`
	Detectors     []string              `yaml:"detectors" form:"path"`
	Operator      Operator              `yaml:"operator"`
	FailOn        string                `yaml:"fail-on" form:"gate"`
	MinConfidence string                `yaml:"min-confidence" enum:"low,medium,high"`
	Inventory     string                `yaml:"inventory-level" enum:"note,warning,error"`
	Lang          string                `yaml:"lang" enum:"zh,en,auto"`
	Baseline      string                `yaml:"baseline" form:"path"`
	Filed         string                `yaml:"filed" form:"path"`
	Suppress      []Suppress            `yaml:"suppress"`

	File *source.File `yaml:"-"` // the file itself

	// Below is the path from the directory of the file to the scanned one: "." for
	// the same, "packages/shop" for one further down. Parse leaves it empty, like ".".
	Below string `yaml:"-"`
}

// Label says what a label, placeholder or title means in this project.
type Label struct {
	Pattern  string          `yaml:"pattern" form:"regexp" need:"true"`
	Category string          `yaml:"category" form:"category" need:"true"`
	At       source.Location `yaml:"-"`
}

// Sink is a function of the project that sends or keeps data.
type Sink struct {
	Name string          `yaml:"name" form:"callee" need:"true"`
	Kind string          `yaml:"kind" enum:"network,cloud,storage,log,third-party,clipboard,navigation" need:"true"`
	Args []int           `yaml:"args"`
	At   source.Location `yaml:"-"`
}

// CustomRule is a rule of the project: what has such a label, or calls such an API.
type CustomRule struct {
	Title      string          `yaml:"title" form:"text" need:"true"`
	Category   string          `yaml:"category" form:"collected" need:"true"`
	Confidence string          `yaml:"confidence" enum:"low,medium,high"`
	Labels     []string        `yaml:"labels" form:"regexp"`
	APIs       []string        `yaml:"apis" form:"callee"`
	Mend       string          `yaml:"mend" form:"text"`
	At         source.Location `yaml:"-"`
}

// Operator holds what code cannot tell.
type Operator struct {
	Type            string `yaml:"type" enum:"individual,enterprise,organisation"`
	Name            string `yaml:"name" form:"text"`
	Responsible     string `yaml:"responsible" form:"text"`
	SubjectPerson   string `yaml:"subject-responsible" form:"text"`
	FilingNumber    string `yaml:"filing-number" form:"text"`
	PrivacyPolicy   string `yaml:"privacy-policy" form:"policy"`
	AppType         string `yaml:"app-type" form:"app-type"`
	Mainland        *bool  `yaml:"mainland"`
	Minors          *bool  `yaml:"minors"`
	Children        *bool  `yaml:"children"`
	Commercial      *bool  `yaml:"commercial"`
	CrossBorder     *bool  `yaml:"cross-border"`
	Persons         *int64 `yaml:"persons"`
	Faces           *int64 `yaml:"faces"`
	Abroad          *int64 `yaml:"abroad"`
	AbroadSensitive *int64 `yaml:"abroad-sensitive"`

	Form map[string]string `yaml:"form" keys:"form-field" form:"text"`

	KeyAt map[string]source.Location `yaml:"-"` // where each key is given
}

// Suppress accepts the findings of a rule in the files that match a glob.
type Suppress struct {
	Path   string          `yaml:"path" form:"glob" need:"true"`
	Rule   string          `yaml:"rule" form:"rule" need:"true"`
	As     string          `yaml:"as" enum:"known,not-personal"`
	Reason string          `yaml:"reason" form:"text" need:"true"`
	At     source.Location `yaml:"-"`
}

// Known is what Parse checks names against.
type Known struct {
	Rules    []string // identifiers of the existing rules, without those of the file
	AppTypes []string // values of operator.app-type; any text will do if there are none

	FormFields    []string // keys of operator.form; any will do if there are none
	PrivateFields []string // fields of the form that must not be in a file of the repository
}

// Problem is one mistake in a beian.yaml.
type Problem struct {
	Location source.Location
	Text     lang.Text
}

// Error is every mistake in a beian.yaml, in order.
type Error struct {
	Name     string // of the file, as messages call it; Parse takes that of source.File
	Problems []Problem
}

// Error gives one line for each mistake: path:line:column: what.
func (e *Error) Error() string { return e.Text().EN }

// Text is Error in both languages.
func (e *Error) Text() lang.Text {
	lines := make([]lang.Text, len(e.Problems))
	for i, p := range e.Problems {
		at := p.Location.Start()
		lines[i] = lang.Same(fmt.Sprintf("%s:%d:%d: ", e.Name, at.Line, at.Column)).Plus(p.Text)
	}
	return lang.Joined(lines, lang.Same("\n"))
}

// path turns a path in the scanned directory into one that c speaks of.
func (c *Config) path(p string) string { return path.Join(c.Below, p) }

// Excludes reports whether the settings exclude the file at a path in the
// scanned directory.
func (c *Config) Excludes(p string) bool {
	p = c.path(p)
	in := len(c.Include) == 0
	for _, g := range c.Include {
		in = in || Fits(g, p)
	}
	for _, g := range c.Exclude {
		in = in && !Fits(g, p)
	}
	return !in
}

// Fits reports whether a glob, as Glob gives it, names the file p, or a directory that
// holds it.
func Fits(glob, p string) bool {
	return doublestar.MatchUnvalidated(glob, p) || doublestar.MatchUnvalidated(glob+"/**", p)
}

// Glob takes a glob as people write it and gives it in the form that Fits and Named take.
// The error says that it is malformed.
func Glob(text string) (string, error) {
	glob := cleanGlob(text)
	if !doublestar.ValidatePattern(glob) {
		return "", doublestar.ErrBadPattern
	}
	return glob, nil
}

// cleanGlob takes a glob as people write it: with ./ in front, with the backslashes of
// Windows, and "pages/a/" for all that is in a folder.
func cleanGlob(g string) string {
	const escaped = `[]{}?*!\\`
	var b strings.Builder
	for i := 0; i < len(g); i++ {
		rest := g[i+1:]
		escapes := rest != "" && strings.ContainsRune(escaped, rune(rest[0])) && !strings.HasPrefix(rest, "**")
		if g[i] == '\\' && !escapes {
			b.WriteByte('/')
			continue
		}
		b.WriteByte(g[i])
	}
	g = strings.TrimPrefix(b.String(), "./")
	if folder, ok := strings.CutSuffix(g, "/"); ok && folder != "" {
		return folder + "/**"
	}
	return g
}

// Idle returns the entries of Include and Exclude that name no file of fsys, the scanned
// directory. It leaves out those that may name files elsewhere, or files that are never
// read.
func (c *Config) Idle(fsys fs.FS) (globs []string) {
	if c.Below != "" && c.Below != "." {
		return nil
	}
	for _, g := range slices.Concat(c.Include, c.Exclude) {
		hidden := strings.HasPrefix(g, ".") || strings.Contains(g, "/.") // "../" as well
		if !hidden && !strings.Contains(g, "node_modules") && !Named(fsys, g) {
			globs = append(globs, g)
		}
	}
	return globs
}

// Named reports whether a glob names anything in fsys.
func Named(fsys fs.FS, glob string) bool {
	found := errors.New("found")
	err := doublestar.GlobWalk(fsys, glob, func(string, fs.DirEntry) error { return found }, doublestar.WithNoFollow())
	return errors.Is(err, found)
}

// Leaves reports whether a whole directory below the scanned one is excluded.
func (c *Config) Leaves(dir string) bool {
	for _, g := range c.Exclude {
		if doublestar.MatchUnvalidated(g, c.path(dir)) || doublestar.MatchUnvalidated(g, c.path(dir)+"/app.json") {
			return true
		}
	}
	return false
}

// Judge applies Include, Exclude and Rules to findings.
func (c *Config) Judge(found []finding.Finding) []finding.Finding {
	var out []finding.Finding
	for _, f := range found {
		level, set := c.Rules[f.Rule.ID]
		if level == "off" || c.Excludes(f.Location.File.Path) && f.Location.File != c.File {
			continue
		}
		if set {
			f.Confidence, _ = finding.ParseConfidence(level)
		}
		out = append(out, f)
	}
	return out
}
