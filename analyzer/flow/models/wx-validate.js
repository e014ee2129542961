// What a program can see of WxValidate (github.com/wux-weapp/wx-extend, src/assets/plugins/wx-validate, read 2026-11), a class that programs
// copy: what is wrong with a form is kept with the value of the field, and checkForm only tells whether all is well.

class WxValidate {
  constructor(rules = {}, messages = {}) {
    Object.assign(this, { data: {}, rules, messages, methods: {}, form: {}, errorList: [] })
  }
  addMethod(name, method) { this.methods[name] = method }
  checkForm(data) {
    this.data = data
    this.form = {}
    this.errorList = []
    for (const param in this.rules) {
      const value = data[param]
      for (const name in this.rules[param]) {
        if (this.methods[name]) this.methods[name](value, this.rules[param][name])
      }
      this.form[param] = { $name: param, $valid: $nothing, $invalid: $nothing, $error: {}, $success: {}, $viewValue: value }
      if ($nothing) this.errorList.push({ param, msg: $nothing, value })
    }
    return this.valid()
  }
  valid() { return this.size() === 0 }
  size() { return this.errorList.length }
  validationErrors() { return this.errorList }
}
WxValidate.default = WxValidate.WxValidate = WxValidate
module.exports = WxValidate
