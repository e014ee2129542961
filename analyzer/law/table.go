package law

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/beian/beian/analyzer/lang"
)

//go:embed documents.txt
var documentsText string

// table is documents.txt.
type table struct {
	snapshot string
	order    []*Document
	byID     map[string]*Document
}

var documents = sync.OnceValue(func() *table {
	t, err := parse(documentsText)
	if err != nil {
		panic("law: " + err.Error()) // the table is part of the program; a test loads it
	}
	return t
})

func parse(text string) (*table, error) {
	t := &table{byID: map[string]*Document{}}
	var d *Document
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		key, value, _ := strings.Cut(line, " ")
		value = strings.TrimSpace(value)
		var err error
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			d = &Document{ID: strings.Trim(line, "[]")}
			err = t.add(d)
		case value == "":
			err = fmt.Errorf("%s has no value", key)
		case key == "snapshot" && d == nil:
			t.snapshot, err = value, day(value)
		case d == nil:
			err = fmt.Errorf("%s belongs to no document", key)
		default:
			err = d.set(key, value)
		}
		if err != nil {
			return nil, fmt.Errorf("documents.txt:%d: %w", number, err)
		}
	}
	return t, t.complete()
}

func (t *table) add(d *Document) error {
	if d.ID == "" || t.byID[d.ID] != nil {
		return fmt.Errorf("the id %q is empty or given twice", d.ID)
	}
	t.order, t.byID[d.ID] = append(t.order, d), d
	return nil
}

// set takes one line of a document.
func (d *Document) set(key, value string) error {
	texts := map[string]*lang.Text{"title": &d.Title, "brief": &d.Brief, "issuer": &d.Issuer}
	words := map[string]*string{"number": &d.Number, "date": &d.Date, "force": &d.Force, "read": &d.Read, "url": &d.URL}
	switch text, word := texts[key], words[key]; {
	case text != nil && *text == lang.Text{}:
		zh, en, ok := strings.Cut(value, " | ")
		if !ok {
			return fmt.Errorf("%s: want a text in Chinese | in English", key)
		}
		*text = lang.Both(strings.TrimSpace(zh), strings.TrimSpace(en))
	case word != nil && *word == "":
		*word = value
	default:
		return fmt.Errorf("%s is not known or given twice", key)
	}
	if (key == "date" && value != "-") || key == "force" {
		return day(value)
	}
	return nil
}

// complete checks what every document needs, and fills in what follows from it.
func (t *table) complete() error {
	if t.snapshot == "" {
		return fmt.Errorf("documents.txt: no snapshot")
	}
	for _, d := range t.order {
		if d.Title == (lang.Text{}) || d.Date == "" || d.Read == "" {
			return fmt.Errorf("documents.txt: %s lacks its title, its date or where it was read", d.ID)
		}
		if d.Date == "-" {
			d.Date = ""
		}
		if d.Force == "" {
			d.Force = d.Date
		}
		if d.Brief == (lang.Text{}) {
			d.Brief = d.Title
		}
	}
	return nil
}

func day(s string) error {
	_, err := time.Parse(time.DateOnly, s)
	return err
}
