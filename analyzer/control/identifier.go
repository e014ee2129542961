package control

import (
	"strings"
	"unicode"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/spelling"
)

// identifier reads a name that a programmer gave: "form.contactPhone",
// "receiver_name", "bindMobileInput". Whole words count, never parts of them:
// hotel holds no tel.
func (l *lexicon) identifier(name string) Sense {
	var r Sense
	path := splitPath(name)
	if len(path) == 0 {
		return r
	}
	last := spelling.Words(path[len(path)-1])
	if len(last) == 0 {
		return r
	}
	for i := 0; i < len(last); {
		m, n := l.match(last[i:])
		if n == 0 {
			i++
			continue
		}
		l.take(&r, path, last, i, n, m)
		i += n
	}
	if len(r.signs) == 0 && last[len(last)-1] == "name" && len(last) > 1 {
		l.compound(&r, last)
	}
	return r
}

// match finds the longest entry that the words begin with. Words written without
// a capital ("realname") are one word and found as such.
func (l *lexicon) match(w []string) (meaning, int) {
	for n := min(l.most, len(w)); n > 0; n-- {
		if m, ok := l.words[strings.Join(w[:n], "")]; ok {
			return m, n
		}
	}
	return meaning{}, 0
}

// take adds what the entry of n words at i means, unless its neighbours say that
// the identifier is about the datum and does not hold it: phoneError, isMobile.
func (l *lexicon) take(r *Sense, path, w []string, i, n int, m meaning) {
	c := m.topic.category()
	if c == "" {
		if m.topic != topicMessage || n == len(w) { // shipTo is no end of a message
			r.note(m.topic)
		}
		return
	}
	for _, after := range w[i+n:] {
		if l.void[after] {
			r.note(topicOther)
			return
		}
	}
	for _, before := range w[:i] {
		switch before {
		case "is", "has", "show", "can", "no", "not", "hide", "err", "error", "tip":
			r.note(topicOther)
			return
		}
	}
	if c == finding.Name && l.persons[w[i+n-1]] && i+n < len(w) && !verb(w[i+n:]) {
		r.note(topicOther) // recipientCity: whose, not who
		return
	}
	if c == finding.IDCard && i > 0 && (things[w[i-1]] || numbered[w[i-1]]) {
		r.note(topicOther) // deviceIdNumber
		return
	}
	if m.weight == None {
		if i+n == len(w) {
			r.widen(c)
		}
		return
	}
	term := strings.Join(w[i:i+n], "")
	if term == "username" || term == "uname" {
		r.note(topicAccount)
	}
	if term == "name" {
		if i > 0 && !verb(w[:i]) {
			if !l.persons[w[i-1]] { // goodsName, shop_name
				r.note(topicOther)
				return
			}
			m.weight = Medium
		} else if len(path) > 1 {
			m.weight = l.owner(spelling.Words(path[len(path)-2]), m.weight)
			if m.weight == None {
				r.note(topicOther)
				return
			}
		}
	}
	thing := c != finding.Name && i > 0 && things[w[i-1]] // servicePhone: whoever answers for the shop
	if thing && c == finding.IDCard {
		r.note(topicOther) // deviceCertNo
		return
	}
	r.add(c, sign{weight: m.weight, term: path[len(path)-1], thing: thing})
}

// compound reads "…Name" without an entry of its own.
func (l *lexicon) compound(r *Sense, w []string) {
	if l.persons[w[len(w)-2]] {
		r.add(finding.Name, sign{weight: Medium, term: strings.Join(w, " ")})
	} else if !verb(w[:len(w)-1]) {
		r.note(topicOther)
	}
}

// owner tells whose name it is in "shop.name" and "patient.name".
func (l *lexicon) owner(w []string, otherwise Weight) Weight {
	if len(w) == 0 {
		return otherwise
	}
	switch last := w[len(w)-1]; {
	case l.persons[w[0]] || l.persons[last]:
		return Weak
	case things[w[0]] || things[last]:
		return None
	}
	return otherwise
}

// things are words for things that are not persons; "shop.name" is not a
// person's name.
var things = spelling.Set(`goods good product shop store file class course book album song city province
	district tag category cate coupon brand spec sku template event route app plugin task team project
	company school bank hospital dept department component icon nav audio video music movie room hotel
	device equipment machine vehicle pet cat dog bird fish rabbit animal plant flower tree toy game article news topic menu food dish group
	activity invoice tab folder service`)

// numbered are words for further things that have a number, but no phone or name of their own.
var numbered = spelling.Set(`order ticket parcel package shipment trade payment transaction record batch serial asset`)

// verbs are words of handlers: bindNameInput, onChangeName.
var verbs = spelling.Set(`bind on handle input set get change update edit save enter my the your in new old
	add modify form data temp tmp cur current value val m v text blur confirm key up keyup write fill do
	listen watch listener catch event fn func to`)

func verb(w []string) bool {
	for _, word := range w {
		if !verbs[word] {
			return false
		}
	}
	return true
}

// splitPath cuts "form.items[0].name" into form, items, name. Indices are left out.
func splitPath(name string) []string {
	var out []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool {
		return r == '.' || r == '[' || r == ']' || r == '\'' || r == '"' || r == '/'
	}) {
		if strings.IndexFunc(part, unicode.IsLetter) >= 0 {
			out = append(out, part)
		}
	}
	return out
}
