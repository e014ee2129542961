package fleet

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/beian/beian/analyzer/lang"
)

// Entry is one folder to scan. It may hold several programs.
type Entry struct {
	Name   string // what its line is called; no two entries of a list share it
	Path   string // the folder, or the git directory if Commit is set
	Commit string // what to read of a git repository: a branch, tag or commit; "" for the files on disk
	Dir    string // the folder in the repository at Commit, "" for its top

	// Wrong says why the entry cannot be scanned: its line in the list is broken, or
	// its name is taken. Zero for one that can.
	Wrong Failure
}

// listed is a line of a list in JSON.
type listed struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	Commit string `json:"commit"`
	Dir    string `json:"dir"`
}

// maxListed is the length in bytes up to which a line of a list is read.
const maxListed = 1 << 20

// List reads a list of entries: on each line a path, or an object
//
//	{"name": "shop/main", "path": "clones/shop", "commit": "v1.2", "dir": "miniprogram"}
//
// of which all but the path may be missing. Blank lines and lines that start with #
// are skipped. Paths are relative to base. A line that is broken, or whose name an
// earlier one has, becomes an entry that says so: the others are scanned all the
// same. The error is one of reading.
func List(r io.Reader, called, base string) ([]Entry, error) {
	l := &list{base: base, lines: map[string]int{}}
	in := bufio.NewReaderSize(r, 64<<10)
	for number := 1; ; number++ {
		line, long, err := readLine(in)
		where := fmt.Sprintf("%s:%d", called, number)
		switch {
		case long:
			l.broken(where, lang.Textf("这一行超过 %d 字节", "the line is longer than %d bytes", maxListed))
		case strings.TrimSpace(line) != "" && !strings.HasPrefix(strings.TrimSpace(line), "#"):
			l.add(strings.TrimSpace(line), where, number)
		}
		if err == io.EOF {
			return l.entries, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// readLine returns the next line without its end. A line that is too long is read to
// its end and not kept.
func readLine(in *bufio.Reader) (line string, long bool, err error) {
	var text []byte
	for {
		part, err := in.ReadSlice('\n')
		if long = long || len(text)+len(part) > maxListed; !long {
			text = append(text, part...)
		}
		if err != bufio.ErrBufferFull {
			return strings.TrimPrefix(strings.TrimRight(string(text), "\r\n"), "\ufeff"), long, err
		}
	}
}

type list struct {
	base    string
	entries []Entry
	lines   map[string]int // where each name was first
}

func (l *list) add(text, where string, number int) {
	item := listed{Path: text}
	if strings.HasPrefix(text, "{") {
		item = listed{}
		decoder := json.NewDecoder(strings.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&item); err != nil {
			l.broken(where, lang.Textf("这一行不是可用的 JSON 对象（%v）；可用的键：name、path、commit、dir",
				"the line is no JSON object that can be used (%v); its keys are name, path, commit and dir", err))
			return
		}
		if item.Path == "" {
			l.broken(where, lang.Both(`这一行没有 "path"`, `the line has no "path"`))
			return
		}
	}
	e := Entry{Name: item.Name, Path: item.Path, Commit: item.Commit, Dir: item.Dir}
	if e.Name == "" {
		e.Name = e.named()
	}
	if !filepath.IsAbs(e.Path) {
		e.Path = filepath.Join(l.base, e.Path)
	}
	if first, taken := l.lines[e.Name]; taken {
		e.Wrong = Failure{Kind: Duplicate, Text: lang.Textf("第 %d 行已经有 %s；若是另一个程序，请用 name 取别的名字",
			"line %d already has %s; if this is another program, give it another name", first, e.Name)}
		e.Name = where
		l.entries = append(l.entries, e)
		return
	}
	l.lines[e.Name] = number
	l.entries = append(l.entries, e)
}

// named is what an entry without a name is called: its place as it is written.
func (e *Entry) named() string {
	name := filepath.ToSlash(filepath.Clean(e.Path))
	if e.Commit != "" {
		name += "@" + e.Commit
	}
	if e.Dir != "" {
		name += ":" + e.Dir
	}
	return name
}

func (l *list) broken(where string, why lang.Text) {
	l.entries = append(l.entries, Entry{Name: where, Wrong: Failure{Kind: BrokenLine, Text: why}})
}

// Shard is a part of a list that one machine scans: K of N, counted from 1. The zero
// Shard is the whole list.
type Shard struct{ K, N int }

// ParseShard reads "3/8".
func ParseShard(s string) (Shard, bool) {
	var sh Shard
	if n, err := fmt.Sscanf(s+"\n", "%d/%d\n", &sh.K, &sh.N); n != 2 || err != nil {
		return Shard{}, false
	}
	return sh, 1 <= sh.K && sh.K <= sh.N
}

// Of returns the entries of the shard, in their order. Which shard an entry belongs to
// depends on its name alone, so it stays there as a list grows.
func (s Shard) Of(entries []Entry) []Entry {
	if s.N <= 1 {
		return entries
	}
	var own []Entry
	for _, e := range entries {
		sum := sha256.Sum256([]byte(e.Name))
		if binary.BigEndian.Uint64(sum[:8])%uint64(s.N) == uint64(s.K-1) {
			own = append(own, e)
		}
	}
	return own
}
