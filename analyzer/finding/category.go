package finding

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
func (c Category) Title() Text {
	for _, t := range categoryTitles {
		if t.category == c {
			return t.title
		}
	}
	return Text{string(c), string(c)}
}

var categoryTitles = [...]struct {
	category Category
	title    Text
}{
	{Name, Text{"姓名", "name"}},
	{Phone, Text{"手机号", "phone number"}},
	{Email, Text{"邮箱", "email address"}},
	{IDCard, Text{"身份证号", "ID number"}},
	{Nickname, Text{"昵称头像", "nickname and picture"}},
	{Address, Text{"地址", "address"}},
	{Position, Text{"位置", "location"}},
	{Contacts, Text{"通讯录", "contacts"}},
	{Media, Text{"照片和视频", "photos and videos"}},
	{File, Text{"文件", "files"}},
	{Voice, Text{"录音", "voice"}},
	{Camera, Text{"摄像头", "camera"}},
	{Biometric, Text{"生物特征", "biometrics"}},
	{Health, Text{"健康和运动", "health and activity"}},
	{Device, Text{"设备信息", "device"}},
	{Clipboard, Text{"剪贴板", "clipboard"}},
	{Calendar, Text{"日历", "calendar"}},
	{Bluetooth, Text{"蓝牙", "bluetooth"}},
	{Invoice, Text{"发票", "invoice"}},
	{Plate, Text{"车牌号", "licence plate"}},
	{Identifier, Text{"身份标识", "identifier"}},
}
