package project

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// withUni adds files to a program of uni-app with one page, pages/a/a.
func withUni(template string, more map[string]string) map[string]string {
	files := map[string]string{
		"pages.json": `{"pages": [{"path": "pages/a/a"}]}`, "manifest.json": `{"name": "x"}`, "App.vue": "<script>export default {}</script>",
		"pages/a/a.vue": "<template><view>" + template + "</view></template>\n<script>export default {}</script>",
	}
	for p, text := range more {
		files[p] = text
	}
	return files
}

// A component that is registered for all may use one that is registered after it.
func TestRegisteredInAnyOrder(t *testing.T) {
	card, box := "<template><view><phone-box/></view></template>", "<template><input/></template>"
	for name, more := range map[string]map[string]string{
		"components.d.ts": {"components.d.ts": "  MenuCard: typeof import('./parts/MenuCard.vue')['default']\n  PhoneBox: typeof import('./parts/PhoneBox.vue')['default']\n"},
		"main.js":         {"main.js": "import Vue from 'vue'\nimport MenuCard from './parts/MenuCard.vue'\nimport PhoneBox from './parts/PhoneBox.vue'\nVue.component('MenuCard', MenuCard)\nVue.component('PhoneBox', PhoneBox)"},
	} {
		t.Run(name, func(t *testing.T) {
			more["parts/MenuCard.vue"], more["parts/PhoneBox.vue"] = card, box
			p := load(t, withUni("<menu-card/>", more))
			inner := p.unit("parts/MenuCard").Components["phone-box"]
			require.NotNil(t, inner)
			require.Equal(t, "parts/PhoneBox", inner.Unit.Path)
			require.Empty(t, p.Unread)
		})
	}
}

// Components in uni_modules are the program's own if no table knows their plug-in, or if
// they ask for something and the program registers a page of their plug-in.
func TestPartsOfTheMarket(t *testing.T) {
	const form, plain = "<template><input placeholder='手机号'/></template>", "<template><view>好</view></template>"
	p := load(t, withUni("<our-form/><uni-easyinput/><uni-who-form/><uni-who-logo/><uni-id-form/>", map[string]string{
		"pages.json": `{"pages": [{"path": "pages/a/a"}, {"path": "uni_modules/uni-who/pages/me/me"}]}`,
		"uni_modules/our-form/components/our-form/our-form.vue":                "<template><our-part/></template>",
		"uni_modules/our-form/components/our-part/our-part.vue":                form,
		"uni_modules/uni-easyinput/components/uni-easyinput/uni-easyinput.vue": form,
		"uni_modules/uni-who/pages/me/me.vue":                                  plain,
		"uni_modules/uni-who/components/uni-who-form/uni-who-form.vue":         form,
		"uni_modules/uni-who/components/uni-who-logo/uni-who-logo.vue":         plain,
		"uni_modules/uni-id/components/uni-id-form/uni-id-form.vue":            form,
	}))
	uses := p.unit("pages/a/a").Components
	for tag, own := range map[string]bool{"our-form": true, "uni-easyinput": false, "uni-who-form": true, "uni-who-logo": false, "uni-id-form": false} {
		require.NotNil(t, uses[tag], tag)
		require.Equal(t, own, uses[tag].Library == "", tag)
	}
	require.Empty(t, uses["our-form"].Unit.Components["our-part"].Library)
}

// The root of a project that is built from src is above it, though src holds settings of
// a platform and the package.json of a plug-in.
func TestRootAboveSrc(t *testing.T) {
	files := map[string]string{
		"package.json": `{"devDependencies": {"@dcloudio/vite-plugin-uni": "3"}}`, ".env.production": "VITE_HOST=https://a.example.com",
		"src/package.json": `{"name": "poster"}`, "src/mini.project.json": `{"format": 2}`,
	}
	for p, text := range withUni("", nil) {
		files["src/"+p] = text
	}
	require.Equal(t, []string{"https://a.example.com"}, load(t, files).Defined["import.meta.env.VITE_HOST"].Texts)
	delete(files, "package.json")
	require.Empty(t, load(t, files).Defined["import.meta.env.VITE_HOST"].Texts)
}

// The boxes in which mp-html lets a person edit the paragraphs of a text are the library's. Those of
// a component that is named alike are the program's.
func TestCopyOfAViewer(t *testing.T) {
	const box = "<template><textarea :value='text'/></template>"
	p := load(t, withUni("<mp-html/><mp-html-form/>", map[string]string{
		"components/mp-html/mp-html.vue":           "<template><node/></template><script>import node from './node/node'\nexport default { components: { node } }</script>",
		"components/mp-html/node/node.vue":         box,
		"components/mp-html-form/mp-html-form.vue": box,
	}))
	uses := p.unit("pages/a/a").Components
	require.Equal(t, "mp-html", uses["mp-html"].Library)
	require.Empty(t, uses["mp-html-form"].Library)
}

// A component shows what its mixins register, those of these, what it extends and lists that are
// written elsewhere. What it registers itself comes first, and nobody shows what another one takes up.
func TestComponentsOfMixins(t *testing.T) {
	const box, card = "<template><input placeholder='手机号'/></template>", "<template><view>好</view></template>"
	parts := map[string]string{
		"pages/a/box.vue": box, "pages/a/card.vue": card,
		"pages/a/with.js":   "import PhoneBox from './box.vue'\nexport default { components: { PhoneBox } }",
		"pages/a/outer.js":  "import inner from './with'\nexport default { mixins: [inner], extends: inner }",
		"pages/a/named.js":  "import PhoneBox from './box.vue'\nexport const withBox = { components: { PhoneBox } }\nconst later = { components: { PhoneBox } }\nexport { later as own }",
		"pages/a/made.js":   "import PhoneBox from './box.vue'\nexport default function (name) { return { components: { PhoneBox } } }\nexport const made = n => ({ components: { PhoneBox } })",
		"pages/a/list.js":   "import PhoneBox from './box.vue'\nexport default { PhoneBox }",
		"pages/a/around.js": "import around from './around'\nexport default { mixins: [around] }",
		"pages/a/other.js":  "import PhoneBox from './card.vue'\nexport default { components: { PhoneBox } }",
	}
	for text, want := range map[string]string{
		"import m from './with'\nexport default { mixins: [m] }":                                                          "pages/a/box",
		"import m from './outer'\nexport default { mixins: [m] }":                                                         "pages/a/box",
		"import m from './with'\nexport default { extends: m }":                                                           "pages/a/box",
		"import { withBox } from './named'\nexport default { mixins: [withBox] }":                                         "pages/a/box",
		"import { own as m } from './named'\nexport default { mixins: [m] }":                                              "pages/a/box",
		"import make from './made'\nexport default { mixins: [make('x')] }":                                               "pages/a/box",
		"import { made } from './made'\nexport default { mixins: [made('x')] }":                                           "pages/a/box",
		"import list from './list'\nexport default { components: { ...list } }":                                           "pages/a/box",
		"import list from './list'\nexport default { components: list }":                                                  "pages/a/box",
		"import B from './box.vue'\nconst m = { components: { PhoneBox: B } }\nexport default { mixins: [m] }":            "pages/a/box",
		"import m from './with'\nimport C from './card.vue'\nexport default { mixins: [m], components: { PhoneBox: C } }": "pages/a/card",
		"import m from './around'\nexport default { mixins: [m] }":                                                        "",
		"import m from './with'\nexport default { data() { return { m } } }":                                              "",
		"import { withBox } from './named'\nimport o from './other'\nexport default { mixins: [o] }":                      "pages/a/card",
	} {
		files := together(withUni("<phone-box/>", nil))
		for name, t := range parts {
			files[name] = t
		}
		files["pages/a/a.vue"] = "<template><phone-box/></template>\n<script>\n" + text + "\n</script>"
		p := load(t, files)
		using := p.unit("pages/a/a").Components["phone-box"]
		if want == "" {
			require.Nil(t, using, text)
			require.Len(t, p.Unread, 1, text)
			continue
		}
		require.NotNil(t, using, text)
		require.Equal(t, want, using.Unit.Path, text)
		require.Empty(t, p.Unread, text)
	}
}
