package fleet_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/fleet"
	"github.com/beian/beian/analyzer/lang"
)

func page(t *testing.T, f *fleet.Fleet, d fleet.Dashboard) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, f.WriteHTML(&out, d))
	return out.String()
}

// Nothing of a program becomes markup, and the page names no other file.
func TestDashboardIsSafe(t *testing.T) {
	const evil = `</script><img src=x onerror=alert(1)>`
	line := scanned(evil, "triggered")
	line.Programs[0].Recipients[0].Host = evil
	f := &fleet.Fleet{Lines: []fleet.Line{line}}
	out := page(t, f, fleet.Dashboard{Lang: lang.Chinese, Tool: evil})
	require.NotContains(t, out, "<img")
	require.Equal(t, 2, strings.Count(out, "<script"))
	require.Contains(t, out, "default-src &#39;none&#39;")
	tags := strings.Join(regexp.MustCompile(`<[a-z][^>]*>`).FindAllString(out, -1), "")
	require.NotRegexp(t, `(?i)\s(src|href)=|style="|\son[a-z]+="`, tags)
}

// With ten thousand programs the page filters and sorts in a browser, and has no more
// elements than can be seen.
func TestDashboardOfTenThousand(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil || testing.Short() {
		t.Skip("no chromium, or -short")
	}
	var lines bytes.Buffer
	f := &fleet.Fleet{}
	for i := range 10_000 {
		verdict := "not-triggered"
		if i%4 == 0 {
			verdict = "triggered"
		}
		line := scanned(fmt.Sprintf("p%05d", i), verdict)
		f.Lines = append(f.Lines, line)
	}
	require.NoError(t, f.Write(&lines))
	f = merged(t, lines.String())
	// The steps of a person, and how long the page took for them, at the end of its text.
	steps := `<script>addEventListener("load", () => { try {
  const set = (id, v) => { document.getElementById(id).value = v; document.getElementById(id).dispatchEvent(new Event("input")); };
  const start = performance.now();
  set("verdict", "triggered"); set("search", "p0999");
  document.querySelector("[data-sort=entry]").click();
  const took = performance.now() - start;
  document.querySelector(".row").click();
  document.title = "shown=" + document.getElementById("shown").textContent + " first=" + document.querySelector(".row div").textContent +
    " elements=" + document.querySelectorAll("*").length + " detail=" + document.querySelector("#about h2").textContent + " slow=" + (took > 2000);
} catch (e) { document.title = String(e.stack); } })</script>`
	html := page(t, f, fleet.Dashboard{Lang: lang.English, Tool: "beian"})
	html = strings.Replace(html, "</body>", steps+"</body>", 1)
	html = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(html, "") // the steps are no part of the page
	dir := t.TempDir()
	file := filepath.Join(dir, "fleet.html")
	require.NoError(t, os.WriteFile(file, []byte(html), 0o600))
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	out, err := exec.CommandContext(ctx, browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--virtual-time-budget=10000", "--dump-dom", "file://"+file).Output()
	if err != nil || len(out) == 0 {
		t.Skipf("chromium does not run here: %v", err)
	}
	title := regexp.MustCompile(`(?s)<title>(.*?)</title>`).FindStringSubmatch(string(out))[1]
	require.Contains(t, title, "shown=2 of 10000 shown first=p09996", "p09992 and p09996, sorted downwards")
	require.Contains(t, title, "detail=p09996")
	require.Contains(t, title, "slow=false")
	require.Regexp(t, ` elements=\d{2,3} `, title)
}
