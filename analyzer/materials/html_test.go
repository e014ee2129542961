package materials

import (
	"bytes"
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

// Filled in and exported in a real browser, the settings are those of beian.yaml; data of
// people and drafts stay out.
func TestHTMLExportsSettings(t *testing.T) {
	browser, err := exec.LookPath("chromium")
	if err != nil || os.Getenv("BEIAN_BROWSER") == "" {
		t.Skip("no chromium, or BEIAN_BROWSER is not set")
	}
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
	file := filepath.Join(t.TempDir(), "a.html")
	require.NoError(t, os.WriteFile(file, []byte(out), 0o644))
	dom, err := exec.Command(browser, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "file://"+file).Output()
	require.NoError(t, err)
	require.Contains(t, string(dom), "operator:\n  type: enterprise\n  name: &quot;某某\\&quot;公司&quot;\n  mainland: true\n  form:\n    service-types: &quot;电商平台&quot;\n")
	require.Contains(t, string(dom), ">13900000000</textarea>", "kept in the page itself")
	require.NotContains(t, string(dom), "app-name: ")
}
