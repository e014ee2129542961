package facts

import (
	"regexp"
	"strings"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// provinces are the short names that a filing number begins with.
const provinces = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

// A filing number is that of the operator, a dash, and which of its services it is;
// the letter behind tells a mini program (X) from an app (A), a quick app (Q) and a
// website (none): 京ICP备12345678号-1X, or 粤B2-20090059-1626X for an operator with an
// ICP permit (forms of WeChat's filing and of public registers, read 2026-11-28).
var (
	numberForm = regexp.MustCompile(`[` + provinces + `]\s*(?:ICP备\s*\d{6,10}\s*号|[AB]2-\d{8})(?:\s*-\s*\d+\s*([A-Za-z])?)?`)
	dashes     = strings.NewReplacer("－", "-", "–", "-", "—", "-")
)

// NormalNumber is a filing number without blanks, with dashes of one kind and capital
// letters, so that two ways to write it are equal.
func NormalNumber(number string) string {
	return strings.ToUpper(strings.Join(strings.Fields(dashes.Replace(number)), ""))
}

// CheckNumber says what is wrong with the form of the filing number of a mini program;
// the zero text if nothing is. Whether it was ever given out is not known here.
func CheckNumber(number string) lang.Text {
	normal := NormalNumber(number)
	m := numberForm.FindStringSubmatch(normal)
	switch {
	case m == nil || m[0] != normal:
		return lang.Both("不像备案编号；小程序的编号写作 京ICP备12345678号-1X",
			"this does not look like a filing number; that of a mini program is written 京ICP备12345678号-1X")
	case m[1] != "X":
		return lang.Both("不像小程序的备案编号，它以短横、数字和 X 结尾（京ICP备12345678号-1X）；主体、网站和 App 的编号不是这样",
			"this does not look like the number of a mini program, which ends in a dash, digits and X (京ICP备12345678号-1X); "+
				"those of operators, websites and apps do not")
	}
	return lang.Text{}
}

// Shows returns the place that shows a filing number, or nil.
func (f Facts) Shows(number string) *Place {
	for i := range f.Numbers {
		if NormalNumber(f.Numbers[i].Text) == NormalNumber(number) {
			return &f.Numbers[i]
		}
	}
	return nil
}

// mayHoldNumber are the texts that may hold a filing number: most do not, and the expression
// is slow.
var mayHoldNumber = choice{func(text string) bool { return strings.Contains(text, "ICP") || strings.Contains(text, "2-") }}

// numbers finds filing numbers in what the program may show.
func (g *gatherer) numbers() {
	said(g.program, &mayHoldNumber, func(text string, at source.Location) {
		for _, number := range numberForm.FindAllString(text, -1) {
			if g.facts.Shows(number) == nil {
				g.facts.Numbers = append(g.facts.Numbers, Place{number, at})
			}
		}
	})
}
