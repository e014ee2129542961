// The lifecycle functions that uni-app adds to those of Vue.

export const onLaunch = f => $hook('onLaunch', f)
export const onShow = f => $hook('onShow', f)
export const onHide = f => $hook('onHide', f)
export const onError = f => $hook('onError', f)
export const onInit = f => $hook('onInit', f)
export const onLoad = f => $hook('onLoad', f)
export const onReady = f => $hook('onReady', f)
export const onUnload = f => $hook('onUnload', f)
export const onResize = f => $hook('onResize', f)
export const onPullDownRefresh = f => $hook('onPullDownRefresh', f)
export const onReachBottom = f => $hook('onReachBottom', f)
export const onPageScroll = f => $hook('onPageScroll', f)
export const onTabItemTap = f => $hook('onTabItemTap', f)
export const onShareAppMessage = f => $hook('onShareAppMessage', f)
export const onShareTimeline = f => $hook('onShareTimeline', f)
export const onAddToFavorites = f => $hook('onAddToFavorites', f)
export const onBackPress = f => $hook('onBackPress', f)
export const onNavigationBarButtonTap = f => $hook('onNavigationBarButtonTap', f)
export const onPageNotFound = () => {}
export const onUnhandledRejection = () => {}
export const onThemeChange = () => {}
