// Package law is the table of laws and platform documents that rules, rulebooks and
// papers rest on. Each document is listed once, in documents.txt, with its date and
// the source of its text; code cites it by its id.
package law

import (
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Document is a law, a notice or a document of a platform.
type Document struct {
	ID     string
	Title  lang.Text // as it is cited
	Brief  lang.Text // in running text
	Issuer lang.Text
	Number string
	Date   string // in force since or, of notices, made: YYYY-MM-DD; "" if it is not known
	Force  string // in force since
	Read   string // the source of the text
	URL    string // "" if there is no stable address
}

// Snapshot is the day on which the documents were last checked, YYYY-MM-DD.
func Snapshot() string { return documents().snapshot }

// Find returns the document of that id. It panics if documents.txt has none: ids
// are part of the program, and a test finds every one.
func Find(id string) Document {
	d := documents().byID[id]
	if d == nil {
		panic("law: no document " + id)
	}
	return *d
}

// Citation is a document, or some of its articles, that something is based on.
type Citation struct {
	Document
	Articles string    // "13, 14, 28-30"; "" for the whole
	Subject  lang.Text // what they are about, for a reader who does not know them by number
}

// Cite returns a citation of articles of the document with that id: "13, 14, 28-30",
// or none for the whole document.
func Cite(id string, articles ...string) Citation {
	return Citation{Document: Find(id), Articles: strings.Join(articles, ", ")}
}

// File is a citation of something that is no law but explains a rule: a file of
// the scanned project, a page of the documentation of beian.
func File(title lang.Text) Citation {
	return Citation{Document: Document{Title: title, Brief: title}}
}

// About returns c with what the cited part is about.
func (c Citation) About(zh, en string) Citation {
	c.Subject = lang.Both(zh, en)
	return c
}

// Name is the title, the articles and what they are about, in the given language.
func (c Citation) Name(in lang.Code) string {
	name := c.Title.In(in) + c.articles(in, !strings.HasSuffix(c.Title.ZH, "）"))
	if about := c.Subject.In(in); about != "" {
		name += in.Say("（"+about+"）", " ("+about+")")
	}
	return name
}

// In is Name with the date of the document.
func (c Citation) In(in lang.Code) string {
	if c.Date == "" {
		return c.Name(in)
	}
	return c.Name(in) + in.Say("，", ", ") + c.Date
}

// Brief is c in running text: 个人信息保护法第 17 条, PIPL art. 17.
func (c Citation) Brief() lang.Text {
	zh := c.Document.Brief.ZH + c.articles(lang.Chinese, false)
	en := c.Document.Brief.EN + strings.TrimPrefix(c.articles(lang.English, false), ",")
	return lang.Both(zh, en)
}

// articles is the text behind the name of the document. Chinese sets a blank
// before 第 if apart is set.
func (c Citation) articles(in lang.Code, apart bool) string {
	switch {
	case c.Articles == "":
		return ""
	case in != lang.English:
		before := ""
		if apart {
			before = " "
		}
		return before + "第 " + strings.ReplaceAll(c.Articles, ", ", "、") + " 条"
	case strings.ContainsAny(c.Articles, ",-"):
		return ", arts. " + c.Articles
	}
	return ", art. " + c.Articles
}
