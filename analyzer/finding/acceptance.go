package finding

// Acceptance is what a person said about a finding, and why.
type Acceptance struct {
	As        AcceptedAs
	By        AcceptedBy
	Reason    string
	Assumed   bool      // the entry names no act, so it is read as Known
	Overruled Overruled // somebody else called it NotPersonal; zero if nobody did
}

// Overruled is the word of somebody who called a finding NotPersonal that another
// calls Known.
type Overruled struct {
	By     AcceptedBy
	Reason string
}

// AcceptedAs is which of two things a person said about a finding. The zero value
// means that nobody has accepted it.
type AcceptedAs string

// The acts. Known changes what is new and what fails a check, and nothing else: the
// program still collects, so verdict, papers and declaration are the same with and
// without it. NotPersonal says that the tool is mistaken, and removes the finding
// from the facts.
const (
	Known       AcceptedAs = "known"
	NotPersonal AcceptedAs = "not-personal"
)

// Acts are the acts as people write them, with the one that is assumed first.
func Acts() []string { return []string{string(Known), string(NotPersonal)} }

// AcceptedBy is the form in which a person accepted a finding.
type AcceptedBy string

// The forms of acceptance.
const (
	ByComment  AcceptedBy = "comment"  // beian-accept or beian-ignore in the scanned file
	ByConfig   AcceptedBy = "config"   // suppress in beian.yaml
	ByBaseline AcceptedBy = "baseline" // an entry of the baseline file
)

// Accept notes that a person has accepted f. If two people say the same, the first
// counts. If one calls it known and another calls it no personal information, it is
// known: a doubt must not remove a place that collects from the facts.
func (f *Finding) Accept(a Acceptance) {
	switch was := f.Acceptance; {
	case was.As == "":
		f.Acceptance = a
	case was.As == a.As || was.Overruled.By != "":
	case was.As == Known:
		f.Acceptance.Overruled = Overruled{a.By, a.Reason}
	default:
		a.Overruled = Overruled{was.By, was.Reason}
		f.Acceptance = a
	}
}
