package flow

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// What a handler writes to an element that a ref refers to stays there when the page is drawn again. If it did not, both would
// change what the other reads for ever.
func TestReferredKeepsWhatIsWritten(t *testing.T) {
	flows, limited := followed(t, map[string]string{
		"app.config.ts": "export default defineAppConfig({ pages: ['pages/a/index'] })",
		"app.tsx":       "export default function App({ children }) { return children }",
		"pages/a/index.tsx": `import { useRef, useState } from 'react'
import Taro from '@tarojs/taro'
import { Button, Input, View } from '@tarojs/components'

export default function Page() {
  const amount = useRef<any>()
  const [drawn, again] = useState(0)
  const tidy = () => {
    let text = ` + "`${amount.current.value}`" + `
    if (text.endsWith('.')) text = text.slice(0, -1)
    amount.current.value = text
    again(drawn + 1)
  }
  const type = e => { amount.current.value = /^[0-9.]*$/.test(e.detail.value) ? e.detail.value : '' }
  const send = () => Taro.request({ url: 'https://x.example.cn', data: amount.current.value })
  return <View><Input ref={amount} onInput={type} onBlur={tidy} /><Button onClick={send}>{drawn}</Button></View>
}`,
	})
	require.Equal(t, 1, flows["pages/a/index"])
	require.Empty(t, limited)
}
