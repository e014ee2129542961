// Package spelling knows how words are written: it takes identifiers and gives the
// words in them (words.go), and takes a mistyped word and the known words and
// gives the one that was meant, or none.
package spelling

// Nearest returns the known word that was probably meant, or "": the one with
// the fewest edits, if they are no more than a third of its length.
func Nearest(word string, known []string) string {
	best, fewest := "", 0
	for _, k := range known {
		if d := edits(word, k); d <= max(1, len(k)/3) && (best == "" || d < fewest) {
			best, fewest = k, d
		}
	}
	return best
}

// edits counts the insertions, removals, replacements and swaps of neighbours
// that turn a into b. Words are cut at 64 bytes: no name of ours is longer.
func edits(a, b string) int {
	a, b = a[:min(len(a), 64)], b[:min(len(b), 64)]
	var rows [3][65]int // the row of a[i-2], of a[i-1], of a[i]
	for j := range len(b) + 1 {
		rows[2][j] = j
	}
	for i := 1; i <= len(a); i++ {
		rows[0], rows[1] = rows[1], rows[2]
		row := &rows[2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(rows[1][j]+1, row[j-1]+1, rows[1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], rows[0][j-2]+1)
			}
		}
	}
	return rows[2][len(b)]
}
