package report

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// No format may print personal data of the scanned source, and masking must not
// move the place of anything.
func TestPersonalDataIsMasked(t *testing.T) {
	r := sample(t)
	for name, format := range Formats {
		for _, language := range []lang.Code{lang.Chinese, lang.English} {
			out := string(write(t, format, r, Options{Lang: language, Verbose: true}))
			require.NotContains(t, out, "13912345678", name)
			require.NotContains(t, out, "11010519491231002X", name)
			require.NotContains(t, out, "wang.xiao", name)
			if name == "text" || name == "json" || name == "jsonl" || name == "sarif" { // those that quote the source
				require.Contains(t, out, "139****5678", name)
			}
		}
	}
	for twin, original := range r.masker.original {
		require.Len(t, twin.Text, len(original))
	}
}

// phone is in every string that filler writes.
const phone = "13912345678"

// filler fills a value with phone numbers: every string, every list with one item.
// Strings of our own vocabulary get a known word or stay, and so do the fields in
// verbatim and paths.
type filler struct {
	t      *testing.T
	file   *source.File
	filled int
}

func (fl *filler) fill(v reflect.Value, field string) {
	switch {
	case verbatim[field] != "" || paths[field]:
		return
	case v.Type() == fileType:
		v.Set(reflect.ValueOf(fl.file))
		return
	case v.Type() == ruleType:
		v.Set(reflect.ValueOf(&finding.Rule{ID: "field/phone", Kind: finding.KindField}))
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.Type() == plainString {
			v.SetString("tel " + phone + " of " + field)
			fl.filled++
		}
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			require.True(fl.t, f.IsExported(), "%s.%s is not seen by the masker", v.Type(), f.Name)
			fl.fill(v.Field(i), v.Type().Name()+"."+f.Name)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fl.fill(v.Index(0), field)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fl.fill(v.Elem(), field)
	case reflect.Bool:
		v.SetBool(true)
	}
}

// Whatever string of a program holds personal data, no format prints it. This
// covers findings, facts, verdict, inputs and what is unread, and fields that are
// added later.
func TestEveryStringIsMasked(t *testing.T) {
	fl := &filler{t: t, file: source.NewFile("pages/a/a.wxml", "<input value=\""+phone+"\" />\n")}
	for name, change := range map[string]func(*Program){
		"as it is":  func(p *Program) { p.Findings[0].Acceptance = finding.Acceptance{}; p.Findings[0].Library = "" },
		"accepted":  func(p *Program) { p.Findings[0].Library = "" },
		"a library": func(p *Program) { p.Findings[0].Acceptance = finding.Acceptance{} },
		"a note": func(p *Program) {
			f := &p.Findings[0]
			f.Acceptance, f.Library, f.Kind = finding.Acceptance{}, "", finding.KindSink
		},
	} {
		var p Program
		fl.fill(reflect.ValueOf(&p).Elem(), "")
		p.Findings[0].Kind, p.Findings[0].Category, p.Findings[0].Confidence = finding.KindField, finding.Phone, finding.High
		change(&p)
		r := New(Tool{"beian", "test"}, nil)
		r.Add(p, "")
		require.Greater(t, fl.filled, 50)
		for format, write := range Formats {
			for _, language := range []lang.Code{lang.Chinese, lang.English} {
				for _, o := range []Options{{}, {Suppressed: true, Trace: true}, {Quiet: true}} {
					o.Lang = language
					var out strings.Builder
					require.NoError(t, write(&out, r, o), format)
					require.NotContains(t, out.String(), phone, "%s, %s", name, format)
				}
			}
		}
		require.Equal(t, "tel "+phone+" of Finding.Subject", p.Findings[0].Subject, "the masker works on a copy")
	}

	var e Explanation
	fl.fill(reflect.ValueOf(&e).Elem(), "")
	for _, change := range []func(){
		func() {}, func() { e.Findings[0].Acceptance = finding.Acceptance{} },
		func() { e.Findings[0].Library = "" }, func() { e.Findings[0].Flows = nil },
	} {
		change()
		var out strings.Builder
		require.NoError(t, Why(&out, &e, Options{Lang: "en"}))
		require.NotContains(t, out.String(), phone)
		require.Contains(t, out.String(), "139****5678")
	}
}

// A label of a megabyte does not make a report of many.
func TestLongTextsAreCut(t *testing.T) {
	m := newMasker()
	long := strings.Repeat("页", maxText)
	require.Equal(t, long, masked(&m, "", finding.Finding{Subject: long}).Subject)
	require.Equal(t, long+"…", masked(&m, "", finding.Finding{Subject: long + "面"}).Subject)
	require.Equal(t, long+"面", masked(&m, "", Fix{Text: long + "面"}).Text, "it is written into a file")
}
