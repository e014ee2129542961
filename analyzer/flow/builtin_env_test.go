package flow_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// A name that each build replaces is always a text, so what stands in its place if it were
// undefined never runs.
func TestFallbackOfADefinedName(t *testing.T) {
	const send = `const HOST = typeof __HOST__ !== 'undefined' ? __HOST__ : 'https://else.example.com'
const send = () => uni.request({ url: HOST + '/save', data: { tel: tel.value } })`
	for name, c := range map[string]struct {
		define string
		want   []string
	}{
		"a text in each build": {"{ __HOST__: JSON.stringify('https://live.example.com') }", []string{"live.example.com"}},
		"in some builds":       {"{ __HOST__: JSON.stringify(given ? 'https://live.example.com' : undefined) }", []string{"live.example.com", "else.example.com"}},
		"another name":         {"{ __OTHER__: JSON.stringify('https://live.example.com') }", []string{"else.example.com"}},
	} {
		t.Run(name, func(t *testing.T) {
			require.ElementsMatch(t, c.want, hostsOf(t, send, map[string]string{"vite.config.ts": "export default { define: " + c.define + " }"}))
		})
	}
}
