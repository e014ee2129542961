package verdict_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"github.com/beian/beian/analyzer/facts"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/internal/golden"
)

// given is the first half of a case in fixtures/verdict: the findings of a program
// and what a person said about it. Places are written "path:line".
type given struct {
	Duties []string // the articles of the duties that the case is about; all of them if there is none

	Operator        verdict.Operator
	Policy, Filing  string
	AppType         string `yaml:"app-type"`
	Mainland        verdict.Answered
	Minors          verdict.Answered
	Children        verdict.Answered
	Commercial      verdict.Answered
	CrossBorder     verdict.Answered `yaml:"cross-border"`
	Persons         *int64
	Faces           *int64
	Abroad          *int64
	AbroadSensitive *int64 `yaml:"abroad-sensitive"`

	Platform  string
	Titles    map[string]string // route of a page to its title
	Unread    []string          // files that may hide something
	Findings  []found
	Calls     []named // interfaces that the program calls
	Loaded    []named // … that only libraries may call
	Scopes    []named
	Perhaps   []string // types of the privacy guide that only code of libraries asks for
	Plugins   []named  // by provider
	Policies  []named
	Addresses []named
	WebPages  []string `yaml:"web-pages"` // places
	OfPlugins []named  `yaml:"of-plugins"`
	Hints     []struct {
		Topic    facts.Topic
		Word, At string
	}
}

// found is a finding, reachable and of high confidence unless it says otherwise.
type found struct {
	Kind          finding.Kind
	Category      finding.Category
	Confidence    string
	Unreachable   bool
	Unread        bool // nothing reads what is entered there
	Accepted      finding.AcceptedAs
	Exposure      finding.Exposure // of its rule
	Subject, Page string
	Key, Library  string
	At            string
	Flows         []struct {
		Kind          finding.SinkKind
		Host, API, At string
	}
}

type named struct{ Name, At string }

// TestCases checks each rulebook against fixtures/verdict/ID.txtar, whether filing
// is triggered against personal-information.txtar, and what a report says first against
// headline.txtar. A case is two files: NAME is what
// is given, NAME.want the answer in Chinese and English. -update writes the answers.
func TestCases(t *testing.T) {
	books := map[string]bool{}
	for _, r := range verdict.Judge(verdict.Input{}).Rulebooks {
		books[r.ID] = true
		require.FileExists(t, "../../fixtures/verdict/"+r.ID+".txtar", "rulebook %s has no cases", r.ID)
	}
	files, err := filepath.Glob("../../fixtures/verdict/*.txtar")
	require.NoError(t, err)
	require.Len(t, files, len(books)+2)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		archive := txtar.Parse(text)
		book := strings.TrimSuffix(filepath.Base(file), ".txtar")
		t.Run(book, func(t *testing.T) {
			answered := &txtar.Archive{Comment: archive.Comment}
			for _, f := range archive.Files {
				if strings.HasSuffix(f.Name, ".want") {
					continue
				}
				g := readGiven(t, f)
				answer := written(verdict.Judge(g.input(t)), book, g.Duties)
				require.NotEmpty(t, answer, "no rulebook is called %s", book)
				answered.Files = append(answered.Files, f, txtar.File{Name: f.Name + ".want", Data: []byte(answer)})
			}
			golden.Check(t, file, string(txtar.Format(answered)))
		})
	}
}

// readGiven reads the first half of a case. A key that is not a field of given is a
// mistake.
func readGiven(t *testing.T, f txtar.File) given {
	var g given
	decoder := yaml.NewDecoder(bytes.NewReader(f.Data))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&g), f.Name)
	return g
}

func (g given) input(t *testing.T) verdict.Input {
	where := places{t, map[string]*source.File{}}
	in := verdict.Input{
		Titles: g.Titles, Platform: g.Platform,
		Inputs: verdict.Inputs{
			Operator: g.Operator, PrivacyPolicy: g.Policy, FilingNumber: g.Filing, AppType: g.AppType,
			Mainland: g.Mainland, Minors: g.Minors,
			Children: g.Children, Commercial: g.Commercial, CrossBorder: g.CrossBorder,
			Persons: g.Persons, Faces: g.Faces, Abroad: g.Abroad, AbroadSensitive: g.AbroadSensitive,
		},
	}
	for _, x := range g.Findings {
		in.Findings = append(in.Findings, where.finding(x))
	}
	for _, path := range g.Unread {
		in.Unread = append(in.Unread, project.Unread{Path: path, Hides: true})
	}
	for _, x := range g.Calls {
		in.Facts.Calls = append(in.Facts.Calls, facts.Call{API: x.Name, Location: where.at(x.At)})
	}
	for _, x := range g.Loaded {
		in.Facts.Loaded = append(in.Facts.Loaded, facts.Call{API: x.Name, Location: where.at(x.At)})
	}
	for _, x := range g.Scopes {
		in.Facts.Scopes = append(in.Facts.Scopes, facts.Place{Text: x.Name, Location: where.at(x.At)})
	}
	for _, x := range g.Plugins {
		in.Facts.Plugins = append(in.Facts.Plugins, facts.Plugin{Provider: x.Name, Location: where.at(x.At)})
	}
	for _, x := range g.Policies {
		in.Facts.Policies = append(in.Facts.Policies, facts.Place{Text: x.Name, Location: where.at(x.At)})
	}
	for _, x := range g.Addresses {
		in.Facts.Addresses = append(in.Facts.Addresses, facts.Address{Kind: facts.Request, Value: x.Name, Location: where.at(x.At)})
	}
	for _, at := range g.WebPages {
		in.Facts.WebPages = append(in.Facts.WebPages, facts.Place{Text: "web-view", Location: where.at(at)})
	}
	for _, x := range g.OfPlugins {
		in.Facts.OfPlugins = append(in.Facts.OfPlugins, facts.Place{Text: x.Name, Location: where.at(x.At)})
	}
	in.Guide = privacy.Derive(&project.Program{}, &flow.Result{}, in.Findings)
	for _, key := range g.Perhaps {
		in.Guide.Needs = append(in.Guide.Needs, &privacy.Need{Key: key, Uses: []privacy.Use{{Key: key, Reachable: true, Maybe: true}}})
	}
	for _, x := range g.Hints {
		in.Facts.Hints = append(in.Facts.Hints, facts.Hint{Topic: x.Topic, Word: x.Word,
			Place: facts.Place{Text: x.Word, Location: where.at(x.At)}})
	}
	return in
}

// places makes up the files that a case names.
type places struct {
	t     *testing.T
	files map[string]*source.File
}

// at is the place "path:line"; "" is nowhere.
func (p places) at(place string) source.Location {
	if place == "" {
		return source.Location{}
	}
	path, number, found := strings.Cut(place, ":")
	require.True(p.t, found, "%q is not path:line", place)
	line, err := strconv.Atoi(number)
	require.NoError(p.t, err)
	if p.files[path] == nil {
		p.files[path] = source.NewFile(path, strings.Repeat("x\n", 99))
	}
	start := int32(2 * (line - 1))
	return source.Location{File: p.files[path], Span: source.Span{Start: start, End: start + 1}}
}

func (p places) finding(x found) finding.Finding {
	f := finding.Finding{
		Kind: x.Kind, Category: x.Category, Confidence: finding.High, Reachable: !x.Unreachable, Unread: x.Unread,
		Acceptance: finding.Acceptance{As: x.Accepted},
		Subject:    x.Subject, Page: x.Page, PrivacyKey: x.Key, Library: x.Library, Location: p.at(x.At),
	}
	if x.Accepted != "" {
		require.Contains(p.t, finding.Acts(), string(x.Accepted))
	}
	if x.Confidence != "" {
		c, known := finding.ParseConfidence(x.Confidence)
		require.True(p.t, known, x.Confidence)
		f.Confidence = c
	}
	if x.Exposure != "" {
		f.Rule = &finding.Rule{Exposure: x.Exposure}
	}
	for _, flow := range x.Flows {
		f.Flows = append(f.Flows, finding.Flow{Sink: finding.Sink{Kind: flow.Kind, Host: flow.Host,
			API: flow.API, Location: p.at(flow.At)}})
	}
	return f
}

// written is the answer of one rulebook as text: a status, or one for each duty, and
// below it the reasons, each in Chinese and then in English. If duties are named, the
// others are left out.
func written(v verdict.Verdict, book string, duties []string) string {
	var out strings.Builder
	say := func(texts ...lang.Text) {
		for _, text := range texts {
			fmt.Fprintf(&out, "  %s\n  %s\n", text.ZH, text.EN)
		}
	}
	if book == "personal-information" {
		pi := v.PersonalInformation
		fmt.Fprint(&out, strings.TrimSpace(fmt.Sprint(pi.Status, " ", strings.Trim(fmt.Sprint(pi.Categories), "[]"))))
		if pi.Accepted {
			fmt.Fprint(&out, ", accepted")
		}
		fmt.Fprintln(&out)
		for _, r := range pi.Reasons {
			say(r.Text)
		}
		return out.String()
	}
	if book == "headline" {
		say(v.Headline.Told())
		return out.String()
	}
	for _, r := range v.Rulebooks {
		if r.ID != book {
			continue
		}
		fmt.Fprintln(&out, r.Status)
		if r.Told != (lang.Text{}) {
			say(r.Told)
		}
		say(r.Reasons...)
		for _, d := range r.Duties {
			if len(duties) > 0 && !slices.Contains(duties, d.Article) {
				continue
			}
			fmt.Fprintf(&out, "%s / %s (%s): %s\n", d.Title.ZH, d.Title.EN, d.Article, d.Status)
			say(d.Reasons...)
		}
		if len(r.Differs) > 0 {
			fmt.Fprintln(&out, "differs")
			say(r.Differs...)
		}
	}
	return out.String()
}
