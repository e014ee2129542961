package flow

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/project"
)

// scripted loads a Taro program with one page and further components.
func scripted(t *testing.T, page string, more map[string]string) *project.Program {
	t.Helper()
	files := fstest.MapFS{
		"app.config.ts":           {Data: []byte(`export default defineAppConfig({ pages: ['pages/a/index'] })`)},
		"app.tsx":                 {Data: []byte(`export default ({ children }) => children`)},
		"pages/a/index.tsx":       {Data: []byte(page)},
		"project.config.json":     {Data: []byte(`{}`)},
		"pages/a/index.config.ts": {Data: []byte(`export default {}`)},
	}
	for name, text := range more {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(files, project.Options{})
	require.NoError(t, err)
	require.Len(t, programs, 1)
	return programs[0]
}

// What a variable is compared with says on both sides of the condition which of its texts it
// still can be, if it is one text that is compared.
func TestVariableIsNarrowedByText(t *testing.T) {
	p := scripted(t, `
import { Button, View } from '@tarojs/components'
const rows = [{ key: 'share' }, { key: 'points' }]
const kindOf = (key, known) => key === 'points' && !known ? 'getPhoneNumber' : key
export default ({ known, other }) => (
  <View>
    {rows.map(row => {
      const kind = kindOf(row.key, known)
      return kind === 'getPhoneNumber'
        ? <Button id='one' openType={kind} />
        : <Button id='two' openType={kind} />
    })}
    {rows.map(row => {
      const kind = kindOf(row.key, known)
      return kind === other ? <View /> : <Button id='three' openType={kind} />
    })}
  </View>
)`, nil)
	kinds := map[string][]string{}
	for _, c := range Analyze(p, Options{}).Controls {
		id := c.Attr("id")[0].String
		for _, text := range c.Attr("open-type") {
			kinds[id] = append(kinds[id], text.String)
		}
	}
	require.Equal(t, []string{"getPhoneNumber"}, kinds["one"])
	require.NotContains(t, kinds["two"], "getPhoneNumber")
	require.Contains(t, kinds["two"], "share")
	require.Contains(t, kinds["three"], "getPhoneNumber")
}

// The platform's own elements of remax only show something, but for its controls.
func TestElementsOfRemaxAreQuiet(t *testing.T) {
	l := standard
	l.program, l.perByte, l.entry, l.follow, l.little = 1, 0, 12, 4, 12
	for element, may := range map[string]bool{"View onTap={go}": false, "Image src={shown}": false, "Input onInput={go}": true} {
		p := scripted(t, `
import { View, Image, Input } from 'remax/one'
export default ({ shown, go }) => <View>{[].map(() => <`+element+` />)}</View>`,
			map[string]string{"package.json": `{"dependencies": {"remax": "2.0.0"}}`})
		r := Analyze(p, Options{limits: &l})
		require.NotEmpty(t, r.Limits)
		require.Equal(t, may, len(r.Undrawn) > 0, element)
	}
}

// A component that a limit hides counts if it, or one inside it, may ask for something.
func TestQuietComponentsHideNothing(t *testing.T) {
	row := func(name string) string {
		return `
import { View, Button } from '@tarojs/components'
import { AtButton } from 'taro-ui'
import { Fragment } from 'react'
import Row from '../../row'
import Mark from '../../mark'
export default ({ shown }) => <View>{[].map(() => <` + name + ` title='电话' />)}</View>`
	}
	more := map[string]string{
		"row.tsx": `
import { Input, View } from '@tarojs/components'
import Box from './box'
export default ({ title }) => <Box><Input placeholder={title} /></Box>`,
		"box.tsx": `
import { View } from '@tarojs/components'
export default ({ children }) => <View>{children}</View>`,
		"mark.tsx": `
import { Text } from '@tarojs/components'
import Box from './box'
const Star = () => <Text>*</Text>
export default ({ title }) => <Box><Star /><Text>{title}</Text></Box>`,
	}
	l := standard
	l.program, l.perByte, l.entry, l.follow, l.little = 1, 0, 12, 4, 12
	hidden := func(name string) bool {
		r := Analyze(scripted(t, row(name), more), Options{limits: &l})
		require.NotEmpty(t, r.Limits)
		for u := range r.Undrawn {
			if u.Script.File.Path == "pages/a/index.tsx" {
				return true
			}
		}
		return false
	}
	for element, may := range map[string]bool{
		"Row": true, "Mark": false,
		"Button": false, "Button openType='share'": false, "AtButton onClick={() => {}}": false,
		"Button openType='getPhoneNumber'": true, "Button openType={shown}": true, "AtButton {...shown}": true,
		"Fragment": false,
	} {
		require.Equal(t, may, hidden(element), element)
	}
}
