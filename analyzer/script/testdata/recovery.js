const a = 1
const b = = 2
foo(a b)
Page({
  data: { phone: '' },
  onLoad() {
    let x = ;
    this.ok()
    if (x { this.lost() }
    this.after()
  },
  bad bad: 1,
  tap() { this.kept() }
  last: 2
})
const c = 'unterminated
const d = 3
}
bar(function () {
  deep(1
