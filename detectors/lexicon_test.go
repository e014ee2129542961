package detectors

import (
	"testing"

	"github.com/beian/beian/analyzer/finding"
	"github.com/stretchr/testify/require"
)

func TestLexiconLoads(t *testing.T) {
	l, err := parseLexicon(lexiconText)
	require.NoError(t, err)
	require.Greater(t, len(l.labels), 500)
	_, err = parseLexicon("zh name S 姓名\nzh other - 姓名\n")
	require.ErrorContains(t, err, "姓名 is given twice")
}

func categories(r reading) map[finding.Category]weight {
	out := map[finding.Category]weight{}
	for c, s := range r.signs {
		out[c] = s.weight
	}
	return out
}

type weights = map[finding.Category]weight

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		text string
		want weights
	}{
		{"姓名", weights{"name": strong}},
		{"姓　　名：", weights{"name": strong}},
		{"* 收货人", weights{"name": strong}},
		{"请输入收货人姓名", weights{"name": strong}},
		{"收货人手机号码", weights{"phone": strong}},
		{"联系人", weights{"name": strong}},
		{"联系人的电话", weights{"phone": strong}},
		{"请输入联系人名称", weights{"name": strong}},
		{"联系人名", weights{"name": strong}},
		{"宝宝名字", weights{"name": strong}},
		{"学生姓名", weights{"name": strong}},
		{"家长姓名", weights{"name": strong}},
		{"如何称呼您", weights{"name": medium}},
		{"持卡人", weights{"name": strong}},
		{"审批人", weights{"name": medium}}, {"请输入共借人名称", weights{"name": strong}}, {"个人名称", nil}, {"机器人名称", nil}, {"* 请输入抄送人：", weights{"name": medium}},
		{"可住几人", nil}, {"机器人", nil}, {"需要的人", nil},
		{"身份证姓名", weights{"name": strong}}, {"玩手机的人数", nil}, {"手机的数量", nil}, {"手机号数量", nil}, {"统一信用代码", nil},
		{"随行人员姓名", weights{"name": strong}},
		{"紧急联系人号码", weights{"phone": medium}},
		{"客户签约人", weights{"name": strong}}, {"联系人openId", nil}, {"客户名称", nil}, {"学生名", weights{"name": strong}},
		{"志愿者注册", nil}, {"联系人管理", nil}, {"积分券号码", nil}, {"撰写电子邮件", nil}, {"家长", nil},
		{"申请人身份证号", weights{"idcard": strong}},
		{"患者年龄", nil},
		{"手机号/邮箱", weights{"phone": strong, "email": strong}},
		{"粘贴收件人电话 姓名 地址可自动识别", weights{"name": strong, "phone": strong, "address": medium}},
		{"请填写与身份证一致的姓名", weights{"name": strong}},
		{"姓名（与证件一致）", weights{"name": strong}},
		{"联系方式", weights{"phone": medium}},
		{"请输入手机号获取验证码", weights{"phone": strong}},
		{"证件号", weights{"idcard": strong}},
		{"护照号码", weights{"idcard": strong}},
		{"身份证后六位", weights{"idcard": medium}},
		{"门店电话", weights{"phone": weak}},
		{"客服电话", weights{"phone": weak}},
		{"请输入邮箱用于接收电子发票", weights{"email": strong}},
		{"輸入手機號碼", weights{"phone": strong}},
		{"Email", weights{"email": strong}},
		{"E-mail address", weights{"email": strong}},
		{"Full name", weights{"name": strong}},
		{"Name", weights{"name": weak}}, {"发件人", weights{"name": weak}},
		{"Phone number", weights{"phone": strong}},
		{"车牌号码", weights{"plate": strong}},
		{"请描述症状、用药和过敏史", weights{"health": strong}},
		{"昵称", weights{"nickname": strong}},
		// What no category is.
		{"用户名", nil}, {"账号", nil}, {"商品名称", nil}, {"店铺名称", nil}, {"公司名称", nil}, {"学校名称", nil},
		{"宠物名字", nil}, {"团队的名字", nil}, {"手机型号", nil}, {"邮箱验证码", nil}, {"手机验证码", nil}, {"邮政编码", nil},
		{"学号", nil}, {"姓名首字母", nil}, {"请输入名称", nil}, {"银行卡号", nil}, {"证件类型", nil}, {"IP地址", nil},
		{"请输入", nil}, {"", nil}, {"Shop name", nil}, {"Search", nil}, {"微信号", nil}, {"报名人数", nil}, {"联系人头衔", nil},
	} {
		if c.want == nil {
			c.want = weights{}
		}
		require.Equal(t, c.want, categories(lexicons().label(c.text)), c.text)
	}
}

func TestLabelTopics(t *testing.T) {
	for text, want := range map[string]topic{
		"搜索姓名或学号": topicSearch, "请输入短信验证码": topicCode, "请输入密码": topicPassword, "用户名": topicAccount,
		"备注": topicRemark, "请输入商品名称": topicOther, "年龄": topicOther, "Password": topicPassword,
	} {
		require.True(t, lexicons().label(text).topics[want], "%s: %v", text, lexicons().label(text))
	}
	require.True(t, lexicons().label("请输入手机号登录").topics == nil)
	require.True(t, lexicons().label("请填写").generic())
	require.True(t, lexicons().label("+86").generic())
	require.False(t, lexicons().label("接收入住短信").generic(), "unknown words")
}

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		name string
		want weights
	}{
		{"realName", weights{"name": strong}}, {"real_name", weights{"name": strong}}, {"realname", weights{"name": strong}},
		{"linkMan", weights{"name": strong}}, {"linkman", weights{"name": strong}}, {"consignee", weights{"name": strong}},
		{"receiverName", weights{"name": strong}}, {"memberName", weights{"name": medium}}, {"name", weights{"name": weak}},
		{"form.name", weights{"name": weak}}, {"userName", weights{"name": weak}}, {"bindNameInput", weights{"name": weak}},
		{"mobile", weights{"phone": medium}}, {"form.contactPhone", weights{"phone": strong}}, {"contact_mobile", weights{"phone": strong}},
		{"phoneNumber", weights{"phone": strong}}, {"bindMobileInput", weights{"phone": medium}}, {"phone2", weights{"phone": medium}},
		{"telNumber", weights{"phone": strong}}, {"email", weights{"email": strong}}, {"idCard", weights{"idcard": strong}},
		{"IDCardNo", weights{"idcard": strong}}, {"certNo", weights{"idcard": strong}}, {"cardNo", weights{"idcard": weak}},
		{"nickName", weights{"nickname": strong}}, {"sfzh", weights{"idcard": weak}}, {"items[0].phone", weights{"phone": medium}},
		{"detailInfo", weights{"address": strong}}, {"plateNumber", weights{"plate": strong}},
		{"goodsName", nil}, {"shop_name", nil}, {"store.name", nil}, {"className", nil}, {"hotel", nil}, {"isPhoneX", nil},
		{"phoneModel", nil}, {"phoneCode", nil}, {"phoneError", nil}, {"id", nil}, {"idx", nil}, {"orderNo", nil},
		{"intel", nil}, {"smsCode", nil}, {"password", nil}, {"keyword", nil}, {"postcode", nil}, {"showMobile", nil},
	} {
		if c.want == nil {
			c.want = weights{}
		}
		require.Equal(t, c.want, categories(lexicons().identifier(c.name)), c.name)
	}
}

func FuzzLabel(f *testing.F) {
	f.Add("请输入收货人姓名")
	f.Add("Full name 姓 名")
	f.Fuzz(func(t *testing.T, text string) {
		l := lexicons()
		for _, s := range l.label(text).signs {
			require.NotZero(t, s.weight)
		}
		l.identifier(text)
	})
}
