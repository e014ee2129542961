const base: string = 'https://api.example.com'

interface Options { path: string; method?: 'GET' | 'POST'; data?: Record<string, unknown> }

function send<T>({ path, method = 'GET', data }: Options): Promise<T> {
  return new Promise((resolve, reject) => {
    wx.request({
      url: `${base}${path}`, method, data, header: { token: wx.getStorageSync('token') || '' },
      success: (res) => (res.statusCode === 200 ? resolve(res.data as T) : reject(new Error(res.errMsg))),
      fail: reject
    })
  })
}

export const get = <T>(path: string, data?: Record<string, unknown>) => send<T>({ path, data })
export const post = <T>(path: string, data?: Record<string, unknown>) => send<T>({ path, method: 'POST', data })
