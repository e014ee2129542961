// Package filed answers one question about a mini program that has been filed: does
// it still do what was filed? It takes what is known about a program (Take), keeps it
// as a committed record (Record), and tells the differences (Compare).
//
// A record holds categories, routes, hosts and names of interfaces, and no personal
// data. It is in a fixed order, so that two records of the same program are the same
// bytes but for the date.
//
// Limits: only the operator and the authority know whether a filing exists and says
// what was recorded.
package filed

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// FileName is what the file of a record is called unless beian.yaml names another.
const FileName = "beian.filed.json"

// recordVersion is the version of the form of a record.
const recordVersion = 1

// Record is the content of a file of what was filed.
type Record struct {
	Version  int       `json:"version"`
	Number   string    `json:"number"`   // of the filing, as beian.yaml had it; "" if it had none
	Recorded string    `json:"recorded"` // YYYY-MM-DD
	Tool     string    `json:"tool"`     // version of beian that made the record
	Laws     string    `json:"laws"`     // day of its snapshot of the law, YYYY-MM-DD
	Programs []Program `json:"programs"` // by path
}

// Program is what one mini program did when it was recorded. All lists are sorted.
type Program struct {
	Path       string      `json:"path"` // of the directory of app.json, from that of the record
	AppID      string      `json:"appId"`
	Platform   string      `json:"platform"`
	Collected  []Collected `json:"collected"`
	Addresses  []string    `json:"addresses"`  // "request https://api.example.com"
	Interfaces []Interface `json:"interfaces"` // that handle personal information
	Plugins    []string    `json:"plugins"`    // AppIDs of their providers
	Unread     []string    `json:"unread"`     // what was not read then and might have hidden something
}

// Collected is a category of personal information that the program takes.
type Collected struct {
	Category   finding.Category `json:"category"`
	Pages      []string         `json:"pages"`
	Recipients []string         `json:"recipients"` // hosts, interfaces of third parties, "cloud", UnknownHost
	Lost       bool             `json:"lost"`       // the way of a value was lost: there may be other recipients
}

// Interface is a type of the platform's privacy guide with what calls for it.
type Interface struct {
	Key  string   `json:"key"`
	Uses []string `json:"uses"` // "wx.getLocation", "<camera>"
}

// UnknownHost is a recipient that the analysis could not name, OwnCloud the cloud of
// the program itself.
const (
	UnknownHost = "?"
	OwnCloud    = "cloud"
)

func wrong(zh, en string) error { return &lang.Fault{ZH: zh, EN: en} }

// Parse reads a record. The error is a *lang.Fault; a record with an unknown field
// is refused, since a half-read record would hide differences.
func Parse(data []byte) (*Record, error) {
	r := &Record{}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, wrong("不是备案记录（"+err.Error()+"）", "this is no record of a filing: "+err.Error())
	}
	if d.More() {
		return nil, wrong("不是备案记录：对象之后还有内容", "this is no record of a filing: something follows the object")
	}
	if r.Version != recordVersion {
		return nil, wrong(fmt.Sprintf("它的版本是 %d，本程序读取的是 %d", r.Version, recordVersion),
			fmt.Sprintf("its version is %d, this beian reads %d", r.Version, recordVersion))
	}
	if _, err := time.Parse(time.DateOnly, r.Recorded); err != nil {
		return nil, wrong(fmt.Sprintf("recorded %q 不是 2027-01-31 这样的日期", r.Recorded),
			fmt.Sprintf("recorded: %q is no date such as 2027-01-31", r.Recorded))
	}
	seen := map[string]bool{}
	for _, p := range r.Programs {
		if p.Path != path.Clean(p.Path) || seen[p.Path] {
			return nil, wrong(fmt.Sprintf("小程序 %q 写了两次，或者路径不规范", p.Path),
				fmt.Sprintf("the program %q is given twice, or its path is not clean", p.Path))
		}
		seen[p.Path] = true
		for _, c := range p.Collected {
			if !c.Category.Known() {
				return nil, wrong(fmt.Sprintf("没有类别 %q", c.Category), fmt.Sprintf("there is no category %q", c.Category))
			}
		}
	}
	return r, nil
}

// Format writes r in the form of the file.
func (r *Record) Format() []byte {
	r.Version = recordVersion
	slices.SortFunc(r.Programs, func(a, b Program) int { return strings.Compare(a.Path, b.Path) })
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(r); err != nil {
		panic(err) // strings and a number always encode
	}
	return out.Bytes()
}

// Program returns what is recorded of the program at a path, or nil.
func (r *Record) Program(path string) *Program {
	for i := range r.Programs {
		if r.Programs[i].Path == path {
			return &r.Programs[i]
		}
	}
	return nil
}

// Recipients lists who receives something, each once.
func (p *Program) Recipients() []string {
	out := []string{}
	for _, c := range p.Collected {
		for _, to := range c.Recipients {
			out = insert(out, to)
		}
	}
	return out
}

// Keys lists the types of the privacy guide, each once.
func (p *Program) Keys() []string {
	out := []string{}
	for _, i := range p.Interfaces {
		out = insert(out, i.Key)
	}
	return out
}
