package control

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// reconcile settles which of label and placeholder counts if they disagree: one
// may belong to another control, be a heading over several, or have been copied.
func (e *Reading) reconcile() {
	e.labels = e.shown()
	if len(e.hints) == 1 && anything.MatchString(e.hints[0].Text) && !tells(e.hints[0]) {
		e.labels = slices.DeleteFunc(slices.Clone(e.labels), tells) // of what is shown around the box of a chat
		return
	}
	if len(e.labels) != 1 || len(e.hints) != 1 {
		return
	}
	label, hint := e.labels[0], e.hints[0]
	if label.sense.anyWay() && hint.sense.otherWay() && hint.sense.Weight(finding.Phone) == None {
		e.labels = nil // 联系方式 over 请输入邮箱
		return
	}
	if !tells(label) || !tells(hint) || agree(label, hint) {
		return
	}
	if saysReal(label) && hint.sense.Weight(finding.Nickname) > None {
		e.hints = nil
		return
	}
	if label.sense.Weight(finding.Nickname) == Strong && mayBeNickname(hint) {
		e.hints = nil
		return
	}
	switch l, h := e.support(label), e.support(hint); {
	case l > h:
		e.hints = nil
	case h > l:
		e.labels = nil
	}
}

// anything finds a placeholder that asks for a message, of whatever: 来说点什么.
var anything = regexp.MustCompile(`^(请|来|快来|我来|我也来?)?(随便)?([说聊写][点些]|说说|说两句|聊聊)(什么|话|你的想法|您的想法)?[吧呗~～.…。！!]*$`)

// saysReal reports whether a text asks for the name that a person really has, which a placeholder that was copied from
// a field for the nickname does not take back: 真实姓名 over 请输入昵称.
func saysReal(c Clue) bool {
	return strings.HasPrefix(c.Text, "真实") && c.sense.Weight(finding.Name) == Strong
}

// mayBeNickname reports whether a placeholder names a person as a nickname may: 请输入您的称呼, 例如 张三.
func mayBeNickname(hint Clue) bool {
	weight := hint.sense.Weight(finding.Name)
	return weight > None && (weight < Strong || instance.MatchString(hint.Text))
}

var instance = regexp.MustCompile(`^(例|如|比如|示例|e\.?g)`)

// shown drops the labels that the control does not have while it shows its
// placeholder: a title that names the field to edit changes with the control.
func (e *Reading) shown() clueList {
	if len(e.labels) < 2 || len(e.hints) != 1 {
		return e.labels
	}
	hint := e.hints[0]
	var out clueList
	for _, l := range e.labels {
		if l.At.File != hint.At.File {
			return e.labels // made by a script, and the placeholder may be as well
		}
		if agree(l, hint) || alike(l, hint) {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		return e.labels
	}
	return out
}

// alike reports whether two texts speak of the same other thing, and of nothing that is
// collected: 金额, 修改账户名 and 请输入账户名.
func alike(a, b Clue) bool {
	if len(a.sense.signs) > 0 || len(b.sense.signs) > 0 {
		return false
	}
	for t := range a.sense.topics {
		if b.sense.topics[t] {
			return true
		}
	}
	return false
}

// tells reports whether a text names a category.
func tells(c Clue) bool {
	for category, s := range c.sense.signs {
		if s.weight > Weak || category == finding.Name {
			return true
		}
	}
	return false
}

// agree reports whether two texts have a category in common.
func agree(a, b Clue) bool {
	for c := range a.sense.signs {
		if _, ok := b.sense.signs[c]; ok {
			return true
		}
	}
	return false
}

// support tells how strongly the names and checks of the control point to a
// category that a text names.
func (e *Reading) support(text Clue) Weight {
	most := None
	for _, c := range finding.Categories() {
		if text.sense.signs[c].weight == None {
			continue
		}
		for _, k := range join(join(e.names, e.keys), join(e.handlers, e.validators)) {
			s := k.sense.signs[c]
			if s.weight == Weak && lastWord(s.term) != "name" {
				continue // contact, user: of anything about a person
			}
			most = max(most, s.weight)
		}
	}
	return most
}
