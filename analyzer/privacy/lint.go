package privacy

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Texts that the review is known to reject, as developers report it: empty,
// meaningless, a bare verb, one reason for everything, a denial of use.
var (
	denial      = regexp.MustCompile(`暂未使用|暂不使用|没有使用|未使用|不使用|不收集|未收集|没有收集|不涉及|无需收集`)
	meaningless = regexp.MustCompile(`^(?:测试|无|暂无|没有|其他|其它|同上|默认|xxx+|aaa+|test|none|null|undefined|[\d\s\p{P}\p{S}]+|[a-zA-Z]{1,8})$`)
)

// shortest is the least length, in characters, of a purpose that says something:
// 使用, 定位 and 获取位置 are rejected.
const shortest = 6

// Lint looks for purposes that the review is known to reject.
func Lint(d *Declaration) []Difference {
	var out []Difference
	first := map[string]string{} // text -> key
	for _, e := range d.Entries {
		text := strings.TrimSpace(e.Text)
		bare := strings.Trim(text, " 　。.，,；;！!\"“”")
		zh, en := "", ""
		switch {
		case e.NoText:
			continue
		case bare == "":
			zh, en = "用途是空的", "the purpose is empty"
		case denial.MatchString(text):
			zh, en = "声明了又说没有使用：不用就删去这一项", "declared, and said not to be used: delete the entry instead"
		case meaningless.MatchString(bare) || oneRune(bare):
			zh, en = "用途没有意义", "the purpose says nothing"
		case utf8.RuneCountInString(bare) < shortest:
			zh, en = "用途太短，要写清在哪个功能里、为了什么", "the purpose is too short: say in which function, and what for"
		case first[bare] != "":
			zh, en = "与 "+first[bare]+" 的用途一字不差：每一类要写各自的用途", "the same words as for "+first[bare]+": each type wants a purpose of its own"
		}
		if first[bare] == "" {
			first[bare] = e.Key
		}
		if zh != "" {
			d := Difference{Kind: BadText, Key: e.Key, Line: e.Line}
			d.Message.ZH, d.Message.EN = zh+"（“"+text+"”），审核会被驳回", en+" ("+quoted(text)+"): rejected at review"
			out = append(out, d)
		}
	}
	return out
}

func quoted(s string) string { return `"` + s + `"` }

// oneRune reports whether a text repeats one character.
func oneRune(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return len(s) > size && strings.Trim(s, string(r)) == ""
}
