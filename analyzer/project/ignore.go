package project

import (
	"path"
	"regexp"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/beian/beian/analyzer/jsonc"
	"github.com/beian/beian/analyzer/lang"
)

// packRule is one entry of packOptions.ignore or include. Case does not count,
// and paths are relative to miniprogramRoot (miniprogram-ci 2.1.42).
type packRule struct {
	kind, value string
	pattern     *regexp.Regexp
}

// packRules reads one list of packOptions. Entries that make no sense are left
// out, as the tools do.
func packRules(list *jsonc.Value) []packRule {
	var rules []packRule
	for _, e := range elems(list) {
		r := packRule{kind: e.Get("type").String(), value: strings.ToLower(e.Get("value").String())}
		if r.value == "" {
			continue
		}
		switch r.kind {
		case "regexp":
			pattern, err := regexp.Compile("(?im)" + e.Get("value").String())
			if err != nil {
				continue // a form that only JavaScript knows
			}
			r.pattern = pattern
		case "folder", "file":
			r.value = path.Join("/", r.value)[1:]
			if r.value == "" {
				continue
			}
		case "glob":
			r.value = strings.TrimPrefix(strings.TrimPrefix(r.value, "."), "/")
			if !doublestar.ValidatePattern(r.value) {
				continue
			}
		}
		rules = append(rules, r)
	}
	return rules
}

// match reports whether the rule applies to the file p, which is relative to
// miniprogramRoot and in lower case.
func (r packRule) match(p string) bool {
	switch r.kind {
	case "folder":
		return under(r.value, p)
	case "file":
		return p == r.value
	case "prefix":
		return strings.HasPrefix(path.Base(p), r.value)
	case "suffix":
		return strings.HasSuffix(path.Base(p), r.value)
	case "glob":
		ok, _ := doublestar.Match(r.value, p)
		return ok
	case "regexp":
		return r.pattern.MatchString(p)
	}
	return false
}

// packing decides which files are uploaded with the program.
type packing struct {
	root            string
	ignore, include []packRule
}

func newPacking(root string, s *settings) *packing {
	if s == nil {
		return &packing{root: root}
	}
	options := s.Value.Get("packOptions")
	return &packing{root: root, ignore: packRules(options.Get("ignore")), include: packRules(options.Get("include"))}
}

// drops reports whether file p is left out of the upload. Include beats ignore.
func (pk *packing) drops(p string) bool {
	if len(pk.ignore) == 0 {
		return false
	}
	if pk.root != "." {
		p = strings.TrimPrefix(p, pk.root+"/")
	}
	p = strings.ToLower(p)
	return matchAny(pk.ignore, p) && !matchAny(pk.include, p)
}

// dropsProgram reports whether the program s leaves another one, whose manifest is p, out of its upload.
func (s *site) dropsProgram(p string) bool {
	if s.Framework != nil || s.Settings == nil || !under(s.Source, p) || p == s.Manifest {
		return false
	}
	return newPacking(s.Source, s.Settings).drops(p)
}

// notPacked reports whether s is in a folder that another program with the same project configuration leaves out
// of its upload, and says so. It may be an example, or the program of somebody else.
func (f *finder) notPacked(s *site, sites []*site) bool {
	for _, o := range sites {
		itsOwn := s.Settings != nil && s.Settings != o.Settings
		if s != o && s.Form == miniProgram && !itsOwn && o.dropsProgram(s.Manifest) {
			f.unread = append(f.unread, Unread{Path: s.Manifest, Reason: lang.Textf(
				"此处的小程序没有读取：%s 的 packOptions.ignore 不把它打包上传",
				"the program here was not read: packOptions.ignore in %s leaves it out of the upload", o.Settings.Path)})
			return true
		}
	}
	return false
}

func matchAny(rules []packRule, p string) bool {
	for _, r := range rules {
		if r.match(p) {
			return true
		}
	}
	return false
}
