package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// Accepting everything as known changes no fact: verdict, rulebooks, inventory, papers,
// declaration and pictures stay the same, but no check fails any more. Calling
// everything a mistake removes it from the facts.
func TestAcceptedIsNotAbsent(t *testing.T) {
	collecting := 0
	for _, dir := range fixturePrograms(t) {
		before := scanAccepted(t, dir, nil)
		base := &suppress.Baseline{}
		base.Add(findingsOf(before), suppress.BaselineEntry{As: finding.Known, Reason: "filed", Date: "2026-11-23"})
		known := scanAccepted(t, dir, base)
		require.Equal(t, facts(t, before), facts(t, known), dir)
		worst, collects := known.Worst()
		require.Zero(t, worst, dir)
		require.False(t, collects, dir)
		require.False(t, known.Unaccepted(verdict.Triggered), dir)

		if before.Status() == verdict.Triggered {
			collecting++
			base = &suppress.Baseline{}
			base.Add(findingsOf(before), suppress.BaselineEntry{As: finding.NotPersonal, Reason: "mistakes", Date: "2026-11-23"})
			require.NotEqual(t, verdict.Triggered, scanAccepted(t, dir, base).Status(), dir)
		}
	}
	require.Greater(t, collecting, 10)
}

// fixturePrograms are the directories of fixture programs.
func fixturePrograms(t *testing.T) []string {
	t.Helper()
	dirs, err := filepath.Glob("../../fixtures/projects/*")
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir("../../fixtures/detectors", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == "bad" {
			dirs = append(dirs, path)
		}
		return err
	}))
	require.Greater(t, len(dirs), 50)
	return dirs
}

func scanAccepted(t *testing.T, dir string, base *suppress.Baseline) *report.Report {
	t.Helper()
	scan, err := analyzer.Analyze(t.Context(),
		[]analyzer.Dir{{Path: dir, Name: filepath.Base(dir), FS: os.DirFS(dir), Baseline: base, Today: "2026-11-23"}},
		analyzer.Options{Detectors: detectors.All()})
	require.NoError(t, err, dir)
	return scan.Report()
}

// facts is everything in a report that comes from the facts, without the texts
// about acceptance itself.
func facts(t *testing.T, r *report.Report) string {
	t.Helper()
	var out bytes.Buffer
	for i := range r.Programs {
		p := r.Programs[i]
		p.Verdict.PersonalInformation.Accepted = false
		dossier := materials.Draft(&p, materials.Made{}, "en")
		if last := len(dossier.Sections) - 1; strings.HasPrefix(dossier.Sections[last].Heading, "Appendix: what people have accepted") {
			dossier.Sections = dossier.Sections[:last]
		}
		require.NoError(t, dossier.Markdown(&out))
		answers := []privacy.Answer{{Guide: p.Guide, Draft: privacy.NewDraft(p.Guide, p.Project.Titles())}}
		require.NoError(t, privacy.Text(&out, answers, "zh"))
		require.NoError(t, privacy.JSON(&out, answers, "zh"))

		one := *r
		one.Programs = []report.Program{p}
		var text, page bytes.Buffer
		require.NoError(t, report.Text(&text, &one, report.Options{Lang: "zh"}))
		if at := strings.Index(text.String(), "\n  类别 "); at >= 0 { // the figures, the verdict and the rulebooks
			out.WriteString(text.String()[at:])
		}
		require.NoError(t, report.HTML(&page, &one, report.Options{Lang: "zh"}))
		_, picture, _ := strings.Cut(page.String(), "<figure>")
		picture, _, _ = strings.Cut(picture, "</figure>")
		out.WriteString(picture)
	}
	return out.String()
}
