// wevu is the runtime of Vue's composition functions on native pages.
export { ref, shallowRef, reactive, computed, watch, watchEffect, toRef, toRefs, readonly, provide, inject, nextTick } from 'vue'
export { onLoad, onShow, onHide, onReady, onUnload, onPullDownRefresh, onReachBottom, onShareAppMessage } from '@dcloudio/uni-app'
export { defineStore, storeToRefs, createStore } from 'pinia'
