package report

import (
	"fmt"
	"path"
	"reflect"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
)

// masker copies what was learnt about programs without the personal data in it, and
// without characters that could control a terminal or change the direction of
// writing. It visits every string, so that a string added to a finding or a fact
// tomorrow is masked without anybody thinking of it. A string that is kept must be
// listed in verbatim or have a type of its own: a word of our own vocabulary, such
// as finding.Category.
type masker struct {
	prefix   string // put before paths
	texts    map[string]string
	masked   map[*source.File]*source.File
	original map[*source.File]string // text of a masked file as it is on disk
}

func newMasker() masker {
	return masker{texts: map[string]string{}, masked: map[*source.File]*source.File{}, original: map[*source.File]string{}}
}

// masked returns the masked copy of v. Slices and files are copied, rules and
// numbers behind pointers are shared.
func masked[T any](m *masker, prefix string, v T) T {
	m.prefix = prefix
	m.visit(reflect.ValueOf(&v).Elem(), "")
	return v
}

// verbatim are the fields that are not masked, with the reason.
var verbatim = map[string]string{
	"Finding.Fingerprint": "a hash, by which findings are known again",
}

// paths are the fields with paths, besides those of source.File: true for those below the
// scanned directory, which get the prefix. They keep characters that are not printable,
// since a path has to lead to the file; personal data in them is masked all the same.
var paths = map[string]bool{
	"Project.Root": true, "Unread.Path": true, "Guide.Root": true,
	"Project.Outputs": false, "Project.Elsewhere": false, "Project.Outside": false, "Explanation.Place": false,
}

// maxText is how many runes of a text are shown: a label or a title of the program can
// be megabytes long. What mend writes into a file is whole (Fix.Text).
const maxText = 2000

var (
	plainString = reflect.TypeFor[string]()
	fileType    = reflect.TypeFor[*source.File]()
	ruleType    = reflect.TypeFor[*finding.Rule]()
)

// visit masks v in place. Field is such as Finding.Subject, or "" outside structs.
func (m *masker) visit(v reflect.Value, field string) {
	switch {
	case verbatim[field] != "" || v.Type() == ruleType:
		return
	case v.Type() == fileType:
		v.Set(reflect.ValueOf(m.file(v.Interface().(*source.File))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		below, isPath := paths[field]
		switch {
		case below:
			v.SetString(finding.Mask(path.Join(m.prefix, v.String())))
		case isPath:
			v.SetString(finding.Mask(v.String()))
		case field == "Fix.Text":
			v.SetString(m.text(v.String()))
		case v.Type() == plainString:
			v.SetString(m.text(beginning(v.String())))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				m.visit(v.Field(i), v.Type().Name()+"."+f.Name)
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(all, v)
		for i := range v.Len() {
			m.visit(all.Index(i), field)
		}
		v.Set(all)
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		target := reflect.New(v.Type().Elem())
		target.Elem().Set(v.Elem())
		m.visit(target.Elem(), field)
		v.Set(target)
	case reflect.Bool, reflect.Int, reflect.Int32, reflect.Int64, reflect.Uint8:
	default:
		panic(fmt.Sprintf("report: %s is a %s, which may hold text that nobody masks", field, v.Type()))
	}
}

// text makes a text safe for people to read.
func (m *masker) text(s string) string {
	out, known := m.texts[s]
	if !known {
		out = source.PrintableLines(finding.Mask(s))
		m.texts[s] = out
	}
	return out
}

// beginning returns the first maxText runes of s.
func beginning(s string) string {
	n := 0
	for at := range s {
		if n++; n > maxText {
			return s[:at] + "…"
		}
	}
	return s
}

// maskedBelow is the key of the twin of a file whose path has a prefix.
type maskedBelow struct{ prefix string }

// file returns the twin of f that reports may show. Masking keeps offsets, so
// every span holds in both.
func (m *masker) file(f *source.File) *source.File {
	if f == nil {
		return nil
	}
	if twin := m.masked[f]; twin != nil {
		return twin
	}
	twin := source.Known(&f.Memo, maskedBelow{m.prefix}, func() *source.File {
		twin := source.NewFile(finding.Mask(path.Join(m.prefix, f.Path)), finding.Mask(f.Text))
		twin.Encoding = f.Encoding
		return twin
	})
	m.masked[f] = twin
	m.original[twin] = f.Text
	return twin
}
