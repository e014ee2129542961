package detectors_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/detectors"
)

// What a reader of documents answers are a name, a number and more, each of which goes its own way.
func TestPartsOfAnswers(t *testing.T) {
	for _, c := range []struct {
		title, page string
		want        []string // category, kind and line of each end
	}{
		{"each part goes its way", `Page({
  data: { realName: '', certNo: '', nation: '' },
  read(path) {
    wx.request({ url: 'https://api.example.com/user/idcardOcr', data: { path }, success: res => {
      const card = JSON.parse(res.data.card)
      this.setData({ realName: card['name'], certNo: card.num, nation: card.nationality, home: card.address })
    } })
  },
  save() {
    console.log(this.data.nation, this.data.home)
    console.info(this.data.realName)
    wx.setStorageSync('no', this.data.certNo)
    wx.request({ url: 'https://api.example.com/save', data: this.data })
  },
})`, []string{"idcard network 13", "idcard storage 12", "name log 11", "name network 13"}},
		{"a part whose name tells nothing is either; the whole is both", `Page({
  read(path) {
    wx.request({ url: 'https://api.example.com/user/idcardOcr', data: { path }, success: ({ data }) => {
      console.log(data)
      console.info(data.result.words)
      console.warn(data.card.name, data.card.sex, data.card)
      const { idNo, cert_name } = data
      wx.setStorageSync('a', idNo)
      wx.setStorageSync('b', cert_name)
    } })
  },
})`, []string{"idcard log 4", "idcard log 5", "idcard log 6", "idcard storage 8", "name log 4", "name log 5", "name log 6", "name storage 9"}},
		{"parts of a copy, and one under a name that is not known", `Page({
  form: { name: '', idNo: '', address: '' },
  read(path) {
    wx.request({ url: 'https://api.example.com/user/idcardOcr', data: { path }, success: res => {
      const all = { ...res.data, path }
      Object.assign(this.form, { name: all.name, idNo: all.idNo, address: all.address })
      const some = {}
      some[path] = res.data.idNo
      wx.setStorageSync('some', some.name)
    } })
  },
  save() {
    console.log(this.form.address)
    console.info(this.form.name)
    console.warn(this.form.idNo)
  },
})`, []string{"idcard log 15", "idcard storage 9", "name log 14", "name storage 9"}},
		{"parts in lists and in parts", `Page({
  read(path) {
    wx.request({ url: 'https://aip.baidubce.com/rest/2.0/ocr/v1/idcard', data: { path }, success: res => {
      const words = res.data.words_result
      const all = [words['姓名'].words, words['公民身份号码'].words, words['民族'].words]
      console.log(all[0])
      console.info(all[1])
      console.warn(all[2])
    } })
  },
})`, []string{"idcard log 7", "name log 6"}},
	} {
		t.Run(c.title, func(t *testing.T) {
			file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
			programs, err := project.Load(fstest.MapFS{
				"app.json": file(`{"pages": ["a/a"]}`),
				"a/a.wxml": file(`<button bindtap="read">识别</button><button bindtap="save">保存</button>`),
				"a/a.js":   file(c.page),
			}, project.Options{})
			require.NoError(t, err)
			findings, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), detectors.Collection())
			require.NoError(t, err)
			var ends []string
			for _, f := range findings {
				for _, w := range f.Flows {
					if f.Category == finding.Name || f.Category == finding.IDCard {
						ends = append(ends, fmt.Sprintf("%s %s %d", f.Category, strings.ToLower(string(w.Sink.Kind)), w.Sink.Location.Start().Line))
					}
				}
			}
			slices.Sort(ends)
			require.Equal(t, c.want, ends)
		})
	}
}
