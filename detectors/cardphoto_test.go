package detectors

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect/detecttest"
	"github.com/beian/beian/analyzer/finding"
)

// Pictures of an ID card are distinguished from other pictures on the same
// page; the category is still that of pictures.
func TestCardPhotos(t *testing.T) {
	sensitive := map[int]string{} // by line
	for _, f := range detecttest.Run(t, "../fixtures/detectors/api/card-photo/bad", Collection()) {
		require.Equal(t, finding.Media, f.Category)
		if strings.Contains(f.Message.ZH, "身份证件照片") {
			sensitive[f.Location.Start().Line] = f.Evidence[len(f.Evidence)-1].Text
		}
	}
	require.Equal(t, map[int]string{4: "身份证人像面", 11: "chooseIdCardBack"}, sensitive)
	for _, f := range detecttest.Run(t, "../fixtures/detectors/api/card-photo/good", Collection()) {
		require.NotContains(t, f.Message.ZH, "身份证")
	}
}

// The text beside an uploader says what it takes; for the program's own
// uploaders, the text at their uses.
func TestCardUploads(t *testing.T) {
	says := func(dir string) (out []string) {
		for _, f := range detecttest.Run(t, dir, Collection()) {
			if strings.Contains(f.Message.ZH, "身份证件照片") {
				out = append(out, f.Evidence[len(f.Evidence)-1].Text)
			}
		}
		return out
	}
	require.Equal(t, []string{"身份证反面", "身份证正面", "手持证件照"}, says("../fixtures/detectors/api/card-upload/bad"))
	require.Empty(t, says("../fixtures/detectors/api/card-upload/good"))
}
