package detectors

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
)

// A concern says why the collection of a category matters, whatever is found to
// collect it, and on which documents that rests.
type concern struct {
	why        lang.Text
	references []law.Citation
}

var concerns = map[finding.Category]concern{
	finding.Name: {
		why: lang.Text{
			ZH: "姓名是民法典列明的个人信息，按文章的规则，收集它会触发备案；按 105 号，备案与收集什么无关。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Under the Civil Code a name is personal information. Under the article's rule, collecting it triggers filing; under notice 105 a filing does not depend on what is collected. The privacy guide has no entry for it: " +
				"declare one of your own.",
		},
		references: []law.Citation{civilCode, pipl, wechatGuide},
	},
	finding.Phone: {
		why: lang.Text{
			ZH: "电话号码是民法典列明的个人信息，按文章的规则，收集它会触发备案；按 105 号，备案与收集什么无关。须在隐私保护指引中声明“手机号”。",
			EN: "A phone number is personal information under the Civil Code. Under the article's rule, collecting it triggers filing; " +
				"under notice 105 a filing does not depend on what is collected. It must be declared in the privacy guide.",
		},
		references: []law.Citation{civilCode, pipl, wechatGuide},
	},
	finding.Email: {
		why: lang.Text{
			ZH: "电子邮箱是民法典列明的个人信息，按文章的规则，收集它会触发备案；按 105 号，备案与收集什么无关。须在隐私保护指引中声明“邮箱”。",
			EN: "An email address is personal information under the Civil Code. Under the article's rule, collecting it triggers filing; " +
				"under notice 105 a filing does not depend on what is collected. It must be declared in the privacy guide.",
		},
		references: []law.Citation{civilCode, pipl, wechatGuide},
	},
	finding.IDCard: {
		why: lang.Text{
			ZH: "身份证件号码是民法典列明的个人信息，按文章的规则，收集它会触发备案；按 105 号，备案与收集什么无关。号码是否按敏感信息处理由主办者判断，建议从严：单独同意并做影响评估；证件照片属敏感个人信息。",
			EN: "An ID number is personal information under the Civil Code. Under the article's rule, collecting it triggers filing; " +
				"under notice 105 a filing does not depend on what is collected. Whether the number alone is sensitive is for the operator to judge; " +
				"treat it as sensitive to be safe: separate consent and an impact assessment. A picture of the card is sensitive.",
		},
		references: []law.Citation{civilCode, piplSensitive, wechatGuide},
	},
	finding.Nickname: {
		why: lang.Text{
			ZH: "昵称和头像不属于触发备案的四类信息，但须在隐私保护指引中声明“昵称、头像”。",
			EN: "Nickname and picture are none of the four categories that trigger filing, but the privacy guide must declare them.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Address: {
		why: lang.Text{
			ZH: "住址是民法典列明的个人信息，须在隐私保护指引中声明“地址”。",
			EN: "A home address is personal information under the Civil Code and must be declared in the privacy guide.",
		},
		references: []law.Citation{civilCode, pipl, wechatGuide},
	},
	finding.Position: {
		why: lang.Text{
			ZH: "位置信息须声明用途；持续定位构成行踪轨迹，属于敏感个人信息。",
			EN: "The use of positions must be declared; following a person's position produces a track, which is sensitive information.",
		},
		references: []law.Citation{piplSensitive, wechatGuide},
	},
	finding.Contacts: {
		why: lang.Text{
			ZH: "通讯录含有他人的姓名和电话，他人并未同意。",
			EN: "An address book contains names and phone numbers of people who were not asked.",
		},
		references: []law.Citation{pipl},
	},
	finding.Media: {
		why: lang.Text{
			ZH: "用户选中的照片和视频须声明；证件照片属于敏感个人信息。",
			EN: "Pictures and videos that a person chooses must be declared; pictures of ID cards are sensitive.",
		},
		references: []law.Citation{piplSensitive, wechatGuide},
	},
	finding.File: {
		why: lang.Text{
			ZH: "用户从会话中选中的文件须声明。",
			EN: "Files that a person chooses from a chat must be declared.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Voice: {
		why: lang.Text{
			ZH: "访问麦克风须声明；声音可以识别到个人。",
			EN: "Use of the microphone must be declared; a voice identifies the speaker.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Camera: {
		why: lang.Text{
			ZH: "访问摄像头须声明。",
			EN: "Use of the camera must be declared.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Biometric: {
		why: lang.Text{
			ZH: "生物识别信息是敏感个人信息；存储人脸达到十万人须向网信部门备案。",
			EN: "Biometrics are sensitive; storing the faces of 100,000 people must be filed with the cyberspace administration.",
		},
		references: []law.Citation{piplSensitive, faceMeasures},
	},
	finding.Health: {
		why: lang.Text{
			ZH: "健康信息是敏感个人信息。",
			EN: "Health information is sensitive.",
		},
		references: []law.Citation{civilCode, piplSensitive, wechatGuide},
	},
	finding.Device: {
		why: lang.Text{
			ZH: "设备信息和传感器数据须在隐私保护指引中声明。",
			EN: "Device information and sensor data must be declared in the privacy guide.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Clipboard: {
		why: lang.Text{
			ZH: "读取剪切板须声明；其中可能有用户复制的任何内容。",
			EN: "Reading the clipboard must be declared; it may hold whatever the person copied.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Calendar: {
		why: lang.Text{
			ZH: "写入日历须在隐私保护指引中声明。",
			EN: "Writing to the calendar must be declared in the privacy guide.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Bluetooth: {
		why: lang.Text{
			ZH: "访问蓝牙须在隐私保护指引中声明；附近的设备可用来推断位置。",
			EN: "Use of Bluetooth must be declared; nearby devices reveal where a person is.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Invoice: {
		why: lang.Text{
			ZH: "发票信息含有抬头、税号、电话和银行账户，须声明。",
			EN: "Invoice information includes title, tax number, phone and bank account, and must be declared.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Plate: {
		why: lang.Text{
			ZH: "车牌号可以识别到车主，须声明。",
			EN: "A licence plate identifies the owner of the car and must be declared.",
		},
		references: []law.Citation{wechatGuide},
	},
	finding.Identifier: {
		why: lang.Text{
			ZH: "登录凭证换得的 openid、unionid 可以长期识别同一个人，但不属于触发备案的四类信息。",
			EN: "The openid and unionid exchanged for a login code identify the same person permanently, but are none of the four categories that " +
				"trigger filing.",
		},
		references: []law.Citation{pipl},
	},
	finding.BankCard: {
		why: lang.Text{
			ZH: "银行账户属于敏感个人信息，须单独同意并做影响评估，但不属于触发备案的四类信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "A bank account is sensitive information, which needs separate consent and an impact assessment, but is none of the four categories " +
				"that trigger filing. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{piplSensitive, wechatGuide},
	},
	finding.BirthDate: {
		why: lang.Text{
			ZH: "出生日期是民法典列明的个人信息，但不属于触发备案的四类信息；不满十四周岁的人的个人信息都是敏感个人信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Under the Civil Code a date of birth is personal information, but it is none of the four categories that trigger filing. All information " +
				"of children under 14 is sensitive. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{civilCode, piplSensitive, wechatGuide},
	},
	finding.Gender: {
		why: lang.Text{
			ZH: "性别与其他信息结合可以识别到个人，但不属于触发备案的四类信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Together with other information the gender identifies a person; it is none of the four categories that trigger filing. " +
				"The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{pipl, wechatGuide},
	},
	finding.Religion: {
		why: lang.Text{
			ZH: "宗教信仰是敏感个人信息，须单独同意并做影响评估，但不属于触发备案的四类信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Religious belief is sensitive information, which needs separate consent and an impact assessment, but is none of the four categories " +
				"that trigger filing. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{piplSensitive, wechatGuide},
	},
	finding.Ethnicity: {
		why: lang.Text{
			ZH: "民族与其他信息结合可以识别到个人，但不属于触发备案的四类信息；确有必要才收集。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Together with other information the ethnic group identifies a person; it is none of the four categories that trigger filing. Collect it only if " +
				"it is needed. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{pipl, wechatGuide},
	},
	finding.Marital: {
		why: lang.Text{
			ZH: "婚姻状况涉及私密信息，但不属于触发备案的四类信息；确有必要才收集。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "Marital status is private, but none of the four categories that trigger filing. Collect it only if it is needed. " +
				"The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{civilCode, pipl, wechatGuide},
	},
	finding.Messenger: {
		why: lang.Text{
			ZH: "微信号和QQ号可以直接联系到个人，但不属于触发备案的四类信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "A WeChat or QQ number reaches a person directly; it is none of the four categories that trigger filing. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{pipl, wechatGuide},
	},
	finding.Roster: {
		why: lang.Text{
			ZH: "学号和工号在学校和单位内识别到个人，但不属于触发备案的四类信息。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "A student or work number identifies a person within a school or company; it is none of the four categories that trigger filing. " +
				"The privacy guide has no entry for it: declare one of your own.",
		},
		references: []law.Citation{pipl, wechatGuide},
	},
}
