package report

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLineHashes(t *testing.T) {
	var lorem []string
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		lorem = append(lorem, "a7f2ff13bc495cf2:"+n)
	}
	lorem = append(lorem, "a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1", "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1")
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", []string{"c129715d7a2bc9a3:1"}},
		{"one line", "hello", []string{"872468d6b4240487:1"}},
		{"two lines", "hello\nworld", []string{"b01c407d36a555d5:1", "7ccada68dd16a863:1"}},
		{"CRLF", "hello\r\nworld", []string{"b01c407d36a555d5:1", "7ccada68dd16a863:1"}},
		{"CR", "hello\rworld", []string{"b01c407d36a555d5:1", "7ccada68dd16a863:1"}},
		{"blanks", " a\nb\n  \t\tc\n d", []string{"271789c17abda88f:1", "54703d4cd895b18:1", "180aee12dab6264:1", "a23a3dc5e078b07b:1"}},
		{"CR, blank, LF are two ends", "hello\r \nworld", lineHashes("hello\n\nworld")},
		{"repeated", strings.Repeat("Lorem ipsum dolor sit amet.\n", 10), lorem},
		{"script", "x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n", []string{
			"e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1", "5c482a0f8b35ea28:1",
			"54517377da7028d2:1", "2c644846cb18d53e:1", "f1b89f20de0d133:1", "c129715d7a2bc9a3:1"}},
		{"Chinese", "Page({\n  data: { phone: \"\" },\n  // 收集手机号\n  onInput(e) { this.setData({ phone: e.detail.value }) }\n})\n", []string{
			"54b33f55f97ffc52:1", "addb254075bf2124:1", "56a478690f7f6aae:1", "94d73a4d85bfeeea:1", "d08e38dac319751b:1", "c129715d7a2bc9a3:1"}},
		{"emoji", "const a = \"😀手机\"\n", []string{"669b7d7b590e1eb0:1", "c129715d7a2bc9a3:1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, lineHashes(c.text))
		})
	}
}

func BenchmarkLineHashes(b *testing.B) {
	text := strings.Repeat("  <input placeholder=\"请输入手机号\" bindinput=\"onPhone\" />\n", 1000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		lineHashes(text)
	}
}
