import { post } from '../../utils/http'

const rules = { phone: /^1\d{10}$/, email: /^[^@\s]+@[^@\s]+$/ }

Page({
  data: { fields: [{ name: 'name', label: '姓名' }, { name: 'phone', label: '手机号' }, { name: 'email', label: '邮箱' }], form: {}, busy: false },
  change({ detail: { name, value } }) {
    this.setData({ [`form.${name}`]: value })
  },
  region(e) {
    this.setData({ 'form.region': e.detail.value.join(' ') })
  },
  phone(e) {
    post('/phone', { code: e.detail.code }).then(({ phone }) => this.setData({ phone }))
  },
  async submit() {
    const wrong = Object.keys(rules).filter((name) => !rules[name].test(this.data.form[name] || ''))
    if (wrong.length > 0) {
      wx.showToast({ title: wrong.join('、'), icon: 'none' })
      return
    }
    this.setData({ busy: true })
    try {
      const saved = await post('/apply', { ...this.data.form, at: Date.now() })
      wx.setStorageSync('applied', [...(wx.getStorageSync('applied') || []), saved.id])
      wx.navigateTo({ url: `/pages/list/list?id=${saved.id}` })
    } catch (e) {
      console.error(e)
    } finally {
      this.setData({ busy: false })
    }
  }
})
