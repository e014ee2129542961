package finding

import (
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// HostGap is why the host of an address is not known.
type HostGap string

// The reasons. Part of the JSON report: names never change their meaning.
const (
	HostFromAnswer  HostGap = "answer"    // a server or another page gave it
	HostFromStorage HostGap = "storage"   // it was stored on the device before
	HostFromCaller  HostGap = "parameter" // whoever calls the function gives it
	HostFromBuild   HostGap = "build"     // the build sets a variable: process.env.API
	HostFromMissing HostGap = "missing"   // it is in a file or package that is not there
	HostFromCall    HostGap = "call"      // a call gives it
	HostFromLibrary HostGap = "library"   // the library that sends the request has it
	HostNone        HostGap = "none"      // the address has none: '/save'
	HostComputed    HostGap = "computed"  // it is put together in a way that was not followed
)

// HostGaps lists all reasons.
func HostGaps() []HostGap {
	return []HostGap{HostFromAnswer, HostFromStorage, HostFromCaller, HostFromBuild, HostFromMissing, HostFromCall,
		HostFromLibrary, HostNone, HostComputed}
}

// HostReason says why the host of a sink is not known, or why it may be another one than the one that is. The zero value means that
// nobody asked, or that it is known.
type HostReason struct {
	What     HostGap
	Text     lang.Text       // for people: "process.env.API is set by the build"
	Location source.Location // of the part of the address that is not known
}

// HostUnknown is the reason why a host is not known, with the part of the address that
// holds it as the source writes it.
func HostUnknown(what HostGap, part string, at source.Location) HostReason {
	return HostReason{what, hostTexts[what].Map(named(Mask(part))), at}
}

// HostBeside is the reason why the host of an address may be another one than the one that is known: the build may set a variable.
func HostBeside(variable string, at source.Location) HostReason {
	return HostReason{HostFromBuild, hostBeside.Map(named(Mask(variable))), at}
}

var hostBeside = lang.Text{ZH: "如果构建设置了“%s”，可能是别的主机", EN: "or another host if the build sets `%s`"}

var hostTexts = map[HostGap]lang.Text{
	HostFromAnswer:  {ZH: "地址中的“%s”来自服务器的回答或事件", EN: "`%s` in the address comes from a server's answer or an event"},
	HostFromStorage: {ZH: "地址中的“%s”取自本机存储", EN: "`%s` in the address was stored on the device"},
	HostFromCaller:  {ZH: "地址中的“%s”由调用方给出", EN: "`%s` in the address is given by the callers"},
	HostFromBuild:   {ZH: "地址中的“%s”由构建设置", EN: "`%s` in the address is set by the build"},
	HostFromMissing: {ZH: "地址中的“%s”来自没有找到的文件或包", EN: "`%s` in the address comes from a file or package that was not found"},
	HostFromCall:    {ZH: "地址中的“%s”是一次调用的结果，没有查清", EN: "`%s` in the address is what a call gives, which was not followed"},
	HostFromLibrary: {ZH: "地址由“%s”自己决定", EN: "`%s` chooses the address itself"},
	HostNone:        {ZH: "地址以“%s”开头，没有主机", EN: "the address begins with `%s` and has no host"},
	HostComputed:    {ZH: "地址中的“%s”是运行时拼出的", EN: "`%s` in the address is put together at run time"},
}
