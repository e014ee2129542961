package control

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/stretchr/testify/require"
)

// Patterns that go back mean what an interpreter of JavaScript takes them for, on the
// samples and on texts that tell their parts apart.
func TestBacktrackingMeansJavaScript(t *testing.T) {
	texts := []string{"", "a", "ab", "aab", "abab", "aaaa", "A", "_", "5", "11", "12", "张三", "李小明李", "a-b", "a b", "\n", "a\nb", "\u00a0", "x41", "A@b", "}{", "a{2}", "foobar", "barfoo", "aXbX"}
	for _, s := range samples {
		for _, group := range s.accepts {
			texts = append(texts, group...)
		}
		texts = append(texts, s.rejects...)
	}
	vm := goja.New()
	for _, c := range []struct{ pattern, flags string }{
		{`^(?=\d{11}$)1[3-9]\d+`, ""}, {`^(?!.*@)\w+$`, ""}, {`(?<=a)b`, ""}, {`(?<!a)b`, ""}, {`(?<!^)a`, ""}, {`^(\d)\1$`, ""}, {`(a|ab)(c|bcd|b)?\1`, ""},
		{`^(?:a{1,1001})$`, ""}, {`^(a*?)(ab)?$`, ""}, {`^(a+)+b`, ""}, {`(?:a|b)*?$`, ""}, {`^(?<x>.)(?<y>.)\k<y>`, ""}, {`^(.)(.)?\2$`, ""}, {`\1(a)`, ""},
		{`(?=(a+))a*b\1`, ""}, {`(?=[a-z])\w`, "i"}, {`(?=^b)b`, "m"}, {`(?=.)$`, "m"}, {`^(?=.).$`, "s"}, {`^(?=[^]).`, ""}, {`(?=[\w-])-`, ""}, {`(?=[^\d\s]).{2}`, ""},
		{`(?!a)\w`, "y"}, {`(?=\bfoo)foo`, ""}, {`(?!\b)\Bbar`, ""}, {`(?=\x41)\u0041`, ""}, {`^(?=\u4e00|[\u4e00-\u9fa5])[^a-z]+$`, ""}, {`(?=a{2)a{2`, ""}, {`(?=a)a{0,2}\{?`, ""},
		{`(?=.)[\]}]`, ""}, {`^(?=.{2,4}$)(?:[\u4e00-\u9fa5]·?)+$`, ""}, {`^(?:(?=a)a|b)+$`, ""}, {`(?=\s)[\s]`, ""}, {`(?=x)x\d\d`, ""}, {`^(?=(.))(?:\1)+$`, ""}, {`()\1(?=a)`, ""}, {`(?=[\0-\x1f])`, ""}, {`(?=[\0-\0]).`, ""}, {`(?=\u0061)\u0061{2}`, "u"},
		{`^(?!(?:.*张){2}).*张`, ""}, {`(?=[+\-*/.]).`, ""}, {`^(?=.*[A-Za-z])(?=.*\d)[A-Za-z\d]{6,}$`, ""}, {`(?=a)|(?=5)5`, ""}, {`^(?:\d{17}(?=[\dXx])[\dXx]|(?=\d{15}$)\d{15})$`, ""},
	} {
		flags, err := flagsOf(c.flags)
		require.NoError(t, err)
		steps := 1_000_000
		accepts, err := backtracking(c.pattern, flags, &steps)
		require.NoError(t, err, c.pattern)
		re, err := vm.New(vm.Get("RegExp"), vm.ToValue(c.pattern), vm.ToValue(c.flags))
		require.NoError(t, err, c.pattern)
		test, _ := goja.AssertFunction(re.Get("test"))
		for _, text := range texts {
			require.NoError(t, re.Set("lastIndex", 0))
			want, err := test(re, vm.ToValue(text))
			require.NoError(t, err)
			got, err := accepts(text)
			require.NoError(t, err, c.pattern)
			require.Equal(t, want.ToBoolean(), got, "/%s/%s on %q", c.pattern, c.flags, text)
		}
	}
}

// The steps are a number of the pattern and the text alone, and they end.
func TestStepsAreCounted(t *testing.T) {
	for pattern, fits := range map[string]bool{
		`^(?=1)1[3-9]\d{9}$`: true, `^(?=(.+)+\1z)(.|..)+z$`: false, `^(?=a)(a|a)*$`: true, `(?:(?:)*)*(?=a)b`: true, `(?:(?=)){1000000000}b`: true,
	} {
		spent := map[int]bool{}
		for range 3 {
			steps := maxSteps
			accepts, err := backtracking(pattern, nil, &steps)
			require.NoError(t, err)
			_, err = accepts("13812345678aaaaaaaaaaaaaaaaaaaaaaaaaaa")
			require.Equal(t, fits, err == nil, pattern)
			spent[steps] = true
		}
		require.Len(t, spent, 1, pattern)
	}
	for _, pattern := range []string{`(?=`, `(?=a`, `a)(?=b`, `(?=[`, `(?=a)**`, `(?=[b-a])`, `(?=[b-\0])`, `(?=a){2,1}`, `(?<`, `(?=a)\`} {
		steps := maxSteps
		_, err := backtracking(pattern, nil, &steps)
		require.ErrorIs(t, err, errPattern, pattern)
	}
	steps := maxSteps
	_, err := backtracking(`(?=\p{Emoji_Presentation})`, map[rune]bool{'u': true}, &steps)
	require.ErrorIs(t, err, errLimit, "what is not known is told, not taken for nothing")
}
