const http = require('./utils/http')
App({
  globalData: { user: null },
  onLaunch() {
    wx.login({ success: ({ code }) => http.post('/login', { code }).then((data) => { this.globalData.user = data }) })
  }
})
