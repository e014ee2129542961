package finding

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestMask(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "请填写手机号", "请填写手机号"},
		{"mobile", "tel: '13912345678'", "tel: '139****5678'"},
		{"mobile in Chinese", "电话13912345678。", "电话139****5678。"},
		{"mobile with country code", "+8613912345678", "+86139****5678"},
		{"country code apart", "+86 13912345678", "+86 139****5678"},
		{"mobile in groups", "139 1234 5678", "139 **** 5678"},
		{"mobile in groups with hyphens", "139-1234-5678!", "139-****-5678!"},
		{"groups of a longer number", "139-1234-56789", "139-1234-56789"},
		{"not a mobile", "12012345678", "12012345678"},
		{"inside a longer number", "1391234567800", "1391234567800"},
		{"end of a very long number", strings.Repeat("7", 41) + "13912345678", strings.Repeat("7", 41) + "13912345678"},
		{"time stamp", "1699999999999", "1699999999999"},
		{"service number", "400-800-1234", "400-800-1234"},
		{"ID number with X", "11010519491231002X", "110105********002X"},
		{"ID number with small x", "id=11010519491231002x;", "id=110105********002x;"},
		{"ID number", "440524188001010014", "440524********0014"},
		{"wrong check digit", "110105194912310021", "110105194912310021"},
		{"wrong date", "110105194913310026", "110105194913310026"},
		{"old ID number", "110105491231002", "110105******002"},
		{"15 digits, no date", "110105499931002", "110105499931002"},
		{"email", "mail wang.xiao@example.com now", "mail w********@example.com now"},
		{"email at the end of a sentence", "写信给 li@example.com.", "写信给 l*@example.com."},
		{"email whose mailbox is a mobile", "13912345678@example.com", "1**********@example.com"},
		{"picture", "icon@2x.png", "icon@2x.png"},
		{"package", "import a from '@vant/weapp'; // weapp@1.11.2", "import a from '@vant/weapp'; // weapp@1.11.2"},
		{"several", "13912345678,18612345678", "139****5678,186****5678"},
		{"full width", "电话１３９１２３４５６７８", "电话１３９＊＊＊＊５６７８"},
		{"two groups", "139 12345678", "139 ****5678"},
		{"five and six", "13912-345678", "139**-**5678"},
		{"four, three, four", "1391 234 5678", "139* *** 5678"},
		{"international code", "008613912345678", "0086139****5678"},
		{"code in brackets", "(+86) 139-1234-5678", "(+86) 139-****-5678"},
		{"trunk digit", "013912345678", "0139****5678"},
		{"points", "139.1234.5678", "139.****.5678"},
		{"a number with a point", "135.12345678", "135.12345678"},
		{"underscores", "139_1234_5678n", "139_****_5678n"},
		{"en dash", "139–1234–5678", "139–****–5678"},
		{"no-break spaces", "139\u00a01234\u00a05678", "139\u00a0****\u00a05678"},
		{"ideographic space", "139　12345678", "139　****5678"},
		{"zero width", "139\u200b12345678", "139\u200b****5678"},
		{"tab", "139\t1234\t5678", "139\t****\t5678"},
		{"HTML escape", "&#49;3912345678", "&#49;39****5678"},
		{"JavaScript escape", `\u0031391\u0032345678`, `\u003139*********5678`},
		{"percent escape", "%313912345678", "%3139****5678"},
		{"base64", "key MTM5MTIzNDU2Nzg= end", "key MT*************= end"},
		{"base64 of a word", "SGVsbG9Xb3JsZEFnYWlu", "SGVsbG9Xb3JsZEFnYWlu"},
		{"figures in a table", "1366 7680 123", "1366 7680 123"},
		{"dates and prices", "2019-12-31 1999.00 188.50", "2019-12-31 1999.00 188.50"},
		{"signs that differ", "139-1234 5678", "139-1234 5678"},
		{"order", "20191231139123456789", "20191231139123456789"},
		{"ID number with hyphens", "110105-1949-1231-002X", "110105-****-****-002X"},
		{"ID number in full width", "１１０１０５１９４９１２３１００２Ｘ", "１１０１０５＊＊＊＊＊＊＊＊００２Ｘ"},
		{"old ID number in groups", "110105 491231 002", "110105 ****** 002"},
		{"email with escaped sign", "wang%40example.com", "w***%40example.com"},
		{"email with full-width sign", "wang＠example.com", "w***＠example.com"},
		{"email with HTML escape", "wang&#64;example.com", "w***&#64;example.com"},
		{"email with JavaScript escape", `wang\u0040example.com`, `w***\u0040example.com`},
		{"collection of an environment", "by Collection.add users@prod at", "by Collection.add users@prod at"},
		{"email behind a collection", "Document.set users wang.xiao@mailhost", "Document.set users w********@mailhost"},
		{"email as a collection", "Collection.add wang@example.com", "Collection.add w***@example.com"},
		{"email in words", "wang [at] example.com", "w*** [at] example.com"},
		{"email at a bare host", "wang.xiao@mailhost", "w********@mailhost"},
		{"email at a host in Chinese", "wang@例子.中国", "w***@例子.中国"},
		{"release of a package", "npm i vue@latest uview@next", "npm i vue@latest uview@next"},
		{"event of a template", `<input@click="go">`, `<input@click="go">`},
		{"styles", "x@media print{a@font-face{}}", "x@media print{a@font-face{}}"},
		{"country code of four digits", "0086-139-1234-5678", "0086-139-****-5678"},
		{"other separators", "139·1234·5678", "139·****·5678"},
		{"groups that mean something else", "1391-2345-678", "1391-2345-678"},
		{"a date before a mobile", "2024-13912345678", "2024-139****5678"},
		{"ID number in groups", "110105 19491231 002X", "110105 ******** 002X"},
		{"ID number in groups of four", "440524-1880-0101-0014", "440524-****-****-0014"},
		{"other scripts", "١٣٩١٢٣٤٥٦٧٨ 𝟏𝟑𝟗𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖 ①③⑨①②③④⑤⑥⑦⑧", "١٣٩××××٥٦٧٨ 𝟏𝟑𝟗🞶🞶🞶🞶𝟓𝟔𝟕𝟖 ①③⑨＊＊＊＊⑤⑥⑦⑧"},
		{"Chinese numerals", "电话一三九一二三四五六七八", "电话一三九＊＊＊＊五六七八"},
		{"Chinese numerals as words", "一三得三，二〇二六年十一月二十九日", "一三得三，二〇二六年十一月二十九日"},
		{"a numeral beside a number", "一13912345678一", "一139****5678一"},
		{"two scripts", "139١٢٣٤5678", "139١٢٣٤5678"},
		{"brackets", "(139)1234-5678 139(1234)5678", "(139)****-5678 139(****)5678"},
		{"slashes", "139/1234/5678", "139/****/5678"},
		{"figures with rare signs", "1391/234/5678 13912:345678", "1391/234/5678 13912:345678"},
		{"digits apart", "1 3 9 1 2 3 4 5 6 7 8", "1 3 9 * * * * 5 6 7 8"},
		{"a list of digits", "[1, 3, 9, 1, 2, 3, 4, 5, 6, 7]", "[1, 3, 9, 1, 2, 3, 4, 5, 6, 7]"},
		{"number literal", "13_912_345_678", "13_9**_**5_678"},
		{"thousands", "13,912,345,678", "13,912,345,678"},
		{"marks inside", "139\u200e1\ufe0f2\u20e3345678", "139\u200e*\ufe0f*\u20e3**5678"},
		{"escape in braces", `\u{31}3912345678`, `\u{31}39****5678`},
		{"ID number in fours", "4405 2418 8001 0100 14", "4405 24** **** **00 14"},
		{"email in capitals", "wang AT corp DOT cn", "w*** AT corp DOT cn"},
		{"a sentence", "LOOK AT home. I AM AT work", "LOOK AT home. I AM AT work"},
		{"email with words in brackets", "wang(at)corp(dot)cn", "w***(at)corp(dot)cn"},
		{"email with spaces", "wang @ corp.cn", "w*** @ corp.cn"},
		{"a sign between words", "a @ b, at 5 @ noon", "a @ b, at 5 @ noon"},
		{"email of full width", "ｗａｎｇ＠ｃｏｒｐ．ｃｎ", "ｗ＊＊＊＠ｃｏｒｐ．ｃｎ"},
		{"email with zero width", "wang\u200b@\u200bcorp.cn", "w***\u200b@\u200bcorp.cn"},
		{"email at a machine", "wang@[10.0.0.1]", "w***@[10.0.0.1]"},
		{"ID number in wrong groups", "1101-051949-1231002X", "1101-051949-1231002X"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, Mask(c.in))
		})
	}
}

// The two numbers of the standard, and a residence permit of the same form.
func TestValidIDNumber(t *testing.T) {
	for number, want := range map[string]bool{
		"11010519491231002X": true,
		"440524188001010014": true,
		"440524188001010015": false,
		"1101051949123100":   false,
		"1101051949123100 2": false,
		"":                   false,
	} {
		require.Equal(t, want, ValidIDNumber(number), number)
	}
}

func FuzzMask(f *testing.F) {
	for _, s := range []string{"13912345678", "a@b.cc", "138 1234 5678", "11010519491231002X", "@", "手机号13912345678@例子.中国", "１３９ 1234 5678", `\\u0031391234567&#56;`, "MTM5MTIzNDU2Nzg=", "a [at] b.cc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Mask(s)
		require.Len(t, got, len(s), "masking keeps offsets")
		require.Equal(t, got, Mask(got), "masked text has nothing left to mask")
		if utf8.ValidString(s) {
			require.True(t, utf8.ValidString(got))
		}
	})
}

func BenchmarkMask(b *testing.B) {
	text := "  <input placeholder=\"请输入手机号\" bindinput=\"onPhone\" maxlength=\"11\" /> 1234567 a@2x.png\n"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Mask(text)
	}
}
