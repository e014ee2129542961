package flow

// The title of a page may say what its one field asks for, and only once it runs.

func init() {
	specials["setNavigationBarTitle"], specials["setNavigationBar"] = titled, titled
}

// titled notes what a page calls itself, whoever says it for the page.
func titled(m *machine, c *call) *Value {
	if i := m.frame.page(); i != nil {
		for _, t := range appendTexts(nil, m.get(c.arg(0), "title"), m.here()) {
			if len(i.titles) < maxTitles && !hasText(i.titles, t.String) {
				i.titles = append(i.titles, t)
			}
		}
	}
	return nil
}

// maxTitles is how many titles of a page are kept: a form for any field of a person has fewer.
const maxTitles = 32

// titles are what code calls the page of s.
func (s *scope) titles() []Text {
	if s == nil || s.instance == nil || s.instance.page == nil {
		return nil
	}
	return s.instance.page.titles
}
