package materials

import (
	"bytes"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
)

func page(t *testing.T, said verdict.Inputs, in lang.Code) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, Draft(program(said), Made{Version: "0.1.0", Commit: "abc1234", Date: "2026-11-01", Changed: true}, in).HTML(&out))
	return out.String()
}

// The page allows its own style and script alone, and has a control for all that is open.
func TestHTMLIsAForm(t *testing.T) {
	out := page(t, verdict.Inputs{Operator: verdict.Enterprise, OperatorName: "某某公司"}, lang.Chinese)
	policy := strings.NewReplacer("'", "&#39;", "+", "&#43;")
	require.Contains(t, out, policy.Replace(report.PolicyHash(htmlStyle)))
	require.Contains(t, out, policy.Replace(report.PolicyHash(htmlScript)))
	require.Contains(t, out, "<script>"+htmlScript+"</script>")
	require.NotContains(t, out, "【待填】</td>")
	require.Contains(t, out, `<option value="enterprise" selected>企业</option>`)
	require.Contains(t, out, `<textarea data-key="operator.name" rows="1" placeholder="" aria-label="">某某公司</textarea>`)
	require.Contains(t, out, `data-key="local.subject-phone"`)
	require.Contains(t, out, `data-key="operator.form.app-name" data-draft="会员中心"`, "a draft is no statement")
	require.Contains(t, out, "提交 abc1234（2026-11-01），另有未提交的改动")
	require.Contains(t, out, "<svg")
}

// shown opens a page in a real browser and returns what its scripts made of it.
func shown(t *testing.T, page string) (dom string) {
	browser, err := exec.LookPath("chromium")
	if err != nil || os.Getenv("BEIAN_BROWSER") == "" {
		t.Skip("no chromium, or BEIAN_BROWSER is not set")
	}
	file := filepath.Join(t.TempDir(), "a.html")
	require.NoError(t, os.WriteFile(file, []byte(page), 0o644))
	out, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://"+file).Output()
	require.NoError(t, err)
	return string(out)
}

// No table of the form needs scrolling sideways on a phone: each row is a list of its cells.
func TestHTMLFitsAPhone(t *testing.T) {
	out := page(t, verdict.Inputs{Operator: verdict.Enterprise, OperatorName: "某某公司"}, lang.Chinese)
	require.Contains(t, out, `<td data-head="填写要求">`)
	dom := shown(t, `<iframe style="width: 390px; height: 844px; border: 0" srcdoc="`+html.EscapeString(out)+`"></iframe><script>
onload = () => {
  const page = document.querySelector('iframe').contentDocument
  const all = [page.documentElement, ...page.querySelectorAll('.wide')]
  document.body.dataset.all = all.length
  document.body.dataset.wide = all.filter((e) => e.scrollWidth > e.clientWidth).length
}
</script>`)
	require.Regexp(t, `data-all="[1-9]\d"`, dom)
	require.Contains(t, dom, `data-wide="0"`)
}

// Filled in and exported in a real browser, the settings are those of beian.yaml; data of
// people and drafts stay out.
func TestHTMLExportsSettings(t *testing.T) {
	const fill = `
document.querySelector('[data-key="operator.name"]').value = '某某"公司';
document.querySelector('[data-key="operator.mainland"]').value = 'true';
document.querySelector('[data-key="operator.form.service-types"]').value = '电商平台';
document.querySelector('[data-key="local.subject-phone"]').value = '13900000000';
keep();
document.body.dataset.yaml = yaml();`
	out := page(t, verdict.Inputs{Operator: verdict.Enterprise}, lang.Chinese)
	out = strings.Replace(out, htmlScript, htmlScript+fill, 1)
	out = regexp.MustCompile(`<meta http-equiv[^>]*>`).ReplaceAllString(out, "") // the script is another now
	dom := shown(t, out)
	require.Contains(t, dom, "operator:\n  type: enterprise\n  name: &quot;某某\\&quot;公司&quot;\n  mainland: true\n  form:\n    service-types: &quot;电商平台&quot;\n")
	require.Contains(t, dom, ">13900000000</textarea>", "kept in the page itself")
	require.NotContains(t, dom, "app-name: ")
}
