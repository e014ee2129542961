package platform

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/spelling"
)

// Role is what a component is for in a form.
type Role string

// The roles of components.
const (
	Input       Role = "input"    // a line of text
	Textarea    Role = "textarea" // several lines of text
	Search      Role = "search"   // a search box
	Code        Role = "code"     // a verification code or number keyboard
	Password    Role = "password"
	Picker      Role = "picker"
	Form        Role = "form"
	Item        Role = "item"  // a labelled row of a form
	Cell        Role = "cell"  // a labelled row of a list
	Label       Role = "label" // text for a control
	Button      Role = "button"
	Upload      Role = "upload"
	Plate       Role = "plate"   // a licence plate keyboard
	AddressBook Role = "address" // a whole address: name, phone, address
)

// Component says how a form component is used.
type Component struct {
	Library string // "@vant/weapp", "native", or "" if guessed from a tag's name
	Name    string // without the library's prefix: "field"
	Role    Role
	Labels  []string // attributes that hold the label, best first
	Hints   []string // attributes that hold the placeholder
	Value   string   // attribute that holds the value
	Events  []string // events that bring the value
	Parts   []string // names under which their detail has it, if not value
	Sends   string   // attribute with the address that the component itself uploads to, or ""
	When    string   // attribute that must have the value Is for it to be that, or ""
	Is      string
	Shown   bool // the tag is as likely that of what only shows a value
	Source  string
}

// library is the components of one UI library.
type library struct {
	name, prefix string
	packaged     bool // known as an npm package alone, not by copies in the tree
	components   map[string]*Component
}

// Library is a UI library of which form components are known.
type Library struct {
	Name       string
	Prefix     string // of its tags, without the hyphen: "van"
	Packaged   bool   // known as an npm package alone; else project/kits.json tells its copies
	Components []string
}

// Libraries returns the UI libraries in the order of components.txt, without the
// platform's own elements.
func Libraries() []Library { return listLibraries() }

var listLibraries = sync.OnceValue(func() (out []Library) {
	for _, l := range loadLibraries()[1:] {
		out = append(out, Library{l.name, l.prefix, l.packaged, slices.Sorted(maps.Keys(l.components))})
	}
	return out
})

var loadLibraries = sync.OnceValue(func() []*library { return must(parseComponents(componentsText)) })

var roles = map[Role]bool{
	Input: true, Textarea: true, Search: true, Code: true, Password: true, Picker: true, Form: true,
	Item: true, Cell: true, Label: true, Button: true, Upload: true, Plate: true, AddressBook: true,
}

func parseComponents(text string) ([]*library, error) {
	var out []*library
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == "library" {
			out = append(out, &library{name: f[1], components: map[string]*Component{}})
			if len(f) > 2 {
				out[len(out)-1].prefix = f[2]
			}
			out[len(out)-1].packaged = len(f) > 3 && f[3] == "package"
		}
	}
	at := -1
	for _, r := range rows("components.txt", text) {
		if r.words[0] == "library" {
			at++
			continue
		}
		c := &Component{
			Library: out[at].name, Name: r.words[0], Role: Role(r.words[1]), Labels: split(r.facts["label"]),
			Hints: split(r.facts["hint"]), Value: r.facts["value"], Events: split(r.facts["events"]),
			Parts: split(r.facts["parts"]), Sends: r.facts["sends"], Source: r.source,
		}
		c.When, c.Is, _ = strings.Cut(r.facts["when"], ":")
		if !roles[c.Role] || out[at].components[c.Name] != nil {
			return nil, fmt.Errorf("bad component %s %s", out[at].name, c.Name)
		}
		out[at].components[c.Name] = c
	}
	return out, nil
}

// NativeComponent returns the native form element with the given tag, as written
// in any dialect ("input", "Input"), or nil.
func NativeComponent(tag string) *Component {
	return loadLibraries()[0].components[spelling.Tag(tag)]
}

// LibraryComponent returns the component of a library by its name within the
// library, with or without the library's prefix, or nil.
func LibraryComponent(lib, name string) *Component {
	for _, l := range loadLibraries() {
		if !sameLibrary(l.name, lib) {
			continue
		}
		for _, tag := range spelling.Tags(name) {
			if c := l.components[tag]; c != nil {
				return c
			}
			if c := l.prefixed(tag); c != nil {
				return c
			}
		}
	}
	return nil
}

// prefixed is the component of l of which a tag has the name, after the library's prefix; nil if it is none.
func (l *library) prefixed(tag string) *Component {
	if rest, ok := strings.CutPrefix(tag, l.prefix+"-"); ok {
		return l.components[rest]
	}
	return nil
}

// sameLibrary also accepts the name of a library without its scope, as in a copy
// that is in the tree under its bare name.
func sameLibrary(known, name string) bool {
	if known == name {
		return true
	}
	_, bare, scoped := strings.Cut(known, "/")
	return scoped && bare == name
}

// Typed reports whether a person types a text into a component; nil takes none.
func (c *Component) Typed() bool {
	if c == nil {
		return false
	}
	switch c.Role {
	case Input, Textarea, Search, Code, Password:
		return true
	}
	return false
}

// ComponentOf returns what an element is that a tag names: the component of a library under
// a name, "" and "" if it is of none that is known, or what the tag suggests; nil if that is
// nothing.
func ComponentOf(lib, name, tag string) *Component {
	if drawsIcons(lib) {
		return nil
	}
	if lib != "" {
		if c := LibraryComponent(lib, name); c != nil {
			return c
		}
	}
	return ComponentByTag(tag)
}

// drawsIcons reports whether a package has icons, by its name: its Upload or Search is
// only drawn.
func drawsIcons(lib string) bool {
	for _, word := range strings.FieldsFunc(lib, func(r rune) bool { return r == '/' || r == '-' || r == '@' }) {
		if word == "icon" || word == "icons" || word == "lucide" {
			return true
		}
	}
	return false
}

// ComponentByTag guesses what a custom tag is from its name: first by the prefix
// and name of a known library, then by how the name ends ("my-input"). It returns
// nil if the name tells nothing.
func ComponentByTag(tag string) *Component {
	names := spelling.Tags(tag)
	for _, name := range names {
		for _, l := range loadLibraries()[1:] {
			if c := l.prefixed(name); c != nil {
				return c
			}
		}
	}
	for _, name := range names {
		for _, g := range guesses {
			if name == g.suffix || strings.HasSuffix(name, "-"+g.suffix) {
				c := *generic
				c.Name, c.Role, c.Shown = names[0], g.role, g.suffix == "field"
				return &c
			}
		}
	}
	return nil
}

// Offers reports whether a person chooses with an element of this tag, in any dialect, from
// what the program offers: its value may be an index into that.
func Offers(tag string) bool {
	if spelling.Tag(tag) == "picker-view" {
		return true
	}
	c := cmp.Or(NativeComponent(tag), ComponentByTag(tag))
	return c != nil && c.Role == Picker
}

// generic has the attributes that form components of all libraries share.
var generic = &Component{
	Labels: []string{"label", "title"}, Hints: []string{"placeholder"}, Value: "value",
	Events: []string{"input", "change", "blur", "confirm"}, Source: "by the tag's name",
}

// guesses are endings of tag names, longer ones first.
var guesses = []struct {
	suffix string
	role   Role
}{
	{"code-input", Code}, {"search-input", Search}, {"input-search", Search}, {"search-bar", Search},
	{"searchbar", Search}, {"search", Search}, {"input-number", Code}, {"number-box", Code}, {"stepper", Code},
	{"password-input", Password}, {"form-item", Item}, {"forms-item", Item}, {"field-item", Item},
	{"easyinput", Input}, {"input-item", Input}, {"field", Input}, {"input", Input},
	{"number-keyboard", Input}, {"textarea", Textarea}, {"cell", Cell}, {"list-item", Cell}, {"picker", Picker},
	{"button", Button}, {"btn", Button}, {"uploader", Upload}, {"upload", Upload}, {"form", Form},
}
