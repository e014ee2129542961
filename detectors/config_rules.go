package detectors

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// Documents that the rules on configuration and destinations rest on.
var (
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

// onlyWeChat is the limit that rules on WeChat's configuration share.
var onlyWeChat = lang.Text{
	ZH: "只检查微信小程序；接口名由脚本拼出的调用看不到。",
	EN: "WeChat only; calls whose name is put together by script are not seen.",
}

// onlyFlows is the limit that rules on destinations share.
var onlyFlows = lang.Text{
	ZH: "只认数据流分析跟踪到的去向；服务器收到以后怎样处理看不到，自行加密后的数据按原数据对待。",
	EN: "Knows the destinations that the flow analysis followed; what a server does with the data is not seen, and data the program encrypts itself count as they are.",
}

// whoFixes says where beian fix makes a change and where a person has to: it refuses
// an app.json that a framework generates (package mend).
var whoFixes = lang.Text{
	ZH: "原生小程序可由 beian fix 代劳；uni-app 请改 manifest.json 的 mp-weixin，Taro 改 app.config，mpx 改 app.mpx，wepy 改 app.wpy。",
	EN: " In a native program beian fix does it; in others change mp-weixin in manifest.json (uni-app), app.config (Taro), app.mpx or app.wpy.",
}

var configRules = []*finding.Rule{
	privateInfosMissing, privateInfosUnused, privateInfosConflict, permissionDesc, privacyCheck,
	consentAbsent, launchCollection, policyAbsent, legacyUserInfo,
}

var sinkRules = []*finding.Rule{plainHTTP, sinkLog, sinkStorage, sinkThirdParty, sinkWebView}

var (
	privateInfosMissing = &finding.Rule{
		ID: "config/required-private-infos-missing", Kind: finding.KindConfig, Category: finding.Position, Since: since,
		Title:   lang.Text{ZH: "requiredPrivateInfos 缺少声明", EN: "interface missing from requiredPrivateInfos"},
		Summary: lang.Text{ZH: "代码调用位置或地址接口，app.json 的 requiredPrivateInfos 没有列出。", EN: "The code calls an interface of position or address that requiredPrivateInfos in app.json does not list."},
		Why:     lang.Text{ZH: "自 2022-07-14 起，未声明的接口在运行时调用失败。", EN: "Since 2022-07-14 an interface that is not declared fails when it is called."},
		Bad:     "{ \"pages\": [\"pages/index/index\"] }",
		Good:    "{ \"pages\": [\"pages/index/index\"], \"requiredPrivateInfos\": [\"getLocation\"] }",
		Mend:    lang.Text{ZH: "在 requiredPrivateInfos 中加上这些接口，不需要的调用请删除。" + whoFixes.ZH, EN: "Add the interfaces to requiredPrivateInfos, or delete calls that are not needed." + whoFixes.EN},
		Limits:  onlyWeChat, References: []finding.Reference{privateInfosNotice},
	}
	privateInfosUnused = &finding.Rule{
		ID: "config/required-private-infos-unused", Kind: finding.KindConfig, Category: finding.Position, Since: since,
		Title:   lang.Text{ZH: "requiredPrivateInfos 声明了没有用到的接口", EN: "unused interface in requiredPrivateInfos"},
		Summary: lang.Text{ZH: "requiredPrivateInfos 列出的接口，在上传的代码里都没有出现。", EN: "No code that is uploaded names an interface that requiredPrivateInfos lists."},
		Why:     lang.Text{ZH: "声明多于使用，审核时会被要求说明或删除，也让用户误以为会被定位。", EN: "The review asks about what is declared and not used, and users are told of something that does not happen."},
		Bad:     "{ \"requiredPrivateInfos\": [\"getLocation\", \"choosePoi\"] }",
		Good:    "{ \"requiredPrivateInfos\": [\"getLocation\"] }",
		Mend:    lang.Text{ZH: "删去没有用到的接口。" + whoFixes.ZH, EN: "Delete what is not used." + whoFixes.EN},
		Limits:  onlyWeChat, References: []finding.Reference{privateInfosNotice},
	}
	privateInfosConflict = &finding.Rule{
		ID: "config/required-private-infos-conflict", Kind: finding.KindConfig, Category: finding.Position, Since: since,
		Title:   lang.Text{ZH: "模糊位置与精确位置同时声明", EN: "fuzzy and exact position declared together"},
		Summary: lang.Text{ZH: "requiredPrivateInfos 同时有 getFuzzyLocation 和精确位置接口。", EN: "requiredPrivateInfos has getFuzzyLocation beside an interface of exact position."},
		Why:     lang.Text{ZH: "二者互斥，编译上传时报错。", EN: "The two exclude each other; the upload fails."},
		Bad:     "{ \"requiredPrivateInfos\": [\"getFuzzyLocation\", \"getLocation\"] }",
		Good:    "{ \"requiredPrivateInfos\": [\"getFuzzyLocation\", \"chooseLocation\"] }",
		Mend:    lang.Text{ZH: "按业务需要选一种；能用模糊位置就不要用精确位置。", EN: "Keep the one that the service needs; prefer the fuzzy one."},
		Limits:  onlyWeChat, References: []finding.Reference{privateInfosNotice},
	}
	permissionDesc = &finding.Rule{
		ID: "config/permission-desc-missing", Kind: finding.KindConfig, Category: finding.Position, Since: since,
		Title:   lang.Text{ZH: "没有写明位置的用途", EN: "purpose of the position not stated"},
		Summary: lang.Text{ZH: "代码获取位置，app.json 的 permission 没有对应的 desc。", EN: "The code asks for the position, and permission in app.json has no desc for it."},
		Why:     lang.Text{ZH: "desc 显示在授权弹窗里；没有它，用户不知道为什么要定位。", EN: "The authorize dialog shows desc; without it the person is not told what the position is for."},
		Bad:     "{ \"requiredPrivateInfos\": [\"getLocation\"] }",
		Good:    "{ \"permission\": { \"scope.userLocation\": { \"desc\": \"用于查找附近的门店\" } } }",
		Mend:    lang.Text{ZH: "补上 permission 的 desc，写清具体用途（beian fix 放入的只是草稿，请核对）。" + whoFixes.ZH, EN: "Add desc with the actual purpose (what beian fix puts in is a draft for you to check)." + whoFixes.EN},
		Limits:  onlyWeChat, References: []finding.Reference{privateInfosNotice, pipl},
	}
	privacyCheck = &finding.Rule{
		ID: "config/use-privacy-check-obsolete", Kind: finding.KindConfig, Since: since,
		Title:   lang.Text{ZH: "__usePrivacyCheck__ 已不起作用", EN: "__usePrivacyCheck__ has no effect"},
		Summary: lang.Text{ZH: "app.json 仍有 __usePrivacyCheck__。", EN: "app.json still has __usePrivacyCheck__."},
		Why:     lang.Text{ZH: "2023-10-17 起隐私授权始终启用，这个开关只会让人误以为可以关掉。", EN: "Since 2023-10-17 privacy consent is always on; the switch only suggests that it could be off."},
		Bad:     "{ \"__usePrivacyCheck__\": true }",
		Good:    "{ \"pages\": [\"pages/index/index\"] }",
		Mend:    lang.Text{ZH: "删去它。" + whoFixes.ZH, EN: "Delete it." + whoFixes.EN},
		Limits:  lang.Text{ZH: "只看 app.json 和 ext.json。2023-10-19 有社区帖称当时不写开关仍未生效，未经核实。", EN: "Looks at app.json and ext.json only. A community post of 2023-10-19 said that it was not yet live without the switch; unverified."}, References: []finding.Reference{privacyAuthorize},
	}
	consentAbsent = &finding.Rule{
		ID: "config/consent-absent", Kind: finding.KindConfig, Since: since,
		Title:   lang.Text{ZH: "没有处理隐私授权", EN: "privacy consent not handled"},
		Summary: lang.Text{ZH: "程序收集个人信息，代码里没有 onNeedPrivacyAuthorization、requirePrivacyAuthorize、getPrivacySetting 或 agreePrivacyAuthorization。", EN: "The program collects personal information and its code has none of onNeedPrivacyAuthorization, requirePrivacyAuthorize, getPrivacySetting, agreePrivacyAuthorization."},
		Why:     lang.Text{ZH: "没有处理时由平台弹窗代为询问，但它不管表单里自行填写的信息；收集前须取得同意。", EN: "The platform's dialog then asks, but not about what is typed in forms; consent must come before collection."},
		Bad:     `<input type="number" placeholder="手机号" bindinput="onPhone" />`,
		Good:    `<button open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="onAgree">同意</button>`,
		Mend:    lang.Text{ZH: "在收集之前显示隐私说明并取得同意，例如用 wx.requirePrivacyAuthorize，或在表单旁放同意勾选框。", EN: "Show the privacy notice and ask for consent before collecting, with wx.requirePrivacyAuthorize or a box to tick beside the form."},
		Limits:  lang.Text{ZH: "只看有没有出现这几个接口，不看是否用得对；自己写的同意勾选框认不出来。", EN: "Looks whether the interfaces are named, not whether they are used well; a box of one's own is not recognised."}, References: []finding.Reference{privacyAuthorize, pipl},
	}
	launchCollection = &finding.Rule{
		ID: "config/collection-at-launch", Kind: finding.KindConfig, Since: since,
		Title:   lang.Text{ZH: "启动时就收集", EN: "collection at launch"},
		Summary: lang.Text{ZH: "在 App 的 onLaunch、onShow 或首页的 onLoad、onShow、onReady 中索取个人信息，之前没有询问同意。", EN: "Personal information is asked for in onLaunch or onShow of the app, or onLoad, onShow or onReady of the first page, before consent."},
		Why:     lang.Text{ZH: "用户还没有用到该功能就索取，属于平台规范禁止的提前索取。", EN: "Asking before the function is used is what the operating rules forbid."},
		Bad:     "Page({ onLoad() { wx.getLocation({ type: 'gcj02' }) } })",
		Good:    "Page({ onTapNearby() { wx.getLocation({ type: 'gcj02' }) } })",
		Mend:    lang.Text{ZH: "移到用户触发该功能时再调用，或先用 wx.requirePrivacyAuthorize 询问。", EN: "Move the call to where the person uses the function, or ask first with wx.requirePrivacyAuthorize."},
		Limits:  lang.Text{ZH: "跟踪到它调用的函数，别的文件里的也在内；生命周期函数或那个文件里有询问同意的接口时，不再报告。用户在对话框里点了确认之后才调用的，分不出来。", EN: "Follows the functions that are called, in other files too; stays silent where the lifecycle function or that file asks for consent. A call that comes after the person confirmed a dialog is not told apart."}, References: []finding.Reference{operatingRules, pipl},
	}
	policyAbsent = &finding.Rule{
		ID: "config/privacy-policy-absent", Kind: finding.KindConfig, Since: since,
		Title:   lang.Text{ZH: "没有隐私政策的页面或链接", EN: "no privacy policy"},
		Summary: lang.Text{ZH: "程序收集个人信息，没有隐私政策页面、带“隐私”的链接或 wx.openPrivacyContract。", EN: "The program collects personal information and has no privacy policy page, no link that says 隐私, no wx.openPrivacyContract."},
		Why:     lang.Text{ZH: "没有公开收集使用规则，是认定方法列明的违规情形。", EN: "Not publishing the rules of collection is one of the cases of the identification method."},
		Bad:     `<view>提交即表示同意服务条款</view>`,
		Good:    `<view bindtap="openContract">提交前请阅读《隐私保护指引》</view>`,
		Mend:    lang.Text{ZH: "加上隐私政策页面或调用 wx.openPrivacyContract 的链接，放在四次点击之内能到的地方。", EN: "Add a page, or a link that calls wx.openPrivacyContract, not more than four clicks away."},
		Limits:  lang.Text{ZH: "只按文字和页面路径查找；图片里的链接和服务器下发的页面看不到，也不评价政策的内容。", EN: "Goes by texts and paths of pages; links in pictures and pages from a server are not seen, nor what the policy says."}, References: []finding.Reference{appIdentification, pipl},
	}
	legacyUserInfo = &finding.Rule{
		ID: "api/legacy-user-info", Kind: finding.KindConfig, Category: finding.Nickname, Since: since,
		Title:   lang.Text{ZH: "已收回的用户信息接口", EN: "withdrawn interface of user information"},
		Summary: lang.Text{ZH: "使用 getUserInfo 或 getUserProfile，它们只返回匿名数据。", EN: "Uses getUserInfo or getUserProfile, which give anonymous data."},
		Why:     lang.Text{ZH: "getUserInfo 自 2021-04-28、getUserProfile 自 2022-11-08 起返回“微信用户”和灰色头像，审核仍要求声明。", EN: "getUserInfo since 2021-04-28 and getUserProfile since 2022-11-08 give a grey picture and no name, and still must be declared."},
		Bad:     `wx.getUserProfile({ desc: '完善会员资料', success: this.onProfile })`,
		Good:    `<button open-type="chooseAvatar" bindchooseavatar="onAvatar">选择头像</button>`,
		Mend:    lang.Text{ZH: "改用 open-type=\"chooseAvatar\" 和 <input type=\"nickname\">，或删去。", EN: `Use open-type="chooseAvatar" and <input type="nickname">, or delete it.`},
		Limits:  lang.Text{ZH: "基础库低于 2.27.1 的 getUserProfile 仍返回真实数据，这里不区分。", EN: "With a base library before 2.27.1 getUserProfile still gives real data; no difference is made."}, References: userInfoNotices,
	}
	plainHTTP = &finding.Rule{
		ID: "sink/plain-http", Kind: finding.KindSink, Since: since, Exposure: finding.Unencrypted,
		Title:   lang.Text{ZH: "个人信息经 http:// 明文传输", EN: "personal information over plain http://"},
		Summary: lang.Text{ZH: "收集到的个人信息发往以 http:// 或 ws:// 开头的地址。", EN: "Collected data are sent to an address that starts with http:// or ws://."},
		Why:     lang.Text{ZH: "同一网络里的人都能读到；处理者须采取加密等安全措施。", EN: "Anybody on the same network can read them; the law wants encryption."},
		Bad:     "wx.request({ url: 'http://api.example.com/users', data: { phone: this.data.phone } })",
		Good:    "wx.request({ url: 'https://api.example.com/users', data: { phone: this.data.phone } })",
		Mend:    lang.Text{ZH: "改用 https:// 或 wss://。", EN: "Use https:// or wss://."},
		Limits:  onlyFlows, References: []finding.Reference{piplSecurity},
	}
	sinkLog = &finding.Rule{
		ID: "sink/log", Kind: finding.KindSink, Since: since,
		Title:   lang.Text{ZH: "个人信息写入日志", EN: "personal information in a log"},
		Summary: lang.Text{ZH: "收集到的个人信息写入 console、日志管理器或实时日志。", EN: "Collected data are written to the console, a log manager or the realtime log."},
		Why:     lang.Text{ZH: "日志会被上传、保存、转发，看的人比数据库多。", EN: "Logs are uploaded, kept and passed on, and more people read them than the database."},
		Bad:     "onPhone(e) { console.log('phone', e.detail.value) }",
		Good:    "onPhone(e) { console.log('phone entered') }",
		Mend:    lang.Text{ZH: "删去，或只记录不含个人信息的内容。", EN: "Delete it, or log what holds no personal information."},
		Limits:  onlyFlows, References: []finding.Reference{piplSecurity},
	}
	sinkStorage = &finding.Rule{
		ID: "sink/local-storage", Kind: finding.KindSink, Since: since,
		Title:   lang.Text{ZH: "个人信息明文存在本机", EN: "personal information in local storage in clear"},
		Summary: lang.Text{ZH: "收集到的个人信息用 setStorage 等接口存在本机，没有加密。", EN: "Collected data are kept with setStorage and its kin, unencrypted."},
		Why:     lang.Text{ZH: "本机存储可以被导出，也没有保存期限。", EN: "Local storage can be exported and knows no retention period."},
		Bad:     "wx.setStorageSync('phone', this.data.phone)",
		Good:    "wx.setStorage({ key: 'phone', data: this.data.phone, encrypt: true })",
		Mend:    lang.Text{ZH: "能不存就不存；必须存时用 wx.setStorage 的 encrypt: true（基础库 2.21.3），并在用完后删除。", EN: "Do not keep it; where it must be, use encrypt: true of wx.setStorage (base library 2.21.3) and delete it after use."},
		Limits:  onlyFlows, References: []finding.Reference{piplSecurity},
	}
	sinkThirdParty = &finding.Rule{
		ID: "sink/third-party", Kind: finding.KindSink, Since: since, Exposure: finding.ToThirdParty,
		Title:   lang.Text{ZH: "个人信息交给第三方", EN: "personal information to a third party"},
		Summary: lang.Text{ZH: "收集到的个人信息发往统计、地图、识别等第三方服务，或经平台接口交给别的小程序。", EN: "Collected data go to services of statistics, maps or recognition, or to another mini program."},
		Why:     lang.Text{ZH: "委托处理和向他人提供都要告知，向他人提供还须取得单独同意。", EN: "Entrusting and sharing must be told, and sharing needs separate consent."},
		Bad:     "wx.navigateToMiniProgram({ appId, extraData: { phone: this.data.phone } })",
		Good:    "wx.navigateToMiniProgram({ appId, extraData: { orderId: this.data.orderId } })",
		Mend:    lang.Text{ZH: "不需要就不要传；需要则在隐私政策里写明接收方和目的，并取得单独同意。", EN: "Do not pass it on; where it must be, name the recipient and purpose and ask for separate consent."},
		Limits:  lang.Text{ZH: "只认名单上的第三方主机和平台接口；经自己的服务器转交的看不到。", EN: "Knows the hosts on a list and the platform's interfaces; what one's own server passes on is not seen."}, References: []finding.Reference{piplSharing},
	}
	sinkWebView = &finding.Rule{
		ID: "sink/web-view-url", Kind: finding.KindSink, Since: since,
		Title:   lang.Text{ZH: "个人信息写在 web-view 网址里", EN: "personal information in the address of a web-view"},
		Summary: lang.Text{ZH: "收集到的个人信息拼进 <web-view> 的 src。", EN: "Collected data become part of the src of a <web-view>."},
		Why:     lang.Text{ZH: "网址会留在服务器日志和浏览记录里，并随 Referer 传给别的网站。", EN: "Addresses stay in server logs and histories and go to other sites as referrer."},
		Bad:     `<web-view src="https://m.example.com/form?phone={{phone}}" />`,
		Good:    `<web-view src="https://m.example.com/form?ticket={{ticket}}" />`,
		Mend:    lang.Text{ZH: "改传一次性凭证，由网页向服务器换取数据。", EN: "Pass a one-time ticket, and let the page fetch the data from the server."},
		Limits:  onlyFlows, References: []finding.Reference{piplSecurity},
	}
)
