package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lang"
)

// quietFor is how long a scan runs before it says what it is doing.
const quietFor = time.Second

// progressLine is a line on a terminal that says what a long scan is doing. It is
// written over again, and taken off at the end. Where there is no terminal it writes
// nothing.
type progressLine struct {
	w       io.Writer
	say     func(zh, en string) string
	mu      sync.Mutex
	began   time.Time
	last    time.Time // of the last word
	phase   analyzer.Phase
	entered time.Time // into the phase
	wrote   bool
	ended   bool
}

// progress begins the line of a scan.
func (c *command) progress() *progressLine {
	now := time.Now()
	p := &progressLine{say: c.say, began: now, entered: now}
	if c.terminal != nil {
		p.w = c.terminal
	}
	return p
}

// phases are the words for what is done, and for what is counted.
var phases = map[analyzer.Phase][2]lang.Text{
	analyzer.Reading:   {{ZH: "读取文件", EN: "reading"}, {ZH: "个文件", EN: "files"}},
	analyzer.Following: {{ZH: "跟踪数据", EN: "following values"}, {ZH: "个页面", EN: "pages"}},
	analyzer.Checking:  {{ZH: "检查", EN: "checking"}, {}},
}

func (p *progressLine) tell(at analyzer.Progress) {
	if p.w == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if at.Phase != p.phase {
		p.phase, p.entered = at.Phase, now
	}
	if p.ended || now.Sub(p.began) < quietFor || now.Sub(p.last) < everyOnScreen {
		return
	}
	p.last, p.wrote = now, true
	fmt.Fprint(p.w, "\r\x1b[K"+p.text(at, now))
}

// text is the line: "reading: 120 of 930 files, about 3s left", or "following values, round 2: 12
// of 93 pages". How many rounds there will be is not known before the last one.
func (p *progressLine) text(at analyzer.Progress, now time.Time) string {
	words := phases[at.Phase]
	text := p.say(words[0].ZH, words[0].EN)
	if words[1] == (lang.Text{}) {
		return text
	}
	if at.Round > 0 {
		text += fmt.Sprintf(p.say("（第 %d 遍）", ", round %d"), at.Round)
	}
	text += fmt.Sprintf(p.say("：%d/%d %s", ": %d of %d %s"), at.Done, at.Total, p.say(words[1].ZH, words[1].EN))
	if at.Phase == analyzer.Reading && at.Done > 0 && at.Done < at.Total {
		left := now.Sub(p.entered) / time.Duration(at.Done) * time.Duration(at.Total-at.Done)
		if left >= time.Second {
			text += p.say("，约剩 ", ", about ") + left.Round(time.Second).String() + p.say("", " left")
		}
	}
	return text
}

// end takes the line off.
func (p *progressLine) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = true
	if p.wrote {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// interrupted is err, or what a person has to know if Ctrl+C ended the work.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, context.Canceled) {
		return mistake{ZH: "已中断，没有写出任何报告", EN: "interrupted; no report was written"}
	}
	return err
}
