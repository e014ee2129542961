package sfc

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// modeAttr is an attribute of mpx that is for some platforms: bindtap@wx="on",
// wx:if@(wx|ali)="{{a}}" (mpx documents, cross-platform; read 2026-11).
var modeAttr = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(\s)([\w:.-]+)(@\(?((?:wx|ali|swan|qq|tt|jd|ks|dd|qa|web|ios|android|harmony)(?:\|\w+)*)\)?)` +
		`(\s*=\s*(?:"[^"]*"|'[^']*'))?`)
})

// modeElement is an element of mpx that is for some platforms: <view @ali|qq>, <view @_ali>.
var modeElement = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`\s(@_?\(?((?:wx|ali|swan|qq|tt|jd|ks|dd|qa|web|ios|android|harmony)(?:\|\w+)*)\)?)[\s/>]`)
})

// Attributes returns the text of a template of mpx as it is for a platform: attributes for
// others are blanked, and so are the names of platforms behind those that stay, and of elements that are for it.
// Elements for others keep theirs (markup.Elsewhere). Its length and its lines stay.
func Attributes(text, target string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	out := []byte(text)
	for _, at := range modeAttr().FindAllStringSubmatchIndex(text, -1) {
		if end := at[1]; end < len(text) && !strings.ContainsRune(" \t\r\n/>", rune(text[end])) {
			continue // an address in a text
		}
		from, to := at[6], at[7] // @wx
		if !slices.Contains(strings.Split(text[at[8]:at[9]], "|"), target) {
			from, to = at[4], at[1]
		} else if at[10] >= 0 { // a value follows its name at once
			copy(out[at[4]:], blank(text[at[4]:at[7]]))
			copy(out[at[7]-(at[5]-at[4]):], text[at[4]:at[5]])
			continue
		}
		copy(out[from:to], blank(text[from:to]))
	}
	for _, at := range modeElement().FindAllStringSubmatchIndex(text, -1) {
		inTag := strings.LastIndexByte(text[:at[0]], '<') > strings.LastIndexByte(text[:at[0]], '>')
		if inTag && slices.Contains(strings.Split(text[at[4]:at[5]], "|"), target) {
			copy(out[at[2]:at[3]], blank(text[at[2]:at[3]]))
		}
	}
	return string(out)
}
