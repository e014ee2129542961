import type { Page } from './page'
import { type User, save } from './save'
import fs = require('fs')
import Deep = Space.Inner
export type { User }
interface Form<T = {}> extends Base<T>, Other { phone: string; get?(): T }
type Fn = new <T extends keyof U>(this: Window, ...a: T[]) => asserts a is string
type Cond<T> = T extends (infer U extends string)[] ? `a${U}` : T extends -1 ? never : typeof import('x')
declare module 'x' { const a: 1 }
declare const VERSION: string, BUILD: number
enum Kind { Phone = 1, 'id-card' = Kind.Phone << 1 }
namespace Util.Text { export const trim = (s: string): string => s.trim() }
namespace Only { type A = 1 }
function over(a: string): void
function over(a?: any, b: Array<Map<string, number>>= new Map<string, Array<number>>()) { return a! as unknown as string }
abstract class View<T> extends Base<T> implements Form<T>, Other {
  [key: string]: any
  declare extra: number
  private readonly phone?: string = <string>over('x')
  static override count!: number
  abstract render(): void
  constructor(private name: string, public readonly age = 1, plain?: number) { super() }
  @Input() async load<K>(@Inject() key: K): Promise<K> { return this.get<K>(key)! }
}
const f = async <T,>(x: T, { a, b }: Props = {}): Promise<T> => x
const g = cond ? (a) : (b: number): number => b
const h = cond ? (a): number => a : b
const less = a < b && c > (d), call = fn<string, number[]>`x`
let x: unique symbol, y = obj satisfies Obj<string>, z = a?.b<T>(c)
export = Util
const wait = (f: () => void): ((ms: number) => void) => ms => f(), group = (a: string): (string | null) => a
