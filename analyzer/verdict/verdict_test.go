package verdict

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
)

// field is a reachable phone field of the program itself, at high confidence.
func field() finding.Finding {
	file := source.NewFile("pages/booking/booking.wxml", "<input/>")
	return finding.Finding{
		Category: finding.Phone, Kind: finding.KindField, Confidence: finding.High, Reachable: true,
		Page: "pages/booking/booking", Location: source.Location{File: file, Span: source.Span{Start: 0, End: 8}},
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*finding.Finding)
		want   Status
	}{
		{"high", func(f *finding.Finding) {}, Triggered},
		{"medium", func(f *finding.Finding) { f.Confidence = finding.Medium }, Triggered},
		{"api", func(f *finding.Finding) { f.Kind = finding.KindAPI }, Triggered},
		{"ocr", func(f *finding.Finding) { f.Kind = finding.KindOCR }, Triggered},
		{"low only", func(f *finding.Finding) { f.Confidence = finding.Low }, Undetermined},
		{"inferred", func(f *finding.Finding) { f.Kind = finding.KindInferred }, NotTriggered},
		{"hardcoded", func(f *finding.Finding) { f.Kind = finding.KindHardcoded }, NotTriggered},
		{"sink", func(f *finding.Finding) { f.Kind = finding.KindSink }, NotTriggered},
		{"unreachable", func(f *finding.Finding) { f.Reachable = false }, NotTriggered},
		{"known", func(f *finding.Finding) { f.Acceptance.As = finding.Known }, Triggered},
		{"not personal", func(f *finding.Finding) { f.Acceptance.As = finding.NotPersonal }, NotTriggered},
		{"library", func(f *finding.Finding) { f.Library = "@vant/weapp" }, NotTriggered},
		{"nickname", func(f *finding.Finding) { f.Category = finding.Nickname }, NotTriggered},
		{"low of a wider category", func(f *finding.Finding) { f.Category, f.Confidence = finding.Address, finding.Low }, NotTriggered},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := field()
			c.change(&f)
			got := Judge(Input{Findings: []finding.Finding{f}}).PersonalInformation
			require.Equal(t, c.want, got.Status, got.Status.String())
			require.NotEmpty(t, got.Reasons)
		})
	}
}

func TestUnread(t *testing.T) {
	hiding := project.Unread{Path: "pages/a/a.wxml", Hides: true}
	bundle := project.Unread{Path: "libs/sdk.min.js"}

	got := Judge(Input{Unread: []project.Unread{bundle}}).PersonalInformation
	require.Equal(t, NotTriggered, got.Status)

	got = Judge(Input{Unread: []project.Unread{bundle, hiding}}).PersonalInformation
	require.Equal(t, Undetermined, got.Status)
	require.Len(t, got.Reasons, 1)
	require.Contains(t, got.Reasons[0].Text.ZH, "pages/a/a.wxml")

	got = Judge(Input{Findings: []finding.Finding{field()}, Unread: []project.Unread{hiding}}).PersonalInformation
	require.Equal(t, Triggered, got.Status, "an unread file does not weaken what was seen")

	many := make([]project.Unread, maxHidden+3)
	for i := range many {
		many[i] = project.Unread{Path: fmt.Sprintf("pages/p%d.wxml", i), Hides: true}
	}
	got = Judge(Input{Unread: many}).PersonalInformation
	require.Len(t, got.Reasons, maxHidden+1)
	require.Contains(t, got.Reasons[maxHidden].Text.EN, "3 more places")
}

func TestUnreadLines(t *testing.T) {
	file := source.NewFile("pages/a/a.wxml", strings.Repeat("<a/>\n", 20))
	at := func(line int) project.Unread {
		start := int32(line-1) * int32(len("<a/>\n"))
		place := source.Location{File: file, Span: source.Span{Start: start, End: start + 4}}
		return project.Unread{Path: file.Path, Location: place, Hides: true}
	}
	for _, c := range []struct {
		unread []project.Unread
		en, zh string
	}{
		{[]project.Unread{{Path: file.Path, Hides: true}}, "a.wxml was", "a.wxml 没有"},
		{[]project.Unread{at(3)}, "a.wxml (line 3) was", "a.wxml 第 3 行没有"},
		{[]project.Unread{at(7), at(3), at(7)}, "a.wxml (lines 3, 7) was", "a.wxml 第 3、7 行没有"},
		{[]project.Unread{at(1), at(2), at(3), at(4), at(5), at(6), at(7), at(8)},
			"(lines 1, 2, 3, 4, 5, 6 and 2 more) was", "第 1、2、3、4、5、6 等 8 行没有"},
	} {
		got := Judge(Input{Unread: c.unread}).PersonalInformation.Reasons
		require.Len(t, got, 1)
		require.Contains(t, got[0].Text.EN, c.en)
		require.Contains(t, got[0].Text.ZH, c.zh)
	}
}

func TestReasonsByPage(t *testing.T) {
	booking, booking2, other, loose := field(), field(), field(), field()
	booking.Category = finding.IDCard
	booking2.Category = finding.Name
	other.Page, other.Category = "pages/me/me", finding.Email
	loose.Page = ""
	got := Judge(Input{
		Findings: []finding.Finding{booking, booking2, other, loose, booking},
		Titles:   map[string]string{"pages/booking/booking": "预约挂号"},
	}).PersonalInformation
	require.Equal(t, finding.CategoryList{finding.Name, finding.Phone, finding.Email, finding.IDCard}, got.Categories)
	var zh, en []string
	for _, r := range got.Reasons {
		zh, en = append(zh, r.Text.ZH), append(en, r.Text.EN)
	}
	require.Equal(t, []string{
		"页面“预约挂号”（pages/booking/booking）收集姓名、身份证号",
		"页面 pages/me/me 收集邮箱",
		"pages/booking/booking.wxml 收集手机号",
	}, zh)
	require.Equal(t, []string{
		`page "预约挂号" (pages/booking/booking) collects names and ID numbers`,
		"page pages/me/me collects email addresses",
		"pages/booking/booking.wxml collects phone numbers",
	}, en)
}

// An individual's program has no phone number button.
func TestPhoneButton(t *testing.T) {
	button := field()
	button.Kind, button.PrivacyKey = finding.KindAPI, "PhoneNumber"
	for who, want := range map[Operator]bool{Individual: true, Enterprise: false, Unknown: false} {
		article := Judge(Input{Findings: []finding.Finding{button}, Inputs: Inputs{Operator: who}}).Rulebooks[0]
		said := slices.ContainsFunc(article.Reasons, func(r lang.Text) bool { return strings.Contains(r.ZH, "请核对主办者类型") })
		require.Equal(t, want, said, who)
	}
	plain := Judge(Input{Findings: []finding.Finding{field()}, Inputs: Inputs{Operator: Individual}}).Rulebooks[0]
	require.Len(t, plain.Reasons, 2)
}

func TestRulebooks(t *testing.T) {
	low := field()
	low.Confidence = finding.Low
	collected, unsure := []finding.Finding{field()}, []finding.Finding{low}
	for _, c := range []struct {
		name     string
		operator Operator
		findings []finding.Finding
		want     Answer
	}{
		{"individual, collects", Individual, collected, Required},
		{"individual, unsure", Individual, unsure, NeedsInput},
		{"individual, nothing", Individual, nil, NotRequired},
		{"enterprise, collects", Enterprise, collected, Required},
		{"enterprise, nothing", Enterprise, nil, Required},
		{"unknown, collects", Unknown, collected, Required},
		{"unknown, nothing", Unknown, nil, NeedsInput},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := Judge(Input{Findings: c.findings, Inputs: Inputs{Operator: c.operator}})
			require.Len(t, v.Rulebooks, len(rulebooks))
			article, miit := v.Rulebooks[0], v.Rulebooks[1]
			require.Equal(t, "article", article.ID)
			require.Equal(t, c.want, article.Status)
			require.Equal(t, "miit-2023-105", miit.ID)
			require.Equal(t, Required, miit.Status, "the notice knows no exception")

			if c.want != Required {
				require.Len(t, article.Differs, 1)
				require.Contains(t, article.Differs[0].ZH, "仍须备案（105号）", "never a bare no")
				require.Contains(t, article.Differs[0].EN, "must be filed anyway (notice 105)", "never a bare no")
			}
			for _, r := range v.Rulebooks {
				require.True(t, len(r.Reasons)+len(r.Duties) > 0, r.ID)
				for _, b := range r.Basis {
					require.NotEmpty(t, b.Title.ZH)
					require.NotEmpty(t, b.Title.EN)
					require.Regexp(t, `^\d{4}-\d\d-\d\d$`, b.Date)
					require.NotEmpty(t, b.Read)
				}
			}
		})
	}
}
