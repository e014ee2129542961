package flow

import (
	"slices"
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
)

// Keys of the local storage of which only parts are known:
//
//	wx.setStorageSync('draft_' + id, form)
//	wx.getStorageSync('draft_' + this.id)  // may be that form
//	wx.getStorageSync('title')             // is not
//
// What is stored under such a key is kept under its pattern, draft_*. It is read back under
// every key that can be the same text. A key of which nothing is known is taken for none
// of the others, but what is stored or read under one is lost. The keys that the platform
// lists are known.

// patternMark begins the names of properties of the storage object that are patterns.
const patternMark = "\x00"

// putStored writes what is stored under a key: in the local storage, or as a file.
func (m *machine) putStored(store *Object, key, v *Value) {
	names, patterns, others := patternsOf(key)
	if len(names) == 1 && len(patterns) == 0 && !others {
		m.setProp(store, names[0], v)
		return
	}
	for _, name := range names {
		m.addProp(store, name, v)
	}
	for _, pattern := range patterns {
		m.addProp(store, patternMark+pattern, v)
	}
	if others {
		m.addProp(store, patternMark+anyName, v)
		m.loseKey(v)
	}
}

// loseKey notes that it is not known where data in storage are found again.
func (m *machine) loseKey(v *Value) {
	at := m.here()
	m.lose(deepTaints(v), finding.UnknownKey, callee(at), at)
}

// getStored reads what is stored under a key.
func (m *machine) getStored(store *Object, key *Value) *Value {
	names, patterns, others := patternsOf(key)
	var out *Value
	if others {
		m.loseKey(store.all())
		v, _ := store.read(patternMark + anyName)
		out = join(v, unknownValue)
	}
	for _, name := range names {
		v, _ := store.read(name)
		out = join(out, orUndefined(v))
	}
	for i := range store.props {
		kept, isPattern := strings.CutPrefix(store.props[i].name, patternMark)
		matches := func(key string) bool { return sameKey(kept, key) }
		if isPattern && slices.ContainsFunc(names, matches) || slices.ContainsFunc(patterns, matches) {
			v, _ := store.read(store.props[i].name)
			out = join(out, v)
		}
	}
	if len(patterns) > 0 {
		store.touch() // another key may fit later
		out = join(out, unknownValue)
	}
	return orUndefined(out)
}

// sameKey reports whether two keys or patterns can be the same text. A pattern with next to
// no letters says too little to be found under another key: "*_*".
func sameKey(a, b string) bool {
	openA, openB := strings.Contains(a, anyName), strings.Contains(b, anyName)
	switch {
	case a == b:
		return true
	case openA && !telling(a), openB && !telling(b), !openA && !openB:
		return false
	case !openB:
		return fits(a, b)
	case !openA:
		return fits(b, a)
	}
	beginA, _, _ := strings.Cut(a, anyName)
	beginB, _, _ := strings.Cut(b, anyName)
	endA, endB := a[strings.LastIndex(a, anyName)+1:], b[strings.LastIndex(b, anyName)+1:]
	begins := strings.HasPrefix(beginA, beginB) || strings.HasPrefix(beginB, beginA)
	return begins && (strings.HasSuffix(endA, endB) || strings.HasSuffix(endB, endA))
}

// fewLetters is the number of letters and digits from which on a pattern says something.
const fewLetters = 3

func telling(pattern string) bool {
	n := 0
	for _, r := range pattern {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n >= fewLetters
}

// storageInfo is what getStorageInfo gives: the keys of what is stored.
func storageInfo(m *machine, c *call) *Value {
	store := m.api.storage
	store.touch()
	var keys *Value
	for i := range store.props {
		name, isPattern := strings.CutPrefix(store.props[i].name, patternMark)
		switch {
		case store.props[i].value == nil:
		case isPattern:
			keys = join(keys, keyLike(name))
		default:
			keys = join(keys, textOf(name))
		}
	}
	info := m.object(plainObject, site{c.site, "answer"})
	m.setProp(info, "keys", m.array(site{c.site, "keys"}, nil, keys))
	m.setOpen(info, true)
	return objectOf(info)
}

// keyLike is a text of which a pattern is known.
func keyLike(pattern string) *Value {
	var parts []*Value
	for i, piece := range strings.Split(pattern, anyName) {
		if i > 0 {
			parts = append(parts, unknownValue)
		}
		parts = append(parts, textOf(piece))
	}
	return concat(parts...)
}
