package markup

import (
	"strings"

	"github.com/beian/beian/analyzer/platform"
)

// Elsewhere is the directive of an element of mpx that is for other platforms: <view @ali>.
const Elsewhere = "elsewhere"

// eventPrefixes are what binds an event, longest first. The colon behind them is
// optional, unless the event's name does not start with a letter.
var eventPrefixes = []string{"capture-mut-bind", "capture-catch", "capture-bind", "mut-bind", "catch", "bind"}

// camelEventPrefixes are Alipay's, followed by an upper-case letter.
var camelEventPrefixes = []string{"captureCatch", "captureOn", "capture-on", "capture-catch", "on", "catch"}

// classify tells what an attribute of that name is for, its name by meaning, and
// how its value is written.
func (d *Dialect) classify(raw string) (AttrKind, string, valueForm) {
	if d.Vue {
		if kind, name, form, ok := classifyVue(raw); ok {
			return kind, name, form
		}
	}
	for _, prefix := range d.Directives {
		if name, ok := strings.CutPrefix(raw, prefix); ok && name != "" {
			return d.directive(name)
		}
	}
	if d.CamelEvents {
		if event, ok := camelEvent(raw); ok {
			return Event, event, mixed
		}
	}
	if d.InlineCalls && raw[0] == '@' {
		return Directive, Elsewhere, literal
	}
	kind, name := classifyCommon(raw)
	if d.InlineCalls && kind == Event {
		return kind, name, whole
	}
	return kind, name, mixed
}

// classifyCommon knows the names that mean the same in every dialect.
func classifyCommon(raw string) (AttrKind, string) {
	prefix, rest, colon := strings.Cut(raw, ":")
	switch {
	case colon && rest == "":
	case colon && prefix == "model":
		return Model, camel(rest)
	case colon && prefix == "mark":
		return Mark, rest
	case colon && prefix == "generic":
		return Generic, rest
	case colon && prefix == "data":
		return Data, rest
	case strings.HasPrefix(raw, "data-") && len(raw) > len("data-"):
		return Data, camel(strings.ToLower(raw[len("data-"):]))
	default:
		if event, ok := boundEvent(raw); ok {
			return Event, event
		}
	}
	return Plain, raw
}

// boundEvent returns the event that an attribute such as bindtap, bind:tap or
// capture-catch:tap binds.
func boundEvent(raw string) (string, bool) {
	if raw[0] != 'b' && raw[0] != 'c' && raw[0] != 'm' {
		return "", false
	}
	for _, prefix := range eventPrefixes {
		if event, ok := strings.CutPrefix(raw, prefix); ok {
			event, colon := strings.CutPrefix(event, ":")
			if event == "" || !colon && !isNameStart(event[0]) {
				return "", false
			}
			return eventName(event), true
		}
	}
	return "", false
}

func camelEvent(raw string) (string, bool) {
	for _, prefix := range camelEventPrefixes {
		if event, ok := strings.CutPrefix(raw, prefix); ok && event != "" && 'A' <= event[0] && event[0] <= 'Z' {
			return eventName(event), true
		}
	}
	return "", false
}

// listener returns the event that a property such as onBlur listens to.
func listener(name string) (string, bool) {
	event, ok := strings.CutPrefix(name, "on")
	if !ok || event == "" || event[0] < 'A' || 'Z' < event[0] {
		return "", false
	}
	return eventName(event), true
}

// ownElement reports whether tag is an element of the platform on which programs
// listen: what a component is given as onBlur is its own affair.
func ownElement(tag string) bool {
	return tag == "view" || tag == "text" || tag == "image" || platform.NativeComponent(tag) != nil
}

// eventName lower-cases an event and drops modifiers: getPhoneNumber.stop.
func eventName(name string) string {
	return strings.ToLower(withoutModifiers(name))
}

func withoutModifiers(name string) string {
	if i := strings.IndexByte(name, '.'); i > 0 {
		return name[:i]
	}
	return name
}

// directive tells what the directive name, without its prefix, does.
func (d *Dialect) directive(name string) (AttrKind, string, valueForm) {
	if event, ok := boundEvent(name); ok && d.BoundByDirective {
		return Event, event, whole
	}
	switch name {
	case "model": // mpx, chameleon
		return Model, "value", mixed
	case "for-items": // the oldest WeChat spelling
		name = "for"
	case "else-if":
		name = "elif"
	}
	form := mixed
	if d.BareExpr {
		switch name {
		case "if", "elif":
			form = whole
		case "for":
			form = each
		}
	}
	return Directive, name, form
}

// classifyVue knows the names of Vue's templates; ok is false for all others.
func classifyVue(raw string) (kind AttrKind, name string, form valueForm, ok bool) {
	switch {
	case raw[0] == '@' && len(raw) > 1:
		return Event, eventName(raw[1:]), whole, true
	case raw[0] == '#':
		return Directive, "slot", literal, true
	case raw[0] == ':' && len(raw) > 1:
		kind, name = vueBinding(raw[1:])
		return kind, name, whole, true
	case !strings.HasPrefix(raw, "v-"):
		return 0, "", 0, false
	}
	name, argument, _ := strings.Cut(raw[len("v-"):], ":")
	name = withoutModifiers(name)
	switch name {
	case "":
		return 0, "", 0, false
	case "on":
		if argument != "" {
			return Event, eventName(argument), whole, true
		}
	case "bind":
		if argument != "" {
			kind, name = vueBinding(argument)
			return kind, name, whole, true
		}
	case "model":
		if argument = withoutModifiers(argument); argument == "" {
			argument = "value"
		}
		return Model, argument, whole, true
	case "else-if":
		name = "elif"
	case "for":
		return Directive, name, each, true
	case "slot":
		return Directive, name, literal, true
	}
	return Directive, name, whole, true
}

// vueBinding tells what :name is for. With the modifier sync the component may
// write what it is given.
func vueBinding(name string) (AttrKind, string) {
	if bare, sync := strings.CutSuffix(name, ".sync"); sync && bare != "" {
		return Model, bare
	}
	name = withoutModifiers(name)
	if name == "key" {
		return Directive, name
	}
	if key, ok := strings.CutPrefix(name, "data-"); ok && key != "" {
		return Data, camel(strings.ToLower(key))
	}
	return Plain, name
}

// camel joins the words of a dashed name: goods-id is goodsId.
func camel(name string) string {
	if strings.IndexByte(name, '-') < 0 {
		return name
	}
	b := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if name[i] == '-' && i+1 < len(name) && 'a' <= name[i+1] && name[i+1] <= 'z' {
			i++
			b = append(b, name[i]-'a'+'A')
			continue
		}
		b = append(b, name[i])
	}
	return string(b)
}
