Component({
  properties: { label: String, name: String, value: String },
  data: { focused: false },
  observers: { value(v) { this.setData({ length: (v || '').length }) } },
  methods: {
    onInput(e) {
      this.triggerEvent('change', { name: this.data.name, value: e.detail.value.trim() })
    }
  }
})
