package policy

import (
	"cmp"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// Answer is what `beian privacy --policy` says about one program.
type Answer struct {
	Program    string // its name
	Root       string // its directory, relative to the scanned one
	Policy     string // the file, as it was named
	Comparison *Comparison
}

var kinds = []struct {
	kind  Kind
	title lang.Text
}{
	{Denied, lang.Both("文本否认而代码收集", "Denied by the text, collected by the code")},
	{Untold, lang.Both("代码收集而文本没有写", "Collected by the code, not told by the text")},
	{NoRecipient, lang.Both("接收方没有写", "Recipients that are not told")},
	{MissingPart, lang.Both("法律要求而文本缺少", "Asked for by the law, missing in the text")},
	{Unshown, lang.Both("文本写了、代码中未发现（请核对）", "Told by the text, not found in the code (to check)")},
	{OtherParty, lang.Both("文本提到、代码中未发现的服务（请核对）", "Services that the text names and the code does not show (to check)")},
	{NoPurpose, lang.Both("没有看到用途（请核对）", "No purpose seen (to check)")},
	{Right, lang.Both("个人权利（请核对）", "Rights of individuals (to check)")},
}

// WriteText writes answers for people.
func WriteText(w io.Writer, answers []Answer, in lang.Code) error {
	t := &textWriter{lang.Writer{Lang: in}}
	for i, a := range answers {
		if i > 0 {
			t.Line("")
		}
		t.answer(a)
	}
	_, err := io.WriteString(w, t.String())
	return err
}

type textWriter struct{ lang.Writer }

func (t *textWriter) answer(a Answer) {
	c := a.Comparison
	t.Line("%s  %s", source.Printable(a.Program), t.Say("隐私政策 ", "privacy policy ")+source.Printable(a.Policy))
	t.Line("")
	list := func(title string, all finding.CategoryList) {
		text := t.Say("无", "none")
		if len(all) > 0 {
			text = all.In(t.Lang)
		}
		t.Line("%s%s", title, text)
	}
	list(t.Say("文本写明收集：", "Told by the text: "), c.Told)
	if len(c.Denied) > 0 {
		list(t.Say("文本说不收集：", "Denied by the text: "), c.Denied)
	}
	list(t.Say("代码收集：", "Collected by the code: "), c.Collected)
	t.purposes(a)
	for _, k := range namedKinds {
		t.named(a, k.kind, k.title)
	}
	for _, k := range kinds {
		open := false
		for _, d := range c.Differences {
			if d.Kind != k.kind {
				continue
			}
			if !open {
				open = true
				t.Line("")
				t.Line("%s", k.title.In(t.Lang))
			}
			t.difference(a.Policy, d)
		}
	}
	t.Line("")
	if !c.Differs() {
		t.Line("%s", t.Say("没有发现必须修改的出入。", "No difference was found that has to be mended."))
	}
	t.Line("%s", t.Say("按词语和句子比较，不是法律意见；服务端收集的信息代码看不出。", "Compared by words and sentences; this is no legal advice. What a server collects is not in the code."))
}

var namedKinds = []struct {
	kind  NamedKind
	title lang.Text
}{
	{NamedRecipient, lang.Both("文本提到的服务", "Services in the text")},
	{NamedRight, lang.Both("文本写明的权利", "Rights in the text")},
	{NamedPart, lang.Both("法律要求的内容，文本已写", "Asked for by the law, told by the text")},
}

// purposes lists what the text says it collects, each category with its purposes and the
// line of the first.
func (t *textWriter) purposes(a Answer) {
	open := false
	for _, category := range a.Comparison.Told {
		var aims []string
		line := 0
		for _, x := range a.Comparison.Claims {
			if x.Category != category || x.Denied || x.Purpose == "" {
				continue
			}
			line = cmp.Or(line, x.Line)
			if aim := finding.Mask(x.Purpose); !slices.Contains(aims, aim) && len(aims) < 3 {
				aims = append(aims, aim)
			}
		}
		if len(aims) == 0 {
			continue
		}
		if !open {
			open = true
			t.Line("")
			t.Line("%s", t.Say("文本写明的用途", "Purposes in the text"))
		}
		t.Line("  %s%s  %s:%d", t.Lang.Sentence(category.Title().In(t.Lang)),
			source.Printable(t.Say("：", ": ")+strings.Join(aims, t.Say("；", "; "))), source.Printable(a.Policy), line)
	}
}

// named lists what the text names of one kind, each with its line.
func (t *textWriter) named(a Answer, kind NamedKind, title lang.Text) {
	open := false
	for _, n := range a.Comparison.Named {
		if n.What != kind {
			continue
		}
		if !open {
			open = true
			t.Line("")
			t.Line("%s", title.In(t.Lang))
		}
		t.Line("  %s  %s:%d", source.Printable(t.Lang.Sentence(n.Title.In(t.Lang))), source.Printable(a.Policy), n.Sentence.Line)
	}
}

func (t *textWriter) difference(policy string, d Difference) {
	text := "  " + source.Printable(t.Lang.Sentence(d.Message.In(t.Lang)))
	if !d.Location.IsZero() {
		text += "  " + source.Printable(d.Location.Link())
	}
	t.Line("%s", text)
	if d.Sentence.Text != "" {
		t.Line("    %s:%d  %s", source.Printable(policy), d.Sentence.Line, source.Printable(finding.Mask(shortened(d.Sentence.Text))))
	}
}

// longest is how many characters of a sentence are quoted.
const longest = 80

func shortened(s string) string {
	if runes := []rune(s); len(runes) > longest {
		return string(runes[:longest]) + "…"
	}
	return s
}

// WriteJSON writes answers for programs, schemaVersion 1.
func WriteJSON(w io.Writer, answers []Answer, in lang.Code) error {
	doc := jsonDoc{SchemaVersion: 1, Programs: []jsonProgram{}}
	for _, a := range answers {
		c := a.Comparison
		p := jsonProgram{
			Name: a.Program, Root: a.Root, Policy: a.Policy,
			Told: append(finding.CategoryList{}, c.Told...), Denied: append(finding.CategoryList{}, c.Denied...),
			Collected: append(finding.CategoryList{}, c.Collected...), Recipients: append([]string{}, c.Recipients...),
			Rights: []string{}, Named: []jsonNamed{}, Claims: []jsonClaim{}, Differences: []jsonDifference{},
		}
		for _, r := range c.Rights {
			p.Rights = append(p.Rights, r.In(in))
		}
		for _, n := range c.Named {
			p.Named = append(p.Named, jsonNamed{n.What, n.Title.In(in), n.Sentence.Line, finding.Mask(n.Sentence.Text)})
		}
		for _, x := range c.Claims {
			p.Claims = append(p.Claims, jsonClaim{x.Category, x.Denied, x.Line, finding.Mask(x.Text), finding.Mask(x.Purpose)})
		}
		for _, k := range kinds {
			for _, d := range c.Differences {
				if d.Kind != k.kind {
					continue
				}
				j := jsonDifference{Kind: d.Kind, Fault: d.Kind.Faults(), Category: d.Category, Message: d.Message.In(in),
					Sentence: finding.Mask(d.Sentence.Text), Line: d.Sentence.Line}
				if !d.Location.IsZero() {
					j.Path, j.PathLine = d.Location.File.Path, d.Location.Start().Line
				}
				p.Differences = append(p.Differences, j)
			}
		}
		doc.Programs = append(doc.Programs, p)
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(doc)
}

type jsonDoc struct {
	SchemaVersion int           `json:"schemaVersion"`
	Programs      []jsonProgram `json:"programs"`
}

type jsonProgram struct {
	Name        string               `json:"name"`
	Root        string               `json:"root"`
	Policy      string               `json:"policy"`
	Told        finding.CategoryList `json:"told"`
	Denied      finding.CategoryList `json:"denied"`
	Collected   finding.CategoryList `json:"collected"`
	Recipients  []string             `json:"recipients"`
	Rights      []string             `json:"rights"`
	Named       []jsonNamed          `json:"named"`
	Claims      []jsonClaim          `json:"claims"`
	Differences []jsonDifference     `json:"differences"`
}

// jsonNamed is a recipient, right or part that the text names.
type jsonNamed struct {
	Kind     NamedKind `json:"kind"`
	Name     string    `json:"name"`
	Line     int       `json:"line"`
	Sentence string    `json:"sentence"`
}

type jsonClaim struct {
	Category finding.Category `json:"category"`
	Denied   bool             `json:"denied"`
	Line     int              `json:"line"`
	Sentence string           `json:"sentence"`
	Purpose  string           `json:"purpose,omitempty"`
}

type jsonDifference struct {
	Kind     Kind             `json:"kind"`
	Fault    bool             `json:"fault"`
	Category finding.Category `json:"category,omitempty"`
	Message  string           `json:"message"`
	Sentence string           `json:"sentence,omitempty"`
	Line     int              `json:"line,omitempty"`
	Path     string           `json:"path,omitempty"`
	PathLine int              `json:"pathLine,omitempty"`
}
