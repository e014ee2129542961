const base = require('./base')
export default class Form extends base.View {
  static #count = 0
  static { Form.#count++ }
  phone = ''
  'id-card'
  [base.key] = () => this.phone
  get; set;
  static async *rows() { yield* super.rows() }
  get value() { return #phone in this ? this.#phone : new.target }
  set value(v) { this.#phone = v }
  #phone
  constructor(...args) { super(...args) }
}
@track @log('x').all() class A { @bind m() {} }
export const B = class Named { clone() { return new Named } }
export { base as view, A }
export * as util from './util'
