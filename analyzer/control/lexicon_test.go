package control

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/finding"
)

func TestLexiconLoads(t *testing.T) {
	l, err := parseLexicon(lexiconText)
	require.NoError(t, err)
	require.Greater(t, len(l.labels), 500)
	_, err = parseLexicon("zh name S 姓名\nzh other - 姓名\n")
	require.ErrorContains(t, err, "姓名 is given twice")
}

func categories(r Sense) map[finding.Category]Weight {
	out := map[finding.Category]Weight{}
	for c, s := range r.signs {
		out[c] = s.weight
	}
	return out
}

type weights = map[finding.Category]Weight

func TestLabels(t *testing.T) {
	for _, c := range []struct {
		text string
		want weights
	}{
		{"姓名", weights{"name": Strong}},
		{"给自己起个温暖的名字", weights{"nickname": Strong}}, {"给宝宝取个名字", weights{"name": Medium}}, {"给作品取一个好记的名字", nil},
		{"空间内称呼", nil}, {"粘贴 token", nil}, {"电话里同意", nil}, {"姓名 / 备注", weights{"name": Strong}},
		{"联系方式（微信号、邮箱等）", weights{"email": Strong}},
		{"姓　　名：", weights{"name": Strong}},
		{"身份证住址", weights{"address": Strong}}, {"身份证", weights{"idcard": Strong}},
		{"不动产权证号", nil}, {"联系方式（微信号）：", nil}, {"联系方式（微信号/手机号）", weights{"phone": Strong}},
		{"Name On Card", weights{"name": Strong}}, {"用于生成订单", nil}, {"用于登录的手机号", weights{"phone": Strong}},
		{"* 收货人", weights{"name": Strong}},
		{"请输入收货人姓名", weights{"name": Strong}},
		{"收货人手机号码", weights{"phone": Strong}},
		{"联系人", weights{"name": Strong}},
		{"联系人的电话", weights{"phone": Strong}},
		{"请输入联系人名称", weights{"name": Strong}},
		{"联系人名", weights{"name": Strong}},
		{"宝宝名字", weights{"name": Strong}},
		{"买方名字", weights{"name": Strong}}, {"买方", nil}, {"买方联系电话", weights{"phone": Strong}}, {"受让人", weights{"name": Strong}},
		{"电梯名字", nil}, {"停车场名字", nil}, {"电梯负责人", weights{"name": Strong}}, {"电梯负责人姓名", weights{"name": Strong}},
		{"学生姓名", weights{"name": Strong}},
		{"家长姓名", weights{"name": Strong}},
		{"如何称呼您", weights{"name": Medium}},
		{"持卡人", weights{"name": Strong}},
		{"审批人", weights{"name": Medium}}, {"身份号", weights{"idcard": Strong}},
		{"车位号", nil}, {"格言（为什么想当联系人）", nil}, {"联系人（为什么要填）", weights{"name": Strong}}, {"请输入共借人名称", weights{"name": Strong}}, {"个人名称", nil}, {"学员名称", weights{"name": Medium}}, {"客户名称", nil}, {"英文名", weights{"name": Medium}},
		{"花名册", nil}, {"会员ID", nil}, {"所有人", weights{"name": Strong}}, {"所有人可见", nil}, {"提醒所有人", nil}, {"请输入 UID", nil}, {"机器人名称", nil}, {"* 请输入抄送人：", weights{"name": Medium}},
		{"可住几人", nil}, {"机器人", nil}, {"需要的人", nil},
		{"身份证姓名", weights{"name": Strong}}, {"玩手机的人数", nil}, {"手机的数量", nil}, {"手机号数量", nil}, {"统一信用代码", nil},
		{"随行人员姓名", weights{"name": Strong}},
		{"紧急联系人号码", weights{"phone": Strong}},
		{"客户签约人", weights{"name": Strong}}, {"联系人openId", nil}, {"客户名称", nil}, {"学生名", weights{"name": Strong}},
		{"志愿者注册", nil}, {"联系人管理", nil}, {"积分券号码", nil}, {"撰写电子邮件", nil}, {"家长", nil},
		{"申请人身份证号", weights{"idcard": Strong}},
		{"患者年龄", nil}, {"电话机型号", nil}, {"它叫什么名字", nil}, {"其它姓名", weights{"name": Strong}},
		{"身份证（末六位）", weights{"idcard": Medium}}, {"电话号码末三码", weights{"phone": Medium}}, {"后四位手机号", weights{"phone": Medium}},
		{"手机号/邮箱", weights{"phone": Strong, "email": Strong}},
		{"粘贴收件人电话 姓名 地址可自动识别", weights{"name": Strong, "phone": Strong, "address": Medium}},
		{"请填写与身份证一致的姓名", weights{"name": Strong}},
		{"姓名（与证件一致）", weights{"name": Strong}},
		{"您暂未授权手机号", nil}, {"您还没有绑定手机号，请输入手机号", weights{"phone": Strong}},
		{"身份证号码与真实姓名对应", weights{"idcard": Strong}}, {"租户名称", nil}, {"租户姓名", weights{"name": Strong}},
		{"必须和收货人姓名一样", nil}, {"身份证（须与收货人姓名一致）", weights{"idcard": Strong}}, {"姓名和手机号", weights{"name": Strong, "phone": Strong}},
		{"联系方式", weights{"phone": Medium}},
		{"请输入手机号获取验证码", weights{"phone": Strong}},
		{"证件号", weights{"idcard": Strong}},
		{"护照号码", weights{"idcard": Strong}},
		{"身份证后六位", weights{"idcard": Medium}},
		{"门店电话", weights{"phone": Weak}},
		{"客服电话", weights{"phone": Weak}},
		{"请输入邮箱用于接收电子发票", weights{"email": Strong}},
		{"輸入手機號碼", weights{"phone": Strong}},
		{"Email", weights{"email": Strong}},
		{"E-mail address", weights{"email": Strong}},
		{"Full name", weights{"name": Strong}},
		{"Name", weights{"name": Weak}}, {"发件人", weights{"name": Strong}},
		{"Phone number", weights{"phone": Strong}},
		{"车牌号码", weights{"plate": Strong}},
		{"请描述症状、用药和过敏史", weights{"health": Strong}},
		{"昵称", weights{"nickname": Strong}},
		{"孩子叫什么名字", weights{"name": Strong}}, {"小狗的名字叫什么", nil}, {"猫咪叫什么名字", nil}, {"姓名贴上的姓名", weights{"name": Strong}},
		{"Child's name", weights{"name": Strong}}, {"Pet's name", nil}, {"Your ID number", weights{"idcard": Strong}}, {"Order ID number", nil},
		{"National ID", weights{"idcard": Strong}}, {"Device ID number", nil}, {"手机号码归属城市", nil}, {"手机序列号", nil}, {"电话手表", nil},
		{"请使用本人手机号", weights{"phone": Strong}}, {"昵称，无需使用真实姓名", weights{"nickname": Strong}}, {"不得使用他人手机号", weights{"phone": Strong}},
		// Texts of no category.
		{"邮箱容量", nil}, {"姓名贴数量", nil}, {"期望工作地区", nil}, {"不必附上手机号", nil},
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
	require.False(t, lexicons().label("箱号").generic(), "half a word")
	require.False(t, lexicons().label("接收入住短信").generic(), "unknown words")
}

func TestIdentifiers(t *testing.T) {
	for _, c := range []struct {
		name string
		want weights
	}{
		{"realName", weights{"name": Strong}}, {"real_name", weights{"name": Strong}}, {"realname", weights{"name": Strong}},
		{"linkMan", weights{"name": Strong}}, {"linkman", weights{"name": Strong}}, {"consignee", weights{"name": Strong}},
		{"receiverName", weights{"name": Strong}}, {"memberName", weights{"name": Medium}}, {"name", weights{"name": Weak}},
		{"form.name", weights{"name": Weak}}, {"userName", weights{"name": Weak}}, {"bindNameInput", weights{"name": Weak}},
		{"mobile", weights{"phone": Medium}}, {"form.contactPhone", weights{"phone": Strong}}, {"contact_mobile", weights{"phone": Strong}},
		{"phoneNumber", weights{"phone": Strong}}, {"bindMobileInput", weights{"phone": Medium}}, {"phone2", weights{"phone": Medium}},
		{"telNumber", weights{"phone": Strong}}, {"email", weights{"email": Strong}}, {"idCard", weights{"idcard": Strong}},
		{"IDCardNo", weights{"idcard": Strong}}, {"certNo", weights{"idcard": Strong}}, {"cardNo", weights{"idcard": Weak}},
		{"nickName", weights{"nickname": Strong}}, {"sfzh", weights{"idcard": Weak}}, {"items[0].phone", weights{"phone": Medium}},
		{"detailInfo", weights{"address": Strong}}, {"plateNumber", weights{"plate": Strong}},
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

// A label says the same in characters that look the same, and with some that are not seen.
func TestLabelsInOtherCharacters(t *testing.T) {
	for _, text := range []string{"手机号", "手\u200b机\u200b号", "⼿机号", "手机\ufe00号", "ｐｈｏｎｅ"} {
		require.NotEmpty(t, lexicons().label(text).signs[finding.Phone], text)
	}
	require.Equal(t, "请输入（必填）：a１", plain("请输入（必填）：a\u200b")+"１", "punctuation stays")
	require.Equal(t, "a1", plain("ａ１"))
}
