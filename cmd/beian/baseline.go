package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/detectors"
)

// baselineName is the file that `beian baseline` works on unless told otherwise.
const baselineName = "beian-baseline.json"

// sayExpired lists the findings whose acceptance has expired.
func (c *command) sayExpired(r *report.Report) {
	n := 0
	for _, f := range findingsOf(r) {
		if slices.ContainsFunc(f.Evidence, func(e finding.Evidence) bool { return e.What == suppress.Expired }) {
			n++
		}
	}
	if n > 0 {
		fmt.Fprintf(c.stderr, "beian: "+c.say("基线中有 %d 处已过期，重新计入；beian baseline update 可以续期\n",
			"%d of the findings accepted in the baseline count again, their time is over; beian baseline update renews them\n"), n)
	}
}

// today is the present day, or that of SOURCE_DATE_EPOCH, which makes builds
// reproducible.
func (c *command) today() string {
	now := time.Now()
	if s, err := strconv.ParseInt(c.getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		now = time.Unix(s, 0).UTC()
	}
	return now.Format(time.DateOnly)
}

func readBaseline(name string, read func(string) ([]byte, error)) (*suppress.Baseline, error) {
	data, err := read(name)
	if err == nil {
		var base *suppress.Baseline
		if base, err = suppress.ParseBaseline(data); err == nil {
			return base, nil
		}
	}
	hint := lang.Text{}
	if errors.Is(err, fs.ErrNotExist) {
		hint = lang.Text{ZH: "；beian baseline create 可以创建", EN: "; beian baseline create makes one"}
	}
	return nil, mistake{
		ZH: fmt.Sprintf("无法读取基线 %s：%s%s", name, cause(err).ZH, hint.ZH),
		EN: fmt.Sprintf("cannot read the baseline %s: %s%s", name, cause(err).EN, hint.EN),
	}
}

// baselineFlags are the flags of the sub-commands of baseline.
type baselineFlags struct {
	file, config, as, reason, expires, author string
}

// baseline is the command that keeps the file of accepted findings.
func (c *command) baseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline COMMAND",
		Short: c.say("记录已接受的发现，以后只报告新的", "record findings as accepted; only new ones are reported later"),
		Long: c.say("记录已接受的发现，以后只报告新的。接受为 known 的仍然是收集：结论、材料和声明都不变。",
			"Record findings as accepted; only new ones are reported later. What is accepted as known is still\ncollected: verdict, papers and declaration stay the same."),
		Example: c.say(
			`  beian baseline create --reason "2026 年已备案"        把现有的发现全部记为已接受
  beian scan --baseline beian-baseline.json             只报告新的发现
  beian baseline update --reason "客服回访" --expires 2027-06-30
  beian baseline prune                                  删除已经不存在的发现`,
			`  beian baseline create --reason "filed in 2026"        accept all present findings
  beian scan --baseline beian-baseline.json             report new findings only
  beian baseline update --reason "call-backs" --expires 2027-06-30
  beian baseline prune                                  drop findings that are gone`),
		Args: c.aSubCommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		c.baselineStep("create", c.say("把现有的发现全部记为已接受", "accept all present findings"), true, c.createBaseline),
		c.baselineStep("update", c.say("补上新的发现，续期已过期的", "add new findings, renew those whose time is over"), true, c.updateBaseline),
		c.baselineStep("prune", c.say("删除已经不存在的发现", "drop findings that are gone"), false, c.pruneBaseline),
	)
	return cmd
}

type baselineRun func(name string, found []finding.Finding, as suppress.BaselineEntry) error

func (c *command) baselineStep(name, short string, accepts bool, run baselineRun) *cobra.Command {
	var f baselineFlags
	cmd := &cobra.Command{
		Use: name + " [DIR]", Short: short, Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			as := suppress.BaselineEntry{
				As: finding.AcceptedAs(f.as), Reason: strings.TrimSpace(f.reason), Date: c.today(), Expires: f.expires,
			}
			switch {
			case accepts && !slices.Contains(finding.Acts(), f.as):
				return badValue("--as", f.as, finding.Acts()...)
			case accepts && as.Reason == "":
				return mistake{ZH: "请用 --reason 写明接受的原因", EN: "say with --reason why they are accepted"}
			case f.expires != "" && !suppress.IsDate(f.expires):
				return mistake{ZH: fmt.Sprintf("--expires 不能是 %q，应写成 2027-01-31", f.expires),
					EN: fmt.Sprintf("--expires cannot be %q; write it as 2027-01-31", f.expires)}
			case f.expires != "" && f.expires < as.Date:
				return mistake{ZH: "--expires 已经过去", EN: "--expires is in the past"}
			}
			opened, err := c.open(cmd, dirs)
			if err != nil {
				return err
			}
			dir := "."
			if len(dirs) > 0 {
				dir = dirs[0]
			}
			if as.Author = f.author; accepts && as.Author == "" {
				as.Author = c.author(dir)
			}
			file := f.file
			if file == "" {
				file = filepath.Join(dir, baselineName)
			}
			if err := c.configure(&settings{config: f.config}, opened); err != nil {
				return err
			}
			for i := range opened {
				opened[i].Baseline = nil // all that is there
			}
			scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{Version: version, Detectors: detectors.All()})
			if err != nil {
				return err
			}
			return run(file, findingsOf(scan.Report()), as)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.file, "file", "", c.say("基线文件 `FILE`（默认 DIR/"+baselineName+"）",
		"the baseline `FILE` (default DIR/"+baselineName+")"))
	flags.StringVar(&f.config, "config", "", c.say("配置文件 `FILE`", "the settings `FILE`"))
	if accepts {
		flags.StringVar(&f.as, "as", string(finding.Known), c.say("记为 `WHAT`：known（确需收集，已知）或 not-personal（工具误报，不是个人信息）",
			"accept as `WHAT`: known (collected, and known) or not-personal (a mistake of the tool)"))
		values := cobra.FixedCompletions(finding.Acts(), cobra.ShellCompDirectiveNoFileComp)
		if err := cmd.RegisterFlagCompletionFunc("as", values); err != nil {
			panic(err) // the flag is there
		}
		flags.StringVar(&f.reason, "reason", "", c.say("接受的原因 `TEXT`（必填）", "`TEXT` of why they are accepted (needed)"))
		flags.StringVar(&f.expires, "expires", "", c.say("有效到 `DATE` 当天，如 2027-01-31", "last valid `DATE`, such as 2027-01-31"))
		flags.StringVar(&f.author, "author", "", c.say("由谁 `NAME` 接受（默认取自 git）", "`NAME` of who accepts (default: from git)"))
	}
	return cmd
}

func findingsOf(r *report.Report) []finding.Finding {
	var all []finding.Finding
	for _, p := range r.Programs {
		all = append(all, p.Findings...)
	}
	return all
}

// author is the person who commits here, from the environment, git or the
// system.
func (c *command) author(dir string) string {
	for _, name := range []string{"GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"} {
		if a := c.getenv(name); a != "" {
			return a
		}
	}
	if out, err := exec.Command("git", "-C", dir, "config", "--get", "user.name").Output(); err == nil &&
		len(strings.TrimSpace(string(out))) > 0 {
		return strings.TrimSpace(string(out))
	}
	return c.getenv("USER")
}

func (c *command) createBaseline(name string, found []finding.Finding, as suppress.BaselineEntry) error {
	if _, err := os.Lstat(name); err == nil {
		return mistake{ZH: name + " 已经存在；用 beian baseline update 补充", EN: name + " is there already; beian baseline update adds to it"}
	}
	base := &suppress.Baseline{}
	added, _ := base.Add(found, as)
	return c.writeBaseline(name, base, c.say(
		fmt.Sprintf("记录了 %d 处；在 beian.yaml 中写 baseline，或用 scan --baseline，以后只报告新的", added),
		fmt.Sprintf("%d findings accepted; name the file as baseline in beian.yaml, or with scan --baseline", added)))
}

func (c *command) updateBaseline(name string, found []finding.Finding, as suppress.BaselineEntry) error {
	base, err := readBaseline(name, readSmall)
	if err != nil {
		return err
	}
	added, renewed := base.Add(found, as)
	return c.writeBaseline(name, base, c.say(fmt.Sprintf("新增 %d 处，续期 %d 处", added, renewed),
		fmt.Sprintf("%d added, %d renewed", added, renewed)))
}

func (c *command) pruneBaseline(name string, found []finding.Finding, _ suppress.BaselineEntry) error {
	base, err := readBaseline(name, readSmall)
	if err != nil {
		return err
	}
	dropped := base.Prune(found)
	return c.writeBaseline(name, base, c.say(fmt.Sprintf("删除 %d 处，保留 %d 处", dropped, len(base.Entries)),
		fmt.Sprintf("%d dropped, %d kept", dropped, len(base.Entries))))
}

func (c *command) writeBaseline(name string, base *suppress.Baseline, what string) error {
	if err := writeFile(name, base.Format()); err != nil {
		return unwritable(name, err)
	}
	fmt.Fprintf(c.stderr, "beian: %s%s\n", name+c.say("：", ": "), what)
	return nil
}
