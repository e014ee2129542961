// 隐私授权弹窗：页面打开时如果用户还没有同意隐私保护指引，或者平台要求授权时显示。
// 文案可以按自己的情况修改。依据微信官方文档《小程序隐私协议开发指南》。
let waiting = []

Component({
  data: { shown: false, guide: '《用户隐私保护指引》' },
  lifetimes: {
    attached() {
      if (!wx.getPrivacySetting) return // 基础库低于 2.32.3：由平台处理
      wx.onNeedPrivacyAuthorization(resolve => {
        waiting.push(resolve)
        this.setData({ shown: true })
      })
      wx.getPrivacySetting({
        success: ({ needAuthorization, privacyContractName }) => {
          this.setData({ shown: needAuthorization, guide: privacyContractName || this.data.guide })
        }
      })
    }
  },
  methods: {
    open() {
      wx.openPrivacyContract({})
    },
    agree() {
      this.answer({ event: 'agree', buttonId: 'privacy-agree' })
    },
    disagree() {
      this.answer({ event: 'disagree' })
    },
    answer(result) {
      const asked = waiting
      waiting = []
      this.setData({ shown: false })
      asked.forEach(resolve => resolve(result))
    }
  }
})
