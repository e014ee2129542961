package privacy

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/platform"
	"github.com/beian/beian/analyzer/project"
)

// usesOf returns key and whether it is reachable, for every use in a program of
// one page.
func usesOf(t *testing.T, script, view string, more map[string]string) []Use {
	t.Helper()
	files := fstest.MapFS{
		"app.json":     {Data: []byte(`{ "pages": ["pages/a/a"] }`)},
		"pages/a/a.js": {Data: []byte(script)}, "pages/a/a.wxml": {Data: []byte(view)},
		"pages/a/a.json": {Data: []byte(`{ "navigationBarTitleText": "会员" }`)},
	}
	for name, text := range more {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	programs, err := project.Load(files, project.Options{Jobs: 1})
	require.NoError(t, err)
	return Uses(programs[0], flow.Analyze(programs[0], flow.Options{}))
}

func TestUses(t *testing.T) {
	for name, c := range map[string]struct {
		script, view string
		want         []string
	}{
		"scope of authorize":       {"Page({ onLoad() { wx.authorize({ scope: 'scope.record' }) } })", "", []string{"Record"}},
		"two open-types":           {"Page({})", `<button open-type="getPhoneNumber|agreePrivacyAuthorization" bindgetphonenumber="x" />`, []string{"PhoneNumber"}},
		"avatar and nickname":      {"Page({})", `<button open-type="chooseAvatar" /><input type="nickname" />`, []string{"UserInfo", "UserInfo"}},
		"one element, two types":   {"Page({})", `<live-pusher url="rtmp://push.example.com/live" />`, []string{"Camera", "Record"}},
		"taken apart":              {"const { chooseMedia } = wx\nPage({ onLoad() { chooseMedia({}) } })", "", []string{"Album", "Album"}},
		"in brackets":              {"Page({ onLoad() { wx['getClipboardData']({}) } })", "", []string{"Clipboard"}},
		"no more than a key":       {"Page({ onLoad() { wx.request({ url: 'https://api.example.com', data: { getLocation: 1 } }) } })", "", nil},
		"somebody else's wx":       {"Page({ onLoad() { const wx = { getLocation() {} }; wx.getLocation() } })", "", nil},
		"own method of that name":  {"Page({ getLocation() {}, onLoad() { this.getLocation() } })", "", nil},
		"position is only read on": {"Page({ onLoad() { wx.onLocationChange(() => {}) } })", "", []string{""}},
		"map moved to the person":  {"Page({ onLoad() { wx.createMapContext('m').moveToLocation() } })", "", []string{"Location"}},
		"map moved elsewhere":      {"Page({ onLoad() { wx.createMapContext('m').includePoints({}) } })", "", nil},
		"shown, not collected":     {"Page({ onLoad() { wx.openLocation({}) } })", `<open-data type="userNickName" />`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, u := range usesOf(t, c.script, c.view, nil) {
				got = append(got, u.Key)
				require.True(t, u.Reachable)
				require.Equal(t, OwnCode, u.Owner.Kind)
			}
			require.Equal(t, c.want, got)
		})
	}
}

// A map that shows where the person is asks for the position, though no script gets it.
func TestMapWithTheOwnPosition(t *testing.T) {
	for view, want := range map[string]int{
		`<map show-location />`: 1, `<map show-location="{{ near }}" />`: 1, `<map show-location="true" />`: 1,
		`<map show-location="false" />`: 0, `<map show-location="{{ false }}" />`: 0, `<map />`: 0,
	} {
		uses := usesOf(t, "Page({})", view, nil)
		require.Len(t, uses, want, view)
		if want > 0 {
			require.Equal(t, "Location", uses[0].Key, view)
		}
	}
}

func TestUsesTellWhoseCodeItIs(t *testing.T) {
	uses := usesOf(t, "require('poster/index'); Page({ onTap() { wx.getLocation({}) } })", "<view>会员</view>", map[string]string{
		"miniprogram_npm/poster/index.js": "module.exports = (p) => wx.saveImageToPhotosAlbum({ filePath: p })",
	})
	require.Len(t, uses, 2)
	require.Equal(t, Owner{Package, "poster"}, uses[0].Owner)
	require.True(t, uses[0].Reachable)
	require.False(t, uses[0].Maybe, "a script that is required is taken to run")
	require.False(t, uses[1].Reachable, "nothing binds onTap")

	uses = usesOf(t, "Page({})", "<ui-button />", map[string]string{
		"pages/a/a.json":                       `{ "usingComponents": { "ui-button": "ui/button/index" } }`,
		"miniprogram_npm/ui/button/index.js":   "Component({ methods: { onTap() { wx.getUserProfile({}) } } })",
		"miniprogram_npm/ui/button/index.wxml": "<button bindtap='onTap' />",
		"miniprogram_npm/ui/button/index.json": `{ "component": true }`,
	})
	require.Len(t, uses, 1)
	require.Equal(t, Owner{Package, "ui"}, uses[0].Owner)
	require.True(t, uses[0].Reachable)
	require.True(t, uses[0].Maybe, "a component offers more than a page uses")
}

func TestEveryScopeAndElementHasAKnownKey(t *testing.T) {
	for _, tag := range platform.Tags() {
		if tag.PrivacyKey != "" {
			require.NotNil(t, platform.PrivacyKeyByName(tag.PrivacyKey), tag.Name)
		}
	}
	for _, k := range platform.PrivacyKeys() {
		if hasInterface(k.Key) {
			require.NotEmpty(t, aims[k.Key], k.Key)
		}
	}
}

// A person has to look at what only a library may call; a draft leaves it out.
func TestLibraryOnly(t *testing.T) {
	own, library := Use{Reachable: true}, Use{Reachable: true, Maybe: true, Owner: Owner{Package, "poster"}}
	for _, c := range []struct {
		uses    []Use
		want    DifferenceKind
		drafted int
	}{{[]Use{own}, Undeclared, 1}, {[]Use{library, own}, Undeclared, 1}, {[]Use{library}, Unsure, 0}, {[]Use{{}}, Unsure, 0}} {
		g := &Guide{Needs: []*Need{{Key: "Album", Title: platform.PrivacyKeyByName("Album").Title, Uses: c.uses}}}
		got := Compare(g, &Declaration{})
		require.Len(t, got, 1)
		require.Equal(t, c.want, got[0].Kind)
		require.Len(t, NewDraft(g, nil).Settings, c.drafted)
	}
}

func TestReadDeclaration(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []Entry
	}{
		"response":  {`{ "setting_list": [{ "privacy_key": "Camera", "privacy_text": "扫描条码" }] }`, []Entry{{Key: "Camera", Text: "扫描条码", Line: 1}}},
		"keys only": {`{ "privacy_list": ["Camera"] }`, []Entry{{Key: "Camera", Line: 1, NoText: true}}},
		"mapping":   {"Camera: 扫描条码\n", []Entry{{Key: "Camera", Text: "扫描条码", Line: 1}}},
		"named":     {"privacy:\n  Camera: 扫描条码\n", []Entry{{Key: "Camera", Text: "扫描条码", Line: 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := ReadDeclaration([]byte(c.text))
			require.NoError(t, err)
			require.Equal(t, c.want, d.Entries)
		})
	}
	for _, bad := range []string{"", "[1]", "Camera: [1]", "{", "setting_list: [{}]", "privacy: 1"} {
		_, err := ReadDeclaration([]byte(bad))
		var wrong *DeclarationError
		require.ErrorAs(t, err, &wrong, bad)
		require.NotEqual(t, wrong.Error(), wrong.Text().ZH)
	}
}

func TestLint(t *testing.T) {
	for _, bad := range []string{"", "  。", "使用", "定位", "获取位置", "测试", "11111111", "的的的的的的的", "暂未使用该功能", "本小程序不收集该信息", "不获取你的位置信息", "abc", "。。。。。。。", "不知道",
		"用于收集你的位置信息", "为了收集信息而收集信息", "获取用户的手机号码", "为用户提供更好的服务", "提升用户体验", "用于优化我们的服务体验", "业务需要", "因功能的需要"} {
		require.NotEmpty(t, Lint(&Declaration{Entries: []Entry{{Key: "Location", Text: bad}}}), bad)
	}
	require.Empty(t, Lint(&Declaration{Entries: []Entry{{Key: "Location", Text: "查找附近的药房"}, {Key: "Camera", Text: "扫描药盒上的条码"},
		{Key: "Record", Text: "在“留言”页录音，为用户提供更好的服务"}, {Key: "PhoneNumber", Text: "收集手机号用于短信登录"}}}))
	same := Lint(&Declaration{Entries: []Entry{{Key: "Location", Text: "门店配送商品"}, {Key: "Camera", Text: "门店配送商品"}}})
	require.Len(t, same, 1)
	require.Equal(t, "Camera", same[0].Key)
	prefixed := Lint(&Declaration{Entries: []Entry{{Key: "Location", Text: "用于查找附近的药房"}}})
	require.Len(t, prefixed, 1)
	require.Equal(t, Unsure, prefixed[0].Kind, "told, and no difference")
}

// What the platform itself found counts as needed: it is not called unused, and must be
// declared.
func TestPlatformDetected(t *testing.T) {
	kinds := func(d *Declaration) map[string]DifferenceKind {
		out := map[string]DifferenceKind{}
		for _, x := range Compare(&Guide{}, d) {
			out[x.Key] = x.Kind
		}
		return out
	}
	entry := func(key string) Entry { return Entry{Key: key, Text: "在“会员”页更换" + key} }
	require.Equal(t, map[string]DifferenceKind{"Album": Unsure, "Invoice": Unused, "Camera": Undeclared},
		kinds(&Declaration{Entries: []Entry{entry("Album"), entry("Invoice")}, Detected: []string{"Album", "Camera"}}))
}

// Plugins and libraries of services are listed as SDKs, other libraries are not.
func TestDraftListsSDKs(t *testing.T) {
	use := func(library string, reachable bool) Use {
		return Use{Owner: Owner{Kind: Package, Name: library}, Reachable: reachable}
	}
	g := &Guide{
		Plugins: []project.Plugin{{Alias: "ocr", Provider: "wx4418e3e031e551be"}, {Alias: "own", Provider: "wx0000000000000000"}},
		Needs:   []*Need{{Key: "Record", Uses: []Use{use("tim-wx-sdk", true), use("poster", true)}}, {Key: "Camera", Uses: []Use{use("tim-wx-sdk", false)}}},
	}
	require.Equal(t, []SDK{
		{Name: "微信 OCR 识别插件", Settings: []Setting{}}, {Name: "own wx0000000000000000", Settings: []Setting{}},
		{Name: "腾讯云即时通信", Settings: []Setting{{"Record", "录制并发送用户的语音"}}},
	}, NewDraft(g, nil).SDKs)
	told := Compare(g, &Declaration{SDKs: []string{"别的"}, Entries: []Entry{{Key: "Record", NoText: true}, {Key: "Camera", NoText: true}}})
	require.Len(t, told, 1)
	require.Equal(t, "腾讯云即时通信", told[0].Key)
}

// A purpose is made from the words of the page, in both languages.
func TestAims(t *testing.T) {
	require.Equal(t, "配送时与收货人联系", Aim("PhoneNumber", "编辑地址", "收货人").ZH)
	require.Equal(t, "接收开票通知", Aim("PhoneNumber", "发票申请", "地址与电话").ZH, "the title comes before the label")
	require.Equal(t, "办理该页业务时联系用户本人", Aim("PhoneNumber", "", "").ZH)
	for key, all := range aims {
		require.Empty(t, all[len(all)-1].words, "%s: the last is for pages that say nothing", key)
		for _, a := range all {
			require.NotEmpty(t, a.text.ZH, key)
			require.NotEmpty(t, a.text.EN, key)
		}
	}
}

// Each page has its own purpose; pages with the same one share it.
func TestPurposeByPage(t *testing.T) {
	titles := map[string]string{"a": "新增地址", "b": "申请发票", "c": "编辑地址"}
	use := func(page, label string) Use { return Use{Reachable: true, Pages: []string{page}, Label: label} }
	uses := []Use{use("a", "手机号"), use("b", "联系电话"), use("c", "手机号"), {Reachable: false, Pages: []string{"b"}, Label: "不可达"}}
	require.Equal(t, "在“新增地址”、“编辑地址”页填写“手机号”，配送时与收货人联系；在“申请发票”页填写“联系电话”，接收开票通知",
		purpose(&Need{Key: "PhoneNumber"}, uses, titles))
	require.Equal(t, "按机型和屏幕尺寸调整页面布局", purpose(&Need{Key: "DeviceInfo"}, []Use{{Reachable: true}}, nil))
}

func TestWording(t *testing.T) {
	for key, want := range map[string]string{"PhoneNumber": "收集你的手机号", "Album": "收集你选中的照片或视频信息", "ChooseLocation": "收集你选择的位置信息",
		"Camera": "访问你的摄像头", "AlbumWriteOnly": "使用你的相册（仅写入）权限", "Compass": "调用你的磁场传感器", "Clipboard": "读取你的剪切板"} {
		require.Equal(t, want, wording(key, platform.PrivacyKeyByName(key).Title.ZH))
	}
}

// What we draft ourselves must not be what the review rejects.
func TestDraftPassesItsOwnLint(t *testing.T) {
	g := &Guide{}
	for _, k := range platform.PrivacyKeys() {
		if hasInterface(k.Key) {
			g.Needs = append(g.Needs, &Need{Key: k.Key, Title: k.Title, Uses: []Use{{Reachable: true}}})
		}
	}
	draft := NewDraft(g, nil)
	require.Len(t, draft.Settings, len(g.Needs))
	d := &Declaration{}
	for _, s := range draft.Settings {
		d.Entries = append(d.Entries, Entry{Key: s.Key, Text: s.Text})
	}
	require.Empty(t, Lint(d))
}

// What can be declared has an aim: each key of the guide that holds a category of ours,
// and each entry under which a category is declared. Aims speak of nothing else, and the last line of each fits
// every page.
func TestWhatIsDeclaredHasAnAim(t *testing.T) {
	known := map[string]bool{}
	var missing []string
	add := func(key string) {
		if !known[key] && len(aims[key]) == 0 {
			missing = append(missing, key)
		}
		known[key] = true
	}
	for _, k := range platform.PrivacyKeys() {
		if k.Category != "" {
			add(k.Key)
		}
	}
	for _, c := range finding.Categories() {
		if entry := c.PrivacyEntry(); entry != "" {
			add(entry)
		}
		known[string(c)] = true // the title of what the guide has no key for
	}
	require.Empty(t, missing, "add a line to aims.txt for each")
	for key, lines := range aims {
		require.True(t, known[key], "aims.txt: %s is no key of the guide, entry or category", key)
		require.Empty(t, lines[len(lines)-1].words, "aims.txt: %s has no last line without words", key)
	}
}
