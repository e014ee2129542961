package verdict

import (
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// Filing is what is known of a filing that the operator says there is. That it exists
// is not verified.
type Filing struct {
	Number   string // as given
	State    FilingState
	Recorded string         // day on which it was recorded what was filed, or ""
	Tool     string         // version of beian that made the record
	Covers   *filed.Program // what was recorded, or nil
	Changes  []filed.Change // since then
	Problem  lang.Text      // of a number that is none, or a record that is for another; zero if there is none
}

// FilingState says whether a program is still what was filed.
type FilingState string

// The states of a filing.
const (
	Covered    FilingState = "covered"    // nothing was seen that was not recorded
	Exceeded   FilingState = "exceeded"   // something was
	Uncertain  FilingState = "uncertain"  // nothing was, but less was read or followed than then
	Unrecorded FilingState = "unrecorded" // what was filed is not known
)

// Exceeding are the changes that the filing does not cover.
func (f *Filing) Exceeding() []filed.Change {
	return slices.DeleteFunc(slices.Clone(f.Changes), func(c filed.Change) bool { return !c.Exceeds() })
}

// Title says what state the filing is in, as a sentence of its own.
func (f *Filing) Title() lang.Text {
	if f.Problem != (lang.Text{}) {
		return lang.Textf("备案编号 %s 有问题：%s", "filing number %s: %s", f.Number, f.Problem)
	}
	number := lang.Textf("已备案（编号 %s，未核实）", "filed (number %s, not verified)", f.Number)
	if f.Number == "" {
		number = lang.Both("按备案记录（没有编号）", "by the record of the filing (without a number)")
	}
	switch f.State {
	case Covered:
		return number.Plus(lang.Textf("：没有发现备案记录（%s）之外的收集、主机或接口",
			": nothing was found beyond what was recorded on %s", f.Recorded))
	case Exceeded:
		n := len(f.Exceeding())
		return number.Plus(lang.Textf("：比备案记录（%s）多出 %d 项，请核对是否须变更备案、补充声明，或者删去",
			": %[2]d more than was recorded on %[1]s; check whether the filing or the privacy guide has to be changed, or remove them", f.Recorded, n))
	case Uncertain:
		return number.Plus(lang.Textf("：没有发现备案记录（%s）之外的内容，但读到或跟踪到的比那时少",
			": nothing was found beyond what was recorded on %s, but less was read or followed than then",
			f.Recorded))
	}
	return number.Plus(lang.Both("：没有备案内容的记录，无法比较；核对之后运行 beian filed --record",
		": what was filed is not recorded, so nothing can be compared; once you have checked it, run beian filed --record"))
}

// Given tells the number alone.
func (f *Filing) Given() lang.Text {
	if f.Problem != (lang.Text{}) {
		return f.Title()
	}
	return lang.Textf("输入的备案编号：%s（没有核实）", "filing number as given: %s (not verified)", f.Number)
}

// Told is Title with everything that the filing does not cover.
func (f *Filing) Told() lang.Text {
	text := f.Title()
	var all []lang.Text
	for _, c := range f.Exceeding() {
		all = append(all, c.Text)
	}
	if len(all) == 0 {
		return text
	}
	return text.Plus(lang.Both("：", ": ")).Plus(lang.Joined(all, lang.Both("；", "; ")))
}

// About says what the filing covers and where the comparison is weak.
func (f *Filing) About() []lang.Text {
	if f.Covers == nil {
		return nil
	}
	var categories finding.CategoryList
	for _, c := range f.Covers.Collected {
		categories = append(categories, c.Category)
	}
	none := lang.Both("无", "none")
	list := func(names []string) lang.Text {
		if len(names) == 0 {
			return none
		}
		return lang.Both(strings.Join(names, "、"), strings.Join(names, ", "))
	}
	title := none
	if len(categories) > 0 {
		title = categories.Title()
	}
	return []lang.Text{lang.Textf("备案涵盖：%s；接收方 %s；隐私类型 %s；插件 %s",
		"the filing covers: %s; recipients: %s; privacy types: %s; plugins: %s",
		title, list(f.Covers.Recipients()), list(f.Covers.Keys()), list(f.Covers.Plugins))}
}

// judgeFiling compares with what was filed. It is nil if no number is given.
func judgeFiling(in Input) *Filing {
	if in.Inputs.FilingNumber == "" {
		return nil
	}
	return CompareFiling(in.Inputs.FilingNumber, in.Filed, in.Program)
}

// CompareFiling says whether a program is what was recorded under a number, which is
// "" if it is not known. Recorded and now may be nil.
func CompareFiling(number string, recorded *filed.Record, now *filed.Current) *Filing {
	f := &Filing{Number: number, State: Unrecorded}
	if number != "" {
		f.Problem = facts.CheckNumber(number)
	}
	noProblem := f.Problem == (lang.Text{})
	if noProblem && recorded != nil && recorded.Number != "" && number != "" &&
		facts.NormalNumber(recorded.Number) != facts.NormalNumber(number) {
		f.Problem = lang.Textf("备案记录是编号 %s 的", "the record is that of number %s", recorded.Number)
	}
	if recorded == nil || now == nil || f.Problem != (lang.Text{}) {
		return f
	}
	f.State, f.Recorded, f.Tool = Covered, recorded.Recorded, recorded.Tool
	f.Covers = recorded.Program(now.Path)
	f.Changes = filed.Compare(f.Covers, now)
	switch {
	case len(f.Exceeding()) > 0:
		f.State = Exceeded
	case slices.ContainsFunc(f.Changes, func(c filed.Change) bool { return c.Hides() }):
		f.State = Uncertain
	}
	return f
}

// recorded returns the filing if it is known what was filed, else nil.
func (v Verdict) recorded() *Filing {
	if v.Filing == nil || v.Filing.State == Unrecorded {
		return nil
	}
	return v.Filing
}

// Has reports whether the answer for a gate is s. Of a program that was filed a gate
// asks what the filing does not cover: Triggered means that there is something,
// Undetermined that there may be.
func (v Verdict) Has(s Status) bool {
	f := v.recorded()
	switch {
	case f != nil && s == Triggered:
		return f.State == Exceeded
	case f != nil && s == Undetermined:
		return f.State == Uncertain || v.PersonalInformation.Status == s
	}
	return v.PersonalInformation.Status == s
}

// Stops reports whether there is something that the filing does not cover and that
// nobody has accepted as known.
func (f *Filing) Stops() bool {
	return slices.ContainsFunc(f.Exceeding(), func(c filed.Change) bool { return !c.Accepted })
}

// Stops is Has, but for what a person has accepted as known.
func (v Verdict) Stops(s Status) bool {
	if f := v.recorded(); f != nil && s == Triggered {
		return f.Stops()
	}
	return v.Has(s) && !v.PersonalInformation.Accepted
}
