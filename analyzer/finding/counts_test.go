package finding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each question is narrower than the one before.
func TestWhatAFindingIsWorth(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Finding)
		want   [5]bool // Own, Counts, Collects, Triggers; Pending
	}{
		"a field for a phone number": {func(*Finding) {}, [5]bool{true, true, true, true, true}},
		"out of reach":               {func(f *Finding) { f.Reachable = false }, [5]bool{}},
		"of a library":               {func(f *Finding) { f.Library = "vant" }, [5]bool{}},
		"known":                      {func(f *Finding) { f.Acceptance.As = Known }, [5]bool{true, true, true, true, false}},
		"known, out of reach":        {func(f *Finding) { f.Acceptance.As, f.Reachable = Known, false }, [5]bool{}},
		"not personal":               {func(f *Finding) { f.Acceptance.As = NotPersonal }, [5]bool{true}},
		"a literal":                  {func(f *Finding) { f.Kind = KindHardcoded }, [5]bool{true, true, false, false, true}},
		"from script alone":          {func(f *Finding) { f.Kind = KindInferred }, [5]bool{true, true, false, false, true}},
		"a location":                 {func(f *Finding) { f.Kind, f.Category = KindAPI, Position }, [5]bool{true, true, true, false, true}},
		"a picture of a card":        {func(f *Finding) { f.Kind, f.Category = KindOCR, IDCard }, [5]bool{true, true, true, true, true}},
		"low confidence":             {func(f *Finding) { f.Confidence = Low }, [5]bool{true, true, true, true, true}},
	} {
		f := Finding{Kind: KindField, Category: Phone, Confidence: High, Reachable: true}
		c.change(&f)
		require.Equal(t, c.want, [5]bool{f.Own(), f.Counts(), f.Collects(), f.Triggers(), f.Pending()}, name)
	}
}

// If two people accept a finding, the first counts; known wins over not
// personal.
func TestAccept(t *testing.T) {
	known := Acceptance{As: Known, By: ByBaseline, Reason: "filed"}
	mistake := Acceptance{As: NotPersonal, By: ByComment, Reason: "of the shop"}
	again := Acceptance{As: Known, By: ByConfig, Reason: "again"}
	for name, c := range map[string]struct {
		said      []Acceptance
		want      Acceptance
		overruled Overruled
	}{
		"nobody":              {nil, Acceptance{}, Overruled{}},
		"one":                 {[]Acceptance{mistake}, mistake, Overruled{}},
		"the same twice":      {[]Acceptance{known, again}, known, Overruled{}},
		"known after mistake": {[]Acceptance{mistake, known}, known, Overruled{ByComment, "of the shop"}},
		"mistake after known": {[]Acceptance{known, mistake}, known, Overruled{ByComment, "of the shop"}},
		"three":               {[]Acceptance{mistake, known, again}, known, Overruled{ByComment, "of the shop"}},
	} {
		var f Finding
		for _, a := range c.said {
			f.Accept(a)
		}
		c.want.Overruled = c.overruled
		require.Equal(t, c.want, f.Acceptance, name)
	}
}
