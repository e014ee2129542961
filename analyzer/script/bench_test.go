package script

import (
	"fmt"
	"strings"
	"testing"

	"github.com/tdewolff/parse/v2"
	"github.com/tdewolff/parse/v2/js"

	"github.com/beian/beian/analyzer/source"
)

// benchmarkText is a page as people write them, many times over.
func benchmarkText() string {
	var b strings.Builder
	b.WriteString("const { request } = require('../../utils/request')\nconst app = getApp()\n\nmodule.exports = {\n")
	for i := range 120 {
		fmt.Fprintf(&b, `
  // 提交预约信息，第 %[1]d 步
  async submit%[1]d(e) {
    const { name, phone, idCard } = e.detail.value
    if (!name || !/^1[3-9]\d{9}$/.test(phone)) {
      wx.showToast({ title: '请填写正确的手机号', icon: 'none' })
      return
    }
    this.setData({ loading: true, 'form.phone': phone, step: this.data.step + 1 })
    try {
      const res = await request({ url: `+"`${app.globalData.host}/api/booking/${%[1]d}`"+`, method: 'POST', data: { name, phone, idCard } })
      const list = (res.data || []).map((item, index) => ({ ...item, index, text: item.name + '：' + item.count }))
      for (let i = 0; i < list.length; i++) {
        if (list[i].status === 1 && list[i].count > 0) this.list.push(list[i])
      }
      wx.navigateTo({ url: '/pages/result/result?id=' + res.data.id, success: () => wx.hideLoading() })
    } catch (err) {
      console.error(err)
    } finally {
      this.setData({ loading: false })
    }
  },
`, i)
	}
	b.WriteString("}\n")
	return b.String()
}

func BenchmarkParse(b *testing.B) {
	f := source.NewFile("bench.js", benchmarkText())
	for _, mode := range []struct {
		name string
		mode Mode
	}{{"js", JS}, {"ts", TypeScript}} {
		b.Run(mode.name, func(b *testing.B) {
			b.SetBytes(int64(len(f.Text)))
			b.ReportAllocs()
			for b.Loop() {
				if len(Parse(f, mode.mode).Errors) > 0 {
					b.Fatal("errors")
				}
			}
		})
	}
}

// BenchmarkReference is js.Parse on the same text, for comparison.
func BenchmarkReference(b *testing.B) {
	text := benchmarkText()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := js.Parse(parse.NewInputString(text), js.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseExpr(b *testing.B) {
	const text = "{{ item.status === 1 ? item.phone : '未填写' }}"
	f := source.NewFile("x.wxml", text)
	b.ReportAllocs()
	for b.Loop() {
		ParseExpr(f, source.Span{Start: 2, End: int32(len(text) - 2)}, JS, false)
	}
}

func BenchmarkWalk(b *testing.B) {
	prog := Parse(source.NewFile("bench.js", benchmarkText()), JS)
	for b.Loop() {
		Walk(prog, func(Node) bool { return true })
	}
}
