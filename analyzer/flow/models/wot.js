// The boxes of wot-design-uni that take text (wot-design-uni.cn, MessageBox, useMessage; read
// 2026-11): as the platform's own box, whose place and texts are those of the call.

function prompt(given) {
  const options = typeof given === 'string' ? { title: given } : given
  return uni.showModal({ title: options.title, content: options.msg, placeholderText: options.inputPlaceholder, editable: true })
    .then(answer => ({ action: 'confirm', value: answer.content }))
}

const tell = () => Promise.resolve({ action: 'confirm' })

export function useMessage() {
  return { prompt, alert: tell, confirm: tell, show: options => (options.type === 'prompt' ? prompt(options) : tell()), close() {} }
}
