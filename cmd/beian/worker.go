package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime/debug"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/fleet"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// A fleet is scanned by processes that are this program again: what one program does to
// its process, it does to no other. A process scans many programs, one after another,
// so that what they share is parsed once (project.Cache.Keep).

// workerName is the hidden command that is such a process.
const workerName = "fleet-worker"

// shared is how many bytes of files a worker keeps for the programs that follow. Their
// trees take about twelve times as much.
const shared = 8 << 20

// worker is the command that scans the entries that it reads from stdin, and writes a
// line for each to stdout.
func (c *command) worker() *cobra.Command {
	var memory int
	var reports, format string
	cmd := &cobra.Command{
		Use: workerName, Hidden: true, Args: c.atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			limitMemory(uint64(memory) << 20)
			s := &scanner{command: c, reports: reports, html: format == "html", cache: &project.Cache{Keep: shared}}
			next, out := lines(c.stdin), json.NewEncoder(c.stdout)
			out.SetEscapeHTML(false)
			for {
				text, err := next()
				if errors.Is(err, io.EOF) {
					return nil
				}
				if err != nil {
					return err
				}
				var e fleet.Entry
				if err := json.Unmarshal([]byte(text), &e); err != nil {
					return err
				}
				if err := out.Encode(s.scan(cmd.Context(), e)); err != nil {
					return err
				}
			}
		},
	}
	cmd.Flags().IntVar(&memory, "memory", fleetMemory, "")
	cmd.Flags().StringVar(&reports, "reports", "", "")
	cmd.Flags().StringVar(&format, "report-format", "json", "")
	return cmd
}

// limitMemory ends the process with exitMemory if it takes more than most bytes.
func limitMemory(most uint64) {
	debug.SetGCPercent(100) // as many processes share the machine
	debug.SetMemoryLimit(int64(most / 4 * 3))
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	go func() {
		for range time.Tick(5 * time.Millisecond) {
			metrics.Read(sample)
			if sample[0].Value.Uint64()-sample[1].Value.Uint64() > most {
				os.Exit(exitMemory)
			}
		}
	}()
}

// scanner scans the entries of one worker.
type scanner struct {
	*command
	reports string
	html    bool // reports are pages, not compressed JSON
	cache   *project.Cache
}

// scan gives the line of an entry. A line that it cannot give is that of a failure.
func (s *scanner) scan(ctx context.Context, e fleet.Entry) fleet.Line {
	scan, err := s.analyze(ctx, e)
	if err != nil {
		return e.Failed(fleet.Failure{Kind: fleet.NoProgram, Text: lang.Of(err)}, s.lang)
	}
	r := scan.Report()
	r.Stats.Milliseconds = 0 // nothing of a line or report depends on the clock
	line := e.Of(scan, r)
	if s.reports != "" {
		if line.Report, err = s.keep(e, r); err != nil {
			return e.Failed(fleet.Failure{Kind: fleet.Unwritten, Text: lang.Of(unwritable(s.reports, err))}, s.lang)
		}
	}
	return line
}

// analyze scans what an entry names, with the settings that it has itself.
func (s *scanner) analyze(ctx context.Context, e fleet.Entry) (*analyzer.Scan, error) {
	dirs := []analyzer.Dir{{Path: e.Path, Name: filepath.Base(e.Path), Cache: s.cache}}
	if e.Commit != "" {
		done, err := s.checkOut(ctx, e, &dirs[0])
		defer done()
		if err != nil {
			return nil, err
		}
	} else {
		fsys, err := project.OpenDir(e.Path)
		if err != nil {
			return nil, err
		}
		dirs[0].FS = fsys
		if err := s.configure(&settings{}, dirs); err != nil {
			return nil, err
		}
	}
	return analyzer.Analyze(ctx, dirs, analyzer.Options{Version: version, Detectors: detectors.All(), Jobs: 1})
}

// checkOut makes d the folder of an entry in a commit. Nothing is written to disk. done
// ends what it started.
func (s *scanner) checkOut(ctx context.Context, e fleet.Entry, d *analyzer.Dir) (done func(), err error) {
	var trees []*git.Tree
	done = func() {
		for _, t := range trees {
			t.Close()
		}
	}
	r, err := git.At(ctx, e.Path)
	if err != nil {
		return done, err
	}
	commit, err := r.Resolve(ctx, e.Commit)
	if err != nil {
		return done, err
	}
	open := func(within string) (*git.Tree, error) {
		t, err := r.Commit(ctx, commit, within)
		if err != nil {
			return nil, err
		}
		trees = append(trees, t)
		return t, t.Measure()
	}
	within := path.Clean(filepath.ToSlash(e.Dir))
	if !fs.ValidPath(within) {
		return done, mistake{ZH: fmt.Sprintf("dir 不能是 %q，应是仓库中的相对路径", e.Dir),
			EN: fmt.Sprintf("dir cannot be %q; it is a path in the repository", e.Dir)}
	}
	all, err := open(".")
	if err != nil {
		return done, err
	}
	below, err := open(within)
	if err != nil {
		return done, err
	}
	top := d.Path
	d.Path, d.FS = filepath.Join(top, filepath.FromSlash(within)), below
	d.Name = filepath.Base(d.Path)
	dirs := []analyzer.Dir{*d}
	err = s.configure(&settings{
		read: func(name string) ([]byte, error) {
			inside, err := relative(top, name)
			if err != nil {
				return nil, err
			}
			return all.ReadFile(filepath.ToSlash(inside))
		},
		find: func(string) string { return settingsIn(all, top, within) },
	}, dirs)
	*d = dirs[0]
	if d.Around != nil || d.Config == nil || d.Config.Outside == nil || *d.Config.Outside {
		d.Around = &project.Surroundings{Path: within, Open: func() (fs.FS, error) { return all, nil }}
	}
	return done, err
}

// settingsIn is config.Find in the files of a commit.
func settingsIn(tree fs.FS, top, dir string) string {
	for ; ; dir = path.Dir(dir) {
		name := path.Join(dir, config.FileName)
		if _, err := fs.Stat(tree, name); err == nil {
			return filepath.Join(top, filepath.FromSlash(name))
		}
		if dir == "." {
			return ""
		}
	}
}

// keep writes the whole report of an entry, and returns its path below the folder of
// reports. Its bytes depend on the programs alone.
func (s *scanner) keep(e fleet.Entry, r *report.Report) (string, error) {
	sum := sha256.Sum256([]byte(e.Name))
	name := hex.EncodeToString(sum[:12])
	name = path.Join(name[:2], name) // folders of thousands of files are slow
	o, out := report.Options{Lang: s.lang, MinConfidence: 1}, bytes.Buffer{}
	if s.html {
		name += ".html"
		if err := report.HTML(&out, r, o); err != nil {
			return "", err
		}
	} else {
		name += ".json.gz"
		zip := gzip.NewWriter(&out)
		if err := report.JSON(zip, r, o); err != nil {
			return "", err
		}
		if err := zip.Close(); err != nil {
			return "", err
		}
	}
	file := filepath.Join(s.reports, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		return "", err
	}
	// A worker whose run was ended may still write the same file.
	part := filepath.Join(filepath.Dir(file), fmt.Sprintf("%s%d", unfinished, os.Getpid()))
	if err := os.WriteFile(part, out.Bytes(), 0o666); err != nil {
		return "", err
	}
	return name, os.Rename(part, file)
}

// unfinished begins the names of reports that are being written.
const unfinished = ".part-"

// sweep removes what workers of a run that was ended have left unfinished.
func sweep(reports string) {
	left, _ := filepath.Glob(filepath.Join(reports, "*", unfinished+"*")) // the pattern is right
	for _, name := range left {
		os.Remove(name)
	}
}

// workerProcess is a fleet.Worker: a process that runs the hidden command.
type workerProcess struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	out     chan answer
	stderr  *tail
	used    bool
	memory  int
	timeout time.Duration
}

// answer is a line that a worker wrote, or why there is none.
type answer struct {
	text string
	err  error
}

// startWorker starts a worker.
func (c *command) startWorker(f *fleetFlags) (fleet.Worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &workerProcess{out: make(chan answer, 1), stderr: &tail{}, memory: f.memory, timeout: f.timeout}
	args := []string{workerName, "--lang", string(c.lang), "--memory", strconv.Itoa(f.memory)}
	if f.reports != "" {
		args = append(args, "--reports", f.reports, "--report-format", f.format)
	}
	w.cmd = exec.Command(self, args...)
	w.cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "GOTRACEBACK=none")
	w.cmd.Stderr = w.stderr
	if w.in, err = w.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := w.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := w.cmd.Start(); err != nil {
		return nil, mistake{ZH: "无法启动扫描进程：" + cause(err).ZH, EN: "the process that scans cannot be started: " + cause(err).EN}
	}
	go func() {
		for next := lines(out); ; {
			text, err := next()
			if err == nil || text != "" {
				w.out <- answer{text, err}
			}
			if err != nil {
				close(w.out)
				return
			}
		}
	}()
	return w, nil
}

// Fresh reports whether the process has scanned nothing yet.
func (w *workerProcess) Fresh() bool { return !w.used }

// Scan lets the process scan one entry.
func (w *workerProcess) Scan(ctx context.Context, e fleet.Entry) (fleet.Line, error) {
	w.used = true
	text, err := json.Marshal(e)
	if err != nil {
		return fleet.Line{}, err
	}
	if _, err := w.in.Write(append(text, '\n')); err != nil {
		return fleet.Line{}, w.ended(false)
	}
	limit := time.NewTimer(w.timeout)
	defer limit.Stop()
	select {
	case <-ctx.Done():
		return fleet.Line{}, ctx.Err()
	case <-limit.C:
		return fleet.Line{}, w.ended(true)
	case a, open := <-w.out:
		var line fleet.Line
		if !open || a.err != nil || json.Unmarshal([]byte(a.text), &line) != nil {
			return fleet.Line{}, w.ended(false)
		}
		return line, nil
	}
}

// ended says why the process is of no use any more.
func (w *workerProcess) ended(late bool) *fleet.Fault {
	if late {
		return &fleet.Fault{Failure: fleet.Failure{Kind: fleet.TooLong, Text: lang.Textf(
			"扫描超过 %s，已放弃；可用 --timeout 放宽", "the scan took more than %s and was given up; --timeout allows more", w.timeout)}}
	}
	w.in.Close()
	w.cmd.Wait()
	if w.cmd.ProcessState.ExitCode() == exitMemory || strings.Contains(w.stderr.String(), "out of memory") {
		return &fleet.Fault{Failure: fleet.Failure{Kind: fleet.TooMuch, Text: lang.Textf(
			"扫描占用的内存超过 %d MB，已放弃；可用 --memory 放宽", "the scan took more than %d MB of memory and was given up; --memory allows more", w.memory)}}
	}
	said, _, _ := strings.Cut(strings.TrimSpace(w.stderr.String()), "\n")
	return &fleet.Fault{Failure: fleet.Failure{Kind: fleet.Crashed, Text: lang.Textf(
		"扫描进程意外结束（%s）%s", "the process that scanned it ended (%s) %s", w.cmd.ProcessState, said)}}
}

// Close ends the process, whatever it does.
func (w *workerProcess) Close() {
	w.in.Close()
	w.cmd.Process.Kill()
	w.cmd.Wait()
}

// tail keeps the beginning of what a process writes to stderr.
type tail struct{ text []byte }

const maxTail = 4 << 10

func (t *tail) Write(p []byte) (int, error) {
	t.text = append(t.text, p[:min(len(p), maxTail-len(t.text))]...)
	return len(p), nil
}

func (t *tail) String() string { return string(t.text) }
