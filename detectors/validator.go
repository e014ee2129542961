package detectors

import (
	"cmp"
	"errors"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/sandbox"
)

// A validator in the source tells what a control is for, however it is spelt:
// programs write the pattern of a mobile number in dozens of ways. So it is not
// read but tried on sample values, in a sandbox.
//
// The values are made up. The ID numbers have valid check digits (GB 11643-1999);
// the first is the standard's own example.
var samples = []struct {
	category finding.Category
	accepts  [][]string // it must accept one value of each group
	rejects  []string   // and none of these
}{
	{finding.Phone,
		[][]string{{"13812345678", "13912345678"}, {"15812345678", "18612345678"}},
		[]string{"abc", "1391234567", "29912345678", "张三", "11010519491231002X", "a@example.com"}},
	{finding.IDCard,
		[][]string{{"440524198801010011", "110101199003070038", "320102198506151236"}},
		[]string{"abc", "13812345678", "62220212345678901234", "张三", "44052419880101001", "a@example.com"}},
	{finding.Email,
		[][]string{{"zhangsan@example.com", "zhang_san@example.com"}, {"li@test.com.cn", "li12@test.com"}},
		[]string{"abc", "13812345678", "张三", "@", "example.com"}},
	{finding.Name,
		[][]string{{"张三"}, {"李小明"}},
		[]string{"abc", "13812345678", "a@example.com", "张3", "张", "张三李四王五赵六钱七孙八周九吴十"}},
}

// Limits of the sandbox. A validation pattern is far below them; what exceeds
// them tells nothing.
const (
	maxPattern  = 1000                  // bytes of a pattern
	patternTime = 50 * time.Millisecond // for one pattern
)

// validators remembers what patterns accept: a pattern is a pure function.
var validators sync.Map // "/pattern/flags" -> []finding.Category

// accepted returns the categories whose values a regular expression accepts while
// it rejects others. A pattern that accepts everything has none.
func accepted(pattern, flags string) []finding.Category {
	if len(pattern) > maxPattern || pattern == "" {
		return nil
	}
	key := "/" + pattern + "/" + flags
	if known, ok := validators.Load(key); ok {
		return known.([]finding.Category)
	}
	out := try(pattern, flags)
	validators.Store(key, out)
	return out
}

func try(pattern, flags string) (out []finding.Category) {
	err := sandbox.Run(sandbox.Limits{Time: patternTime, Stack: 64}, func(vm *goja.Runtime) error {
		// The text of the program is handed over as a value and never run as script.
		build, err := vm.RunString(`(function (p, f) { var r = new RegExp(p, f); return function (s) { r.lastIndex = 0; return r.test(s) } })`)
		if err != nil {
			return err
		}
		compile, _ := goja.AssertFunction(build)
		made, err := compile(goja.Undefined(), vm.ToValue(pattern), vm.ToValue(flags))
		if err != nil {
			return err
		}
		test, _ := goja.AssertFunction(made)
		var failed error
		start := time.Now()
		accepts := func(s string) bool {
			if failed != nil || time.Since(start) > patternTime {
				failed = cmp.Or[error](failed, errSlow)
				return false
			}
			v, err := test(goja.Undefined(), vm.ToValue(s))
			failed = err
			return err == nil && v.ToBoolean()
		}
		for _, sample := range samples {
			if fits(sample.accepts, sample.rejects, accepts) {
				out = append(out, sample.category)
			}
		}
		return failed
	})
	if err != nil {
		return nil
	}
	return out
}

var errSlow = errors.New("the pattern takes too long")

func fits(groups [][]string, rejects []string, accepts func(string) bool) bool {
	for _, group := range groups {
		any := false
		for _, s := range group {
			any = any || accepts(s)
		}
		if !any {
			return false
		}
	}
	for _, s := range rejects {
		if accepts(s) {
			return false
		}
	}
	return true
}
