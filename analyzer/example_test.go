package analyzer_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"testing/fstest"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/detectors"
)

// Scan a directory and list the collection points.
func ExampleAnalyze() {
	const dir = "../fixtures/projects/visitor"
	scan, err := analyzer.Analyze(context.Background(),
		[]analyzer.Dir{{Path: dir, Name: "visitor", FS: os.DirFS(dir)}},
		analyzer.Options{Detectors: detectors.All()})
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range scan.Report().Programs {
		fmt.Println(p.Project.Name, p.Verdict.PersonalInformation.Status)
		for _, f := range p.Findings {
			if f.Counts() && f.Kind == finding.KindField {
				fmt.Printf("%s: %s\n", f.Location, f.Message.EN)
			}
		}
	}
	// Output:
	// park-visitor triggered
	// pages/apply/apply.wxml:3: collects an ID number: “身份证号”
	// pages/apply/apply.wxml:3: collects a name: “访客姓名”
	// pages/apply/apply.wxml:3: collects a phone number: “手机号”
	// pages/apply/apply.wxml:3: collects a licence plate: “车牌号”
	// pages/partner/partner.wxml:2: collects a name: “姓名”
	// pages/partner/partner.wxml:4: collects an ID number: “证件号码”
}

// A detector is a value: its rules, and a function that reports findings. This one
// reports every call of wx.reportEvent that a page can reach.
func Example_detector() {
	rule := &finding.Rule{
		ID: "own/analytics", Kind: finding.KindAPI, Category: finding.Identifier,
		Title:      lang.Both("调用数据分析接口", "call of the analytics API"),
		Summary:    lang.Both("程序调用 wx.reportEvent。", "The program calls wx.reportEvent."),
		Why:        lang.Both("本团队要求埋点先评审。", "Our team reviews every event first."),
		Mend:       lang.Both("提交评审。", "Ask for a review."),
		Limits:     lang.Both("只看可到达的调用。", "It sees only reachable calls."),
		Bad:        "wx.reportEvent('open', {})",
		Good:       "this.reportEvent('open', {})",
		References: []law.Citation{law.File(lang.Both("团队约定", "team rules"))},
		Since:      "1.0.0",
	}
	own := &detect.Detector{Name: "own", Rules: []*finding.Rule{rule}, Run: func(p *detect.Pass) error {
		for _, call := range p.Flow.Calls {
			if call.API == "reportEvent" && call.Reached {
				p.Report(finding.Finding{
					Rule: rule, Category: rule.Category, Kind: rule.Kind, Confidence: finding.High, Reachable: true,
					Message: rule.Title, Subject: call.API, Location: call.Location,
				})
			}
		}
		return nil
	}}

	program := fstest.MapFS{
		"app.json":             {Data: []byte(`{ "pages": ["pages/home/home"] }`)},
		"pages/home/home.wxml": {Data: []byte("<view>首页</view>\n")},
		"pages/home/home.js":   {Data: []byte("Page({\n  onLoad() { wx.reportEvent('open', { from: 'home' }) },\n})\n")},
	}
	scan, err := analyzer.Analyze(context.Background(),
		[]analyzer.Dir{{Path: "home", FS: program}},
		analyzer.Options{Detectors: append(detectors.All(), own)})
	if err != nil {
		log.Fatal(err)
	}
	for f := range scan.Findings() {
		fmt.Printf("%s: %s [%s]\n", f.Location, f.Message.EN, f.Rule.ID)
	}
	// Output:
	// pages/home/home.js:2: call of the analytics API [own/analytics]
}
