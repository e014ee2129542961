package suppress

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

// baselineVersion is the version of the form of a baseline file.
const baselineVersion = 1

// Baseline is the content of a baseline file: findings that were there when
// somebody looked, and that are accepted for a reason.
type Baseline struct {
	Version int             `json:"version"`
	Entries []BaselineEntry `json:"entries"` // by fingerprint
}

// BaselineEntry is one accepted finding. Rule, path and subject are for the
// reader; the fingerprint decides.
type BaselineEntry struct {
	Fingerprint string `json:"fingerprint"`
	Rule        string `json:"rule"`
	Path        string `json:"path"`
	Subject     string `json:"subject"` // masked, as in reports
	// As is "" in files from the time before there were two acts; it means known.
	As      finding.AcceptedAs `json:"as,omitempty"`
	Reason  string             `json:"reason"`
	Author  string             `json:"author"`
	Date    string             `json:"date"`              // on which it was accepted, YYYY-MM-DD
	Expires string             `json:"expires,omitempty"` // last day on which it holds, or ""
}

// expired reports whether e no longer holds on the given day.
func (e *BaselineEntry) expired(today string) bool { return e.Expires != "" && e.Expires < today }

var fingerprintForm = regexp.MustCompile(`^[0-9a-f]{16}$`)

// IsDate reports whether s is a day of the calendar as YYYY-MM-DD.
func IsDate(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// BaselineError says what is wrong with a baseline file.
type BaselineError lang.Text

// Error returns the message in English.
func (e *BaselineError) Error() string { return e.EN }

// Text returns the message in both languages.
func (e *BaselineError) Text() lang.Text { return lang.Text(*e) }

// ParseBaseline reads a baseline file. The error is a *BaselineError; a file with an
// unknown field is refused, since ignoring it could hide or show findings without
// anybody noticing.
func ParseBaseline(data []byte) (*Baseline, error) {
	b := &Baseline{}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	if err := d.Decode(b); err != nil {
		return nil, &BaselineError{ZH: "不是基线文件（" + err.Error() + "）", EN: "this is no baseline: " + err.Error()}
	}
	if d.More() {
		return nil, &BaselineError{ZH: "不是基线文件：对象之后还有内容", EN: "this is no baseline: something follows the object"}
	}
	if b.Version != baselineVersion {
		return nil, &BaselineError{
			ZH: fmt.Sprintf("它的版本是 %d，本程序读取的是 %d", b.Version, baselineVersion),
			EN: fmt.Sprintf("its version is %d, this beian reads %d", b.Version, baselineVersion),
		}
	}
	seen := map[string]bool{}
	for i, e := range b.Entries {
		var zh, en string
		switch {
		case !fingerprintForm.MatchString(e.Fingerprint):
			zh, en = fmt.Sprintf("%q 不是指纹", e.Fingerprint), fmt.Sprintf("%q is no fingerprint", e.Fingerprint)
		case seen[e.Fingerprint]:
			zh, en = "写了两次", "it is given twice"
		case e.Rule == "":
			zh, en = "没有 rule", "it has no rule"
		case strings.TrimSpace(e.Reason) == "":
			zh, en = "没有原因 reason", "it has no reason"
		case e.As != "" && !slices.Contains(finding.Acts(), string(e.As)):
			zh, en = fmt.Sprintf("as 不能是 %q，可用的值：%s", e.As, acts()), fmt.Sprintf("as cannot be %q; it is one of: %s", e.As, acts())
		case e.Expires != "" && !IsDate(e.Expires):
			zh, en = fmt.Sprintf("expires %q 不是 2027-01-31 这样的日期", e.Expires),
				fmt.Sprintf("%q is no date such as 2027-01-31", e.Expires)
		}
		if en != "" {
			return nil, &BaselineError{
				ZH: fmt.Sprintf("第 %d 项（%s）：%s", i+1, e.Fingerprint, zh),
				EN: fmt.Sprintf("entry %d (%s): %s", i+1, e.Fingerprint, en),
			}
		}
		seen[e.Fingerprint] = true
	}
	b.sort()
	return b, nil
}

func acts() string { return strings.Join(finding.Acts(), ", ") }

// Format writes b in the form of the file: one entry a block, by fingerprint, so
// that branches that add entries merge.
func (b *Baseline) Format() []byte {
	b.Version = baselineVersion
	if b.Entries == nil {
		b.Entries = []BaselineEntry{}
	}
	b.sort()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(b); err != nil {
		panic(err) // strings and a number always encode
	}
	return out.Bytes()
}

func (b *Baseline) sort() {
	slices.SortFunc(b.Entries, func(x, y BaselineEntry) int { return strings.Compare(x.Fingerprint, y.Fingerprint) })
}

// entry returns the entry with the given fingerprint, or nil. b may be nil.
func (b *Baseline) entry(fingerprint string) *BaselineEntry {
	if b == nil {
		return nil
	}
	for i := range b.Entries {
		if b.Entries[i].Fingerprint == fingerprint {
			return &b.Entries[i]
		}
	}
	return nil
}

// Accepts reports whether a baseline can hold a finding: those about
// suppressions themselves cannot be accepted, and those that a comment accepts
// need not be.
func Accepts(f *finding.Finding) bool {
	return f.Rule != Malformed && f.Rule != Unused && (!f.Accepted() || f.Acceptance.By == finding.ByBaseline)
}

// Add accepts the findings that b does not hold yet, or whose entry has expired, with
// the act, reason, author, date and expiry of as. It returns how many were added and how
// many renewed.
func (b *Baseline) Add(found []finding.Finding, as BaselineEntry) (added, renewed int) {
	for i := range found {
		f := &found[i]
		if !Accepts(f) {
			continue
		}
		e := b.entry(f.Fingerprint)
		switch {
		case e == nil:
			b.Entries = append(b.Entries, BaselineEntry{})
			e = &b.Entries[len(b.Entries)-1]
			added++
		case e.expired(as.Date):
			renewed++
		default:
			continue
		}
		*e = as
		e.Fingerprint, e.Rule, e.Path, e.Subject = f.Fingerprint, f.Rule.ID, f.Location.File.Path, finding.Mask(f.Subject)
	}
	b.sort()
	return added, renewed
}

// Prune drops the entries whose finding is no longer there, and returns how many.
func (b *Baseline) Prune(found []finding.Finding) int {
	there := map[string]bool{}
	for i := range found {
		if Accepts(&found[i]) {
			there[found[i].Fingerprint] = true
		}
	}
	before := len(b.Entries)
	b.Entries = slices.DeleteFunc(b.Entries, func(e BaselineEntry) bool { return !there[e.Fingerprint] })
	return before - len(b.Entries)
}
