package finding

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// atSigns are ways to write the sign between mailbox and host, besides escapes.
var atSigns = []string{"@", "＠", "﹫", "[at]", "(at)", "[AT]", "(AT)", "（at）", "&commat;", "%2540", " AT ", " @ "}

// dots are ways to write a point in a host that is given in words.
var dots = []string{"[dot]", "(dot)", "（dot）", " DOT "}

// atSign returns where the sign between mailbox and host at i ends, or 0 if there is none.
func atSign(s string, i int) int {
	for _, sign := range atSigns {
		if strings.HasPrefix(s[i:], sign) {
			return i + len(sign)
		}
	}
	if v, size := escaped(s, i); v == '@' && size > 0 {
		return i + size
	}
	return 0
}

// address hides the mailbox of the email address whose sign is at i, and returns where to go
// on.
func (m *masking) address(i int) int {
	end := atSign(m.text, i)
	if end == 0 {
		return i + 1
	}
	start := mailbox(m.text, i)
	end = invisible(m.text, end)
	if spaced := m.text[i] == ' '; spaced && !strings.Contains(hostAt(m.text, end), ".") {
		return i + 1
	}
	if host := hostAt(m.text, end); start < 0 || host == "" || !isHost(host, m.text[start:i], m.text[end:]) {
		return i + 1
	}
	if ofDatabase(m.text[:start]) && !strings.Contains(hostAt(m.text, end), ".") {
		return end
	}
	stop := visible(m.text, i)
	for stop > start && m.text[stop-1] == ' ' {
		stop--
	}
	_, first := utf8.DecodeRuneInString(m.text[start:])
	m.hide(start+first, stop)
	return end
}

// ofDatabase reports whether the text before a name says that it is a collection of a cloud
// database, behind which the environment is named: Collection.add users@prod.
func ofDatabase(before string) bool {
	call := before[strings.LastIndexAny(strings.TrimRight(before, " "), " ")+1:]
	return strings.HasSuffix(call, " ") && (strings.HasPrefix(call, "Collection.") || strings.HasPrefix(call, "Document."))
}

// mailbox returns where the mailbox before the sign at i begins, or -1. A space may be
// between it and [at].
func mailbox(s string, i int) int {
	if i > 0 && s[i-1] == ' ' && (s[i] == '[' || s[i] == '(') {
		i--
	}
	i = visible(s, i)
	start := i
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if full := '！' <= r && r <= '～'; !(full && isMailbox(byte(r-0xFEE0))) && !(size == 1 && isMailbox(s[start-1])) {
			break
		}
		start -= size
	}
	for start < i && s[start] == '.' {
		start++
	}
	if start == i {
		return -1
	}
	return start
}

// visible returns where what is before i ends, without characters of no width.
func visible(s string, i int) int {
	for i > 0 {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !unicode.Is(unicode.Cf, r) {
			break
		}
		i -= size
	}
	return i
}

// hostAt returns the host that begins at i, with points for what stands for them. One in the
// letters of another script than Latin ends where they do.
func hostAt(s string, i int) string {
	if strings.HasPrefix(s[i:], " ") {
		i++ // behind [at]
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	latin := r < utf8.RuneSelf
	if strings.HasPrefix(s[i:], "[") && i+1 < len(s) && isDigit(s[i+1]) {
		return "address.literal" // wang@[10.0.0.1]
	}
	end, words := i, ""
	for end < len(s) {
		if n := slices.IndexFunc(dots, func(dot string) bool { return strings.HasPrefix(s[end:], dot) }); n >= 0 && end > i {
			words += s[i:end] + "."
			end += len(dots[n])
			i = end
			continue
		}
		r, size := utf8.DecodeRuneInString(s[end:])
		part := r < utf8.RuneSelf && (isLetter(byte(r)) || isDigit(byte(r)) || r == '-' || r == '.')
		if !part && (latin || !unicode.IsLetter(r)) {
			break
		}
		end += size
	}
	return strings.TrimRight(words+s[i:end], ".-")
}

// releases are words behind the @ of a package, which is no mailbox.
var releases = []string{"latest", "next", "beta", "alpha", "canary", "stable", "legacy", "media", "import", "keyframes", "font"}

// isHost reports whether host is that of an address. What follows the last point must be
// letters, which tells an address from name@2x.png (its host starts with a digit and x)
// and from name@1.2.3. A host without a point is one if it is a word that belongs to
// nothing else: wang.xiao@mailhost, but not vue@next, @vant/weapp or input@click="…".
func isHost(host, mailbox, rest string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot > 0 {
		return !isScale(host[:dot]) && (isWord(host[dot+1:], 2) || strings.HasPrefix(host[dot+1:], "xn--"))
	}
	after := byte(' ')
	if len(rest) > len(host) {
		after = rest[len(host)]
	}
	free := !strings.ContainsRune("/(=:@{", rune(after))
	return free && dot < 0 && len(mailbox) > 1 && isWord(host, 4) && !slices.Contains(releases, strings.ToLower(host)) &&
		!strings.HasPrefix(host, "font-")
}

// isWord reports whether s is letters, and at least so many bytes.
func isWord(s string, least int) bool {
	return len(s) >= least && !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// isScale reports whether s is the density mark of a picture's name, as in
// icon@2x.png.
func isScale(s string) bool {
	return len(s) == 2 && isDigit(s[0]) && s[1] == 'x'
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isMailbox(c byte) bool {
	return isLetter(c) || isDigit(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%'
}

// The lengths of a text in base64 that is looked into: eleven digits make 15 characters.
const (
	minEncoded = 14
	maxEncoded = 400
)

// word hides a text in base64 that begins at i and holds something to hide, and returns
// where to go on: behind it, or behind the letters.
func (m *masking) word(i int) int {
	s := m.text
	letters := i
	for letters < len(s) && isLetter(s[letters]) {
		letters++
	}
	if i > 0 && isBase64(s[i-1]) {
		return letters
	}
	end := letters
	for end < len(s) && isBase64(s[end]) {
		end++
	}
	if n := end - i; n < minEncoded || n > maxEncoded || !mixed(s[i:end]) {
		return letters
	}
	if (end-i)%4 == 1 {
		return letters // no text has this length
	}
	data, err := base64.RawStdEncoding.DecodeString(s[i:end])
	if err != nil || !readable(data) || Mask(string(data)) == string(data) {
		return letters
	}
	m.hide(i+2, end)
	return end
}

// isBase64 leaves out + and /, which base64 of ASCII has only for ~ > and ?: so a path is
// cut where its folders are.
func isBase64(c byte) bool { return isLetter(c) || isDigit(c) }

// mixed reports whether s has what base64 of a number or address has and a word has not:
// capitals, and small letters or digits.
func mixed(s string) bool {
	capital := strings.ContainsFunc(s, func(r rune) bool { return 'A' <= r && r <= 'Z' })
	other := strings.ContainsFunc(s, func(r rune) bool { return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' })
	return capital && other
}

// readable reports whether data is text.
func readable(data []byte) bool {
	return utf8.Valid(data) && !strings.ContainsFunc(string(data), func(r rune) bool {
		return r < ' ' && r != '\n' &&
			r != '\t' && r != '\r'
	})
}
