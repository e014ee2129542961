package finding

import "github.com/beian/beian/analyzer/lang"

// Categories lists every category: the four that trigger filing, then the
// wider ones. Reports keep this order.
func Categories() []Category {
	all := make([]Category, len(categoryTitles))
	for i, c := range categoryTitles {
		all[i] = c.category
	}
	return all
}

// Title returns what people call c, such as 手机号 and "phone number". A category
// that is not known is its own title.
func (c Category) Title() lang.Text {
	for _, t := range categoryTitles {
		if t.category == c {
			return t.title
		}
	}
	return lang.Both(string(c), string(c))
}

var categoryTitles = [...]struct {
	category Category
	title    lang.Text
}{
	{Name, lang.Both("姓名", "name")},
	{Phone, lang.Both("手机号", "phone number")},
	{Email, lang.Both("邮箱", "email address")},
	{IDCard, lang.Both("身份证号", "ID number")},
	{Nickname, lang.Both("昵称头像", "nickname and picture")},
	{Address, lang.Both("地址", "address")},
	{Position, lang.Both("位置", "location")},
	{Contacts, lang.Both("通讯录", "contacts")},
	{Media, lang.Both("照片和视频", "photos and videos")},
	{File, lang.Both("文件", "files")},
	{Voice, lang.Both("录音", "voice")},
	{Camera, lang.Both("摄像头", "camera")},
	{Biometric, lang.Both("生物特征", "biometrics")},
	{Health, lang.Both("健康和运动", "health and activity")},
	{Device, lang.Both("设备信息", "device")},
	{Clipboard, lang.Both("剪贴板", "clipboard")},
	{Calendar, lang.Both("日历", "calendar")},
	{Bluetooth, lang.Both("蓝牙", "bluetooth")},
	{Invoice, lang.Both("发票", "invoice")},
	{Plate, lang.Both("车牌号", "licence plate")},
	{Identifier, lang.Both("身份标识", "identifier")},
}
