package detectors

import (
	"strings"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// example is what a rule reports, and a near miss that it does not.
type example struct{ bad, good string }

// catalogueEntry is what the rules of one category have in common.
type catalogueEntry struct {
	category   finding.Category
	why        lang.Text
	references []finding.Reference
	examples   map[finding.Kind]example // the kinds of rule the category has
}

// Documents that rules rest on. Dates are those of entry into force.
var (
	civilCode = finding.Reference{
		Title: lang.Text{ZH: "民法典 第一千零三十四条（个人信息的定义）", EN: "Civil Code, art. 1034 (what personal information is)"},
		Date:  "2021-01-01",
	}
	pipl = finding.Reference{
		Title: lang.Text{ZH: "个人信息保护法 第十三、十四、十七条（同意与告知）", EN: "Personal Information Protection Law, arts. 13, 14, 17 (consent and notice)"},
		Date:  "2021-11-01",
	}
	piplSensitive = finding.Reference{
		Title: lang.Text{ZH: "个人信息保护法 第二十八至三十条、五十五条（敏感个人信息、影响评估）", EN: "Personal Information Protection Law, arts. 28–30, 55 (sensitive information, impact assessment)"},
		Date:  "2021-11-01",
	}
	wechatGuide = finding.Reference{
		Title: lang.Text{ZH: "微信小程序用户隐私保护指引：信息类型与接口对应表", EN: "WeChat user privacy guide: types of information and their interfaces"},
		Date:  "2023-10-17",
		URL:   "https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/",
	}
	faceMeasures = finding.Reference{
		Title: lang.Text{ZH: "人脸识别技术应用安全管理办法", EN: "Measures for the security of face recognition"},
		Date:  "2025-06-01",
	}
)

var catalogue = []catalogueEntry{
	{
		category: finding.Name,
		why: lang.Text{
			ZH: "姓名是民法典列明的个人信息，收集它会触发备案要求。隐私保护指引中没有现成的类型，需要自定义声明。",
			EN: "A name is personal information by the Civil Code and collecting it triggers filing. The privacy guide has no entry for it: declare one of your own.",
		},
		references: []finding.Reference{civilCode, pipl, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<input placeholder="请输入收货人姓名" bindinput="onName" />`, `<input placeholder="请输入店铺名称" bindinput="onName" />`},
			finding.KindAPI:   {`wx.chooseAddress({ success(res) { this.save(res.userName) } })`, `wx.openLocation({ name: '门店', latitude, longitude })`},
			finding.KindOCR:   {`<ocr-navigator certificateType="idCard" bind:onSuccess="onCard" />`, `<ocr-navigator certificateType="bankCard" bind:onSuccess="onCard" />`},
		},
	},
	{
		category: finding.Phone,
		why: lang.Text{
			ZH: "电话号码是民法典列明的个人信息，收集它会触发备案要求，并须在隐私保护指引中声明“手机号”。",
			EN: "A phone number is personal information by the Civil Code; collecting it triggers filing and must be declared in the privacy guide.",
		},
		references: []finding.Reference{civilCode, pipl, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<input type="number" maxlength="11" placeholder="请输入手机号" bindinput="onPhone" />`, `<input type="number" maxlength="6" placeholder="请输入短信验证码" bindinput="onCode" />`},
			finding.KindAPI:   {`<button open-type="getPhoneNumber" bindgetphonenumber="onPhone">登录</button>`, `<button bindtap="call">拨打客服电话</button>`},
		},
	},
	{
		category: finding.Email,
		why: lang.Text{
			ZH: "电子邮箱是民法典列明的个人信息，收集它会触发备案要求，并须在隐私保护指引中声明“邮箱”。",
			EN: "An email address is personal information by the Civil Code; collecting it triggers filing and must be declared in the privacy guide.",
		},
		references: []finding.Reference{civilCode, pipl, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<van-field label="邮箱" value="{{email}}" bind:change="onEmail" />`, `<van-field label="邮政编码" value="{{postcode}}" bind:change="onPostcode" />`},
		},
	},
	{
		category: finding.IDCard,
		why: lang.Text{
			ZH: "身份证件号码是民法典列明的个人信息，通常按敏感个人信息对待；收集它会触发备案要求，须单独同意并做影响评估。",
			EN: "An ID number is personal information by the Civil Code and usually treated as sensitive; collecting it triggers filing, asks for separate consent and an impact assessment.",
		},
		references: []finding.Reference{civilCode, piplSensitive, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<input type="idcard" maxlength="18" placeholder="身份证号" bindinput="onID" />`, `<input placeholder="请输入学号" bindinput="onStudentNo" />`},
			finding.KindAPI:   {`wx.requestFacialVerify({ verifyId })`, `wx.checkIsSupportFacialRecognition()`},
			finding.KindOCR:   {`wx.serviceMarket.invokeService({ service: 'wx79ac3de8be320b71', api: 'OcrAllInOne', data: { ocr_type: 1 } })`, `wx.serviceMarket.invokeService({ service: 'wx79ac3de8be320b71', api: 'OcrAllInOne', data: { ocr_type: 4 } })`},
		},
	},
	{
		category: finding.Nickname,
		why: lang.Text{
			ZH: "昵称和头像不属于触发备案的四类信息，但须在隐私保护指引中声明“昵称、头像”。",
			EN: "Nickname and picture are none of the four categories that trigger filing, but the privacy guide must declare them.",
		},
		references: []finding.Reference{wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<input type="nickname" placeholder="昵称" bindblur="onNickname" />`, `<input placeholder="请输入宠物名字" bindinput="onPet" />`},
			finding.KindAPI:   {`<button open-type="chooseAvatar" bindchooseavatar="onAvatar" />`, `<button open-type="contact">客服</button>`},
		},
	},
	{
		category: finding.Address,
		why: lang.Text{
			ZH: "住址是民法典列明的个人信息，须在隐私保护指引中声明“地址”。",
			EN: "A home address is personal information by the Civil Code and must be declared in the privacy guide.",
		},
		references: []finding.Reference{civilCode, pipl, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<textarea placeholder="详细地址" bindinput="onAddress" />`, `<input placeholder="服务器地址" bindinput="onHost" />`},
			finding.KindAPI:   {`wx.chooseAddress({ success: this.onAddress })`, `wx.openLocation({ latitude, longitude })`},
		},
	},
	{
		category: finding.Position,
		why: lang.Text{
			ZH: "位置信息须声明用途；持续定位构成行踪轨迹，属于敏感个人信息。",
			EN: "The use of positions must be declared; following a person's position makes a track, which is sensitive information.",
		},
		references: []finding.Reference{piplSensitive, wechatGuide},
		examples:   onlyAPI(`wx.getLocation({ type: 'gcj02' })`, `wx.openLocation({ latitude, longitude })`),
	},
	{
		category:   finding.Contacts,
		why:        lang.Text{ZH: "通讯录含有他人的姓名和电话，他人并未同意。", EN: "An address book holds names and phone numbers of people who were not asked."},
		references: []finding.Reference{pipl},
		examples:   onlyAPI(`wx.chooseContact({ success: this.onContact })`, `wx.addPhoneContact({ firstName: '客服', mobilePhoneNumber: '4001234567' })`),
	},
	{
		category:   finding.Media,
		why:        lang.Text{ZH: "用户选中的照片和视频须声明；证件照片属于敏感个人信息。", EN: "Pictures and videos that a person chooses must be declared; pictures of ID cards are sensitive."},
		references: []finding.Reference{piplSensitive, wechatGuide},
		examples:   onlyAPI(`wx.chooseMedia({ count: 1 })`, `wx.previewImage({ urls })`),
	},
	{
		category:   finding.File,
		why:        lang.Text{ZH: "用户从会话中选中的文件须声明。", EN: "Files that a person chooses from a chat must be declared."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`wx.chooseMessageFile({ count: 1 })`, `wx.openDocument({ filePath })`),
	},
	{
		category:   finding.Voice,
		why:        lang.Text{ZH: "访问麦克风须声明；声音可以识别到个人。", EN: "Use of the microphone must be declared; a voice tells who speaks."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`const recorder = wx.getRecorderManager()`, `const audio = wx.createInnerAudioContext()`),
	},
	{
		category:   finding.Camera,
		why:        lang.Text{ZH: "访问摄像头须声明。", EN: "Use of the camera must be declared."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`<camera device-position="front" />`, `<image src="/images/camera.png" />`),
	},
	{
		category:   finding.Biometric,
		why:        lang.Text{ZH: "生物识别信息是敏感个人信息；存储人脸达到十万人须向网信部门备案。", EN: "Biometrics are sensitive; storing the faces of 100,000 people must be filed with the cyberspace administration."},
		references: []finding.Reference{piplSensitive, faceMeasures},
		examples:   onlyAPI(`wx.startSoterAuthentication({ requestAuthModes: ['facial'], challenge })`, `wx.checkIsSupportSoterAuthentication()`),
	},
	{
		category:   finding.Health,
		why:        lang.Text{ZH: "健康信息是敏感个人信息。", EN: "Health information is sensitive."},
		references: []finding.Reference{civilCode, piplSensitive, wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<textarea placeholder="请描述症状和过敏史" bindinput="onSymptom" />`, `<textarea placeholder="请填写意见和建议" bindinput="onAdvice" />`},
			finding.KindAPI:   {`wx.getWeRunData({ success: this.onSteps })`, `wx.shareToWeRun({ recordList })`},
		},
	},
	{
		category:   finding.Device,
		why:        lang.Text{ZH: "设备信息和传感器数据须在隐私保护指引中声明。", EN: "Device information and sensor data must be declared in the privacy guide."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`const info = wx.getSystemInfoSync()`, `const menu = wx.getMenuButtonBoundingClientRect()`),
	},
	{
		category:   finding.Clipboard,
		why:        lang.Text{ZH: "读取剪切板须声明；其中可能有用户复制的任何内容。", EN: "Reading the clipboard must be declared; it may hold whatever the person copied."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`wx.getClipboardData({ success: this.onPaste })`, `wx.showToast({ title: '已复制' })`),
	},
	{
		category:   finding.Calendar,
		why:        lang.Text{ZH: "写入日历须在隐私保护指引中声明。", EN: "Writing to the calendar must be declared in the privacy guide."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`wx.addPhoneCalendar({ title, startTime })`, `wx.showToast({ title: '已预约' })`),
	},
	{
		category:   finding.Bluetooth,
		why:        lang.Text{ZH: "访问蓝牙须在隐私保护指引中声明；附近的设备可用来推断位置。", EN: "Use of Bluetooth must be declared; devices nearby tell where a person is."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`wx.openBluetoothAdapter()`, `wx.closeBluetoothAdapter()`),
	},
	{
		category:   finding.Invoice,
		why:        lang.Text{ZH: "发票信息含有抬头、税号、电话和银行账户，须声明。", EN: "Invoice information holds title, tax number, phone and bank account, and must be declared."},
		references: []finding.Reference{wechatGuide},
		examples:   onlyAPI(`wx.chooseInvoiceTitle({ success: this.onTitle })`, `wx.showModal({ title: '开具发票' })`),
	},
	{
		category:   finding.Plate,
		why:        lang.Text{ZH: "车牌号可以识别到车主，须声明。", EN: "A licence plate tells who owns the car, and must be declared."},
		references: []finding.Reference{wechatGuide},
		examples: map[finding.Kind]example{
			finding.KindField: {`<input placeholder="请输入车牌号" bindinput="onPlate" />`, `<input placeholder="请输入车型" bindinput="onModel" />`},
			finding.KindAPI:   {`wx.chooseLicensePlate({ success: this.onPlate })`, `wx.showActionSheet({ itemList: cars })`},
			finding.KindOCR:   {`<ocr-navigator certificateType="drivingLicense" bind:onSuccess="onLicense" />`, `<ocr-navigator certificateType="bankCard" bind:onSuccess="onCard" />`},
		},
	},
	{
		category:   finding.Identifier,
		why:        lang.Text{ZH: "登录凭证换得的 openid、unionid 可以长期识别同一个人，但不属于触发备案的四类信息。", EN: "The openid and unionid that a login code buys tell the same person again for good, but are none of the four categories that trigger filing."},
		references: []finding.Reference{pipl},
		examples:   onlyAPI(`wx.login({ success: ({ code }) => exchange(code) })`, `wx.checkSession()`),
	},
}

func onlyAPI(bad, good string) map[finding.Kind]example {
	return map[finding.Kind]example{finding.KindAPI: {bad, good}}
}

// fill puts the title of a category into a text.
func fill(t, title lang.Text) lang.Text {
	return lang.Text{
		ZH: strings.ReplaceAll(t.ZH, "%s", title.ZH),
		EN: strings.ReplaceAll(t.EN, "%s", title.EN),
	}
}
