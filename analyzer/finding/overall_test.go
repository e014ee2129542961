package finding

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestRecountNamesWhatCounts(t *testing.T) {
	at := func(c Category, as AcceptedAs) Finding {
		return Finding{Category: c, Kind: KindField, Confidence: High, Reachable: true, Acceptance: Acceptance{As: as}}
	}
	low := at(Address, "")
	low.Confidence = Low
	whole := Finding{Kind: KindConfig, Overall: Overall{ZH: "收集%s，见 a%s", EN: "collects %s, see a%s"}}
	message := func(found ...Finding) string {
		found = Recount(append(found, whole))
		if last := found[len(found)-1]; last.Kind == KindConfig {
			return last.Message.ZH + "; " + last.Message.EN
		}
		return ""
	}
	for _, c := range []struct {
		name, want string
		found      []Finding
	}{
		{"all count", "收集手机号、邮箱，见 a%s; collects phone numbers and email addresses, see a%s", []Finding{at(Phone, ""), at(Email, Known)}},
		{"one dismissed", "收集邮箱，见 a%s; collects email addresses, see a%s", []Finding{at(Phone, NotPersonal), at(Email, "")}},
		{"one place dismissed", "收集手机号，见 a%s; collects phone numbers, see a%s", []Finding{at(Phone, NotPersonal), at(Phone, "")}},
		{"unsure, and the device", "收集手机号，见 a%s; collects phone numbers, see a%s", []Finding{at(Phone, ""), low, at(Device, "")}},
		{"all dismissed", "", []Finding{at(Phone, NotPersonal), at(Device, "")}},
	} {
		require.Equal(t, c.want, message(c.found...), c.name)
	}
}
