package detectors

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/detect"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/project"
)

// Of a JSON file that is too large to be parsed the numbers count that a key calls so.
func TestNumbersInLargeData(t *testing.T) {
	var rows strings.Builder
	for i := range 20000 {
		fmt.Fprintf(&rows, `{"code": "%06d", "order": "13761945082"},`, i)
	}
	data := "[" + rows.String() + `{"name": "老陈", "mobile": "15962708314", "kefu": "15962708315", "cardNo": "320106198702143511"}]`
	fs := fstest.MapFS{
		"app.json":     {Data: []byte(`{"pages": ["p/p"]}`)},
		"p/p.js":       {Data: []byte(`const all = require('../regions.json'); Page({ data: { all } })`)},
		"p/p.wxml":     {Data: []byte(`<view>{{all.length}}</view>`)},
		"regions.json": {Data: []byte(data)},
	}
	programs, err := project.Load(fs, project.Options{})
	require.NoError(t, err)
	require.Len(t, programs[0].LargeData, 1)
	found, _, err := detect.Run(programs[0], flow.Analyze(programs[0], flow.Options{}), []*detect.Detector{Hardcoded})
	require.NoError(t, err)
	var got []string
	for _, f := range found {
		got = append(got, f.Rule.ID+" "+f.Subject)
	}
	require.Equal(t, []string{"hardcoded/phone 159****8314", "hardcoded/idcard 320106********3511"}, got)
}
