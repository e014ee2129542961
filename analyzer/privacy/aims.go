package privacy

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

//go:embed aims.txt
var aimsText string

// aim is one line of aims.txt.
type aim struct {
	words []string
	text  lang.Text
}

// aims are the lines of aims.txt by key, in their order.
var aims = func() map[string][]aim {
	out := map[string][]aim{}
	for line := range strings.Lines(aimsText) {
		cells := strings.Split(strings.TrimSpace(line), "|")
		if len(cells) != 4 || strings.HasPrefix(line, "#") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		a := aim{text: lang.Text{ZH: cells[2], EN: cells[3]}}
		if cells[1] != "" {
			a.words = strings.Split(cells[1], ",")
		}
		out[cells[0]] = append(out[cells[0]], a)
	}
	return out
}()

// Aim drafts the purpose of a type of information from the words of a page: those
// of its title count before those of its labels. Key is a key of the privacy guide,
// a category, or the name used here for an entry that developers add.
func Aim(key, title, labels string) lang.Text {
	for _, words := range []string{title, labels} {
		for _, a := range aims[key] {
			if slices.ContainsFunc(a.words, func(w string) bool { return strings.Contains(words, w) }) {
				return a.text
			}
		}
	}
	if all := aims[key]; len(all) > 0 {
		return all[len(all)-1].text
	}
	return lang.Text{ZH: "办理该页的业务", EN: "do the business of the page"}
}

// KeyOf returns the key of the guide under which a finding's information is
// declared: that of the interface, or of the category if a form collects it;
// the category itself if the guide has no key.
func KeyOf(f *finding.Finding) string {
	form := f.Kind == finding.KindField || f.PrivacyKey == "" || f.Category.Triggers()
	if entry := f.Category.PrivacyEntry(); entry != "" && form {
		return entry
	}
	if f.PrivacyKey != "" {
		return f.PrivacyKey
	}
	return string(f.Category)
}
