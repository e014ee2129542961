package privacy

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/beian/beian/analyzer/lang"
)

// What the review rejects, according to the platform's own guide: purposes that
// are empty, meaningless (111, AAA, !@#¥, 不知道), too short or vague (使用, 定位, 开发),
// that give collecting itself as the purpose, that are the same for several types,
// or that deny the use (暂未使用, 不收集). A purpose has to say which function or page of
// the program uses the interface. Source: 小程序代码提审用户隐私保护协议修改指引, WeChat community,
// oCJUsw7rrYpSrmU6-S98xMyNcqLE, read 2026-11.
var (
	denial      = regexp.MustCompile(`暂未使用|暂不使用|没有使用|未使用|不使用|不收集|未收集|没有收集|不获取|未获取|没有获取|不涉及|无需收集`)
	meaningless = regexp.MustCompile(`^(?:测试|无|暂无|没有|不清楚|不知道|不了解|其他|其它|同上|默认|xxx+|aaa+|test|none|null|undefined|[\d\s\p{P}\p{S}]+|[a-zA-Z]{1,8})$`)

	// prefixed purposes repeat what the platform writes before them (field notes of
	// setprivacysetting).
	prefixed = regexp.MustCompile(`^(?:用于|为了)`)

	// vague purposes name no function: 提供更好的服务, 提升用户体验.
	vague = regexp.MustCompile(`^(?:用于|为了|以便)?(?:更好地?|进一步)?(?:给|为|向)?(?:你|您|用户)?(?:提供|带来|提升|改善|改进|优化|完善|保障|满足)(?:你|您|用户)?的?(?:更好|更优质|优质|便捷|良好|正常)?的?(?:产品|小程序|我们)?的?(?:功能|服务|体验|用户体验|使用体验|服务体验|服务质量|业务需要|业务需求|功能需要|需求|使用)(?:和(?:服务|体验|功能))?$`)
	needs = regexp.MustCompile(`^(?:因|由于|为|为了|出于)?(?:业务|功能|产品|开发|小程序|服务)(?:的)?(?:需要|需求|使用|正常使用|正常运行)$`)
)

// circular are the words of a purpose that gives collecting itself as the
// purpose: 用于收集你的手机号信息 has no others.
var circular = strings.NewReplacer(wordsAway("用于 为了 收集 获取 采集 读取 使用 访问 调用 申请 授权 得到 用户 你 您 的 个人 信息 权限 接口 功能 数据 而 并 和 、 进行 相关 本小程序 小程序 我们 需要 " +
	"昵称 头像 手机号码 手机号 手机 位置 定位 地理 选择 地址 收货 发票 抬头 微信运动 微信 步数 车牌号 照片 图片 视频 选中 文件 麦克风 摄像头 相机 相册 仅写入 蓝牙 通讯录 日历 加速 磁场 方向 陀螺仪 传感器 剪切板 剪贴板 身份证号码 身份证号 身份证 邮箱 姓名 设备")...)

// wordsAway gives the arguments of a Replacer that drops words.
func wordsAway(words string) []string {
	var out []string
	for _, w := range strings.Fields(words) {
		out = append(out, w, "")
	}
	return out
}

// shortest is the least length, in characters, of a purpose that says something.
// The review rejects 使用, 定位 and 获取位置.
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
			zh, en = "已声明却填写“未使用”：请删除该项", "declared, but said not to be used: delete the entry"
		case meaningless.MatchString(bare) || oneRune(bare):
			zh, en = "用途没有意义", "the purpose says nothing"
		case utf8.RuneCountInString(bare) < shortest:
			zh, en = "用途太短，要写清在哪个功能里、为了什么", "the purpose is too short: say in which function, and what for"
		case circular.Replace(bare) == "":
			zh, en = "只说收集这一类，没有说为了什么", "collecting is not a purpose: say in which function, and what for"
		case vague.MatchString(bare) || needs.MatchString(bare):
			zh, en = "用途含糊，没有指出哪个功能或页面", "the purpose is vague: it names no function or page"
		case first[bare] != "":
			zh, en = "与 "+first[bare]+" 的用途一字不差：每一类要写各自的用途",
				"the same words as for "+first[bare]+": each type needs its own purpose"
		}
		if first[bare] == "" {
			first[bare] = e.Key
		}
		if zh == "" && prefixed.MatchString(bare) {
			out = append(out, Difference{Kind: Unsure, Key: e.Key, Line: e.Line, Message: lang.Both(
				"开头不必写“用于”或“为了”：平台显示时会加上“为了”",
				"leave out 用于 or 为了 at the beginning: the platform puts 为了 before the purpose")})
		}
		if zh != "" {
			d := Difference{Kind: BadText, Key: e.Key, Line: e.Line}
			d.Message.ZH, d.Message.EN = zh+"（“"+text+"”），审核时会被驳回或要求修改",
				en+" ("+quoted(text)+"): the review rejects such a purpose"
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
