package privacy

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/project"
)

// Draft is a declaration to be checked by a person: the body of
// setprivacysetting.
type Draft struct {
	Owner    OwnerSetting `json:"owner_setting"`
	Settings []Setting    `json:"setting_list"`
	Version  int          `json:"privacy_ver"` // 2: of the version in development
}

// OwnerSetting says how users reach the operator. The code does not know.
type OwnerSetting struct {
	Email  string `json:"contact_email"`
	Phone  string `json:"contact_phone"`
	Notice string `json:"notice_method"` // how users learn of changes
}

// Setting is one type and its purpose.
type Setting struct {
	Key  string `json:"privacy_key"`
	Text string `json:"privacy_text"`
}

// JSON returns the body, indented.
func (d *Draft) JSON() []byte {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(d); err != nil {
		panic(err) // strings and a number
	}
	return []byte(b.String())
}

// NewDraft drafts the declaration: one entry for each type that reachable code
// needs, with a purpose made of the titles of its pages and the labels of its
// fields.
func NewDraft(p *project.Program, g *Guide) *Draft {
	titles := map[string]string{}
	for _, u := range p.Units {
		if u.Kind == project.PageUnit {
			titles[u.Path] = strings.TrimSpace(u.Title)
		}
	}
	d := &Draft{Owner: OwnerSetting{Notice: "弹窗"}, Version: 2}
	for _, list := range [][]*Need{g.Needs, g.Own} {
		for _, n := range list {
			if !n.Reachable() || slices.ContainsFunc(d.Settings, func(s Setting) bool { return s.Key == n.Key }) {
				continue
			}
			uses := slices.Clone(n.Uses)
			if other := g.ownNeed(n.Key); other != nil && other != n {
				uses = append(uses, other.Uses...)
			}
			d.Settings = append(d.Settings, Setting{n.Key, purpose(n, uses, titles)})
		}
	}
	return d
}

func (g *Guide) ownNeed(key string) *Need {
	for _, n := range g.Own {
		if n.Key == key {
			return n
		}
	}
	return nil
}

// most is how many pages or labels a purpose names.
const most = 3

// purpose is such as 用于在“填写收货地址”页填写“收货人”，配送时与收货人联系.
func purpose(n *Need, uses []Use, titles map[string]string) string {
	var pages, labels []string
	for _, u := range uses {
		if !u.Reachable {
			continue
		}
		for _, route := range u.Pages {
			if t := titles[route]; t != "" && !slices.Contains(pages, "“"+t+"”") {
				pages = append(pages, "“"+t+"”")
			}
		}
		if u.Label != "" && !slices.Contains(labels, "“"+u.Label+"”") {
			labels = append(labels, "“"+u.Label+"”")
		}
	}
	var b strings.Builder
	b.WriteString("用于")
	if len(pages) > 0 {
		b.WriteString("在" + several(pages) + "页")
	}
	if len(labels) > 0 {
		b.WriteString("填写" + several(labels) + "，")
	}
	b.WriteString(aim(n.Key, strings.Join(pages, "")+strings.Join(labels, "")))
	return b.String()
}

func several(all []string) string {
	if len(all) > most {
		return strings.Join(all[:most], "、") + "等"
	}
	return strings.Join(all, "、")
}

// aims say what a type is for, by words on the page; the last of each type is
// for pages that say nothing. They are drafts: the person who files knows better.
var aims = map[string][]struct{ words, aim string }{
	"UserInfo":       {{"", "展示和更新用户自己的昵称、头像"}},
	"PhoneNumber":    {{"地址|收货|配送|订单", "配送时与收货人联系"}, {"登录|注册|绑定", "登录和识别账号"}, {"预约|挂号|报名|预定|入住", "确认预约并通知本人"}, {"报修|维修|上门", "上门服务前联系"}, {"发票", "接收开票通知"}, {"反馈|投诉|留言", "回复用户的反馈"}, {"", "办理该页业务时联系用户本人"}},
	"Location":       {{"门店|附近|地图|店", "查找用户附近的门店"}, {"天气", "显示用户所在地的天气"}, {"签到|打卡|考勤", "核对签到地点"}, {"地址|收货", "填写所在地区"}, {"", "显示用户当前位置附近的内容"}},
	"ChooseLocation": {{"", "由用户在地图上选定地点并填入该页"}},
	"Address":        {{"订单|结算|支付", "选择订单的收货地址"}, {"", "填写收货地址并按地址配送"}},
	"Invoice":        {{"", "填写开具发票所需的抬头"}},
	"RunData":        {{"", "显示和统计用户本人的运动步数"}},
	"LicensePlate":   {{"停车|缴费", "查询和缴纳停车费"}, {"", "登记来访或停放的车辆"}},
	"Album":          {{"头像|资料|个人", "由用户选择照片更换头像"}, {"评价|评论", "在评价中上传用户选择的图片"}, {"反馈|投诉|报修|售后|退", "上传用户选择的图片说明问题"}, {"", "上传用户选择的照片或视频"}},
	"MessageFile":    {{"", "上传用户从会话中选择的文件"}},
	"Record":         {{"", "录制并发送用户的语音"}},
	"Camera":         {{"", "由用户现场拍摄照片或视频"}},
	"BlueTooth":      {{"", "搜索并连接用户的蓝牙设备"}},
	"AlbumWriteOnly": {{"", "把用户要保存的图片或视频存入相册"}},
	"Contact":        {{"", "把页面上的联系人存入用户的通讯录"}},

	"CalendarWriteOnly": {{"", "把预约和提醒写入用户的日历"}},
	"Accelerometer":     {{"", "根据设备的晃动作出响应"}},
	"Compass":           {{"", "显示设备朝向"}},
	"DeviceMotion":      {{"", "根据设备的方向调整画面"}},
	"Gyroscope":         {{"", "根据设备的转动调整画面"}},
	"Clipboard":         {{"", "按用户的操作复制或粘贴文字"}},
	"EXIDNumber":        {{"", "核验办理人的身份"}},
	"Email":             {{"发票", "向用户发送电子发票"}, {"", "向用户发送办理结果"}},
	"DeviceInfo":        {{"", "按机型和屏幕尺寸调整页面布局"}},
	"姓名":                {{"地址|收货|配送", "配送时核对收货人"}, {"", "核对办理人的姓名"}},
	"健康信息":              {{"", "提供与用户健康状况相应的服务"}},
}

func aim(key, words string) string {
	for _, a := range aims[key] {
		if a.words == "" {
			return a.aim
		}
		for _, w := range strings.Split(a.words, "|") {
			if strings.Contains(words, w) {
				return a.aim
			}
		}
	}
	return "办理该页的业务"
}
