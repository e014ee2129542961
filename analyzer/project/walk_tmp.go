package project

import (
	"reflect"

	"github.com/beian/beian/analyzer/script"
)

// walk visits the tree until package script has a walk of its own.
func walk(n script.Node, f func(script.Node) bool) { visit(reflect.ValueOf(n), f) }

var skipTypes = map[reflect.Type]bool{
	reflect.TypeFor[*script.Scope](): true, reflect.TypeFor[*script.Symbol](): true,
}

func visit(v reflect.Value, f func(script.Node) bool) {
	switch v.Kind() {
	case reflect.Interface:
		if !v.IsNil() {
			visit(v.Elem(), f)
		}
	case reflect.Pointer:
		if v.IsNil() || skipTypes[v.Type()] || v.Elem().Kind() != reflect.Struct {
			return
		}
		if n, ok := v.Interface().(script.Node); ok && !f(n) {
			return
		}
		if v.Type() == reflect.TypeFor[*script.Program]() {
			visit(v.Elem().FieldByName("Body"), f)
			return
		}
		for i := range v.Elem().NumField() {
			visit(v.Elem().Field(i), f)
		}
	case reflect.Slice:
		for i := range v.Len() {
			visit(v.Index(i), f)
		}
	}
}
