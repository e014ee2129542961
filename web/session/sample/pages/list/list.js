import { get, post } from '../../utils/http'

class Store {
  constructor() { this.rows = new Map() }
  put(row) { this.rows.set(row.id, row) }
  all() { return Array.from(this.rows.values()).sort((a, b) => a.at - b.at) }
}

const store = new Store()

Page({
  data: { rows: [] },
  onLoad({ id }) {
    get('/list', { id }).then((rows) => {
      rows.forEach((row) => store.put({ ...row, title: row.title || '' }))
      this.setData({ rows: store.all() })
    })
  },
  open(e) {
    const { id } = e.currentTarget.dataset
    switch (id) {
      case undefined: return
      default: wx.navigateTo({ url: '/pages/form/form?id=' + encodeURIComponent(id) })
    }
  },
  address() {
    wx.chooseAddress({ success: ({ userName, telNumber }) => post('/address', { userName, telNumber }) })
  }
})
