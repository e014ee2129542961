package main

import (
	"bytes"
	"io"

	"github.com/beian/beian/analyzer/finding"
)

// reply is what a scan of staged files said.
type reply struct {
	Stdout, Stderr string
	Status         int
}

// answering is the name of the answer to a comparison, "" if it cannot be kept: one of
// the states is not known yet, or it goes elsewhere than to a person.
func (k *keep) answering(e *earlier, f *scanFlags, p *plan) string {
	toPerson := len(p.outputs) == 1 && p.outputs[0].text && p.outputs[0].file == ""
	timed := p.options.Timed && !f.quiet // it says how long the scan took
	chosen := f.selection.chooses()
	if k == nil || !toPerson || timed || chosen {
		return ""
	}
	parts := []any{k.seed, p.options, p.gate, e.against}
	add := func(s *snapshot) bool {
		name := k.key(s)
		parts = append(parts, s.dir.Path, name, s.renamed)
		return name != ""
	}
	for _, was := range append([][]*snapshot{e.now}, e.states...) {
		parts = append(parts, "state")
		for _, s := range was {
			if !add(s) {
				return ""
			}
		}
	}
	return digest(parts...) + ".answer"
}

// recall says again what was said of the same comparison, and reports whether it was.
// If nothing new is said in a quiet report, it need not have been the same one.
func (c *command) recall(k *keep, e *earlier, f *scanFlags, p *plan) (said bool, err error) {
	name := k.answering(e, f, p)
	if name == "" {
		return false, nil
	}
	var a reply
	if !k.get(name, &a) {
		return f.quiet && e.nothingNew(k), nil
	}
	if _, err := io.WriteString(c.stdout, a.Stdout); err != nil {
		return true, mistake{ZH: "无法写到标准输出：" + cause(err).ZH, EN: "cannot write to stdout: " + cause(err).EN}
	}
	io.WriteString(c.stderr, a.Stderr)
	c.status = a.Status
	return true, nil
}

// listen notes what is said from now on, until the function that it returns keeps that.
func (c *command) listen(k *keep, e *earlier, f *scanFlags, p *plan) (keep func()) {
	if k == nil {
		return func() {}
	}
	var stdout, stderr bytes.Buffer
	c.stdout, c.stderr = io.MultiWriter(c.stdout, &stdout), io.MultiWriter(c.stderr, &stderr)
	return func() {
		if name := k.answering(e, f, p); name != "" { // the states are known now
			k.store(name, reply{stdout.String(), finding.Mask(stderr.String()), c.status})
		}
	}
}
