package suppress

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

var (
	phone = &finding.Rule{ID: "field/phone", Kind: finding.KindField, Category: finding.Phone}
	place = &finding.Rule{ID: "api/location", Kind: finding.KindAPI, Category: finding.Position}
)

// load makes a program of one page from its files.
func load(t *testing.T, files map[string]string) *project.Program {
	t.Helper()
	fsys := fstest.MapFS{
		"app.json":     {Data: []byte(`{"pages":["p/p"]}`)},
		"p/p.wxml":     {Data: []byte(`<view/>`)},
		"p/p.js":       {Data: []byte(`Page({})`)},
		"lone/lone.js": {Data: []byte(`// beian-ignore api/location: 没有页面用到` + "\n")},
	}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(fsys, project.Options{Jobs: 1})
	require.NoError(t, err)
	return programs[0]
}

// find makes a finding of rule at the first place of text in the file.
func find(t *testing.T, p *project.Program, rule *finding.Rule, path, text string) finding.Finding {
	t.Helper()
	var file *source.File
	for _, m := range p.Modules {
		if m.File.Path == path {
			file = m.File
		}
	}
	for _, v := range p.Views {
		if v.File.Path == path {
			file = v.File
		}
	}
	if p.Config.File.Path == path {
		file = p.Config.File
	}
	require.NotNil(t, file, path)
	i := strings.Index(file.Text, text)
	require.GreaterOrEqual(t, i, 0, text)
	return finding.Finding{
		Rule: rule, Kind: rule.Kind, Category: rule.Category, Confidence: finding.High, Reachable: true, Subject: text,
		Location: source.Location{File: file, Span: source.Span{Start: int32(i), End: int32(i + len(text))}},
	}
}

func accepted() *Accepted {
	return &Accepted{Today: "2026-11-23", Rules: []string{"field/phone", "field/name", "api/location"}}
}

func TestComments(t *testing.T) {
	for _, c := range []struct {
		name, path, text, at string
		rule                 *finding.Rule
		want                 string // reason, or the rule of the complaint and part of its message
	}{
		{"next line", "p/p.js", "// beian-ignore api/location: 排序门店\nwx.getLocation()", "wx.getLocation", place, "排序门店"},
		{"same line", "p/p.js", "wx.getLocation() // beian-ignore api/location: 排序门店", "wx.getLocation", place, "排序门店"},
		{"blank and other comments between", "p/p.js", "// beian-ignore api/location: 排序\n\n/* 取位置 */\n// 再说\nwx.getLocation()", "wx.getLocation", place, "排序"},
		{"block over lines", "p/p.js", "/**\n * beian-ignore api/location:\n *   排序\n */\nwx.getLocation()", "wx.getLocation", place, "排序"},
		{"block before code of its line", "p/p.js", "/* beian-ignore api/location: 排序 */ wx.getLocation()", "wx.getLocation", place, "排序"},
		{"full-width colon, list", "p/p.js", "// beian-ignore field/phone、api/location： 排序\nwx.getLocation()", "wx.getLocation", place, "suppress/unused field/phone"},
		{"line too far", "p/p.js", "// beian-ignore api/location: 排序\nlet a\nwx.getLocation()", "wx.getLocation", place, "suppress/unused api/location"},
		{"same line speaks not of the next", "p/p.js", "let a // beian-ignore api/location: 排序\nwx.getLocation()", "wx.getLocation", place, "suppress/unused api/location"},
		{"other rule", "p/p.js", "// beian-ignore field/phone: 排序\nwx.getLocation()", "wx.getLocation", place, "suppress/unused field/phone"},
		{"no reason", "p/p.js", "// beian-ignore api/location\nwx.getLocation()", "wx.getLocation", place, "suppress/malformed reason"},
		{"empty reason", "p/p.js", "// beian-ignore api/location:  \nwx.getLocation()", "wx.getLocation", place, "suppress/malformed reason"},
		{"no rule", "p/p.js", "// beian-ignore\nwx.getLocation()", "wx.getLocation", place, "suppress/malformed no rule"},
		{"no colon", "p/p.js", "// beian-ignore api/location 排序\nwx.getLocation()", "wx.getLocation", place, "suppress/malformed colon"},
		{"unknown rule", "p/p.js", "// beian-ignore api/locaton: 排序\nwx.getLocation()", "wx.getLocation", place, "suppress/malformed did you mean api/location?"},
		{"another word", "p/p.js", "// beian-ignored things\nwx.getLocation()", "wx.getLocation", place, ""},
		{"in a string", "p/p.js", "let s = '// beian-ignore api/location: x'\nwx.getLocation()", "wx.getLocation", place, ""},
		{"template", "p/p.wxml", "<view>\n<!-- beian-ignore field/phone: 门店电话 -->\n\n<input placeholder='电话'/></view>", "<input placeholder='电话'/>", phone, "门店电话"},
		{"template, two comments", "p/p.wxml", "<!-- beian-ignore field/phone: 门店电话 --><!-- 说明 --><input/>", "<input/>", phone, "门店电话"},
		{"template, the element behind", "p/p.wxml", "<!-- beian-ignore field/phone: 门店 --><view/><input/>", "<input/>", phone, "suppress/unused field/phone"},
		{"template, not what is within", "p/p.wxml", "<!-- beian-ignore field/phone: 门店 --><view><input/></view>", "<input/>", phone, "suppress/unused field/phone"},
		{"template, no reason", "p/p.wxml", "<!-- beian-ignore field/phone --><input/>", "<input/>", phone, "suppress/malformed reason"},
		{"JSON with comments", "app.json", "{\"pages\":[\"p/p\"],\n// beian-ignore api/location: 配送范围\n\"permission\":{} // x\n}", `"permission"`, place, "配送范围"},
		{"JSON, in a string", "app.json", "{\"pages\":[\"p/p\"],\n\"a\":\"// beian-ignore api/location: x\",\n\"permission\":{}}", `"permission"`, place, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := load(t, map[string]string{c.path: c.text})
			out := accepted().Apply(p, []finding.Finding{find(t, p, c.rule, c.path, c.at)})
			var about *finding.Finding
			var own finding.Finding
			for i := range out {
				if out[i].Rule == c.rule {
					own = out[i]
				} else {
					about = &out[i]
				}
			}
			rule, part, complains := strings.Cut(c.want, " ")
			complains = complains && strings.HasPrefix(rule, "suppress/")
			require.NotEmpty(t, own.Fingerprint)
			switch {
			case complains:
				require.NotNil(t, about)
				require.Equal(t, rule, about.Rule.ID)
				require.Contains(t, about.Message.EN, part)
				require.NotEmpty(t, about.Message.ZH)
			default:
				require.Nil(t, about)
				require.Equal(t, c.want, own.Acceptance.Reason)
				require.Equal(t, c.want != "", own.Dismissed())
			}
		})
	}
}

func TestEntries(t *testing.T) {
	p := load(t, map[string]string{"p/p.js": "wx.getLocation()"})
	a := accepted()
	at := source.Location{File: source.NewFile("beian.yaml", "suppress:\n")}
	a.Entries = []*Entry{
		{Path: "p/**", Rule: "api/location", Reason: "排序门店", Location: at},
		{Path: "q/**", Rule: "api/location", Reason: "排序门店", Location: at},
		{Path: "**", Rule: "field/phone", Reason: "x", Location: at},
	}
	out := a.Apply(p, []finding.Finding{find(t, p, place, "p/p.js", "wx.getLocation")})
	require.Len(t, out, 1)
	require.Equal(t, finding.ByConfig, out[0].Acceptance.By)
	unused := a.Unused()
	require.Len(t, unused, 2)
	require.Contains(t, unused[0].Message.EN, "q/**")
}

// Each keyword is an act of its own. An entry names its act, or means known. Known
// wins over not personal, whoever says it.
func TestActs(t *testing.T) {
	const accept, ignore = "// beian-accept api/location: 排序\n", "// beian-ignore api/location: 误报\n"
	for _, c := range []struct {
		name, text string
		entry      finding.AcceptedAs // of beian.yaml; "none" for no entry
		baseline   finding.AcceptedAs // likewise
		want       finding.Acceptance
	}{
		{"accept", accept, "none", "none", finding.Acceptance{As: finding.Known, By: finding.ByComment, Reason: "排序"}},
		{"ignore", ignore, "none", "none", finding.Acceptance{As: finding.NotPersonal, By: finding.ByComment, Reason: "误报"}},
		{"another word", "// beian-accepted api/location: 排序\n", "none", "none", finding.Acceptance{}},
		{"no reason", "// beian-accept api/location\n", "none", "none", finding.Acceptance{}},
		{"entry, no act", "", "", "none", finding.Acceptance{As: finding.Known, By: finding.ByConfig, Reason: "条目", Assumed: true}},
		{"entry, mistake", "", finding.NotPersonal, "none", finding.Acceptance{As: finding.NotPersonal, By: finding.ByConfig, Reason: "条目"}},
		{"baseline, no act", "", "none", "", finding.Acceptance{As: finding.Known, By: finding.ByBaseline, Reason: "基线", Assumed: true}},
		{"the nearest is named", accept, finding.Known, finding.Known, finding.Acceptance{As: finding.Known, By: finding.ByComment, Reason: "排序"}},
		{"both in comments", ignore + accept, "none", "none", finding.Acceptance{As: finding.Known, By: finding.ByComment, Reason: "排序",
			Overruled: finding.Overruled{By: finding.ByComment, Reason: "误报"}}},
		{"comment against baseline", ignore, "none", finding.Known, finding.Acceptance{As: finding.Known, By: finding.ByBaseline, Reason: "基线",
			Overruled: finding.Overruled{By: finding.ByComment, Reason: "误报"}}},
	} {
		p := load(t, map[string]string{"p/p.js": c.text + "wx.getLocation()"})
		found := detect.Arrange([]finding.Finding{find(t, p, place, "p/p.js", "wx.getLocation")}, "")
		a := accepted()
		if c.entry != "none" {
			a.Entries = []*Entry{{Path: "p/**", Rule: "api/location", As: c.entry, Reason: "条目"}}
		}
		if c.baseline != "none" {
			a.Baseline = &Baseline{}
			a.Baseline.Add(found, BaselineEntry{As: c.baseline, Reason: "基线", Date: a.Today})
		}
		out := a.Apply(p, found)
		i := slices.IndexFunc(out, func(f finding.Finding) bool { return f.Rule == place })
		require.Equal(t, c.want, out[i].Acceptance, c.name)
	}
}

// What Comment writes is read back as the same act, if a reason is given.
func TestCommentIsRead(t *testing.T) {
	for _, c := range []struct {
		path, before, at, behind string
		rule                     *finding.Rule
		form                     Form
	}{
		{"p/p.wxml", "<view>\n", "<input/>", "</view>", phone, BeforeElement},
		{"p/p.js", "let a\n", "wx.getLocation", "()", place, LineBefore},
		{"app.json", "{\"pages\":[\"p/p\"],\n", `"permission"`, ":{}}", place, NoComment},
	} {
		for _, as := range []finding.AcceptedAs{finding.Known, finding.NotPersonal} {
			for _, reason := range []string{"排序", ""} {
				p := load(t, map[string]string{c.path: c.before + c.at + c.behind})
				f := find(t, p, c.rule, c.path, c.at)
				text, form := Comment(&f, as, reason)
				require.Equal(t, c.form, form, c.path)
				if form == NoComment {
					continue
				}
				p = load(t, map[string]string{c.path: c.before + text + "\n" + c.at + c.behind})
				out := accepted().Apply(p, []finding.Finding{find(t, p, c.rule, c.path, c.at)})
				i := slices.IndexFunc(out, func(f finding.Finding) bool { return f.Rule == c.rule })
				want := finding.Acceptance{As: as, By: finding.ByComment, Reason: reason}
				if reason == "" {
					want = finding.Acceptance{}
				}
				require.Equal(t, want, out[i].Acceptance, text)
			}
		}
	}
}

func TestBaseline(t *testing.T) {
	p := load(t, map[string]string{"p/p.js": "wx.getLocation()"})
	found := detect.Arrange([]finding.Finding{find(t, p, place, "p/p.js", "wx.getLocation")}, "")
	base := &Baseline{}
	added, renewed := base.Add(found, BaselineEntry{Reason: "已备案", Author: "张三", Date: "2026-11-23", Expires: "2026-12-31"})
	require.Equal(t, [2]int{1, 0}, [2]int{added, renewed})
	read, err := ParseBaseline(base.Format())
	require.NoError(t, err)
	require.Equal(t, base, read)

	a := accepted()
	a.Baseline = read
	out := a.Apply(p, found)
	require.True(t, out[0].Accepted())
	require.Equal(t, "已备案", out[0].Acceptance.Reason)
	require.False(t, out[0].Dismissed(), "an entry that does not say as what is known")
	require.True(t, out[0].Acceptance.Assumed)

	a.Today = "2026-12-31"
	require.True(t, a.Apply(p, found)[0].Accepted(), "the day of expiry still holds")
	a.Today = "2027-01-01"
	out = a.Apply(p, found)
	require.False(t, out[0].Accepted())
	require.Equal(t, "expired", out[0].Evidence[0].What)

	added, renewed = base.Add(found, BaselineEntry{Reason: "再一年", Date: "2027-01-01", Expires: "2027-12-31"})
	require.Equal(t, [2]int{0, 1}, [2]int{added, renewed})
	require.Equal(t, 0, base.Prune(found))
	require.Equal(t, 1, base.Prune(nil))
}

func TestParseBaselineRefuses(t *testing.T) {
	entry := `{"fingerprint":"0123456789abcdef","rule":"field/phone","path":"a","subject":"","reason":"x","author":"","date":"2026-01-01"}`
	for text, want := range map[string]string{
		``:                              "no baseline",
		`[]`:                            "no baseline",
		`{"version":2}`:                 "version is 2",
		`{"version":1,"entrys":[]}`:     "entrys",
		`{"version":1,"entries":[]} {}`: "follows",
		`{"version":1,"entries":[` + entry + `,` + entry + `]}`:                                      "twice",
		`{"version":1,"entries":[` + strings.Replace(entry, `"x"`, `" "`, 1) + `]}`:                  "no reason",
		`{"version":1,"entries":[` + strings.Replace(entry, `"x"`, `"x","as":"accepted"`, 1) + `]}`:  "one of: known, not-personal",
		`{"version":1,"entries":[` + strings.Replace(entry, `0123`, `012G`, 1) + `]}`:                "no fingerprint",
		`{"version":1,"entries":[` + strings.Replace(entry, `"x"`, `"x","expires":"soon"`, 1) + `]}`: "no date",
	} {
		_, err := ParseBaseline([]byte(text))
		require.ErrorContains(t, err, want, text)
	}
}

// Fingerprints must survive what editors and formatters do: other lines around,
// another indentation, attributes and chains over several lines.
func TestFingerprintsSurviveReformatting(t *testing.T) {
	prints := func(wxml, control, js, call string) []string {
		p := load(t, map[string]string{"p/p.wxml": wxml, "p/p.js": js})
		a, b := find(t, p, phone, "p/p.wxml", control), find(t, p, place, "p/p.js", call)
		a.Subject, b.Subject = "手机号码", "getLocation"
		var out []string
		for _, f := range detect.Arrange([]finding.Finding{a, b}, "") {
			out = append(out, f.Fingerprint)
		}
		return out
	}
	before := prints(`<input type="number" bindinput="f"/>`, `<input type="number" bindinput="f"/>`, `wx.getLocation({})`, `wx.getLocation`)
	after := prints("<view>\r\n\r\n  <input\n    bindinput='f'\n    type=\"digit\"\n  />\n</view>", "<input\n    bindinput='f'\n    type=\"digit\"\n  />",
		"// 说明\n\nfunction f() {\n\twx\n\t\t.getLocation(\n{})\n}", "wx\n\t\t.getLocation")
	require.Equal(t, before, after)
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"beian-ignore field/phone: x", "beian-ignore", "beian-ignore a/b，c/d：x", "\"//\" // beian-ignore : /*"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if c := parse(s); c != nil {
			require.True(t, c.wrong != (lang.Text{}) || len(c.rules) > 0 && c.reason != "", "what is accepted has a rule and a reason")
		}
		end := int32(0)
		for _, c := range jsonComments(s) {
			require.True(t, c.Start >= end && c.Start < c.End && int(c.End) <= len(s))
			end = c.End
		}
	})
}
