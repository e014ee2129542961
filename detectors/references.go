package detectors

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

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
	privateInfosNotice = finding.Reference{
		Title: lang.Text{ZH: "微信：地理位置接口新增与相关流程调整（requiredPrivateInfos）", EN: "WeChat: changes to the interfaces of position (requiredPrivateInfos)"},
		Date:  "2022-07-14",
	}
	privacyAuthorize = finding.Reference{
		Title: lang.Text{ZH: "微信：小程序隐私协议开发指南", EN: "WeChat: developer's guide to privacy consent"},
		Date:  "2023-10-17",
		URL:   "https://developers.weixin.qq.com/miniprogram/dev/framework/user-privacy/PrivacyAuthorize.html",
	}
	userInfoNotices = []finding.Reference{
		{Title: lang.Text{ZH: "微信：小程序登录、用户信息相关接口调整说明", EN: "WeChat: changes to login and user information"}, Date: "2021-04-28"},
		{Title: lang.Text{ZH: "微信：小程序用户头像昵称获取规则调整公告", EN: "WeChat: changes to picture and nickname"}, Date: "2022-11-08"},
	}
	operatingRules = finding.Reference{
		Title: lang.Text{ZH: "微信小程序平台运营规范 第十五条（不得提前索取）", EN: "WeChat operating rules for mini programs, art. 15 (nothing is asked for in advance)"},
	}
	appIdentification = finding.Reference{
		Title: lang.Text{ZH: "App违法违规收集使用个人信息行为认定方法（国信办秘字〔2019〕191号）", EN: "Method for identifying unlawful collection by apps (国信办秘字〔2019〕191号)"},
		Date:  "2019-11-28",
	}
	piplSecurity = finding.Reference{
		Title: lang.Text{ZH: "个人信息保护法 第五十一条（安全措施）", EN: "Personal Information Protection Law, art. 51 (security measures)"},
		Date:  "2021-11-01",
	}
	piplSharing = finding.Reference{
		Title: lang.Text{ZH: "个人信息保护法 第二十一、二十三条（委托处理与向他人提供）", EN: "Personal Information Protection Law, arts. 21, 23 (processors and sharing)"},
		Date:  "2021-11-01",
	}
)
