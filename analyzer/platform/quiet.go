package platform

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
)

// quiet lists what takes a value and neither keeps nor sends it.
type quiet struct {
	globals, packages, methods, tells, picks, removes, copies map[string]bool
}

// loud are functions that send, whatever package exports them: libraries of
// components also bring a client for requests.
var loud = map[string]bool{
	"http": true, "$http": true, "request": true, "ajax": true, "axios": true, "fetch": true, "upload": true, "uploadFile": true,
	"get": true, "post": true, "put": true,
}

var loadQuiet = sync.OnceValue(func() *quiet { return must(parseQuiet(quietText)) })

func parseQuiet(text string) (*quiet, error) {
	q := &quiet{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{},
		map[string]bool{}}
	tables := map[string]map[string]bool{
		"global": q.globals, "package": q.packages, "method": q.methods, "tells": q.tells, "picks": q.picks,
		"removes": q.removes, "copies": q.copies,
	}
	for number, line := range strings.Split(text, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0][0] == '#' || words[0] == "@" {
			continue
		}
		table := tables[words[0]]
		if table == nil || len(words) == 1 {
			return nil, fmt.Errorf("quiet.txt, line %d: no global, package, method, tells, picks, removes or copies", number+1)
		}
		for _, name := range words[1:] {
			if table[name] {
				return nil, fmt.Errorf("quiet.txt, line %d: %s is given twice", number+1, name)
			}
			table[name] = true
		}
	}
	return q, nil
}

// QuietGlobal reports whether a global of the language neither keeps nor sends what
// it is given.
func QuietGlobal(name string) bool { return loadQuiet().globals[name] }

// QuietMethod reports whether only the language has methods of this name, and they
// neither keep nor send what they are given.
func QuietMethod(name string) bool { return loadQuiet().methods[name] }

// TellingMethod reports whether what a method of the language of this name answers holds
// nothing of what it is called on and given: names.includes(name).
func TellingMethod(name string) bool { return loadQuiet().tells[name] }

// PickingMethod reports whether what a method of the language of this name answers holds
// only what it is called on: notices.filter(one => one.title.includes(word)).
func PickingMethod(name string) bool { return loadQuiet().picks[name] }

// RemovingMethod reports whether a method of this name takes a listener off again, and so calls none of the functions that it
// is given: manager.offClick(clicked).
func RemovingMethod(name string) bool {
	q := loadQuiet()
	if q.removes[name] {
		return true
	}
	for i, r := range name {
		if unicode.IsUpper(r) {
			return q.removes[name[:i]+"*"]
		}
	}
	return false
}

// CopyingFunction reports whether a function of a quiet package, at path below its exports, gives a copy of the object that it
// is given, of which it calls no function: CommonUtil.deepClone(state).
func CopyingFunction(path string) bool {
	return loadQuiet().copies[path[strings.LastIndexByte(path, '.')+1:]]
}

// QuietPackage reports whether a package, named as in an import or as the library
// that a copy is of, neither keeps nor sends what is passed to the function at
// path below its exports: "lodash/debounce" and "". A client for requests among
// the components of a kit is not quiet.
func QuietPackage(name, path string) bool {
	for part := range strings.SplitSeq(path, ".") {
		if loud[part] && !quietGetters[name] {
			return false
		}
	}
	for {
		if loadQuiet().packages[name] {
			return true
		}
		slash := strings.LastIndexByte(name, '/')
		if slash < 0 {
			return false
		}
		name = name[:slash]
	}
}

// quietGetters are packages in which a loud name means something else: _.get(o, path).
var quietGetters = map[string]bool{
	"lodash": true, "lodash-es": true, "underscore": true, "ramda": true, "radash": true, "es-toolkit": true, "immutable": true,
	"dayjs": true, "moment": true, "luxon": true,
}
