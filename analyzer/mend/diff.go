package mend

import (
	"fmt"
	"strings"
)

// Diff returns the change from a to b as a unified diff with three lines of
// context, or "" if they are equal. It suits configuration files: what lies
// between the first and the last line that differ is one hunk.
func Diff(path, a, b string) string {
	if a == b {
		return ""
	}
	old, new := lines(a), lines(b)
	head := 0
	for head < len(old) && head < len(new) && old[head] == new[head] {
		head++
	}
	tail := 0
	for tail < len(old)-head && tail < len(new)-head && old[len(old)-1-tail] == new[len(new)-1-tail] {
		tail++
	}
	from, until := max(0, head-3), min(3, tail)
	var out strings.Builder
	fmt.Fprintf(&out, "--- a/%s\n+++ b/%s\n@@ -%s +%s @@\n", path, path,
		hunk(from, len(old)-tail+until), hunk(from, len(new)-tail+until))
	write := func(sign string, all []string) {
		for _, l := range all {
			out.WriteString(sign + strings.TrimRight(l, "\r\n") + "\n")
			if !strings.HasSuffix(l, "\n") {
				out.WriteString("\\ No newline at end of file\n")
			}
		}
	}
	write(" ", old[from:head])
	for _, op := range match(old[head:len(old)-tail], new[head:len(new)-tail]) {
		write(op.sign, []string{op.line})
	}
	write(" ", old[len(old)-tail:len(old)-tail+until])
	return out.String()
}

func hunk(from, to int) string {
	if to-from == 0 {
		return fmt.Sprintf("%d,0", from)
	}
	return fmt.Sprintf("%d,%d", from+1, to-from)
}

func lines(s string) []string {
	all := strings.SplitAfter(s, "\n")
	if all[len(all)-1] == "" {
		all = all[:len(all)-1]
	}
	return all
}

type operation struct{ sign, line string }

// largest bounds the table of the longest common subsequence; larger changes are
// shown as all old lines, then all new ones.
const largest = 2000

// match aligns two lists of lines by their longest common subsequence.
func match(old, new []string) []operation {
	var out []operation
	i, j := 0, 0
	if len(old) <= largest && len(new) <= largest {
		n := make([][]int, len(old)+1)
		for k := range n {
			n[k] = make([]int, len(new)+1)
		}
		for a := len(old) - 1; a >= 0; a-- {
			for b := len(new) - 1; b >= 0; b-- {
				if n[a][b] = max(n[a+1][b], n[a][b+1]); old[a] == new[b] {
					n[a][b] = n[a+1][b+1] + 1
				}
			}
		}
		for i < len(old) && j < len(new) {
			switch {
			case old[i] == new[j]:
				out = append(out, operation{" ", old[i]})
				i, j = i+1, j+1
			case n[i+1][j] >= n[i][j+1]:
				out = append(out, operation{"-", old[i]})
				i++
			default:
				out = append(out, operation{"+", new[j]})
				j++
			}
		}
	}
	for ; i < len(old); i++ {
		out = append(out, operation{"-", old[i]})
	}
	for ; j < len(new); j++ {
		out = append(out, operation{"+", new[j]})
	}
	return out
}
