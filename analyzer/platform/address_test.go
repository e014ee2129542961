package platform

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAddressOf(t *testing.T) {
	for address, want := range map[string]string{
		"https://aip.baidubce.com/rest/2.0/ocr/v1/idcard?access_token=": "aip.baidubce.com/rest/2.0/ocr/v1/idcard",
		"https://aip.baidubce.com/rest/2.0/image-classify/v2/dish":      "",
		"https://api.weixin.qq.com/cv/ocr/driving?img_url=":             "api.weixin.qq.com/cv/ocr/driving",
		"https://api.weixin.qq.com/cv/ocr/drivinglicense":               "api.weixin.qq.com/cv/ocr/drivinglicense",
		"https://api.weixin.qq.com/sns/jscode2session?appid=":           "api.weixin.qq.com/sns/jscode2session",
		"https://x.example.cn/ocr/idcard":                               "idcard",
		"/api/recognizeIdCard":                                          "idcard",
		"/v1/ocr/bank-card/front":                                       "bankcard",
		"/v1/ocr/parcel":                                                "ocr", // by its answer
		"/v1/user/identify":                                             "",
		"/v1/user/identify/id-card":                                     "idcard",
		"/v1/idcard/save":                                               "idcard, of a picture",
		"/v1/passport/avatar":                                           "",                     // an account, too
		"https://ocr.example.cn/idcard":                                 "idcard, of a picture", // the host is a name, and may read anything
		"/democracy/idcard":                                             "idcard, of a picture",
	} {
		name := ""
		if a := AddressOf(address); a != nil {
			name = a.Name
			if a.Upload {
				name += ", of a picture"
			}
			require.NotEqual(t, a.Blank, len(a.Yields) > 0, address)
			require.NotEqual(t, a.Blank, a.Source != "", address)
		}
		require.Equal(t, want, name, address)
	}
}
