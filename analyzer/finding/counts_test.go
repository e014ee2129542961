package finding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Each question is a step narrower than the one before.
func TestWhatAFindingIsWorth(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Finding)
		want   [4]bool // Own, Counts, Collects, Triggers
	}{
		"a field for a phone number": {func(*Finding) {}, [4]bool{true, true, true, true}},
		"out of reach":               {func(f *Finding) { f.Reachable = false }, [4]bool{}},
		"of a library":               {func(f *Finding) { f.Library = "vant" }, [4]bool{}},
		"accepted":                   {func(f *Finding) { f.Suppressed = true }, [4]bool{true}},
		"a literal":                  {func(f *Finding) { f.Kind = KindHardcoded }, [4]bool{true, true}},
		"from script alone":          {func(f *Finding) { f.Kind = KindInferred }, [4]bool{true, true}},
		"a location":                 {func(f *Finding) { f.Kind, f.Category = KindAPI, Position }, [4]bool{true, true, true}},
		"a picture of a card":        {func(f *Finding) { f.Kind, f.Category = KindOCR, IDCard }, [4]bool{true, true, true, true}},
		"low confidence":             {func(f *Finding) { f.Confidence = Low }, [4]bool{true, true, true, true}},
	} {
		f := Finding{Kind: KindField, Category: Phone, Confidence: High, Reachable: true}
		c.change(&f)
		require.Equal(t, c.want, [4]bool{f.Own(), f.Counts(), f.Collects(), f.Triggers()}, name)
	}
}
