package finding

import (
	"slices"

	"github.com/beian/beian/analyzer/lang"
)

// CategoryList is several categories, such as those that a program collects.
type CategoryList []Category

// CategoriesOf lists the categories of findings, each category once, in the order
// of Categories.
func CategoriesOf(found []*Finding) CategoryList {
	var all CategoryList
	for _, f := range found {
		all = append(all, f.Category)
	}
	return all.InOrder()
}

// InOrder returns the categories of l, each once, in the order of Categories.
func (l CategoryList) InOrder() CategoryList {
	var out CategoryList
	for _, c := range Categories() {
		if slices.Contains(l, c) {
			out = append(out, c)
		}
	}
	return out
}

// Title names the categories as in a sentence: "names, phone numbers, and ID
// numbers".
func (l CategoryList) Title() lang.Text {
	titles := make([]lang.Text, len(l))
	for i, c := range l {
		titles[i] = c.Title()
		if f := categories().facts[c]; f != nil {
			titles[i] = f.plural
		}
	}
	return lang.Listed(titles)
}

// In is Title in the given language. With it, a CategoryList is an argument for
// lang.Textf.
func (l CategoryList) In(c lang.Code) string { return l.Title().In(c) }
