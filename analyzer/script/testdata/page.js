// 预约页
const app = getApp()
import { request as post, default as http } from '../../utils/request'
import config, * as all from './config.json' with { type: 'json' }

Page({
  data: { phone: '', 'user-name': null, list: [1, , 0x1F, .5e3], 4: true },
  onLoad({ id = 1, from: source, ...rest }, [first, , third] = []) {
    const that = this, reg = /[/\]]+/gi
    wx.getUserProfile({
      desc: `用于${that.data.phone ? '\u8054\u7cfb' : "b\n"}您`,
      success: ({ userInfo: { nickName } }) => that.setData({ nickName, [`list[${id}]`]: source }),
      fail() {},
    })
    rest.total /= first ** 2 / third
  },
  async submit(e) {
    let phone = e.detail?.value?.phone ?? app.globalData?.['phone']
    try {
      await post?.({ phone })
    } catch { return }
    finally { this.busy = false }
    for (const [k, v] of Object.entries(phone)) { if (!v) continue; else if (k in all) break }
    for (var i = 0, n = 3; i < n; i++) this.list[i]++
    retry: do { phone.length--; break retry } while (phone.length > 0)
    switch (typeof phone) { case 'string': let m = 1; default: void m }
  },
  get total() { return this._total }, set total(v) { this._total = v },
  *each() { const x = yield* this.list; yield; yield x },
})
