package golden

import (
	"fmt"
	"strings"
)

// diff lists the lines that differ, "-" before those of want and "+" before those
// of got, each run of them below the number of its first line in want.
func diff(want, got string) string {
	a, b := strings.SplitAfter(want, "\n"), strings.SplitAfter(got, "\n")
	start := 0
	for start < min(len(a), len(b)) && a[start] == b[start] {
		start++
	}
	a, b = a[start:], b[start:]
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	shared := sharedLines(a, b)
	var out strings.Builder
	for i, j, differing := 0, 0, false; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i, j, differing = i+1, j+1, false
			continue
		}
		if !differing {
			fmt.Fprintf(&out, "line %d:\n", start+i+1)
			differing = true
		}
		if i < len(a) && shared[i+1][j] == shared[i][j] {
			fmt.Fprintf(&out, "-%s\n", strings.TrimSuffix(a[i], "\n"))
			i++
		} else {
			fmt.Fprintf(&out, "+%s\n", strings.TrimSuffix(b[j], "\n"))
			j++
		}
	}
	return out.String()
}

// sharedLines returns, for each i and j, the length of the longest sequence of lines
// that a[i:] and b[j:] have in common.
func sharedLines(a, b []string) [][]int32 {
	shared := make([][]int32, len(a)+1)
	shared[len(a)] = make([]int32, len(b)+1)
	for i := len(a) - 1; i >= 0; i-- {
		shared[i] = make([]int32, len(b)+1)
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				shared[i][j] = shared[i+1][j+1] + 1
			} else {
				shared[i][j] = max(shared[i+1][j], shared[i][j+1])
			}
		}
	}
	return shared
}
