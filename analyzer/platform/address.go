package platform

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/beian/beian/analyzer/spelling"
)

//go:embed addresses.txt
var addressesText string

// Address is an address whose answer is personal information: a public service that
// reads documents, an interface of the platform for servers, or a reader of the
// program's own server.
type Address struct {
	Name     string // "aip.baidubce.com/rest/2.0/ocr/v1/idcard"; of an own reader what it reads: "idcard"
	Yields   []Yield
	Document bool // it reads a document in a picture
	Carries  bool // it exchanges a code in the request for what the code is for
	Own      bool // on a server of the program, known by its path alone
	Blank    bool // its path does not say what it reads: the fields of its answer do
	Upload   bool // nor does it say that it reads: it does if it is sent a picture, and the answer has the number
	Source   string
}

// Addresses returns all that are known, those of own readers last.
func Addresses() []*Address {
	return append(slices.Clone(loadAddresses().public), loadAddresses().owns...)
}

// AddressOf returns what is known of an address, of which unknown pieces may be left
// out, or nil.
func AddressOf(address string) *Address {
	t := loadAddresses()
	rest := strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://")
	place, _, _ := strings.Cut(rest, "?")
	for _, a := range t.public {
		if after, ok := strings.CutPrefix(place, a.Name); ok && (after == "" || after[0] == '/') {
			return a
		}
	}
	if rest != address {
		_, place, _ = strings.Cut(place, "/") // the host says nothing
	}
	return t.own(place)
}

// addressTable is addresses.txt.
type addressTable struct {
	public  []*Address
	readers map[string]bool // words of readers; true for those that say so by themselves
	aside   map[string]bool // words of what is no document of a person
	owns    []*Address
}

// own returns the own reader of a path, by a reader's word and that of a document.
func (t *addressTable) own(path string) *Address {
	reader, joined, aside := "", "", false
	for part := range strings.SplitSeq(path, "/") {
		for _, w := range spelling.Words(part) {
			if sure, ok := t.readers[w]; ok && (sure || reader == "") {
				reader = w
			}
			aside = aside || t.aside[w]
			joined += w
		}
		joined += "/"
	}
	if reader == "" {
		return t.upload(joined)
	}
	i := slices.IndexFunc(t.owns, func(a *Address) bool { return strings.Contains(joined, a.Name) })
	switch {
	case i < 0 && (aside || !t.readers[reader]):
		return nil
	case i < 0:
		return &Address{Name: reader, Document: true, Own: true, Blank: true}
	}
	reads := *t.owns[i]
	reads.Upload = false
	return &reads
}

// upload is what is known of a path that names a document, and no reader.
func (t *addressTable) upload(joined string) *Address {
	for _, a := range t.owns {
		if a.Upload && strings.Contains(joined, a.Name) {
			return &Address{Name: a.Name, Document: true, Own: true, Blank: true, Upload: true}
		}
	}
	return nil
}

var loadAddresses = sync.OnceValue(func() *addressTable { return must(parseAddresses(addressesText)) })

func parseAddresses(text string) (*addressTable, error) {
	t := &addressTable{readers: map[string]bool{}, aside: map[string]bool{}}
	for _, r := range rows("addresses.txt", text) {
		switch kind := r.words[0]; kind {
		case "reader", "perhaps", "aside":
			for _, w := range append(r.words[1:], r.flags...) {
				if kind == "aside" {
					t.aside[w] = true
				} else {
					t.readers[w] = kind == "reader"
				}
			}
			continue
		}
		if err := r.check([]string{"document", "carries", "upload"}, []string{"yields"}); err != nil {
			return nil, err
		}
		y, err := yields(r.facts["yields"])
		if err != nil {
			return nil, r.wrong("%w", err)
		}
		a := &Address{
			Name: r.words[1], Yields: y, Document: r.has("document"), Carries: r.has("carries"),
			Own: r.words[0] == "own", Upload: r.has("upload"), Source: r.source,
		}
		switch r.words[0] {
		case "address":
			t.public = append(t.public, a)
		case "own":
			t.owns = append(t.owns, a)
		default:
			return nil, fmt.Errorf("addresses.txt, line %d: unknown kind %q", r.line, r.words[0])
		}
	}
	return t, nil
}
