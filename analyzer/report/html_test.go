package report

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
)

// The page holds everything that it needs and allows nothing else.
func TestHTMLSelfContained(t *testing.T) {
	for _, language := range []lang.Code{lang.Chinese, lang.English} {
		out := string(write(t, HTML, sample(t), Options{Lang: language}))
		require.Contains(t, out, "default-src &#39;none&#39;")
		require.Contains(t, out, strings.NewReplacer("'", "&#39;", "+", "&#43;").Replace(PolicyHash(htmlStyle)))
		require.Contains(t, out, "<script>"+htmlScript+"</script>", "the hash is that of the script as it stands")
		require.Contains(t, out, "<style>"+htmlStyle+"</style>")
		tags := strings.NewReplacer(htmlScript, "", htmlStyle, "").Replace(stripText(out))
		tags = regexp.MustCompile(` href="(#p1-[a-z]+|https://github\.com/beian/beian/blob/main/docs/rules/[a-z/-]+\.md)"`).ReplaceAllString(tags, "")
		require.NotRegexp(t, `(?i)(src|href)=|style="|\son[a-z]+="|@import|url\(`, tags, "a link is followed only by a person")
		require.Contains(t, out, verdict.Disclaimer.In(language))
		require.Contains(t, out, language.Sentence(sample(t).Programs[0].Verdict.Headline.Because.In(language)))
		require.Less(t, strings.Index(out, `class="verdict`), strings.Index(out, `class="page"`), "the verdict comes first")
		for _, secret := range []string{"13912345678", "11010519491231002X", "wang.xiao@"} {
			require.NotContains(t, out, secret)
		}
	}
}

// stripText leaves the tags of a page, without the code it quotes.
func stripText(page string) string {
	return strings.Join(regexp.MustCompile(`<[^>]*>`).FindAllString(page, -1), "")
}

// Nothing of the scanned program can become markup or leave an attribute.
func TestHTMLEscapes(t *testing.T) {
	const evil = `"><script>alert(1)</script><img src=x onerror=alert(1)>`
	file := source.NewFile("a.wxml", `<input placeholder='`+evil+`' />`)
	p := reader()
	p.Project.Name = evil
	p.Project.Pages = []Page{{Route: evil, Title: evil}}
	p.Findings = []finding.Finding{{
		Rule: phoneRule, Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
		Subject: evil, Page: evil, Location: source.Location{File: file, Span: source.Span{Start: 0, End: int32(len(file.Text))}},
		Evidence: []finding.Evidence{{What: evil, Text: evil}},
		Flows: []finding.Flow{{Sink: finding.Sink{Kind: finding.Network, Host: evil, API: evil},
			Steps: []finding.Step{{Message: lang.Text{ZH: evil, EN: evil}}}}},
	}}
	r := New(Tool{evil, evil}, nil)
	r.Add(p, "")
	out := string(write(t, HTML, r, Options{Lang: "zh"}))
	require.NotContains(t, out, "<img")
	require.NotContains(t, out, "<script>alert")
	require.Equal(t, 1, strings.Count(out, "<script"))
}

// A picture of many pages stays readable: those with the categories that
// trigger have boxes of their own, the others share one.
func TestPictureFolds(t *testing.T) {
	p := reader()
	p.Findings = nil
	for i := range 60 {
		category := finding.Device
		if i%20 == 7 {
			category = finding.Phone
		}
		route := fmt.Sprintf("packages/long/way/to/the/pages/number/p%d", i)
		p.Project.Pages = append(p.Project.Pages, Page{Route: route})
		p.Findings = append(p.Findings, finding.Finding{Rule: phoneRule, Category: category, Kind: finding.KindAPI,
			Confidence: finding.High, Reachable: true, Page: route})
	}
	groups, _ := group(p.Project.Pages, p.Findings)
	h := &htmlWriter{o: Options{Lang: "zh"}, t: &textWriter{o: Options{Lang: "zh"}}}
	drawn := h.picture(groups)
	var pages []string
	for _, n := range drawn.Nodes {
		if n.X == columns[0].x {
			pages = append(pages, n.Text)
		}
	}
	require.Len(t, pages, most+1)
	for _, want := range []string{"p7", "p27", "p47"} {
		require.True(t, slices.ContainsFunc(pages, func(s string) bool { return strings.HasSuffix(s, "number/"+want) }), "%s in %v", want, pages)
	}
	require.Equal(t, "另有 44 个页面", pages[most], "below the others")
	require.LessOrEqual(t, drawn.Height, headHeight+(most+1)*rowHeight)
}

// The code of a finding is as it is written, blanks around the mark included.
func TestHTMLExcerpt(t *testing.T) {
	line := "\t<picker  mode='date'\tbindchange='onDate' >  \r\n  <text/>"
	file := source.NewFile("a.wxml", line)
	at := source.Location{File: file, Span: source.Span{Start: 1, End: 8}}
	require.Equal(t, &htmlCode{Line: 1, Mark: "<picker", After: "  mode='date' bindchange='onDate' >"}, excerpt(at))
	at.Span = source.Span{Start: int32(strings.Index(line, "date")), End: int32(strings.Index(line, "date")) + 4}
	require.Equal(t, &htmlCode{Line: 1, Before: "<picker  mode='", Mark: "date", After: "' bindchange='onDate' >"}, excerpt(at))
}

// TestHTMLFilters clicks the filters in a real browser. It is left out if there
// is none, and with -short.
func TestHTMLFilters(t *testing.T) {
	page := string(write(t, HTML, sample(t), Options{Lang: "zh"}))

	// By address, with the policy of the page in force: the script that the
	// policy allows runs and filters.
	hidden, all := articles(browse(t, page, "#category=phone&page=pages/me/me"))
	require.Greater(t, all, 2)
	require.Equal(t, all-1, hidden)

	// The policy allows no other script, not even in the page itself.
	other := strings.Replace(page, "</body>", "<script>document.title = 'ran'</script><img alt='' onerror=\"document.title = 'ran'\" src='x'></body>", 1)
	require.Contains(t, browse(t, other, ""), "<title>仁和诊所 - beian</title>")

	// By clicks. The policy would refuse the script that clicks. It leaves what
	// it sees after each step in the title.
	const clicks = `<script>
const seen = []
for (const s of ['button[data-value=phone]', 'button[data-value=low]', 'button[data-key=category]', 'button[data-key=confidence]',
    'g[data-value=idcard]', 'g[data-value=idcard]', 'g[data-value="api.example.com"]', 'g[data-value="api.example.com"]']) {
  const b = document.querySelector(s)
  b.dispatchEvent(new MouseEvent('click'))
  seen.push(document.querySelectorAll('article:not([hidden])').length + b.getAttribute('aria-pressed') +
    document.querySelector('.unmatched').hidden + document.querySelector('.shown').textContent)
}
document.title = seen.join(' ')
</script></body>`
	open := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	dom := browse(t, strings.Replace(open, "</body>", clicks, 1), "")
	require.Contains(t, dom, "<title>2truetrue2 0truefalse0 1truetrue1 4truetrue4 1truetrue1 4falsetrue4 1truetrue1 4falsetrue4</title>",
		"two phone numbers; none of them at low confidence, which is said; all categories; all; boxes of the picture, and back")
}

// Each program has filters and counters of its own; a search looks at all words of a
// place; every place has a button that copies it.
func TestHTMLOfSeveralPrograms(t *testing.T) {
	r := two(t)
	r.Add(sample(t).Programs[0], "other")
	page := string(write(t, HTML, r, Options{Lang: "zh", Date: "2026-11-28", Commit: "29f0e3b", Links: "https://git.example.com/blob/main/{path}#L{line}"}))
	require.Contains(t, page, "2026-11-28 · 提交 29f0e3b")
	require.Regexp(t, `href="https://git\.example\.com/blob/main/[^"]+\.wxml#L\d+"`, page)
	const acts = `<script>
const count = p => p.querySelectorAll('article:not([hidden])').length
const programs = [...document.querySelectorAll('.program')]
const seen = [programs.map(count)]
const search = programs[1].querySelector('input[type=search]')
search.value = '没有这样的字'
search.dispatchEvent(new Event('input'))
seen.push(programs.map(count), [location.hash !== ''])
search.value = ''
search.dispatchEvent(new Event('input'))
seen.push(programs.map(count), [document.querySelectorAll('.place').length === document.querySelectorAll('button.copy').length])
document.title = JSON.stringify(seen).replaceAll("\"", "")
</script></body>`
	open := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	dom := browse(t, strings.Replace(open, "</body>", acts, 1), "")
	title := regexp.MustCompile(`<title>(.*?)</title>`).FindStringSubmatch(dom)[1]
	var seen [][]any
	require.NoError(t, json.Unmarshal([]byte(title), &seen))
	require.Len(t, seen[0], 3)
	require.Positive(t, seen[0][1])
	require.Zero(t, seen[1][1])
	require.Equal(t, seen[0][2], seen[1][2], "the other program stays as it was")
	require.Equal(t, []any{true}, seen[2])
	require.Equal(t, seen[0], seen[3])
	require.Equal(t, []any{true}, seen[4])
}

// Every text has the contrast that WCAG 2.1 asks for at level AA (1.4.3: 4.5 to 1), in
// light and in dark.
func TestHTMLContrast(t *testing.T) {
	const measure = `<script>
for (const d of document.querySelectorAll('details')) d.open = true
const parse = c => (c.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number)
const lum = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4 }); return .2126 * r + .7152 * g + .0722 * b }
const behind = e => {
  for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3) }
  return [255, 255, 255]
}
const worst = new Map()
for (const e of document.querySelectorAll('body *:not(script):not(svg):not(svg *)')) {
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !e.getClientRects().length) continue
  const a = lum(parse(getComputedStyle(e).color).slice(0, 3)), b = lum(behind(e))
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05)
  const name = e.tagName + '.' + e.className
  if (ratio < 4.5) worst.set(name, ratio.toFixed(2))
}
document.title = 'low: ' + [...worst].join(' ')
</script></body>`
	page := string(write(t, HTML, sample(t), Options{Lang: "zh"}))
	open := regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	for _, scheme := range []string{"1", "0"} { // light, dark
		dom := browse(t, strings.Replace(open, "</body>", measure, 1), "", "--blink-settings=preferredColorScheme="+scheme)
		require.Contains(t, dom, "<title>low: </title>", scheme)
	}
}

// articles counts the findings of a page, and those of them that are hidden.
func articles(dom string) (hidden, all int) {
	for _, tag := range regexp.MustCompile(`<article [^>]*>`).FindAllString(dom, -1) {
		all++
		if strings.Contains(tag, "hidden") {
			hidden++
		}
	}
	return hidden, all
}

// browse loads a page and returns its document when all scripts have run.
func browse(t *testing.T, page, fragment string, flags ...string) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes seconds")
	}
	browser, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium")
	}
	dir := t.TempDir()
	file := filepath.Join(dir, "report.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o600))
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, browser, append(flags, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--user-data-dir="+filepath.Join(dir, "profile"),
		"--dump-dom", "file://"+file+fragment)...).Output()
	if err != nil || len(out) == 0 {
		t.Skipf("chromium does not run here: %v", err)
	}
	return string(out)
}
