package control

import (
	"slices"

	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
)

// A page that others open to edit one of several fields has one box without a text of its own. Its script says what the box asks
// for, where it puts the value by what the page was opened for:
//
//	if (this.data.title == '添加身份证') list.idCard = this.data.value
//	switch (this.title) { case '邮箱': this.save({ mail: this.value }) }

// editsIn are the fields of a script whose value is put somewhere only if something equals a text that names a datum.
func (r *Reader) editsIn(m *project.Module) []FormRule {
	edits, ok := r.edits[m]
	if !ok {
		script.Walk(m.Tree, func(n script.Node) bool {
			switch n := n.(type) {
			case *script.If:
				if text := comparedText(n.Test); text != nil {
					edits = append(edits, putFor(text, n.Then)...)
				}
			case *script.Case:
				if text, is := n.Test.(*script.String); is {
					for _, s := range n.Body {
						edits = append(edits, putFor(text, s)...)
					}
				}
			}
			return true
		})
		r.edits[m] = edits
	}
	return edits
}

// comparedText is the text that x compares something with: title == '添加身份证'.
func comparedText(x script.Expr) *script.String {
	b, ok := x.(*script.Binary)
	if !ok || b.Op != "==" && b.Op != "===" {
		return nil
	}
	if s, is := b.Y.(*script.String); is {
		return s
	}
	s, _ := b.X.(*script.String)
	return s
}

// putFor are the fields whose value body puts somewhere, of the categories that text names for certain.
func putFor(text *script.String, body script.Node) (out []FormRule) {
	named := lexicons().label(text.Value).surely(text.Value)
	if len(named) != 1 {
		return nil
	}
	put := func(x script.Expr) {
		if field := script.LastName(x); field != "" {
			out = append(out, FormRule{Field: field, Category: named[0], Text: text.Value, Span: text.Span})
		}
	}
	script.Walk(body, func(n script.Node) bool {
		switch n := n.(type) {
		case *script.Assign:
			put(n.Value)
		case *script.Property:
			put(n.Value)
		case *script.If, *script.Function:
			return false
		}
		return true
	})
	return out
}

// edited adds what a box without a text asks for, field by field.
func (e *Reading) edited(fields map[string]bool, m *project.Module, r *Reader) {
	for _, put := range r.editsIn(m) {
		known := slices.ContainsFunc(e.demands, func(k Clue) bool { return k.Text == put.Text })
		if fields[put.Field] && !known {
			e.demands = append(e.demands, put.clue(m))
		}
	}
}
