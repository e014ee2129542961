package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/detectors"
)

func TestInterpret(t *testing.T) {
	answers, err := interpret("a.js", "function detect(v) { return v.controls.map(c => ({ rule: 'custom/a', at: c.id, subject: '卡😀' })) }",
		[]byte(`{"controls": [{"id": "control:0"}]}`))
	require.NoError(t, err)
	require.Equal(t, []detectors.Answer{{Rule: "custom/a", At: "control:0", Subject: "卡😀"}}, answers)

	_, err = interpret("a.js", "function detect() { return 1 }", []byte(`{}`))
	var wrong *detectors.ScriptError
	require.ErrorAs(t, err, &wrong)
	require.Equal(t, "检测脚本 a.js：detect 应返回一个列表", wrong.Text().ZH)
}

// Single operations of the language that would use all memory, run forever, or
// use the whole stack of the interpreter.
func TestInterpretIsEndedWithinItsLimits(t *testing.T) {
	for body, want := range map[string]string{
		`return 'x'.repeat(1e6).replace(/x/g, 'y'.repeat(1e6))`:                             "the limit of ",
		`var a = 'xxxxxxxx'; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)`:    "the limit of ",
		`return Array.from({ length: 4e9 })`:                                                "the limit of ",
		`return 1n << 100000000000n`:                                                        "the limit of ",
		`return 10n ** (10n ** 9n)`:                                                         "the limit of ",
		`return eval('('.repeat(1e6))`:                                                      "the limit of ",
		`var s = 'x'; for (;;) s += s`:                                                      "the limit of ",
		`return typeof process + typeof require + typeof Deno + typeof fetch + typeof load`: "must return a list",
	} {
		t.Run(body, func(t *testing.T) {
			t.Parallel()
			start := time.Now()
			_, err := interpret("a.js", "function detect(view) { "+body+" }", []byte(`{}`))
			require.ErrorContains(t, err, want)
			require.Less(t, time.Since(start), detectors.ScriptLimits.Time+2*patience)
		})
	}
}

// A script cannot reach anything of the host.
func TestInterpretGivesTheLanguageAlone(t *testing.T) {
	_, err := interpret("a.js", "function detect() { throw new Error(JSON.stringify(Object.getOwnPropertyNames(globalThis).filter(n => /env|process|require|module|import|console|os|fs/i.test(n)))) }", []byte(`{}`))
	require.ErrorContains(t, err, "Error: []")
}
