package flow

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// Parts of what an address answers. Of a document that is read, the name and the number go ways of their own:
//
//	setData({ realName: res.data.name }); wx.setStorageSync('no', res.data.num)

// answerPath is where Call.Results has what becomes of the answer of Call.Address; what becomes of its part data.name is at
// answer.data.name.
const answerPath = "answer"

// maybePart begins the name under which a part is found in an object that a program wrote it into, or into which it copied all of
// it: form[key] = answer.no, { ...answer }.name
const maybePart = "?"

// partOf says which part of an answer an origin is.
type partOf struct {
	call  *Call
	datum func(path string) *origin // the one that Call.Results has under a path
	names []string                  // outermost first; none for the whole
}

// maxAnswerParts bounds the parts of an answer that are told apart, maxAnswerDepth how deep they are.
var maxAnswerParts, maxAnswerDepth = 48, 8

// parted is v, of which the data that are in an answer are its part of a name.
func parted(v *Value, name string) *Value {
	if v == nil || !slices.ContainsFunc(v.taints(), func(t taint) bool { return t.origin.of != nil }) {
		return v
	}
	out := *v
	ts := slices.Clone(v.taints())
	for i := range ts {
		ts[i].origin = ts[i].origin.part(name)
	}
	out.data = nil
	return out.tainted(joinTaints(nil, ts), v.about())
}

// part is the part of o under a name; o itself if it is no answer, or too many parts are known. An index is no name.
func (o *origin) part(name string) *origin {
	if o.of == nil || len(o.of.names) >= maxAnswerDepth || strings.Contains(name, ".") ||
		elementIndex(strings.TrimPrefix(name, maybePart)) >= 0 {
		return o
	}
	c := o.of.call
	path := answerPath + "." + strings.Join(append(slices.Clip(o.of.names), name), ".")
	if c.Results[path] == nil && len(c.Results) > maxAnswerParts {
		return o
	}
	part := o.of.datum(path)
	if part.of == nil {
		part.fields, part.picture = o.fields, o.picture
		part.of = &partOf{call: c, datum: o.of.datum, names: append(slices.Clip(o.of.names), name)}
	}
	return part
}

// AnswerPart is a part of what an address answers, and what becomes of it.
type AnswerPart struct {
	// Names by which it is taken from the answer, outermost first; none for what is not told apart. One that begins with a
	// question mark may also be another name of what it is a part of.
	Names []string
	*Uses
}

// AnswerParts are the parts of the answer of c.Address, that of the whole first; none if nothing is known of it.
func (c *Call) AnswerParts() (parts []AnswerPart) {
	var paths []string
	for path := range c.Results {
		if path == answerPath || strings.HasPrefix(path, answerPath+".") {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	for _, path := range paths {
		_, names, named := strings.Cut(path, ".")
		part := AnswerPart{Uses: c.Results[path]}
		if named {
			part.Names = strings.Split(names, ".")
		}
		parts = append(parts, part)
	}
	return parts
}

// Joined is what becomes of all of some parts.
func Joined(parts []AnswerPart) *Uses {
	out := &Uses{}
	for _, p := range parts {
		out.Read = out.Read || p.Read
		out.Keys, out.Tests = append(out.Keys, p.Keys...), append(out.Tests, p.Tests...)
		for _, f := range p.Flows {
			if !slices.ContainsFunc(out.Flows, func(g finding.Flow) bool { return g.Sink == f.Sink }) {
				out.Flows = append(out.Flows, f)
			}
		}
		for _, l := range p.Lost {
			if !slices.Contains(out.Lost, l) {
				out.Lost = append(out.Lost, l)
			}
		}
	}
	return out
}
