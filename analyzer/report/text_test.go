package report

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

func TestText(t *testing.T) {
	same(t, "sample.zh.txt", write(t, Text, sample(t), Options{Lang: "zh"}))
	same(t, "sample.en.txt", write(t, Text, sample(t), Options{Lang: "en"}))
	same(t, "quiet.zh.txt", write(t, Text, sample(t), Options{Lang: "zh", Quiet: true}))
	same(t, "verbose.zh.txt", write(t, Text, sample(t), Options{Lang: "zh", Verbose: true}))
	same(t, "verbose.en.txt", write(t, Text, sample(t), Options{Lang: "en", Verbose: true}))
	same(t, "narrow.zh.txt", write(t, Text, sample(t), Options{Lang: "zh", Width: 60, Base: "shop", Timed: true, Command: "npx beian"}))
	same(t, "narrow.en.txt", write(t, Text, sample(t), Options{Lang: "en", Width: 60, Base: "../my shop"}))
	same(t, "trace.zh.txt", write(t, Text, sample(t), Options{Lang: "zh", Trace: true}))
	same(t, "trace.en.txt", write(t, Text, sample(t), Options{Lang: "en", Trace: true}))
	same(t, "two.zh.txt", write(t, Text, two(t), Options{Lang: "zh", MinConfidence: finding.High}))
}

func TestTextColour(t *testing.T) {
	for _, verbose := range []bool{false, true} {
		o := Options{Lang: "zh", Width: 70, Verbose: verbose}
		plain := string(write(t, Text, sample(t), o))
		o.Color = true
		coloured := string(write(t, Text, sample(t), o))
		require.NotContains(t, plain, "\x1b")
		require.Contains(t, coloured, "\x1b[")
		for _, code := range []string{"0", "1", "2", "36", "1;31", "1;32", "1;33"} {
			coloured = strings.ReplaceAll(coloured, "\x1b["+code+"m", "")
		}
		require.Equal(t, plain, coloured, "colour changes nothing else, nor where lines break")
	}
}

// If no trigger was found the same line says that the law in force asks for a filing,
// in every form of the text.
func TestTextNeverABareNo(t *testing.T) {
	nothing := lang.Both("未发现收集姓名", "no collection of a name")
	for _, language := range []lang.Code{lang.Chinese, lang.English} {
		for _, quiet := range []bool{false, true} {
			r := New(Tool{"beian", "0.1.0"}, nil)
			r.Add(reader(), "")
			law := language.Sentence(r.Programs[0].Verdict.Headline.Law().In(language))
			out := string(write(t, Text, r, Options{Lang: language, Quiet: quiet}))
			said := 0
			for line := range strings.Lines(out) {
				reason := strings.HasPrefix(line, "  - ") // below the line that says it
				if strings.Contains(strings.ToLower(line), nothing.In(language)) && !strings.Contains(line, "[") && !reason {
					require.Contains(t, line, law)
					said++
				}
			}
			require.Positive(t, said)
		}
	}
}

// The text comes from strangers: it must not be able to control the terminal.
func TestTextControlCharacters(t *testing.T) {
	file := source.NewFile("a\x1b[2J.wxml", "<input placeholder=\"\x1b]0;手机\x07\u202e号\" />")
	r := New(Tool{"beian", "0.1.0"}, nil)
	p := reader()
	p.Project.Name = "x\x1b[31m"
	p.Findings = []finding.Finding{{
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
		Subject: "\x1b[1m", Page: "p\x1b", Location: source.Location{File: file, Span: source.Span{Start: 0, End: int32(len(file.Text))}},
		Evidence: []finding.Evidence{{What: "label", Text: "\x07"}},
		Flows:    []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: "\x1b", API: "\x1b"}}},
	}}
	p.Verdict = verdict.Judge(verdict.Input{Findings: p.Findings})
	r.Add(p, "")
	for _, quiet := range []bool{false, true} {
		out := string(write(t, Text, r, Options{Lang: "zh", Quiet: quiet}))
		require.NotContains(t, out, "\x1b")
		require.NotContains(t, out, "\x07")
		require.NotContains(t, out, "\u202e")
	}
}

// A finding that cannot trigger filing, or a note about many places, takes one line
// for each place, and only for the first of many; --trace has them all.
func TestTextBrevity(t *testing.T) {
	file := source.NewFile("pages/a/a.js", strings.Repeat("wx.getSystemInfoSync()\nconsole.log(1)\n", 9))
	p := reader()
	var sinks []finding.Flow
	for n := range 9 {
		log := at(file, "console.log", n+1)
		sinks = append(sinks, finding.Flow{Sink: finding.Sink{Kind: finding.Log, API: "console.log", Location: log}})
		p.Findings = append(p.Findings, finding.Finding{
			Rule: &finding.Rule{ID: "sink/log", Kind: finding.KindSink}, Kind: finding.KindSink, Reachable: true,
			Message: lang.Text{ZH: "设备信息写入日志", EN: "device goes to the log"}, Location: log,
		})
	}
	for n := range 9 {
		p.Findings = append(p.Findings, finding.Finding{
			Rule: &finding.Rule{ID: "api/device"}, Kind: finding.KindAPI, Category: finding.Device, Confidence: finding.High,
			Reachable: true, Subject: "getSystemInfoSync", Page: "pages/a/a", Location: at(file, "wx.getSystemInfoSync", n+1), Flows: sinks[:n],
			Destination: finding.DestinationOf(sinks[:n], nil),
		})
	}
	r := New(Tool{"beian", "0.1.0"}, nil)
	r.Add(p, "")

	short := string(write(t, Text, r, Options{Lang: "en"}))
	require.NotContains(t, short, "wx.getSystemInfoSync()", "no source")
	require.Contains(t, short, "\n  pages/a/a.js:1:1  device information: written to the log\n", "a line a page")
	require.Equal(t, 1, strings.Count(short, "device goes to the log"))
	require.Contains(t, short, "      pages/a/a.js:12:1\n      and 3 more places (--verbose lists all)\n")

	p.Unread = nil
	for n := range maxUnread + 3 {
		p.Unread = append(p.Unread, project.Unread{Path: fmt.Sprintf("pages/%02d.js", n), Reason: lang.Same("encrypted")})
	}
	unread := New(Tool{"beian", "0.1.0"}, nil)
	unread.Add(p, "")
	told := string(write(t, Text, unread, Options{Lang: "en"}))
	require.Contains(t, told, "  pages/00.js  encrypted\n      pages/01.js\n", "what is unread for the same reason is told once")
	require.Contains(t, told, "      pages/05.js\n      and 7 more places (--verbose lists all)\n")
	for n := range p.Unread {
		p.Unread[n].Reason = lang.Same(fmt.Sprintf("encrypted with %d", n))
	}
	unread = New(Tool{"beian", "0.1.0"}, nil)
	unread.Add(p, "")
	require.Contains(t, string(write(t, Text, unread, Options{Lang: "en"})), "  pages/09.js  encrypted with 9\n  and 3 more kinds (--verbose lists all)\n")

	verbose := string(write(t, Text, r, Options{Lang: "en", Verbose: true}))
	require.Contains(t, verbose, `
  device information  "getSystemInfoSync"  api/device
    pages/a/a.js:1:1  stays on the page
    pages/a/a.js:3:1  written to the log (console.log pages/a/a.js:2:1)
    pages/a/a.js:5:1  written to the log (console.log pages/a/a.js:2:1, console.log pages/a/a.js:4:1)
    pages/a/a.js:7:1  written to the log (console.log pages/a/a.js:2:1, console.log pages/a/a.js:4:1 and 1 more)
`)
	require.NotContains(t, verbose, "--verbose lists all")
	require.Contains(t, verbose, "pages/a/a.js:18:1\n")

	whole := string(write(t, Text, r, Options{Lang: "en", Trace: true}))
	require.Equal(t, 9, strings.Count(whole, " | wx.getSystemInfoSync()\n    | ^")+strings.Count(whole, " | wx.getSystemInfoSync()\n     | ^"))
	require.NotContains(t, whole, "--verbose lists all")
}

// What a value is written to in the database of the cloud is named, and what is only inferred
// is not told to go nowhere.
func TestTextEnds(t *testing.T) {
	file := source.NewFile("pages/a/a.js", "db.add()\n")
	add := at(file, "db.add", 1)
	written := []finding.Flow{
		{Sink: finding.Sink{Kind: finding.Cloud, API: "Collection.add users@prod", Location: add}},
		{Sink: finding.Sink{Kind: finding.Cloud, API: "Document.update users", Location: add}},
		{Sink: finding.Sink{Kind: finding.Cloud, API: "wx.cloud.callFunction", Location: add}},
	}
	p := reader()
	p.Findings = append(p.Findings,
		finding.Finding{Rule: &finding.Rule{ID: "field/phone"}, Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High,
			Reachable: true, Page: "pages/a/a", Location: add, Flows: written, Destination: finding.DestinationOf(written, nil)},
		finding.Finding{Rule: &finding.Rule{ID: "inferred/name"}, Kind: finding.KindInferred, Category: finding.Name, Confidence: finding.Low,
			Reachable: true, Page: "pages/a/a", Location: add})
	r := New(Tool{"beian", "0.1.0"}, nil)
	r.Add(p, "")
	text := string(write(t, Text, r, Options{Lang: "en"}))
	require.Contains(t, text, "phone number: written to the cloud collection users@prod, written to the cloud collection users, sent to the cloud")
	require.Contains(t, text, "name (confidence low): inferred from the code, no control that collects it was recognised")
}

// A page of a host that gets a value in its address is no page of the program.
func TestAddressOfAWebPage(t *testing.T) {
	for _, c := range []struct {
		sink   finding.Sink
		zh, en string
	}{
		{finding.Sink{Kind: finding.Network, API: "web-view", Host: "forms.example.com"}, "随网页地址交给", "sent in the address of a web page to"},
		{finding.Sink{Kind: finding.Navigation, API: "navigateTo"}, "带到别的页面", "passed to another page"},
	} {
		sink := c.sink
		require.Equal(t, c.zh, SinkWord(sink, "zh"))
		require.Equal(t, c.en, SinkWord(sink, "en"))
	}
}

func TestFrame(t *testing.T) {
	for _, c := range []struct {
		name, text, marked string
		want               []string
	}{
		{"ascii", "  <input name='a' />", "name", []string{"  1 | <input name='a' />", "    |        ^^^^"}},
		{"Chinese before", "<text>手机号</text><input/>", "<input/>", []string{"  1 | <text>手机号</text><input/>", "    |                    ^^^^^^^^"}},
		{"Chinese within", "a手机b", "手机", []string{"  1 | a手机b", "    |  ^^^^"}},
		{"emoji before", "😀<b>", "<b>", []string{"  1 | 😀<b>", "    |   ^^^"}},
		{"tab before", "a\t<b>", "<b>", []string{"  1 | a   <b>", "    |     ^^^"}},
		{"tab within", "a\tb", "a\tb", []string{"  1 | a   b", "    | ^^^^^"}},
		{"empty span", "ab", "", []string{"  1 | ab", "    | ^"}},
		{"over two lines", "  <a\n    b />", "<a\n    b />", []string{"  1 > <a", "  2 >   b />"}},
		{"CRLF", "<a>\r\n", "<a>", []string{"  1 | <a>", "    | ^^^"}},
		{"span with its line ending", "<a>\n", "<a>\n", []string{"  1 | <a>", "    | ^^^"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			frame(&b, at(source.NewFile("a.wxml", c.text), c.marked, 1), 80, false)
			require.Equal(t, strings.Join(c.want, "\n")+"\n", b.String())
		})
	}
}

// However long the line, the frame keeps to its width and the carets are under
// the span.
func TestFrameCrops(t *testing.T) {
	for _, fill := range []string{"x", "手", "😀", "\t", "x手"} {
		for _, before := range []int{0, 3, 40, 200} {
			for _, after := range []int{0, 3, 40, 200} {
				text := strings.Repeat(fill, before) + "<input/>" + strings.Repeat(fill, after)
				var b strings.Builder
				frame(&b, at(source.NewFile("a.wxml", text), "<input/>", 1), 60, false)
				lines := strings.Split(b.String(), "\n")
				require.LessOrEqual(t, source.DisplayWidth(lines[0]), 60, text)
				head, _, found := strings.Cut(lines[0], "<input/>")
				require.True(t, found, lines[0])
				require.Equal(t, source.DisplayWidth(head), strings.Index(lines[1], "^"), lines[0])
				require.Equal(t, 8, strings.Count(lines[1], "^"))
			}
		}
	}
	long := "<input " + strings.Repeat("属性 ", 100) + "/>"
	var b strings.Builder
	frame(&b, at(source.NewFile("a.wxml", long), long, 1), 60, false)
	for line := range strings.Lines(b.String()) {
		require.LessOrEqual(t, source.DisplayWidth(strings.TrimSuffix(line, "\n")), 60)
	}
}

// What was not selected is not told to be absent.
func TestTextTellsWhatWasNotSelected(t *testing.T) {
	all := sample(t)
	var total Tally
	for i := range all.Programs[0].Findings {
		total.add(&all.Programs[0].Findings[i])
	}
	require.Positive(t, total.Collects)
	nothing := sample(t)
	nothing.Select(func(*finding.Finding) bool { return false })
	require.Equal(t, total, Options{}.unlisted(&nothing.Programs[0]))
	for _, o := range []Options{{Lang: "zh"}, {Lang: "en"}} {
		unlisted := o.Lang.Say(fmt.Sprintf("收集 %d 处", total.Collects), fmt.Sprintf("%d places that collect", total.Collects))
		for name, format := range map[string]Format{"text": Text, "html": HTML} {
			out := string(write(t, format, nothing, o))
			require.NotContains(t, out, o.Lang.Say("没有发现收集个人信息", "No place that collects"), name)
			require.Contains(t, out, o.Lang.Say(fmt.Sprintf("收集个人信息的 %d 处不在所选的范围内", total.Collects), "Not selected, and not listed: "), name)
		}
		require.Contains(t, string(write(t, Text, nothing, o)), unlisted)
		require.NotContains(t, string(write(t, Text, all, o)), o.Lang.Say("不在所选的范围内", "not selected"))
	}
}

// What the report offers to explain is what the verdict rests on, wherever it is.
func TestTextOffersToExplainWhatDecides(t *testing.T) {
	file := source.NewFile("a.js", "hint\nplace\nphone\n")
	place := func(text string, c finding.Category, sure finding.Confidence) finding.Finding {
		return finding.Finding{Rule: phoneRule, Kind: finding.KindField, Category: c, Confidence: sure, Reachable: true,
			Location: at(file, text, 1)}
	}
	all := []finding.Finding{
		place("place", finding.Address, finding.High), place("hint", finding.Phone, finding.Low), place("phone", finding.Phone, finding.Medium),
	}
	for n, want := range map[int]string{1: "why a.js:2", 2: "why a.js:1", 3: "why a.js:3"} {
		r := New(Tool{"beian", "0.1.0"}, nil)
		r.Add(Program{Findings: all[:n]}, "")
		require.Contains(t, string(write(t, Text, r, Options{Lang: "zh"})), want)
	}
}

// If nothing within an element decided what it asks for, its tag is marked and not all of it.
func TestFrameMarksTheTag(t *testing.T) {
	file := source.NewFile("pages/a/a.wxml", "<text>手机号</text>\n<input value=\"{{v}}\" bindinput=\"onInput\" />\n")
	element := at(file, `<input value="{{v}}" bindinput="onInput" />`, 1)
	f := finding.Finding{
		Rule: &finding.Rule{ID: "field/phone"}, Kind: finding.KindField, Category: finding.Phone, Confidence: finding.High, Reachable: true,
		Page: "pages/a/a", Location: element, Evidence: []finding.Evidence{{What: "label", Text: "手机号", Location: at(file, "手机号", 1)}},
	}
	r := New(Tool{"beian", "0.1.0"}, nil)
	r.Add(Program{Findings: []finding.Finding{f}}, "")
	require.Contains(t, string(write(t, Text, r, Options{Lang: "zh", Verbose: true})), " />\n    | ^^^^^^\n")
	f.Evidence = append(f.Evidence, finding.Evidence{What: "binding", Text: "v", Location: at(file, `value="{{v}}"`, 1)})
	r = New(Tool{"beian", "0.1.0"}, nil)
	r.Add(Program{Findings: []finding.Finding{f}}, "")
	require.Contains(t, string(write(t, Text, r, Options{Lang: "zh", Verbose: true})), " />\n    |        ^^^^^^^^^^^^^\n")
}
