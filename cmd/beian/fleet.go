package main

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/fleet"
	"github.com/beian/beian/analyzer/project"
)

// fleetFlags are the flags of fleet as they were typed.
type fleetFlags struct {
	from    string
	output  string
	reports string
	format  string
	shard   string
	workers int
	memory  int
	timeout time.Duration
	fresh   bool
}

// What one program may take unless a flag says otherwise. The largest public programs
// that were tried stay below a tenth of both.
const (
	fleetMemory  = 2048 // MB
	fleetTimeout = 10 * time.Minute
)

// fleet scans many programs.
func (c *command) fleet() *cobra.Command {
	var f fleetFlags
	cmd := &cobra.Command{
		Use:   "fleet [TREE]",
		Short: c.say("扫描大量小程序，可中断后继续", "scan many mini programs, resumable"),
		Long: c.say(
			"扫描 TREE（默认当前目录）之下的全部小程序，或 --from 所列的小程序：每个一行 JSON。某个程序损坏、卡住或过大，\n只影响它自己那一行。写到文件时，进度记在旁边的 FILE.journal；中断后再运行同一命令，只扫描尚未完成的部分。\n多次运行的结果用 beian merge 合并，做法见 docs/scale.md。",
			"Scan all mini programs below TREE (default: the current directory), or those that --from lists: one line of\nJSON each. A program that is broken, hangs or is too large costs its own line alone. If the output is a file,\nFILE.journal beside it keeps what is done; the same command, run again after an interruption, does the rest.\nbeian merge joins the outputs of many runs, see docs/scale.md."),
		Example: c.say(
			`  beian fleet clones --output fleet.jsonl --reports reports
  beian fleet --from list.jsonl --output part-3.jsonl --shard 3/8`,
			`  beian fleet clones --output fleet.jsonl --reports reports
  beian fleet --from list.jsonl --output part-3.jsonl --shard 3/8`),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), ending...)
			defer stop()
			return c.runFleet(ctx, &f, args)
		},
	}
	c.exitsWith(cmd, "0 每个程序都已扫描；1 有程序未能扫描，原因在它那一行", "0 every program was scanned; 1 some could not be, their lines say why")
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.from, "from", "", c.say("程序清单 `FILE`：每行一个路径，或 {\"name\", \"path\", \"commit\", \"dir\"}；- 为标准输入",
		"list of programs `FILE`: on each line a path or {\"name\", \"path\", \"commit\", \"dir\"}; - is stdin"))
	flags.StringVarP(&f.output, "output", "o", "", c.say("结果写到 `FILE`（默认标准输出，不可继续）",
		"write the lines to `FILE` (default: stdout, not resumable)"))
	flags.StringVar(&f.reports, "reports", "", c.say("把每个程序的完整报告（gzip 压缩的 JSON）写到目录 `DIR`",
		"write the whole report of each program (JSON, gzip) into `DIR`"))
	flags.StringVar(&f.format, "report-format", "json", c.say("完整报告的格式 `NAME`：json（压缩）或 html（总表的网页可以直接打开）",
		"format of the whole reports, `NAME`: json (compressed) or html (which the page of merge opens)"))
	flags.StringVar(&f.shard, "shard", "", c.say("只扫描 N 份中的第 K 份，`K/N`；按名称分配，清单变长时不变",
		"scan only part K of N, `K/N`; by name, so it stays as the list grows"))
	flags.IntVar(&f.workers, "workers", 0, c.say("同时扫描 `N` 个程序（默认每个处理器一个）", "scan `N` programs at a time (default: one per processor)"))
	flags.IntVar(&f.memory, "memory", fleetMemory, c.say("每个程序可用的内存 `MB`", "memory that a program may take, in `MB`"))
	flags.DurationVar(&f.timeout, "timeout", fleetTimeout, c.say("每个程序可用的时间 `T`，如 90s",
		"time that a program may take, `T` such as 90s"))
	flags.BoolVar(&f.fresh, "fresh", false, c.say("不用已有的进度，重新开始", "start anew, whatever is done"))
	return cmd
}

func (c *command) runFleet(ctx context.Context, f *fleetFlags, args []string) error {
	shard, err := f.check(args)
	if err != nil {
		return err
	}
	entries, err := c.fleetEntries(f, args)
	if err != nil {
		return err
	}
	entries = shard.Of(entries)
	if len(entries) == 0 && shard.N == 0 {
		return mistake{
			ZH: "没有可扫描的小程序：清单是空的，或 TREE 之下没有 app.json、project.config.json 或框架的源码",
			EN: "there is no mini program to scan: the list is empty, or there is no app.json, project.config.json or source of a framework below TREE",
		}
	}
	out, journal, err := c.fleetOutput(f)
	if err != nil {
		return err
	}
	defer journal.Close()
	if f.reports != "" {
		if err := os.MkdirAll(f.reports, 0o777); err != nil {
			return unwritable(f.reports, err)
		}
		sweep(f.reports)
	}
	watch := c.watch()
	options := fleet.Options{
		Workers: cmp.Or(f.workers, runtime.GOMAXPROCS(0)), Journal: journal, Lang: c.lang, Tell: watch.tell,
		Start: func() (fleet.Worker, error) { return c.startWorker(f) },
	}
	done, err := fleet.Run(ctx, entries, out, options)
	watch.end()
	if closed := out.Close(); err == nil && closed != nil {
		err = unwritable(f.output, closed)
	}
	return c.fleetDone(f, done, err)
}

// check looks at the flags that depend on each other.
func (f *fleetFlags) check(args []string) (shard fleet.Shard, err error) {
	ok := true
	if f.shard != "" {
		shard, ok = fleet.ParseShard(f.shard)
	}
	switch {
	case !ok:
		return shard, mistake{ZH: fmt.Sprintf("--shard 应写成 3/8 这样的 K/N，而不是 %q", f.shard),
			EN: fmt.Sprintf("--shard wants K/N such as 3/8, not %q", f.shard)}
	case f.from != "" && len(args) > 0:
		return shard, mistake{ZH: "TREE 和 --from 只能给出一个", EN: "give either TREE or --from"}
	case f.workers < 0 || f.memory <= 0 || f.timeout <= 0:
		return shard, mistake{ZH: "--workers、--memory 和 --timeout 必须是正数", EN: "--workers, --memory and --timeout must be positive"}
	case f.format != "json" && f.format != "html":
		return shard, badValue("--report-format", f.format, "json", "html")
	case f.fresh && f.output == "":
		return shard, mistake{ZH: "--fresh 只用于写到文件的扫描（--output）", EN: "--fresh is for scans that are written to a file (--output)"}
	}
	return shard, nil
}

// fleetEntries are the programs to scan.
func (c *command) fleetEntries(f *fleetFlags, args []string) ([]fleet.Entry, error) {
	if f.from == "" {
		tree := "."
		if len(args) > 0 {
			tree = args[0]
		}
		fsys, err := project.OpenDir(tree)
		if err != nil {
			return nil, err
		}
		return fleet.Find(fsys, tree), nil
	}
	if f.from == "-" {
		return fleet.List(c.stdin, c.say("标准输入", "stdin"), ".")
	}
	in, err := os.Open(f.from)
	if err != nil {
		return nil, unreadable(f.from, err)
	}
	defer in.Close()
	entries, err := fleet.List(in, filepath.Base(f.from), filepath.Dir(f.from))
	if err != nil {
		return nil, unreadable(f.from, err)
	}
	return entries, nil
}

// fleetOutput opens the output and the journal beside it. The output is written anew from
// the journal: what was written when the process ended may be torn.
func (c *command) fleetOutput(f *fleetFlags) (io.WriteCloser, *fleet.Journal, error) {
	if f.output == "" {
		return struct {
			io.Writer
			io.Closer
		}{c.stdout, io.NopCloser(nil)}, nil, nil
	}
	name := f.output + ".journal"
	journal, err := fleet.OpenJournal(name, version, f.options(c), f.fresh)
	if err != nil {
		return nil, nil, mistake{ZH: "无法使用 " + name + "：" + cause(err).ZH, EN: "cannot use " + name + ": " + cause(err).EN}
	}
	out, err := os.Create(f.output)
	if err != nil {
		journal.Close()
		return nil, nil, unwritable(f.output, err)
	}
	return out, journal, nil
}

// options is what the lines depend on besides the programs.
func (f *fleetFlags) options(c *command) string {
	return fmt.Sprintf("lang=%s reports=%t format=%s memory=%d timeout=%s shard=%s", c.lang, f.reports != "", f.format, f.memory, f.timeout, f.shard)
}

// fleetDone says how a run ended.
func (c *command) fleetDone(f *fleetFlags, done fleet.Progress, err error) error {
	switch {
	case errors.Is(err, context.Canceled) && f.output != "":
		return mistake{
			ZH: fmt.Sprintf("已中断：%d 个中完成了 %d 个；再次运行同一命令即可继续", done.Total, done.Done),
			EN: fmt.Sprintf("interrupted: %d of %d are done; run the same command again to go on", done.Done, done.Total),
		}
	case errors.Is(err, context.Canceled):
		return mistake{ZH: "已中断", EN: "interrupted"}
	case err != nil && f.output != "":
		return mistake{
			ZH: cause(err).ZH + fmt.Sprintf("；%d 个中完成了 %d 个，排除原因后再次运行同一命令即可继续", done.Total, done.Done),
			EN: cause(err).EN + fmt.Sprintf("; %d of %d are done, mend it and run the same command again to go on", done.Done, done.Total),
		}
	case err != nil:
		return err
	}
	again := ""
	if done.Before == done.Total && done.Total > 0 {
		again = c.say("；此前已全部完成，要重新扫描请加 --fresh", "; all were done before, scan again with --fresh")
	}
	fmt.Fprintf(c.stderr, "beian: %s\n", c.say(
		fmt.Sprintf("%d 个程序目录，%d 个未能扫描", done.Total, done.Failed)+again,
		fmt.Sprintf("%d folders of programs, %d could not be scanned", done.Total, done.Failed)+again))
	if done.Failed > 0 {
		c.status = exitFindings
	}
	return nil
}

// watcher tells a person on stderr how far a run is.
type watcher struct {
	c     *command
	start time.Time
	last  time.Time
	every time.Duration
	wrote bool
}

// Pauses between two words about the progress: on a terminal, where one line is written
// over again, and in a log.
const (
	everyOnScreen = 200 * time.Millisecond
	everyInLog    = 30 * time.Second
)

func (c *command) watch() *watcher {
	w := &watcher{c: c, start: time.Now(), every: everyInLog}
	if c.terminal != nil {
		w.every = everyOnScreen
	}
	w.last = w.start
	return w
}

// tell is called for each line that is done, by one goroutine at a time.
func (w *watcher) tell(p fleet.Progress) {
	now := time.Now()
	if now.Sub(w.last) < w.every {
		return
	}
	w.last, w.wrote = now, true
	text := w.text(p, now)
	if w.c.terminal != nil {
		fmt.Fprintf(w.c.terminal, "\r\x1b[K%s", text)
		return
	}
	fmt.Fprintf(w.c.stderr, "beian: %s\n", text)
}

// text is a line of progress, with the time that is left by the pace of this run.
func (w *watcher) text(p fleet.Progress, now time.Time) string {
	own, left := p.Done-p.Before, ""
	if own > 0 && p.Done < p.Total {
		rest := now.Sub(w.start) / time.Duration(own) * time.Duration(p.Total-p.Done)
		left = w.c.say("，约剩 ", ", about ") + rest.Round(time.Second).String() + w.c.say("", " left")
	}
	failed := ""
	if p.Failed > 0 {
		failed = fmt.Sprintf(w.c.say("，%d 个未能扫描", ", %d could not be scanned"), p.Failed)
	}
	return fmt.Sprintf("%d/%d", p.Done, p.Total) + failed + left
}

// end takes the line of progress off a terminal.
func (w *watcher) end() {
	if w.c.terminal != nil && w.wrote {
		fmt.Fprint(w.c.terminal, "\r\x1b[K")
	}
}

// lines reads lines of JSON without a limit on their length.
func lines(r io.Reader) func() (string, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	return func() (string, error) {
		text, err := in.ReadString('\n')
		return strings.TrimRight(text, "\r\n"), err
	}
}
