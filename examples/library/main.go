// Command ask tells who gets what: a program of another module that uses beian as a
// library. It uses nothing but what the Go API promises (go doc
// github.com/beian/beian/analyzer), so that a promise that breaks is noticed here.
//
//	go run . DIR
//
// prints a line for each category of information and recipient, and exits with 1 if any
// goes to a host outside of the team's own domain.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// own is the domain that this team runs.
const own = ".example.com"

func main() {
	dir := "."
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	strangers, err := ask(os.Stdout, dir, lang.English)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	case len(strangers) > 0:
		fmt.Printf("not ours: %s\n", strings.Join(strangers, ", "))
		os.Exit(1)
	}
}

// ask prints who gets what in the programs of dir, and returns the hosts that are not ours.
func ask(w io.Writer, dir string, in lang.Code) (strangers []string, err error) {
	scan, err := analyzer.Analyze(context.Background(),
		[]analyzer.Dir{{Path: dir, Name: filepath.Base(dir), FS: os.DirFS(dir)}},
		analyzer.Options{Detectors: detectors.All()})
	if err != nil {
		return nil, err
	}
	for _, p := range scan.Report().Programs {
		fmt.Fprintf(w, "%s: %s\n", p.Project.Name, p.Verdict.PersonalInformation.Status)
		var lines []string
		for _, f := range p.Findings {
			if !f.Collects() || f.Confidence < finding.Medium {
				continue
			}
			for _, flow := range f.Flows {
				what, how := f.Category.Title().In(in), report.SinkWord(flow.Sink, in)
				lines = append(lines, fmt.Sprintf("  %s -> %s (%s)", what, flow.Sink.Host, how))
				host := flow.Sink.Host
				if host != "" && !strings.HasSuffix("."+host, own) && !slices.Contains(strangers, host) {
					strangers = append(strangers, host)
				}
			}
		}
		slices.Sort(lines)
		for _, line := range slices.Compact(lines) {
			fmt.Fprintln(w, line)
		}
	}
	return strangers, nil
}
