package report

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/beian/beian/analyzer/finding"
)

// JUnit writes the XML of JUnit, which every CI shows in its list of tests: one
// suite for each program, one case for each file and rule. Problems make a failure
// that lists them; what is collected is a case that passed, with the same list as its
// output. A program without findings is one case that passed.
//
// Schema: jenkinsci/xunit-plugin, junit-10.xsd, which is strict: a case has no
// attribute for its file, so the class is the file. GitLab, Azure and Jenkins read
// it.
func JUnit(w io.Writer, r *Report, o Options) error {
	out := junitSuites{Name: r.Tool.Name}
	suites := map[*Program]int{}
	cases := map[string]int{}
	for i := range r.Programs {
		p := &r.Programs[i]
		suites[p] = i
		out.Suites = append(out.Suites, junitSuite{Name: xmlText(programName(p.Project)), Time: "0"})
	}
	for p, f := range o.review(r) {
		suite := &out.Suites[suites[p]]
		file := o.repositoryPath(f.Location.File.Path)
		key := fmt.Sprint(suites[p], "\x00", file, "\x00", f.Rule.ID)
		i, ok := cases[key]
		if !ok {
			i = len(suite.Cases)
			cases[key] = i
			suite.Cases = append(suite.Cases, junitCase{
				Name: xmlText(f.Rule.ID + " " + f.Rule.Title.In(o.Lang)), Class: xmlText(file), Time: "0",
			})
		}
		at := f.Location.Start()
		suite.Cases[i].add(p.Level(f), f, xmlText(fmt.Sprintf("%s:%d:%d: %s", file, at.Line, at.Column, o.remark(f)))+"\n", o)
	}
	for i := range out.Suites {
		suite := &out.Suites[i]
		for j := range suite.Cases {
			c := &suite.Cases[j]
			c.Output = strings.Join(c.notes, "")
			if c.Failure != nil {
				c.Failure.Text = strings.Join(c.failed, "")
				suite.Failures++
			}
		}
		if len(suite.Cases) == 0 {
			suite.Cases = []junitCase{{Name: o.say("没有要处理的收集点", "no collection point to look at"), Class: suite.Name, Time: "0"}}
		}
		suite.Tests = len(suite.Cases)
		out.Tests += suite.Tests
		out.Failures += suite.Failures
	}
	return writeXML(w, out)
}

// add adds a finding of the case's file and rule, with its texts.
func (c *junitCase) add(level Level, f *finding.Finding, text string, o Options) {
	if !level.Fails {
		c.notes = append(c.notes, text)
		return
	}
	if c.Failure == nil {
		c.Failure = &junitFailure{Message: xmlText(oneLine(f.Message.In(o.Lang), 200))}
	}
	if f.Severity >= c.worst {
		c.worst, c.Failure.Type = f.Severity, cmp.Or(f.Severity.String(), level.SARIF)
	}
	c.failed = append(c.failed, text)
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
	Output  string        `xml:"system-out,omitempty"`

	worst         finding.Severity // of those in Failure
	failed, notes []string         // the lines of Failure and Output
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}
