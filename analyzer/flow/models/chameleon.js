// The functions of chameleon (chameleon-api 1.0, its sources; read 2026-11), as what they make of
// those of the platform.

const given = (call, pick) => new Promise((resolve, reject) => { call({ success: r => resolve(pick(r)), fail: reject }) })
const asText = v => typeof v === 'string' ? v : JSON.stringify(v)

export const request = o => $request('cml.request', Object.assign({}, o, { url: o.domain ? o.domain + o.url : o.url }))
export const get = o => $request('cml.get', Object.assign({}, o, { url: o.domain ? o.domain + o.url : o.url }))
export const post = o => $request('cml.post', Object.assign({}, o, { url: o.domain ? o.domain + o.url : o.url }))

export const setStorage = (key, value) => {
  const data = asText(value)
  return given(o => wx.setStorage(Object.assign({ key, data }, o)), () => data)
}
export const getStorage = key => given(o => wx.getStorage(Object.assign({ key }, o)), r => r.data)
export const removeStorage = key => given(o => wx.removeStorage(Object.assign({ key }, o)), r => r)

function addressOf(o) {
  const query = Object.keys(o.query || {}).map(k => k + '=' + encodeURIComponent(o.query[k])).join('&')
  return query ? o.path + '?' + query : o.path
}
export const navigateTo = o => { wx.navigateTo({ url: addressOf(o) }) }
export const redirectTo = o => { wx.redirectTo({ url: addressOf(o) }) }
export const navigateBack = n => { wx.navigateBack({ delta: -n }) }
// open goes to another mini program, whose address and parameters are in the address that it is given.
export const open = (url, parameters) => { wx.navigateToMiniProgram({ path: url, extraData: parameters }) }

export const getLocationInfo = () => given(o => wx.getLocation(o), r => ({ lat: r.latitude, lng: r.longitude }))
export const getSystemInfo = () => given(o => wx.getSystemInfo(o), r => r)
export const chooseImage = o => given(to => wx.chooseImage(to), r => ({ assets: r.tempFilePaths }))
export const setClipBoardData = text => given(o => wx.setClipboardData(Object.assign({ data: text }, o)), () => text)
export const getClipBoardData = () => given(o => wx.getClipboardData(o), r => r.data)
export const setTitle = title => { wx.setNavigationBarTitle({ title }) }

export const initSocket = url => {
  const task = wx.connectSocket({ url })
  return {
    onopen(f) { task.onOpen(f) }, onmessage(f) { task.onMessage(f) }, onerror(f) { task.onError(f) }, onclose(f) { task.onClose(f) },
    send(data) { task.send({ data: JSON.stringify(data) }) }, close() { task.close() },
  }
}

export const showToast = o => { wx.showToast({ title: o.message, duration: o.duration }) }
export const alert = o => given(to => wx.showModal(Object.assign({ content: o.message, showCancel: false }, to)), r => r)
export const confirm = o => given(to => wx.showModal(Object.assign({ content: o.message }, to)), r => r)

const nothing = () => {}
const all = {
  request, get, post, setStorage, getStorage, removeStorage, navigateTo, redirectTo, navigateBack, open, getLocationInfo,
  getSystemInfo, chooseImage, setClipBoardData, getClipBoardData, setTitle, initSocket, showToast, alert, confirm,
  requestAnimationFrame: f => { f() }, cancelAnimationFrame: nothing, createAnimation: () => wx.createAnimation(),
  canIUse: () => $nothing, close: nothing, reload: nothing, getRect: () => Promise.resolve($nothing), inSDK: () => false,
  px2cpx: n => n, cpx2px: n => n, getLaunchOptionsSync: () => wx.getLaunchOptionsSync(), scrollTo: nothing,
  createInnerAudioContext: () => wx.createInnerAudioContext(), createVideoContext: id => wx.createVideoContext(id),
}
export default all
