package flow

import (
	"strings"

	"github.com/beian/beian/analyzer/spelling"
)

// A library that talks to servers by itself is told before it is used where they are:
//
//	Parse.serverURL = 'https://parse.example.com'   // documents of Parse, JavaScript guide
//	AV.init({ appId, serverURL })                   // of LeanCloud, SDK setup
//	const db = createClient('https://db.example.com', key) // of Supabase, initializing
//	(read 2026-11)

// toldAddress is the hidden property of what a library gives that keeps the address which it was made with.
const toldAddress = "(address)"

// addressSettings are the settings of libraries that are addresses of their servers.
var addressSettings = [...]string{"serverURL", "serverURLs", "serverUrl", "endpoint", "baseURL", "baseUrl", "apiHost", "host"}

// settingUpWords are the first words in the names of functions that settle what later calls do.
var settingUpWords = spelling.Set("init initialize create make setup config configure set new connect")

// addressFor is the address that the call of o, a function of a library, goes to as far as it is known: one that it is given, that
// the object was made with which it is called on, or that the library was told.
func (m *machine) addressFor(o *Object, this *Value, args []*Value) *Value {
	if given := addressAmong(args); given != nil {
		return given
	}
	if made := toldOf(o, this); made != nil {
		return made
	}
	root := m.libraryObject(o.module, "").objects[0]
	if told, ok := root.own(toldAddress); ok {
		return told
	}
	return settingOf(root)
}

// toldOf is the address that o, or what it is a method of, was made with, nil if none is known.
func toldOf(o *Object, this *Value) (told *Value) {
	told, _ = o.own(toldAddress)
	for _, of := range orUndefined(this).objects {
		if v, ok := of.own(toldAddress); ok && of.kind == libraryObject {
			told = join(told, v)
		}
	}
	return told
}

// settingOf is the address among the settings that o has, nil if there is none.
func settingOf(o *Object) *Value {
	for _, name := range addressSettings {
		if v, ok := o.own(name); ok && hostOf(v) != "" {
			return v
		}
	}
	return nil
}

// tellAddress notes the address that the call of o is told, if it is one that settles what later calls do; made, what it gives,
// has it, and the library if it gives nothing of its own: AV.init(…).
func (m *machine) tellAddress(o *Object, this *Value, args []*Value, made *Value) {
	told := toldOf(o, this)
	if words := spelling.Words(o.path[strings.LastIndexByte(o.path, '.')+1:]); len(words) > 0 && settingUpWords[words[0]] {
		given := addressAmong(args)
		for _, a := range args {
			for _, options := range orUndefined(a).objects {
				given = join(given, settingOf(options))
			}
		}
		if given != nil {
			told = given
			if words[0] != "create" && words[0] != "make" && words[0] != "new" {
				m.addProp(m.libraryObject(o.module, "").objects[0], toldAddress, given)
			}
		}
	}
	if told == nil {
		return
	}
	for _, r := range made.objects {
		if r.kind == libraryObject && r.result {
			m.setProp(r, toldAddress, told)
		}
	}
}
