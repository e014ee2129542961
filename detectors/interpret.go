package detectors

import (
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/sandbox"
)

// Interpret is the Interpreter that runs in this process. Limits stop it, which
// are checked between the operations of the script; a single operation that takes
// forever or uses all memory is not stopped. Whoever does not trust the script
// calls it in a process of its own. The error is a *ScriptError.
func Interpret(name, text string, view []byte) (answers []Answer, err error) {
	err = sandbox.Run(ScriptLimits, func(vm *goja.Runtime) error {
		list, err := callDetect(vm, name, text, string(view))
		if err != nil {
			return err
		}
		answers, err = answersOf(list)
		return err
	})
	var known *ScriptError
	var limit *sandbox.Exceeded
	switch {
	case err == nil:
		return answers, nil
	case errors.As(err, &known):
		known.Name = name
		return nil, known
	case errors.As(err, &limit):
		return nil, &ScriptError{name, LimitText(limit.What)}
	}
	return nil, &ScriptError{name, lang.Text{ZH: err.Error(), EN: err.Error()}}
}

// LimitText says that a script was stopped at a limit: "time", "memory" or "stack".
func LimitText(what string) lang.Text {
	zh := map[string]string{
		"time":   fmt.Sprintf("运行超过 %v，已停止", ScriptLimits.Time),
		"memory": fmt.Sprintf("占用内存超过 %d MB，已停止", ScriptLimits.Memory>>20),
		"stack":  fmt.Sprintf("调用超过 %d 层，已停止", ScriptLimits.Stack),
	}[what]
	return lang.Text{ZH: zh, EN: "the limit of " + what + " was reached"}
}

// wrong is the error for a script whose answer has the wrong form.
func wrong(zh, en string) error { return &ScriptError{Reason: lang.Both(zh, en)} }

// freeze makes a copy of the view that cannot be changed.
const freeze = `(function freeze(x) {
	if (x && typeof x === 'object') { Object.keys(x).forEach(function (k) { freeze(x[k]) }); Object.freeze(x) }
	return x
})`

// callDetect runs the script and then its function detect with the view.
func callDetect(vm *goja.Runtime, name, text, view string) (*goja.Object, error) {
	value := goja.Value(vm.ToValue(view))
	for _, step := range []string{"JSON.parse", freeze} {
		made, err := vm.RunString(step)
		if err != nil {
			return nil, err
		}
		do, _ := goja.AssertFunction(made)
		if value, err = do(goja.Undefined(), value); err != nil {
			return nil, err
		}
	}
	if _, err := vm.RunScript(name, text); err != nil {
		return nil, err
	}
	detect, ok := goja.AssertFunction(vm.Get("detect"))
	if !ok {
		return nil, wrong("没有函数 detect(view)", "it has no function detect(view)")
	}
	out, err := detect(goja.Undefined(), value)
	if err != nil {
		return nil, err
	}
	list, ok := out.(*goja.Object)
	if !ok || list.ClassName() != "Array" {
		return nil, wrong("detect 应返回一个列表", "detect must return a list")
	}
	return list, nil
}

// answersOf reads the list that a script has returned.
func answersOf(list *goja.Object) ([]Answer, error) {
	n := min(list.Get("length").ToInteger(), maxScriptFindings+1)
	var out []Answer
	for i := range n {
		if i == maxScriptFindings {
			return nil, wrong(fmt.Sprintf("返回了超过 %d 项", maxScriptFindings),
				fmt.Sprintf("it returns more than %d findings", maxScriptFindings))
		}
		at := func(zh, en string) error {
			return wrong(fmt.Sprintf("第 %d 项：%s", i+1, zh), fmt.Sprintf("finding %d: %s", i+1, en))
		}
		o, ok := list.Get(fmt.Sprint(i)).(*goja.Object)
		if !ok {
			return nil, at("应是一个对象", "it must be an object")
		}
		var a Answer
		for key, to := range map[string]*string{"rule": &a.Rule, "at": &a.At, "confidence": &a.Confidence,
			"subject": &a.Subject, "message": &a.Message} {
			value := o.Get(key)
			if value == nil || goja.IsUndefined(value) || goja.IsNull(value) {
				continue
			}
			text, ok := value.Export().(string)
			if !ok || len([]rune(text)) > maxScriptText {
				return nil, at(fmt.Sprintf("%s 应是不超过 %d 字的文字", key, maxScriptText),
					fmt.Sprintf("%s must be a text of at most %d characters", key, maxScriptText))
			}
			*to = text
		}
		out = append(out, a)
	}
	return out, nil
}
