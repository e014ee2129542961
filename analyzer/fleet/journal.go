package fleet

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/beian/beian/analyzer/lang"
)

// Journal keeps the lines of a run in the order in which they are done, in a file beside
// the output. Each is in the file before the run counts it as done, so a run that was
// ended at any moment goes on behind what the journal holds. If the process ends
// within a write, the last line is torn; it is cut off and done again.
type Journal struct {
	file *os.File
	done map[string]Line // by the name of the entry
}

// header is the first line of a journal: what its lines depend on besides the files of
// the programs.
type header struct {
	Journal string `json:"beianFleet"` // the version of the tool
	Options string `json:"options"`    // what a person asked for
}

// errOther is the error for a journal of another run.
var errOther = &lang.Fault{
	ZH: "它属于另一种设置或另一版本的扫描；请用原来的选项接着扫描，或用 --fresh 重新开始",
	EN: "it belongs to a scan with other options or of another version; go on with the same options, or start anew with --fresh",
}

// OpenJournal opens the journal of that name, or starts it. tool and options must be
// those that it was started with, else the error says so. With fresh an earlier journal
// is given up.
func OpenJournal(name, tool, options string, fresh bool) (*Journal, error) {
	mode := os.O_RDWR | os.O_CREATE
	if fresh {
		mode |= os.O_TRUNC
	}
	file, err := os.OpenFile(name, mode, 0o644)
	if err != nil {
		return nil, err
	}
	j := &Journal{file: file, done: map[string]Line{}}
	if err := j.resume(header{tool, options}); err != nil {
		file.Close()
		return nil, err
	}
	return j, nil
}

// resume reads what is done and cuts off what is torn.
func (j *Journal) resume(own header) error {
	in := bufio.NewReader(j.file)
	var whole int64
	for first := true; ; first = false {
		text, err := in.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		torn := err != nil
		if torn && first {
			return j.begin(own)
		}
		if torn || !j.take(text, first, own) {
			if first {
				return errOther
			}
			if err := j.file.Truncate(whole); err != nil {
				return err
			}
			_, err := j.file.Seek(whole, io.SeekStart)
			return err
		}
		whole += int64(len(text))
	}
}

// begin makes the file a journal without entries.
func (j *Journal) begin(own header) error {
	if err := j.file.Truncate(0); err != nil {
		return err
	}
	if _, err := j.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return j.write(own)
}

// take reads a line that is whole, and reports whether it is one of ours.
func (j *Journal) take(text []byte, first bool, own header) bool {
	if first {
		var h header
		return json.Unmarshal(text, &h) == nil && h == own
	}
	var l Line
	if json.Unmarshal(text, &l) != nil || l.Name == "" {
		return false
	}
	j.done[l.Name] = l
	return true
}

// Done returns the line of an entry, if it is done.
func (j *Journal) Done(name string) (Line, bool) {
	if j == nil {
		return Line{}, false
	}
	l, ok := j.done[name]
	return l, ok
}

// Add keeps a line. A nil Journal keeps nothing.
func (j *Journal) Add(l Line) error {
	if j == nil {
		return nil
	}
	return j.write(l)
}

// write writes one line by one call, so that no two are mixed.
func (j *Journal) write(v any) error {
	text, err := encode(v)
	if err != nil {
		return err
	}
	_, err = j.file.Write(text)
	return err
}

// Close closes the file.
func (j *Journal) Close() error {
	if j == nil {
		return nil
	}
	return j.file.Close()
}

// encode gives v as a line of JSON, with its end.
func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return out.Bytes(), err
}
