package platform

import (
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// Each row is complete, and no host or package is in two of them.
func TestServices(t *testing.T) {
	require.GreaterOrEqual(t, len(Services()), 150)
	seen := map[string]bool{}
	for _, s := range Services() {
		require.NotEmpty(t, s.Kind.Title().ZH, s.Name.EN)
		require.NotEmpty(t, s.Place().EN, s.Name.EN)
		require.Contains(t, []string{"program", "package", "code", "general"}, s.Checked, s.Name.EN)
		require.Equal(t, s.Checked == "code", s.Seen != "", s.Name.EN)
		if s.Seen != "" {
			require.Contains(t, []*Service{ServiceByHost(s.Seen), ServiceByPackage(s.Seen)}, s, "%s is no key of %s", s.Seen, s.Name.EN)
		}
		require.NotEmpty(t, append(s.Hosts, s.Packages...), s.Name.EN)
		for _, key := range append(append([]string{s.Name.EN}, s.Hosts...), s.Packages...) {
			require.False(t, seen[key] && key != s.Name.EN, "%s is listed twice", key)
			seen[key] = true
		}
		for _, h := range s.Hosts {
			require.Regexp(t, regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)+$`), h)
		}
	}
}

func TestServiceByHost(t *testing.T) {
	for host, want := range map[string]string{
		"o1.ingest.sentry.io": "Sentry", "sentry.io": "Sentry", "notsentry.io": "", "sentry.io.example.com": "",
		"bucket.oss-cn-beijing.aliyuncs.com": "Alibaba Cloud (OSS, functions)", "dashscope.aliyuncs.com": "Qwen (DashScope)",
		"ark.cn-beijing.volces.com": "Volcengine Ark", "b.tos-cn-beijing.volces.com": "Volcengine",
		"s3.cn-north-1.amazonaws.com.cn": "Amazon Web Services in China", "s3.amazonaws.com": "Amazon Web Services",
		"api.example.com": "", "": "",
	} {
		got := ""
		if s := ServiceByHost(host); s != nil {
			got = s.Name.EN
		}
		require.Equal(t, want, got, host)
	}
	require.True(t, ServiceByHost("x.vercel.app").Abroad())
	require.False(t, ServiceByHost("x.myqcloud.com").Abroad(), "it depends on the region")
	require.True(t, ServiceByHost("x.myqcloud.com").Keeps())
	require.Equal(t, "WeChat OCR plugin", ServiceByPackage("wx4418e3e031e551be").Name.EN)
	require.Nil(t, ServiceByPackage("wx0000000000000000"))
}
