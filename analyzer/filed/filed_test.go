package filed

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

var script = source.Location{File: source.NewFile("pages/me/me.js", "wx.request()\n"), Span: source.Span{End: 10}}

// shop collects phone numbers on one page and sends them to one host.
func shop() Source {
	return Source{
		Path: ".", Platform: "wechat",
		Findings: []finding.Finding{{
			Kind: finding.KindField, Category: finding.Phone, Confidence: finding.Medium, Reachable: true, Page: "pages/me/me", Location: script,
			Flows: []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: "api.example.com", Location: script}}},
		}},
		Facts: facts.Facts{
			Addresses: []facts.Address{{Kind: facts.Request, Value: "https://api.example.com", Location: script}},
			Plugins:   []facts.Plugin{{Provider: "wx1"}},
		},
		Guide:  &privacy.Guide{Needs: []*privacy.Need{{Key: "Location", Uses: []privacy.Use{{What: "wx.getLocation", Reachable: true}}}}},
		Unread: []project.Unread{{Path: "a.js", Hides: true}, {Path: "lib.min.js"}},
	}
}

// what lists changes as "+what owner name", with "!" behind those that the filing does
// not cover.
func what(changes []Change) []string {
	out := []string{}
	for _, c := range changes {
		text := "-"
		if c.Added {
			text = "+"
		}
		text += strings.Join(strings.Fields(string(c.What)+" "+c.Owner+" "+c.Name), " ")
		if c.Exceeds() {
			text += "!"
		}
		out = append(out, text)
	}
	return out
}

func TestCompare(t *testing.T) {
	before := Take(shop()).Program
	another := shop().Findings[0]
	for name, c := range map[string]struct {
		change func(*Source)
		want   []string
	}{
		"nothing":  {func(*Source) {}, []string{}},
		"category": {func(s *Source) { another.Category = finding.Email; s.Findings = append(s.Findings, another) }, []string{"+category email!", "+recipient email api.example.com!"}},
		"page":     {func(s *Source) { f := s.Findings[0]; f.Page = "pages/b/b"; s.Findings = append(s.Findings, f) }, []string{"+page phone pages/b/b"}},
		"host": {func(s *Source) { s.Findings[0].Flows[0].Sink.Host = "b.example.com" },
			[]string{"+recipient phone b.example.com!", "-recipient phone api.example.com"}},
		"host not known": {func(s *Source) { s.Findings[0].Flows[0].Sink.Host = "" },
			[]string{"+recipient phone ?!", "-recipient phone api.example.com"}},
		"log":       {func(s *Source) { s.Findings[0].Flows[0].Sink = finding.Sink{Kind: finding.Log} }, []string{"-recipient phone api.example.com"}},
		"low":       {func(s *Source) { s.Findings[0].Confidence = finding.Low }, []string{"-category phone", "-recipient phone api.example.com"}},
		"dismissed": {func(s *Source) { s.Findings[0].Acceptance.As = finding.NotPersonal }, []string{"-category phone", "-recipient phone api.example.com"}},
		"known":     {func(s *Source) { s.Findings[0].Acceptance.As = finding.Known }, []string{}},
		"address": {func(s *Source) { s.Facts.Addresses[0].Value = "http://api.example.com" },
			[]string{"+address request http://api.example.com!", "-address request https://api.example.com"}},
		"interface": {func(s *Source) {
			s.Guide.Needs[0].Uses = append(s.Guide.Needs[0].Uses, privacy.Use{What: "wx.choosePoi", Reachable: true}, privacy.Use{What: "wx.chooseLocation"})
		}, []string{"+interface Location wx.choosePoi!"}},
		"type":   {func(s *Source) { s.Guide.Needs[0].Key = "Album" }, []string{"+interface Album!", "-interface Location"}},
		"plugin": {func(s *Source) { s.Facts.Plugins[0].Provider = "wx2" }, []string{"+plugin wx2!", "-plugin wx1"}},
		"lost":   {func(s *Source) { s.Findings[0].Destination.Reasons = []finding.Loss{{}} }, []string{"+lost phone"}},
		"unread": {func(s *Source) { s.Unread[0].Path = "b.js" }, []string{"+unread b.js"}},
	} {
		s := shop()
		c.change(&s)
		changes := Compare(&before, Take(s))
		require.Equal(t, c.want, what(changes), name)
		for _, change := range changes {
			require.NotContains(t, change.Text.ZH+change.Text.EN, "%!", name)
			require.NotEqual(t, change.Text.ZH, change.Text.EN, name)
		}
	}
	require.Equal(t, []string{"+program .!"}, what(Compare(nil, Take(shop()))))
}

// An item is accepted if a person has accepted every place of it.
func TestAccepted(t *testing.T) {
	s := shop()
	s.Findings[0].Acceptance.As = finding.Known
	empty := Program{}
	accepted := func() bool { return Compare(&empty, Take(s))[0].Accepted }
	require.True(t, accepted())
	s.Findings = append(s.Findings, shop().Findings[0])
	require.False(t, accepted())
}

// A record keeps no personal data and comes back as it was written.
func TestRecord(t *testing.T) {
	s := shop()
	s.Facts.Addresses[0].Value = "https://api.example.com/13812345678"
	r := &Record{Number: "京ICP备12345678号-1X", Recorded: "2026-11-28", Tool: "0.1.0", Laws: "2026-11-23", Programs: []Program{Take(s).Program}}
	s.Path = "a"
	r.Programs = append(r.Programs, Take(s).Program)
	r.Programs[0], r.Programs[1] = r.Programs[1], r.Programs[0]
	text := r.Format()
	require.NotContains(t, string(text), "13812345678")
	again, err := Parse(text)
	require.NoError(t, err)
	require.Equal(t, r, again)
	require.Equal(t, text, again.Format())
	require.Equal(t, ".", again.Programs[0].Path, "sorted")
	require.Equal(t, &again.Programs[1], again.Program("a"))
	require.Nil(t, again.Program("b"))
	require.Equal(t, []string{"api.example.com"}, again.Programs[0].Recipients())
	require.Equal(t, []string{"Location"}, again.Programs[0].Keys())
}

func TestBadRecords(t *testing.T) {
	for text, want := range map[string]string{
		"":   "this is no record of a filing: EOF",
		"[]": "this is no record of a filing",
		`{"version": 1, "recorded": "2026-11-28", "numbr": "x"}`: `unknown field "numbr"`,
		`{"version": 1, "recorded": "2026-11-28"} {}`:            "something follows the object",
		`{"version": 2}`: "its version is 2, this beian reads 1",
		`{"version": 1, "recorded": "28.11.2026"}`:                                                                    `"28.11.2026" is no date`,
		`{"version": 1, "recorded": "2026-11-28", "programs": [{"path": "a"}, {"path": "a"}]}`:                        `"a" is given twice`,
		`{"version": 1, "recorded": "2026-11-28", "programs": [{"path": "a/"}]}`:                                      "its path is not clean",
		`{"version": 1, "recorded": "2026-11-28", "programs": [{"path": "a", "collected": [{"category": "phnoe"}]}]}`: `no category "phnoe"`,
	} {
		_, err := Parse([]byte(text))
		require.ErrorContains(t, err, want, text)
		require.NotEqual(t, lang.Of(err).ZH, lang.Of(err).EN)
	}
}
