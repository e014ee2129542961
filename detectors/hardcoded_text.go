package detectors

import (
	"regexp"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer/control"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/spelling"
)

// The forms of personal data that are no numbers (finding.PersonNumbers).
var (
	emailForm = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9._-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,6}`)
	address   = regexp.MustCompile(`^(?:[a-z]+:)?//|^data:|^\.{0,2}/|^cloud:`) // of a file or server
	hotline   = regexp.MustCompile(`客服|热线|服务电话|咨询|售后|商务|官方|招商|总机|例如|示例|示范|如[：:]|格式|(?i:e\.g\.|hotline|customer service)`)
)

// text reports the personal data in one literal. name is that of the property,
// variable or attribute that holds it, or "".
func (l *literals) text(text, name string, span source.Span) {
	const longest = 20000 // a picture in base64 or a packed table tells nothing
	if len(text) < 6 || len(text) > longest || !promising(text) {
		return
	}
	numbers, mails := finding.PersonNumbers(text), emailForm.FindAllStringIndex(text, -1)
	if len(numbers)+len(mails) == 0 || address.MatchString(text) || hotline.MatchString(text) {
		return
	}
	for _, n := range numbers {
		if alone(text, []int{n.Start, n.End}) && !made(n) {
			l.report(n.Category, l.sure(n, text, name), text[n.Start:n.End], name, span)
		}
	}
	for _, at := range mails {
		if mail := text[at[0]:at[1]]; alone(text, at) {
			if c := personalMail(mail); c != 0 {
				l.report(finding.Email, c, mail, name, span)
			}
		}
	}
}

// made reports whether a number is made up, or the example of a standard.
func made(n finding.PersonNumber) bool {
	if n.Category == finding.Phone {
		return dummyNumber(n.Digits)
	}
	return !finding.ValidIDNumber(n.Digits) || n.Digits == "11010519491231002X"
}

// sure tells how sure it is that the number n in a text is a person's.
func (l *literals) sure(n finding.PersonNumber, text, name string) finding.Confidence {
	whole := strings.TrimSpace(text) == text[n.Start:n.End]
	country := len(text[n.Start:n.End]) > len(n.Digits) && strings.ContainsAny(text[n.Start:n.Start+1], "+8") // +86 138…
	switch {
	case n.Category == finding.IDCard, control.Identifier(name).Weight(finding.Phone) > control.Weak, whole && country:
		return finding.High
	case whole, strings.Contains(text, "电话"), strings.Contains(text, "手机"), strings.Contains(text, "联系"):
		return finding.Medium
	}
	return finding.Low
}

// promising reports whether a text has an @ or the digits of a number at all. Few
// literals have, and it costs far less than the expressions.
func promising(text string) bool {
	count := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '@':
			return true
		case ('0' <= c && c <= '9') || c == 0xef: // a full-width digit begins so
			count++
		}
	}
	return count >= len("13800138000")
}

// alone reports whether text[at[0]:at[1]] is no part of something longer: a hash,
// an order number, a fraction, a value in a query.
func alone(text string, at []int) bool {
	part := func(c byte) bool {
		return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || strings.IndexByte("._%=&*-/@+", c) >= 0
	}
	before := at[0] > 0 && part(text[at[0]-1])
	after := at[1] < len(text) && part(text[at[1]]) && text[at[1]] != '.' && text[at[1]] != '/'
	return !before && !after
}

// dummyNumber reports whether a number is made up: the operator's 13800138000,
// digits that count up, or no more than two different digits.
func dummyNumber(n string) bool {
	n = n[len(n)-11:]
	if n == "13800138000" || n == "13900139000" || strings.Contains(n, "12345") || strings.Contains(n, "56789") {
		return true
	}
	different := map[byte]bool{}
	for i := 3; i < len(n); i++ {
		different[n[i]] = true
	}
	return len(different) <= 2
}

// Addresses that belong to no person, and hosts whose addresses mostly belong
// to persons.
var (
	roles = spelling.Set(`git noreply no-reply donotreply service services support kefu hr admin info contact
		sales help business marketing feedback test demo example user username name email mail xxx abc
		hello team press job jobs office postmaster webmaster security privacy legal dev npm root your you`)
	mailHosts = spelling.Set(`qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net 139.com 189.cn sina.com sina.cn
		sohu.com aliyun.com gmail.com outlook.com hotmail.com live.com icloud.com yahoo.com yahoo.com.cn`)
)

// personalMail tells how sure it is that an address belongs to a person; 0 if
// it does not.
func personalMail(mail string) finding.Confidence {
	mail = strings.ToLower(mail)
	box, host, _ := strings.Cut(mail, "@")
	top := host[strings.LastIndexByte(host, '.')+1:]
	switch {
	case roles[box] || strings.HasPrefix(host, "example.") || strings.Contains(host, ".example") || top == "test" ||
		top == "invalid" || top == "local":
		return 0
	case slices.Contains([]string{"png", "jpg", "jpeg", "gif", "webp", "svg", "js", "css", "wxml", "wxss"}, top):
		return 0
	case strings.Count(box, box[:1]) == len(box) || strings.Contains(box, "xxx") ||
		strings.Contains("1234567890", box) || box == "zhangsan":
		return 0
	}
	for _, w := range spelling.Words(box) {
		if roles[w] {
			return 0
		}
	}
	if mailHosts[host] {
		return finding.Medium
	}
	return finding.Low
}

// public reports whether the value under a name is meant for everybody, or is
// an example of a format.
func public(name string) bool {
	for _, w := range spelling.Words(name) {
		switch w {
		case "service", "kefu", "hotline", "customer", "support", "helpline", "consult", "consultation",
			"placeholder", "example", "hint", "tip", "tips", "regex", "pattern", "uuid", "sha", "hash", "copyright", "author":
			return true
		}
	}
	return strings.Contains(name, "客服") || strings.Contains(name, "热线")
}
