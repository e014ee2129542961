package script

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/internal/golden"
)

func modeOf(path string) Mode {
	switch filepath.Ext(path) {
	case ".ts":
		return TypeScript
	case ".tsx":
		return TypeScript | JSX
	case ".jsx":
		return JSX
	}
	return JS
}

// parseText parses text and checks what holds for every tree.
func parseText(t testing.TB, text string, mode Mode) *Program {
	t.Helper()
	prog := Parse(source.NewFile("test.js", text), mode)
	checkTree(t, prog)
	return prog
}

// TestDump compares the trees of the files in testdata with golden dumps.
func TestDump(t *testing.T) {
	files, err := filepath.Glob("testdata/*.[jt]s*")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, path := range files {
		if filepath.Ext(path) == ".dump" {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			prog := parseText(t, string(text), modeOf(path))
			if !strings.Contains(path, "recovery") {
				require.Empty(t, prog.Errors)
			}
			var got bytes.Buffer
			require.NoError(t, Dump(&got, prog))
			golden.Check(t, path+".dump", got.String())
		})
	}
}

func TestAccepts(t *testing.T) {
	tests := map[string][]string{
		"js": {
			"", ";", "a\nb", "a\n++b", "a = b / c / d", "if (a) b; else c", "do x(); while (y) z()",
			"var a = function () {}\n/x/g.exec(1)", "({}) / 2", "`a${`b${c}`}d`", "`${{a: 1}.a}`", "a ? b : c ? d : e",
			"async () => {}", "async x => x", "async (x) => x", "async(x)", "async\nfunction f() {}", "var async; async = 1",
			"for (async of => 1;;) break", "for (let of of xs) ;", "for (let in x) ;", "for (let = 1; ;) break", "let = 1", "let\n[a] = b",
			"for await (const x of y) z()", "for (x.y in z) ;", "for ([a, b] of c) ;", "for (var a = (b in c); ;) break",
			"({a, b: c, ...d} = e)", "[a, b.c, d[0], ...e] = f", "({a = 1} = b)", "({a = 1}) => a", "([{a = 1}]) => a", "(a, b = 1, ...c) => a",
			"({get, set, async, static: 1, get a() {}, set a(v) {}, async b() {}, *c() {}, async *d() {}, get: 1, async() {}})",
			"({if: 1, 'a b': 2, 3: 4, [x]: 5, class() {}})", "a.if.class.new", "a?.b?.[c]?.(d)", "a ?.5 : 1", "a ??= b ||= c &&= d **= e",
			"2 ** -1", "1_000n + 0b11 + 0o17 + .5 + 1.e3 + 1e-7", "new a.b.c", "new (a())()", "new new A()()", "new.target", "import('x')", "import.meta.url",
			"import a, {b as c, default as d} from 'x'", "import * as a from 'x'", "import 'x'", "import defer * as a from 'x'", "import {} from 'x'", "import {'a b' as c} from 'x'",
			"import a from 'x' with {type: 'json'}", "import a from 'x' assert {type: 'json'}", "import type from 'x'", "import from from 'x'", "import defer from 'x'",
			"export default async () => {}", "export default function () {}", "export default class {}", "export {a as default, b as 'c d'}", "export * from 'x'", "export let a = 1",
			"export a from 'x'", "export a, {b, c as d} from 'x'", "export default from 'x'", "export default from", "export async from 'x'",
			"class A { static; get; set; async; static static; static async; 'a'; 1; [b]; get\nc() {} }", "class A { a = 1; b\n*c() {} }", "class A extends (B, C) {}",
			"label: for (;;) { continue label }", "yield: 1", "var yield, await", "await: 1", "function* g() { yield\nyield /re/ }", "async function f() { await /re/ }", "await x; await (y)",
			"return 1", "return\n1", "throw {}", "try {} catch ({message}) {} finally {}", "switch (a) { case 1: default: case 2: b }", "debugger", "with (a) b",
			"a\u2028b", "\ufeffa", "变量.名字 = '值'", "\\u0061bc = 1", "'\\\n'", "'\u2028'", "/[/]/u.x", "/a\\/b/", "a\n<!-- x\nb", "a\n--> x", "/* a */ --> x",
			"if (a) function f() {}", "for (var i = 0 in {}) ;", "010 + 09", "x = {__proto__: null}", "`\\unicode`", "#!x", "@a @b.c(1) class D { @e() f; @(g) static h() {} }",
			"(a, b)", "((a)) + 1", "(a => b)(c)", "a => ({}).b", "x => y => z", "!function () {}()", "void 0, typeof a, delete a.b", "a in b instanceof c",
			"({ 'use strict': 1, \"\": 2 })", "async ({a = 1}) => a", "async(a, ...b)", "(async)", "(async x => x)", "f(async function () {})", "({async, await: 1})", "({async\n, b})",
		},
		"ts": {
			"let a: string = 1", "let a: () => void = b", "let a: (string | number)[] = b", "let a: { b: c; d(): e }[] = f", "let a!: b", "function f(this: A, b?: C, ...d: E[]): asserts b is F {}",
			"a as b as c", "a satisfies b", "a! + b!.c![0]!()", "<T>a", "<T>(a)", "<T>(a: b) => c", "<const>['a']", "async <T>(a: T): Promise<T> => a", "(a?: b, c: d = 1): e => f", "({a, b}: C, [d]: E) => f",
			"f<a>(b)", "f<a, b<c>>(d)", "new A<b>()", "new A<b>", "f<a>`b`", "a < b", "a < b > c", "a < (b >> c)", "f(a < b, c > d)", "a<b>>c", "if (a < b && c > d) e", "for (let i = 0; i < n; i++) ;", "a?.<T>(b)", "a?.b<c>(d)",
			"type A = B", "type A<B> = B extends C ? D : E", "type A = | 'a' | 'b' | -1 | `c${d}`", "type A = { readonly [K in keyof B]?: C }", "type A = typeof b.c<d>", "type A = abstract new () => B", "type A = [a: b, c?: d, ...e[]]",
			"type A = B[number]['c']", "type A = import('b').C<D>", "type A = (a: b) => a is c", "type\nA = B", "type = 1", "type A = unique symbol", "type A = infer", "var type, declare, namespace, module, abstract, readonly, is, of, keyof",
			"interface A extends B, C<D> { (a: b): c; new (a: b): c; d?: e }", "interface\nA", "declare function f(a: b): c", "declare let a: b", "declare class A<B> extends C<B> { d: e }", "declare global { var a }", "declare module 'a'", "declare namespace A.B { }",
			"declare enum A { B }", "declare const enum A { B }", "declare type A = B", "declare abstract class A {}", "abstract class A { abstract b: c; abstract d(): e; protected abstract get f(): g }", "enum A { B, C = 1, 'D' }", "const enum A { B }", "export enum A { B }", "export const enum A {}",
			"export type A = B", "export interface A {}", "export declare const a: b", "export abstract class A {}", "export default abstract class A {}", "export default interface A {}", "export = a", "export as namespace A", "import a = require('b')", "import a = b.c", "export import a = b.c", "import type a from 'b'", "import type { a } from 'b'",
			"import type * as a from 'b'", "import { type a, type as, type } from 'b'", "import { type as b } from 'c'", "import { type as as c } from 'd'", "import type from 'a'", "import type, { a } from 'b'", "export type { a } from 'b'", "export type * from 'a'", "export { type a, b }",
			"class A { a; b: c; d?: e = 1; private f!: g; static readonly h = 1; [i: string]: j; [i: number]: k, readonly [k] = 1; declare l: m; override n() {}; accessor o = 1; get p(): q { return 1 } }",
			"class A { constructor(private a: b, readonly c = 1) {} }", "class A { a(): b; a(c?: d): e {} }", "class A<T extends B = C> extends D<T>.E implements F, G<T> {}", "class A extends B<C> {}", "class A { m<T>(a: T): T { return a } }", "class A { readonly; declare; abstract = 1; private() {} }",
			"@a() class B { @c() d: e; constructor(@f() g: h) {} }", "@a export class B {}", "export @a class B {}", "@a abstract class B {}", "a ? (b) : c => d", "a ? (b, c) : d", "a ? (b): c => d : e", "a ? (b) => c : d", "a ? b : (c): d => e", "a ? (b ? (c) : d => e) : f", "x = { a: (b): c => d }",
			"function f<const T>(a: T) {}", "function f(a = <b>c) {}", "try {} catch (e: unknown) {}", "for (const a of b as c[]) d", "let a = b as any, c", "a = b as c", "a as any as b && c", "a = b as number < c", "a = b as unknown as string < c, d", "a = b as Foo<string>", "if ((a as b).c) d", "namespace A { export let b = 1 }", "module A {}", "let a: (new () => B) | null", "let a: A<B<C<D>>>= e", "let f = function <T>(a: T) {}", "({ a<T>(b: T) {} })",
			"a!\nb", "let x = y as const", "type A<in out T> = T", "type A = asserts", "let a: asserts", "let a: symbol | undefined, b", "using = 1", "a<b>?.()", "const a = <T extends B>(c: T) => c",
		},
		"tsx": {"<a/>", "<a>b</a>", "<T,>(a: T) => a", "<T extends B>(a: T) => a", "<a b={c as d}/>", "<A<B> c='d'/>", "f<a>(<b/>)", "a < b", "<T extends={1}/>", "<a extends/>"},
		"jsx": {
			"<a/>", "<a></a>", "<></>", "<a b c='d' e={f} {...g} h:i='j' k-l=\"m\n\" n=<o/>/>", "<a.b.c/>", "<a>text 文 it's {b} {...c} {/* d */} &amp;</a>", "<a\n>\n<b/>\n</a\n>", "a ? <b/> : <c/>", "(<a/>)", "<a b='\\'/>", "x = <a>{`b${<c/>}`}</a> / 2", "<a-b:c></a-b:c>",
			"<a>// no comment</a>", "<a // comment\n/>", "<a>{b}</a> < c", "() => <a/>", "<a /* b */ c/>", "<if class='a' for/>",
		},
	}
	for ext, list := range tests {
		for _, text := range list {
			prog := parseText(t, text, modeOf("x."+ext))
			assert.Empty(t, prog.Errors, "%s: %s", ext, text)
		}
	}
}

func TestRejects(t *testing.T) {
	tests := map[string][]string{
		"js": {
			"a b", "(", ")", "a +", "var", "var 1", "if", "if (a", "for (;;", "function (", "function f {}", "class {}", "x = {a b}", "[1 2]", "f(a b)", "'abc", "`abc", "`a${b", "/abc", "/* abc", "1 = 2", "a() = 1", "a + b = c", "a?.b = 1", "++a()", "({a = 1})", "f({a = 1})",
			"() + 1", "(a, )", "(...a)", "throw\na", "import a", "import {if} from 'x'", "export {a", "export 1", "try {}", "a ? b", "new",
			"a.", "a?.", "\\x", "\x00", "{", "}", "<a/>", "let a: b", "3in x", "break 1", "case 1:", "switch (a) { b }", "do x", "({get a: 1})", "({if})", "class A { a b }", "@a b", "=>", "async (a.b) => c", "(a + b) => c", "a\n=> b", "for (a of b; ;) c",
		},
		"ts":  {"let a: ", "let a: {", "type A", "type A =", "interface A", "enum A", "a as", "(a: b)", "(a?)", "let a: (b", "function f(a: ) {}", "class A { a: }", "<T>", "declare const"},
		"jsx": {"<a>", "<a", "<a></b>", "<a b=c/>", "<a>{</a>", "<a {b}/>", "</a>", "<>"},
	}
	for ext, list := range tests {
		for _, text := range list {
			prog := parseText(t, text, modeOf("x."+ext))
			assert.NotEmpty(t, prog.Errors, "%s: %s", ext, text)
		}
	}
}
