package verdict

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/source"
)

// zero is a number of people that a person gave as 0 and that cannot stay so once the
// program is used.
type zero struct {
	key  string // "persons"
	text lang.Text
	at   source.Location // the code that contradicts
}

// zeros lists the numbers that are 0 in beian.yaml and not in the code. Of `faces` code
// tells nothing: a face that is sent need not be stored.
func zeros(in Input) []zero {
	var out []zero
	found := surelyTaken(in.Findings)
	if f, sink := firstSent(found); isZero(in.Inputs.Persons) && f != nil {
		out = append(out, zero{"persons",
			lang.Textf("写了 persons: 0，但代码收集%[1]s并发送出去（%[2]s）：一有用户就不是 0",
				"it says persons: 0, but the code collects %[1]s and sends them off the device (%[2]s): it is not 0 from the first user on",
				finding.CategoryList{f.Category}.Title(), sink.Location), sink.Location})
	}
	if in.Inputs.CrossBorder == No {
		return out // operator/cross-border tells it
	}
	for _, n := range []struct {
		key  string
		said *int64
		fits func(*finding.Finding) bool
	}{
		{"abroad", in.Inputs.Abroad, func(f *finding.Finding) bool {
			_, doubtful := doubtfulOf(f)
			return !doubtful && !Sensitive(f) && in.Inputs.Children != Yes // everything about a child is sensitive
		}},
		{"abroad-sensitive", in.Inputs.AbroadSensitive, Sensitive},
	} {
		var fitting []*finding.Finding
		for _, f := range found {
			if n.fits(f) {
				fitting = append(fitting, f)
			}
		}
		if sent := sentAbroad(fitting); isZero(n.said) && len(sent) > 0 {
			out = append(out, zero{n.key, lang.Textf("写了 %[1]s: 0，但代码%[2]s：一有用户就不是 0",
				"it says %[1]s: 0, but the code %[2]s: it is not 0 from the first user on", n.key, sent[0].text()), sent[0].at})
		}
	}
	return out
}

func isZero(n *int64) bool { return n != nil && *n == 0 }

// surelyTaken are the findings about personal information that the program collects
// beyond doubt.
func surelyTaken(all []finding.Finding) []*finding.Finding {
	var out []*finding.Finding
	for _, f := range Collection(all) {
		if f.NeedsConsent() && f.Confidence == finding.High {
			out = append(out, f)
		}
	}
	return out
}

// firstSent returns the first finding whose value leaves the device, and where it does.
func firstSent(found []*finding.Finding) (*finding.Finding, finding.Sink) {
	for _, f := range found {
		for _, flow := range f.Flows {
			if flow.Sink.Kind.Leaves() {
				return f, flow.Sink
			}
		}
	}
	return nil, finding.Sink{}
}

var numberDenied = &finding.Rule{
	ID: "operator/numbers", Kind: finding.KindConfig, Since: "0.1.0",
	Title: lang.Both("人数写 0，代码却在处理", "number given as 0, but the code handles such information"),
	Summary: lang.Both("beian.yaml 的 operator.persons、abroad 或 abroad-sensitive 写了 0，而可达的代码把收集的个人信息发送出去，或发往看来在境外的主机。",
		"beian.yaml gives operator.persons, abroad or abroad-sensitive as 0, and reachable code sends collected personal information off the device, or to a host that seems to be abroad."),
	Why: lang.Both("人数决定负责人报送、合规审计和出境手续；0 会让这些都显得不需要。",
		"The officer report, audits and the procedures for transfers abroad go by these numbers; 0 makes all of them look needless."),
	Bad:  "operator:\n  persons: 0   # wx.request({ url, data: { phone } })",
	Good: "operator:\n  persons: 12000",
	Mend: lang.Both("写出实际或预计的人数；不知道就不要写，报告会问。",
		"Give the number, or the one that you expect. If you do not know it, leave it out: the report asks."),
	Limits: lang.Both("还没有上线的程序，0 可能属实；faces 不核对：发送了人脸不等于存储。服务器的实际位置代码看不出。",
		"0 may be true of a program that is not online yet. It does not check faces: one that is sent need not be stored. Code does not show where a server is."),
	References: []law.Citation{law.Cite("pipl", "52"), law.Cite("cross-border-flows"), operatorSettings},
}
