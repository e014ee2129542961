package control

import (
	"slices"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
)

// A check may have the name of what it was first written for. The message where it fails, which a person reads, says what it
// checks here:
//
//	if (!this.idCardCheck(this.data.studentId)) return wx.showToast({ title: '学号错误' })

// refusal is such a message about the check of a name.
type refusal struct {
	check string
	said  Sense
}

// refusalsIn are those of a script.
func (r *Reader) refusalsIn(m *project.Module) []refusal {
	out, ok := r.refused[m]
	if !ok {
		if complaint.MatchString(m.File.Text) {
			script.Walk(m.Tree, func(n script.Node) bool {
				if s, is := n.(*script.If); is {
					out = append(out, refusals(s)...)
				}
				return true
			})
		}
		r.refused[m] = out
	}
	return out
}

func refusals(s *script.If) (out []refusal) {
	not, ok := s.Test.(*script.Unary)
	if !ok || not.Op != "!" {
		return nil
	}
	call, ok := not.X.(*script.Call)
	if !ok || script.LastName(call.Fn) == "" {
		return nil
	}
	script.Walk(s.Then, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.If, *script.Function:
			return false
		case *script.String:
			if complaint.MatchString(n.Value) {
				out = append(out, refusal{script.LastName(call.Fn), complaintOf(n.Value)})
			}
		}
		return true
	})
	return out
}

// misnamed leaves out the checks whose messages all speak of something else than their names, and what the value is called
// inside of them.
func (e *Reading) misnamed(c *flow.Control, r *Reader) {
	for _, m := range []*project.Module{scriptOf(c.Unit), scriptOf(c.Page)} {
		if m == nil || m.Tree == nil || len(e.validators) == 0 {
			continue
		}
		all := r.refusalsIn(m)
		e.validators = slices.DeleteFunc(slices.Clone(e.validators), func(v Clue) bool {
			named := func(x refusal) bool { return x.check == v.Text }
			agree := func(x refusal) bool { return named(x) && !speaksOfOther(x.said, v.sense) }
			if !slices.ContainsFunc(all, named) || slices.ContainsFunc(all, agree) {
				return false
			}
			inside := bodyOf(m, v.Text)
			e.keys = slices.DeleteFunc(slices.Clone(e.keys), func(k Clue) bool { return k.At.File == m.File && inside.Contains(k.At.Span) })
			return true
		})
	}
}

// speaksOfOther reports whether what is said names a thing, and none that sense has.
func speaksOfOther(said, sense Sense) bool {
	other := said.topics[topicOther] // 学号错误
	for _, c := range finding.Categories() {
		if _, same := sense.signs[c]; same && said.Weight(c) > None {
			return false
		}
		other = other || said.Tells(c)
	}
	return other
}

// bodyOf is where m writes the function of a name as a method or property; nowhere if it does not.
func bodyOf(m *project.Module, name string) (at source.Span) {
	script.Walk(m.Tree, func(n script.Node) bool {
		if p, ok := n.(*script.Property); ok && p.Key == name {
			if f, is := p.Value.(*script.Function); is {
				at = f.Range()
			}
		}
		return true
	})
	return at
}
