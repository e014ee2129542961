package report

import (
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/platform"
)

// word looks up key in a table of words; it returns the key itself if that is
// not there.
func word(table map[string]lang.Text, key string, in lang.Code) string {
	if t, ok := table[key]; ok {
		return t.In(in)
	}
	return key
}

// EvidenceWord names a kind of evidence for people.
func EvidenceWord(what string, in lang.Code) string { return word(evidenceWords, what, in) }

// SinkWord says what happens to a value at a sink, such as "sent to".
func SinkWord(sink finding.Sink, in lang.Code) string { return sinkWord(sink).In(in) }

func sinkWord(sink finding.Sink) lang.Text {
	if sink.API == "web-view" {
		return lang.Text{ZH: "随网页地址交给", EN: "sent in the address of a web page to"}
	}
	return sinkWords[sink.Kind]
}

// HostNote says why the host of a network sink is not known, or may be another one, in brackets; "" if nobody can say.
func HostNote(sink finding.Sink, in lang.Code) string {
	if sink.Reason.What == "" {
		return ""
	}
	return lang.Textf("（%s）", " (%s)", sink.Reason.Text).In(in)
}

var confidenceWords = map[string]lang.Text{
	"high":   {ZH: "高", EN: "high"},
	"medium": {ZH: "中", EN: "medium"},
	"low":    {ZH: "低", EN: "low"},
}

var severityWords = map[string]lang.Text{
	"critical": {ZH: "极高", EN: "critical"},
	"high":     {ZH: "高", EN: "high"},
	"medium":   {ZH: "中", EN: "medium"},
	"low":      {ZH: "低", EN: "low"},
}

var evidenceWords = map[string]lang.Text{
	"label":       {ZH: "标签", EN: "label"},
	"placeholder": {ZH: "占位文字", EN: "placeholder"},
	"type":        {ZH: "类型", EN: "type"},
	"name":        {ZH: "字段名", EN: "name"},
	"binding":     {ZH: "绑定", EN: "binding"},
	"handler":     {ZH: "处理函数", EN: "handler"},
	"validator":   {ZH: "校验", EN: "validator"},
	"payload":     {ZH: "提交字段", EN: "payload"},
	"maxlength":   {ZH: "最大长度", EN: "maxlength"},
	"storage":     {ZH: "存储键", EN: "storage key"},
	"component":   {ZH: "组件", EN: "component"},
	"element":     {ZH: "组件", EN: "element"},
	"api":         {ZH: "接口", EN: "API"},
	"address":     {ZH: "地址", EN: "address"},
	"open-type":   {ZH: "开放能力", EN: "open-type"},
	"permission":  {ZH: "权限声明", EN: "permission"},
	"comment":     {ZH: "注释", EN: "comment"},
	"title":       {ZH: "标题", EN: "title"},
	"expired":     {ZH: "基线已过期", EN: "accepted until"},
	"pattern":     {ZH: "匹配", EN: "pattern"},
	"against":     {ZH: "与之矛盾", EN: "against it"},
}

// collectionActs are the words for accepting a place that collects, problemActs
// those for anything else.
var (
	collectionActs = map[finding.AcceptedAs]lang.Text{
		finding.Known:       {ZH: "确需收集，已知", EN: "collected, and known"},
		finding.NotPersonal: {ZH: "不是个人信息，不计入", EN: "no personal information, not counted"},
	}
	problemActs = map[finding.AcceptedAs]lang.Text{
		finding.Known:       {ZH: "已知", EN: "known"},
		finding.NotPersonal: {ZH: "误报，不计入", EN: "a mistake of the tool, not counted"},
	}
)

var acceptanceWords = map[string]lang.Text{
	"comment":  {ZH: "注释", EN: "comment"},
	"config":   {ZH: "beian.yaml", EN: "beian.yaml"},
	"baseline": {ZH: "基线", EN: "baseline"},
}

var frameworkWords = map[string]lang.Text{
	"native": {ZH: "原生", EN: "native"},
}

// PlatformName is the name of a platform for people (Project.Platform).
func PlatformName(name string, in lang.Code) string {
	if p := platform.PlatformByName(name); p != nil {
		return p.Title.In(in)
	}
	return name
}

// FrameworkName is the name of a framework for people (Project.Framework).
func FrameworkName(framework string, in lang.Code) string { return word(frameworkWords, framework, in) }

var sinkWords = map[finding.SinkKind]lang.Text{
	finding.Network:    {ZH: "发送到", EN: "sent to"},
	finding.Cloud:      {ZH: "写入云端", EN: "sent to the cloud"},
	finding.Storage:    {ZH: "存在本机", EN: "stored on the device"},
	finding.Log:        {ZH: "写入日志", EN: "written to the log"},
	finding.ThirdParty: {ZH: "交给第三方", EN: "given to a third party"},
	finding.Clip:       {ZH: "写入剪切板", EN: "put on the clipboard"},
	finding.Navigation: {ZH: "带到别的页面", EN: "passed to another page"},
}
