package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/sandbox"
	"github.com/beian/beian/detectors"
)

// A detector that a project has in JavaScript runs in a process of its own, which
// is this program again. An interpreter checks its limits between operations, and
// one operation of the language can use all memory (a replacement that turns a
// megabyte into a terabyte); a process can be ended at any time.

// interpreterName is the hidden command that is that process.
const interpreterName = "interpreter"

// Exit statuses by which the process says that a limit was reached.
const (
	exitTime   = 3
	exitMemory = 4
)

// patience is how long the process may take beyond the time of the script, on a
// busy machine.
const patience = 8 * time.Second

// ownScript is what the process reads, scriptResult what it writes.
type ownScript struct {
	Name string          `json:"name"`
	Text string          `json:"text"`
	View json.RawMessage `json:"view"`
}

type scriptResult struct {
	Answers []detectors.Answer `json:"answers"`
	Error   *lang.Text         `json:"error"`
}

// interpreter is the command that runs a script. It knows nothing of the project
// but what it reads from stdin.
func (c *command) interpreter() *cobra.Command {
	return &cobra.Command{
		Use: interpreterName, Hidden: true, Args: c.atMost(0),
		RunE: func(*cobra.Command, []string) error {
			var s ownScript
			if err := json.NewDecoder(c.stdin).Decode(&s); err != nil {
				return err
			}
			if err := sandbox.Hold(detectors.ScriptLimits); err != nil {
				return err
			}
			sandbox.Guard(detectors.ScriptLimits, end)
			answers, err := detectors.Interpret(s.Name, s.Text, s.View)
			out := scriptResult{Answers: answers}
			var wrong *detectors.ScriptError
			if errors.As(err, &wrong) {
				out.Error = &wrong.Reason
			}
			return json.NewEncoder(c.stdout).Encode(out)
		},
	}
}

// end ends this process at a limit.
func end(what string) {
	status := exitMemory
	if what == "time" {
		status = exitTime
	}
	os.Exit(status)
}

// interpret runs a script in a process of its own, without our environment and
// directory. It is a detectors.Interpreter.
func interpret(name, text string, view []byte) ([]detectors.Answer, error) {
	failed := func(t lang.Text) ([]detectors.Answer, error) {
		return nil, &detectors.ScriptError{Name: name, Reason: t}
	}
	input, err := json.Marshal(ownScript{name, text, view})
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithTimeout(context.Background(), detectors.ScriptLimits.Time+patience)
	defer stop()
	cmd := exec.CommandContext(ctx, self, interpreterName)
	cmd.Env, cmd.Dir = []string{"GOTRACEBACK=none", "TZ=UTC"}, os.TempDir()
	cmd.Stdin = bytes.NewReader(input)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return failed(lang.Text{ZH: "无法启动解释器：" + cause(err).ZH, EN: "the interpreter cannot be started: " + cause(err).EN})
	}
	var out scriptResult
	read := json.NewDecoder(io.LimitReader(stdout, 16<<20)).Decode(&out)
	err = cmd.Wait()
	switch status := cmd.ProcessState.ExitCode(); {
	case ctx.Err() != nil || status == exitTime:
		return failed(detectors.LimitText("time"))
	case status == exitMemory || refusedMemory(stderr.String()):
		return failed(detectors.LimitText("memory"))
	case strings.Contains(stderr.String(), "stack overflow"):
		return failed(detectors.LimitText("stack"))
	case err != nil || read != nil:
		said, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
		return failed(lang.Text{
			ZH: strings.TrimSpace(fmt.Sprintf("解释器意外结束（%v）%s", cmd.ProcessState, said)),
			EN: strings.TrimSpace(fmt.Sprintf("the interpreter ended (%v) %s", cmd.ProcessState, said)),
		})
	case out.Error != nil:
		return failed(*out.Error)
	}
	return out.Answers, nil
}

// refusedMemory reports whether a process of Go ended because the operating system gave
// it no more memory (sandbox.Hold). The collector does not check for that, and writes to
// what it was not given.
func refusedMemory(stderr string) bool {
	return slices.ContainsFunc([]string{
		"out of memory", "cannot allocate memory", "SIGSEGV",
		"failed to allocate", // the race detector
	}, func(sign string) bool { return strings.Contains(stderr, sign) })
}
