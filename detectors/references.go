package detectors

import "github.com/beian/beian/analyzer/law"

// Sources that several rules cite.
var (
	civilCode     = law.Cite("civil-code", "1034").About("个人信息的定义", "what personal information is")
	pipl          = law.Cite("pipl", "13", "14", "17").About("同意与告知", "consent and notice")
	piplSensitive = law.Cite("pipl", "28-30", "55").About("敏感个人信息、影响评估", "sensitive information, impact assessment")
	piplSecurity  = law.Cite("pipl", "51").About("安全措施", "security measures")
	piplSharing   = law.Cite("pipl", "21", "23").About("委托处理与向他人提供", "processors and sharing")
	piplAbroad    = law.Cite("pipl", "38-40", "55").About("向境外提供", "transfer abroad")

	faceMeasures      = law.Cite("face-recognition")
	appIdentification = law.Cite("app-identification")

	wechatGuide        = law.Cite("wechat-guide").About("微信小程序：信息类型与接口对应表", "WeChat: types of information and their interfaces")
	privacyAuthorize   = law.Cite("wechat-consent")
	privateInfosNotice = law.Cite("wechat-position")
	userInfoNotices    = []law.Citation{law.Cite("wechat-login"), law.Cite("wechat-picture")}
	operatingRules     = law.Cite("wechat-operating-rules", "15").About("不得提前索取", "nothing is asked for in advance")
)
