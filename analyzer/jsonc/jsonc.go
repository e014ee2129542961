// Package jsonc reads JSON into values that know their place in the file.
//
// It takes the configuration files of mini programs, which people write with
// comments and trailing commas although the platforms want strict JSON; both are
// accepted. It gives a Value per object, array and literal. A file that is empty,
// broken or nested deeper than 200 levels gives an *Error and no value.
package jsonc

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Kind is the type of a Value.
type Kind uint8

// The kinds of value.
const (
	Null Kind = iota + 1
	Bool
	Number
	String
	Array
	Object
)

// String returns the name of k as messages call it.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "boolean"
	case Number:
		return "number"
	case String:
		return "string"
	case Array:
		return "array"
	case Object:
		return "object"
	}
	return "nothing"
}

// Value is one JSON value. All its methods may be called on a nil Value, which
// means that there is no value and has Kind 0. So a chain of Get needs no
// checks.
type Value struct {
	source.Span // of a string quotes included
	Kind        Kind
	Members     []*Member // of an object, in source order, duplicates included
	Elems       []*Value  // of an array

	text   string // decoded, of a string
	number float64
	truth  bool
}

// Member is one "name": value of an object.
type Member struct {
	source.Span // from the name to the end of the value
	Name        string
	NameSpan    source.Span // quotes included
	Value       *Value
}

// Is reports whether v is there and of kind k.
func (v *Value) Is(k Kind) bool { return v != nil && v.Kind == k }

// Member returns the member of v with the given name, the last if there are
// several, as JSON.parse decides; nil without one.
func (v *Value) Member(name string) *Member {
	if v == nil {
		return nil
	}
	for i := len(v.Members) - 1; i >= 0; i-- {
		if v.Members[i].Name == name {
			return v.Members[i]
		}
	}
	return nil
}

// Get returns the value of the member with the given name, or nil.
func (v *Value) Get(name string) *Value {
	if m := v.Member(name); m != nil {
		return m.Value
	}
	return nil
}

// Path follows names downward: v.Path("tabBar", "list") is
// v.Get("tabBar").Get("list").
func (v *Value) Path(names ...string) *Value {
	for _, name := range names {
		v = v.Get(name)
	}
	return v
}

// Len returns the number of elements or members of v.
func (v *Value) Len() int {
	if v == nil {
		return 0
	}
	return len(v.Elems) + len(v.Members)
}

// String returns the decoded text of a string, and "" for every other kind.
func (v *Value) String() string {
	if v == nil {
		return ""
	}
	return v.text
}

// Strings returns the strings of an array, leaving out elements of other kinds.
func (v *Value) Strings() []string {
	if v == nil {
		return nil
	}
	var list []string
	for _, e := range v.Elems {
		if e.Kind == String {
			list = append(list, e.text)
		}
	}
	return list
}

// Bool reports whether v is true. False and every other kind give false.
func (v *Value) Bool() bool { return v != nil && v.truth }

// Number returns the value of a number, and 0 for every other kind.
func (v *Value) Number() float64 {
	if v == nil {
		return 0
	}
	return v.number
}

// Error tells where a file is not JSON and how to mend it.
type Error struct {
	Location source.Location
	Message  lang.Text
}

// Error returns the message alone; Location tells the place.
func (e *Error) Error() string { return e.Message.EN }

// Text returns the message in both languages.
func (e *Error) Text() lang.Text { return e.Message }

// NewString returns a string that is written in another language than JSON:
// configuration that a program states as a literal of its script.
func NewString(span source.Span, text string) *Value {
	return &Value{Span: span, Kind: String, text: text}
}

// NewNumber returns a number; see NewString.
func NewNumber(span source.Span, n float64) *Value {
	return &Value{Span: span, Kind: Number, number: n}
}

// NewBool returns true or false; see NewString.
func NewBool(span source.Span, b bool) *Value { return &Value{Span: span, Kind: Bool, truth: b} }
