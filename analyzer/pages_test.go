package analyzer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/report"
	"github.com/stretchr/testify/require"
)

// sharing is a program with a component on all of its pages but the last, and a script
// that all of them run.
func sharing(pages int) map[string]string {
	files := map[string]string{
		"app.js":       "",
		"lib.js":       "module.exports = { where() { wx.getLocation({ success(r) { console.log(r.latitude) } }) } }",
		"ask/ask.json": `{"component": true}`,
		"ask/ask.wxml": `<input placeholder="手机号" bindinput="onPhone" /><button bindtap="pick">选择</button>`,
		"ask/ask.js":   "Component({ methods: { onPhone(e) { this.phone = e.detail.value }, pick() { wx.chooseAddress({ success: r => console.log(r.userName) }) } } })",
		"alone/p.json": `{"navigationBarTitleText": "单独"}`,
		"alone/p.wxml": "<view>单独</view>",
		"alone/p.js":   "const lib = require('../lib.js'); Page({ onShow() { lib.where() } })",
	}
	var routes []string
	for i := range pages {
		at := fmt.Sprintf("p%03d/p", i)
		routes = append(routes, at)
		files[at+".json"] = fmt.Sprintf(`{"navigationBarTitleText": "第 %d", "usingComponents": {"ask": "/ask/ask"}}`, i)
		files[at+".wxml"] = "<ask />"
		files[at+".js"] = "const lib = require('../lib.js'); Page({ onShow() { lib.where() } })"
	}
	config, _ := json.Marshal(map[string]any{"pages": append(routes, "alone/p")})
	files["app.json"] = string(config)
	return files
}

// pagesOf are the pages that the JSON report gives for each rule.
func pagesOf(t *testing.T, files map[string]string) (pages map[string][]string, more map[string]int, papers string) {
	t.Helper()
	r := scanned(t, files).Report()
	var out, draft bytes.Buffer
	require.NoError(t, report.JSON(&out, r, report.Options{Lang: "zh"}))
	var read struct {
		Findings []struct {
			Rule, Page string
			Pages      []string
			MorePages  int
		}
	}
	require.NoError(t, json.Unmarshal(out.Bytes(), &read))
	pages, more = map[string][]string{}, map[string]int{}
	for _, f := range read.Findings {
		pages[f.Rule], more[f.Rule] = f.Pages, f.MorePages
		if len(f.Pages) > 0 && f.MorePages == 0 {
			require.Contains(t, f.Pages, f.Page)
		}
	}
	require.NoError(t, materials.Draft(&r.Programs[0], materials.Made{}, "zh").Markdown(&draft))
	return pages, more, draft.String()
}

func TestPagesOfSharedCode(t *testing.T) {
	pages, more, papers := pagesOf(t, sharing(2))
	both := []string{"p000/p", "p001/p"}
	require.Equal(t, both, pages["field/phone"], "a field of a component")
	require.Equal(t, both, pages["api/name"], "a call of a component")
	require.Equal(t, append(both, "alone/p"), pages["api/location"], "a call of a script")
	require.Zero(t, more["api/location"])
	require.Contains(t, papers, "“第 0”页、“第 1”页的“手机号”")
	require.Contains(t, papers, "“第 0”页、“第 1”页的接口 chooseAddress")

	pages, _, papers = pagesOf(t, sharing(1))
	require.Empty(t, pages["field/phone"], "one page: it is in page")
	require.Contains(t, papers, "“第 0”页的接口 chooseAddress")
}

func TestPagesAreBounded(t *testing.T) {
	pages, more, papers := pagesOf(t, sharing(130))
	require.Len(t, pages["field/phone"], 100)
	require.Equal(t, 30, more["field/phone"])
	require.Contains(t, papers, "等 130 个页面的“手机号”")
	require.Contains(t, papers, "另有 101 个页面", "130 and the page alone, 30 of them named")
}
