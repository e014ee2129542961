package ir

import "strings"

// programs are run by TestRun.
var programs = []struct{ name, text string }{
	{"logic", `
		const f = (a, b) => [a && b, a || b, a ?? b, a ? b : -b, (!a && b || a) ?? 1]
		log(f(0, 1), f(1, 2), f(null, 3), f('', 4), f(undefined, undefined))
		let x = { a: 0, b: 1 }
		x.a ||= 5; x.b &&= 6; x.c ??= 7; x['d'] = 8; x.a += 2; x.a **= 2
		log(x, x.a++, ++x.a, x.a--, x.a, typeof missing, void 0, (1, 2))
		let n = '5'; n++; n += 1; n ??= 2; n &&= n - 1
		log(n, 7 % 4, 1 << 3, 5 & 4 | 1, 'a' in { a: 1 }, [] instanceof Array)
		made = 3; log(made, globalThis.made)
		log([1, , 3].length, [...'ab', ...[1]], { ...{ p: 1 }, p: 2, ...null }, 'x' + 1 + 2)`},
	{"chains", `
		const u = { a: { b() { return this.c }, c: 3 }, n: null, f: null }
		log(u?.a.c, u.n?.a.b.c, u.n?.a.b().c.d, u.a?.b(), u?.['a']?.['c'], u.f?.(), u.a.b?.call({ c: 4 }))
		log(delete u.a.c, delete u.n?.x, delete u?.a, u, u.missing?.[log('never')] ?? 'none')
		const v = null
		log(v?.a, v?.a?.b, (v?.a ?? { b: 5 }).b, [v]?.length)
		log(((u?.g) ?? (() => 6))())`},
	{"patterns", `
		const { a, b: { c = 1, ...d } = {}, ['e' + 1]: e, ...rest } = { a: 1, b: { x: 2, y: 3 }, e1: 4, f: 5, g: 6 }
		log(a, c, d, e, rest)
		let [p, , { q } = { q: 7 }, ...tail] = [1, 2, undefined, 4, 5]
		log(p, q, tail);
		[p, q] = [q, p]
		log(p, q)
		const o = {};
		({ p: o.p, q: o['q'] = 9, ...o.rest } = { p: 1, z: 2 })
		log(o)
		function f({ x = 1, y } = {}, [z] = [3], w = x + 1, ...more) { return [x, y, z, w, more, arguments.length] }
		log(f(), f({ x: 2, y: 3 }, [4], 5, 6, 7), f(undefined, undefined, null))
		for (const [k, { v }] of Object.entries({ i: { v: 1 }, j: { v: 2 } })) log(k, v)
		for ({ p: q } of [{ p: 3 }]) log(q)
		const g = () => {}; const { length } = g; log(length)
		let r = [p, q] = [8, 9]; log(r, p, q)`},
	{"tables", `
		const t = [` + strings.Repeat("1, 0.5, -2e9, ", 20) + `7]
		log(t, t.length)`},
	{"loops", `
		const later = []
		for (let i = 0; i < 3; i++) { let j; j = (j || 10) + i; later.push(() => [i++, j]) }
		for (var k = 0; k < 2; k++) later.push(() => k)
		for (const x of [7, 8]) { later.push(() => x) }
		for (const x in { p: 1, q: 2 }) { const y = x + x; later.push(() => y) }
		log(later.map((f) => f()), later.map((f) => f()))
		outer: for (let a = 0; a < 3; a++) {
			for (let b = 0; ; b++) {
				if (b === 2) continue outer
				if (a === 2) break outer
				log(a, b)
			}
		}
		let n = 0
		do { n++; if (n === 2) continue; if (n === 4) break; log(n) } while (n < 10)
		while (n-- > 0) { if (n === 1) continue; log(n) }
		a: b: for (;;) { for (;;) break a }
		blk: { if (n) break blk; log('not here') }
		const made = []
		for (const z of [1, 2]) { made.push(early); class Late { z = z } function early() { return new Late().z } }
		log(made.map((f) => f()))
		for (;;) { try { break } finally { log('finally') } }
		for (const z of [1, 2, 3]) { switch (z) { case 2: continue; default: log(z) } }
		let t = 0; for (; t < 3; ) t += 1
		log(t)`},
	{"switch", `
		function f(x) {
			const out = []
			switch (x) {
				case 1: out.push('one')
				case 2: out.push('two'); break
				default: out.push('default')
				case 3: out.push('three'); break
				case 4: case 5: { out.push('4or5') }
			}
			return out
		}
		function g(x) {
			switch (x) {
				default: return 'none'
				case 'a': case 'b': return 'ab'
				case h(): if (x) { return 'h' } else { return 'no h' }
				case 'z': throw 'z'
			}
			function h() { return 'h' }
		}
		function k(x) { let r = 0; switch (x) { case 1: r = 1; break; case 2: case 9: r = 2; break; case 3: r = 3 } return r }
		log(f(1), f(2), f(3), f(4), f(5), f(6), g('a'), g('b'), g('h'), g('c'), [1, 2, 9, 3, 4].map(k))
		try { g('z') } catch (e) { log(e) }
		switch (1) {}
		switch (2) { case 2: let q = 5; log(q) }`},
	{"try", `
		function f(n) {
			try { if (n === 1) throw { m: 'm' }; if (n === 2) return 'body'; log('on') }
			catch ({ m }) { return m }
			finally { log('fin', n); if (n === 3) return 'over' }
			return 'end'
		}
		log(f(1), f(2), f(3), f(4))
		try { try { null.x } finally { log('inner') } } catch { log('caught') }
		const e = 1
		try { throw 2 } catch (e) { var v = e }
		log(e, v)`},
	{"functions", `
		log(hoisted(2), typeof notYet, later)
		var later = 1, notYet = () => 2
		function hoisted(n) { return n * inner(); function inner() { return 10 } }
		const fact = function self(n) { return n < 2 ? 1 : n * self(n - 1) }
		const two = [1, 2].map((n) => n); for (const n of two) two[n - 1] = function again(m) { return m ? n + again(m - 1) : 0 }
		log(two.map((f) => f(3)))
		log(fact(5), (function () { return typeof fact })(), later)
		function outer() { return [() => this.x, () => this.x + 1, function () { return this.x + arguments[0] }].map((f) => f.call({ x: 'own' }, 'arg')) }
		log(outer.call({ x: 'outer' }, 'arg'))
		function Old(a) { this.a = a; log(new.target === Old) }
		Old.prototype.get = function () { return this.a }
		log(new Old(3).get(), Math.max(...[1, 5], 2), new Array(...[1, 2]).length)
		const tag = (s, ...v) => s.join('|') + v.join()
		log(tag` + "`a${1}b${2}`, `x${'y'}z`, `plain`" + `)
		let x = 1; { let x = 2; log(x); { function x2() { return x } log(x2()) } } log(x)
		var d = 1; function shadow(d) { var d; d = d || 5; return d } log(shadow(), shadow(2), d)
		if (true) function sloppy() {}
		const self2 = function again() { return [1].map(() => typeof again) }; log(self2())`},
	{"objects", `
		const k = 'key'
		const o = { a: 1, 'b-c': 2, 3: 3, [k + 1]: 4, k, m() { return this.a }, get g() { return this.a * 2 }, set g(v) { this.a = v },
			get [k]() { return 'computed' }, ...{ s: 5 }, f: () => 1, *gen() { yield 1 } }
		o.g = 10
		log(o, o.m(), o.g, o.key, o['b-c'], o[3], [...o.gen()], o.f.name)
		delete o['a']; log('a' in o)
		const base = { hi() { return 'hi ' + this.n } }
		log(Object.assign(Object.create(base), { n: 1 }).hi())`},
	{"classes", `
		const order = []
		class A {
			x = 1
			#p = 2
			y = this.x + this.#p
			arrow = () => this.y;
			['com' + 'puted'] = 3
			static s = 4
			static t = this.s + 1
			static { order.push(this.t) }
			static make(...a) { return new this(...a) }
			constructor(n) { this.n = n }
			get p() { return this.#p }
			set p(v) { this.#p = v }
			m() { return 'A.m ' + this.n }
			static sm() { return 'A.sm' }
		}
		class B extends A {
			z = this.n
			m() { return 'B>' + super.m() + super['m']() }
			static sm() { return 'B>' + super.sm() }
		}
		class C extends B {
			constructor() { const late = () => super('c'); late(); order.push(new.target === C); this.own = super.m() }
		}
		const b = B.make(7); b.p = 9
		log(b.x, b.y, b.arrow(), b.computed, b.p, b.z, b.m(), B.sm(), B.s, A.t, order)
		const c = new C(); log(c.own, c.m(), c instanceof A, order)
		const E = class Inner { me() { return Inner === E } }
		log(new E().me(), new (class { q = 1 })().q, (class { static v = 8 }).v)
		const mixin = (S) => class extends S { mixed() { return super.m() } }
		log(new (mixin(A))(5).mixed())`},
	{"generators", `
		function* ids(n) { let got = yield n; log(got); const r = yield* [1, 2]; yield; return r }
		const g = ids(5)
		log(g.next(), g.next('sent'), g.next(), g.next(), g.next())
		const [a, b] = [...ids(1)]; log(a, b)
		async function f(x) { try { return await x } catch (e) { return 'caught ' + e } finally { log('done') } }
		f(1).then((v) => log(v)); f(Promise.reject(2)).then((v) => log(v))
		const h = async (x) => { const y = await x; return y + (await f(1)) }
		h(3).then(log)`},
	{"with", `
		const o = { p: 1 }; var q = 2
		{ let q = 3; log(q, o.p) }
		log(q)`},
}
