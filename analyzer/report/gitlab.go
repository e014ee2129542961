package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"strconv"

	"github.com/beian/beian/analyzer/source"
)

// GitLab writes a Code Quality report, which GitLab shows in merge requests on all
// tiers (artifacts:reports:codequality). Of findings with equal fingerprints
// GitLab shows one, so each gets its own.
//
// Fields: docs.gitlab.com, ci/testing/code_quality, "Code Quality report format".
func GitLab(w io.Writer, r *Report, o Options) error {
	out := []gitlabIssue{}
	seen := map[string]int{}
	for p, f := range o.review(r) {
		file := o.repositoryPath(f.Location.File.Path)
		key := file + "\x00" + f.Rule.ID + "\x00" + f.Fingerprint
		seen[key]++
		sum := sha256.Sum256([]byte(key + "\x00" + strconv.Itoa(seen[key])))
		out = append(out, gitlabIssue{
			Description: o.remark(f),
			CheckName:   f.Rule.ID,
			Fingerprint: hex.EncodeToString(sum[:16]),
			Severity:    p.Level(f).GitLab,
			Location:    gitlabLocation{file, gitlabLines{f.Location.Start().Line, f.Location.End().Line}},
		})
	}
	e := json.NewEncoder(source.JSONWriter(w))
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

type gitlabIssue struct {
	Description string         `json:"description"`
	CheckName   string         `json:"check_name"`
	Fingerprint string         `json:"fingerprint"`
	Severity    string         `json:"severity"`
	Location    gitlabLocation `json:"location"`
}

type gitlabLocation struct {
	Path  string      `json:"path"`
	Lines gitlabLines `json:"lines"`
}

type gitlabLines struct {
	Begin int `json:"begin"`
	End   int `json:"end"`
}
