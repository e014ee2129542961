// wx-promise-pro puts the APIs of the platform on wx.pro, where they give promises. Versions before
// 3 do so when they are imported, later ones when they are told to.

wx.pro = wx
export const promisifyAll = () => { wx.pro = wx }
export const promisify = api => api
export default { promisifyAll, promisify }
