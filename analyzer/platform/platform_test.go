package platform

import (
	"testing"

	"github.com/beian/beian/analyzer/finding"
	"github.com/stretchr/testify/require"
)

func TestTablesLoad(t *testing.T) {
	apis, err := parseAPIs(apisText, shapesText)
	require.NoError(t, err)
	require.Greater(t, len(apis.list), 400)
	_, err = parseOpenTypes(openTypesText)
	require.NoError(t, err)
	_, err = parseTags(tagsText)
	require.NoError(t, err)
	_, err = parsePrivacyKeys(privacyKeysText)
	require.NoError(t, err)
	_, err = parseComponents(componentsText)
	require.NoError(t, err)
}

// Every fact has a source, every type that an API returns has methods, and every
// privacy key is one of the guide's.
func TestAPIsHangTogether(t *testing.T) {
	methods := map[string]bool{}
	for _, a := range APIs() {
		for i := 0; i < len(a.Name); i++ {
			if a.Name[i] == '.' {
				methods[a.Name[:i]] = true
				break
			}
		}
	}
	for _, a := range APIs() {
		require.NotEmpty(t, a.Source, a.Name)
		if a.Returns != "" && a.Returns != "VKSession" {
			require.True(t, methods[a.Returns], "%s returns %s", a.Name, a.Returns)
		}
		if a.PrivacyKey != "" {
			require.NotNil(t, PrivacyKeyByName(a.PrivacyKey), a.Name)
		}
		if a.Sink != nil {
			require.NotEmpty(t, a.Sink.Paths, a.Name)
		}
	}
	for _, o := range OpenTypes() {
		require.NotEmpty(t, o.Source, o.Name)
		if o.PrivacyKey != "" {
			require.NotNil(t, PrivacyKeyByName(o.PrivacyKey), o.Name)
		}
	}
	for _, g := range Tags() {
		require.NotEmpty(t, g.Source, g.Name)
	}
}

// What forms ask for is declared under entries of the guide, or under keys that
// the guide does not have.
func TestCategoriesNameEntriesOfTheGuide(t *testing.T) {
	for _, c := range finding.Categories() {
		switch key, entry := c.PrivacyKey(), c.PrivacyEntry(); {
		case key != "":
			require.NotNil(t, PrivacyKeyByName(key), c)
			require.Equal(t, c, PrivacyKeyByName(key).Category)
		case entry != "":
			require.Nil(t, PrivacyKeyByName(entry), c)
		}
	}
}

func TestBadRows(t *testing.T) {
	for row, want := range map[string]string{
		"getAnything options yields=.:no-such-category": `apis.txt, line 2: getAnything: yields ".:no-such-category": there is no category "no-such-category"`,
		"getAnything options yields=no-such-category":   `want path:category`,
		"getAnything no-such-shape":                     `unknown shape "no-such-shape"`,
		"getAnything options sink=network":              `bad sink "network"`,
		"getAnything":                                   "want a name and a shape",
	} {
		_, err := parseAPIs("# one row\n"+row, "")
		require.ErrorContains(t, err, want, row)
	}
}

func TestChooseAddress(t *testing.T) {
	a := APIByName("chooseAddress")
	require.Equal(t, []Yield{
		{"userName", finding.Name}, {"telNumber", finding.Phone},
		{"result.fullname", finding.Name}, {"result.mobilePhone", finding.Phone}, {"", finding.Address},
	}, a.Yields)
	require.True(t, a.Options)
	require.True(t, a.Private)
	require.Equal(t, "Address", a.PrivacyKey)
	require.Nil(t, a.Sink)
}

func TestSinks(t *testing.T) {
	require.Equal(t, &Sink{Kind: finding.Network, Paths: []string{"0.data", "0.url", "0.header"}, Host: "0.url"}, APIByName("request").Sink)
	require.Equal(t, "Database", APIByName("cloud.database").Returns)
	require.Equal(t, finding.Cloud, APIByName("Collection.add").Sink.Kind)
	require.Equal(t, []string{"*"}, APIByName("console.log").Sink.Paths)
	require.Nil(t, APIByName("makePhoneCall").Sink, "dialling a number shows it to nobody else")
	require.Nil(t, APIByName("noSuchThing"))
	require.True(t, APIByName("showModal").Options)
}

func TestOpenTypes(t *testing.T) {
	o := OpenTypeByName("getPhoneNumber")
	require.Equal(t, "getphonenumber", o.Event)
	require.Equal(t, []Yield{{"", finding.Phone}}, o.Yields)
	require.Empty(t, OpenTypeByName("contact").Yields, "customer service chat hands over nothing")
	require.Equal(t, "2021-04-28", OpenTypeByName("getUserInfo").Legacy)
	require.NotNil(t, OpenTypeByName("getAuthorize:phoneNumber"))
}

func TestComponents(t *testing.T) {
	require.Equal(t, Input, NativeComponent("Input").Role)
	require.Nil(t, NativeComponent("view"))
	require.Equal(t, []string{"label"}, LibraryComponent("@vant/weapp", "field").Labels)
	require.Equal(t, Input, LibraryComponent("weapp", "van-field").Role)
	require.Equal(t, []string{"title"}, LibraryComponent("iview-weapp", "i-input").Labels)
	for _, c := range []struct {
		tag  string
		role Role
	}{
		{"van-field", Input}, {"t-input", Input}, {"uni-easyinput", Input}, {"AtInput", Input}, {"u--input", Input},
		{"my-search-input", Search}, {"van-search", Search}, {"wux-field", Item}, {"mp-cell", Cell}, {"phone-input", Input},
		{"u-code-input", Code}, {"van-stepper", Code}, {"nut-address", AddressBook}, {"login-btn", Button},
	} {
		require.NotNil(t, ComponentByTag(c.tag), c.tag)
		require.Equal(t, c.role, ComponentByTag(c.tag).Role, c.tag)
	}
	require.Nil(t, ComponentByTag("goods-list"))
	require.Nil(t, ComponentByTag("infield-player"))
	require.NotNil(t, ComponentOf("@nutui/nutui-react-taro", "Uploader", "Uploader"))
	require.Nil(t, ComponentOf("@nutui/icons-react-taro", "Upload", "Upload"), "an icon")
}

func TestGlobals(t *testing.T) {
	names := map[string]string{}
	for _, g := range Globals() {
		names[g.Name] = g.Prefix
	}
	require.Contains(t, names, "wx")
	require.Equal(t, "cloud.", names["uniCloud"])
	require.Equal(t, "console.", names["console"])
}

func TestClient(t *testing.T) {
	require.Equal(t, "axios", Client("axios"))
	require.Equal(t, "leancloud-storage", Client("leancloud-storage/core"))
	require.Empty(t, Client("axios-mock-adapter"))
	require.Empty(t, Client("./axios"))
	for _, spec := range []string{"uni-axios", "axios-mp", "@some/axios", "axios_taro", "someone-uni-axios/dist/index.js", "uniapp-axios-adapter"} {
		require.Equal(t, "axios", Client(spec), spec)
	}
	for _, spec := range []string{"axios-adapter-uniapp", "@some/axios-taro-adapter"} {
		require.Equal(t, spec, Client(spec))
	}
	for _, spec := range []string{"@/axios", "../uni-axios", "vue-axios", "axios-retry", "axios-cache-adapter", "uni-adapter", "maxios"} {
		require.Empty(t, Client(spec), spec)
	}
	require.Equal(t, "axios", CopiedClient("@/js_sdk/some-uni-axios"))
	require.Equal(t, "axios", CopiedClient("../js-sdk/uniapp-axios/dist/uni-axios.js"))
	for _, spec := range []string{"@/utils/uni-axios", "@/js_sdk/axios", "@/js_sdk/vue-axios", "@/js_sdk/mp-html"} {
		require.Empty(t, CopiedClient(spec), spec)
	}
	require.Equal(t, "buildURL", AxiosPart("axios/lib/helpers/buildURL.js"))
	for _, spec := range []string{"axios", "axios/lib/axios", "axios/dist/axios.min.js", "axios/lib/core/Axios", "other/lib/helpers/buildURL"} {
		require.Empty(t, AxiosPart(spec), spec)
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		must(parseAPIs(apisText, shapesText))
	}
}
