package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/fleet"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/source"
)

// mergeFlags are the flags of merge as they were typed.
type mergeFlags struct {
	lines, json, csv, xlsx, parquet, html string

	against []string
	reports string
}

// merge joins the outputs of fleet.
func (c *command) merge() *cobra.Command {
	var f mergeFlags
	cmd := &cobra.Command{
		Use:   "merge FILE ...",
		Short: c.say("合并 beian fleet 的结果，并汇总", "join the outputs of beian fleet, with totals"),
		Long: c.say(
			"合并任意多个 beian fleet 的结果（分片、未完成的也可以），汇总打印到标准输出，并按选项写出总表和网页。\n--against 给出以前的结果，列出新触发的小程序、新收集的信息和新的接收方。",
			"Join any number of outputs of beian fleet (shards, complete or not), print the totals, and write tables and a page\nas flags ask. With --against an earlier fleet, say what is newly triggered, collected and sent to whom."),
		Example: c.say(
			`  beian merge part-*.jsonl --html fleet.html --csv fleet.csv
  beian merge today.jsonl --against last-month.jsonl`,
			`  beian merge part-*.jsonl --html fleet.html --csv fleet.csv
  beian merge today.jsonl --against last-month.jsonl`),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return mistake{ZH: "请给出 beian fleet 写出的文件", EN: "name the files that beian fleet wrote"}
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return c.runMerge(&f, args) },
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.lines, "lines", "", c.say("合并后的各行，按名称排列，写到 `FILE`", "write the joined lines, by name, to `FILE`"))
	flags.StringVar(&f.html, "html", "", c.say("网页总表写到 `FILE`：搜索、排序、筛选", "write a page to `FILE`: search, sort, filter"))
	flags.StringVar(&f.csv, "csv", "", c.say("小程序总表写到 `FILE`（CSV）", "write the table of programs to `FILE` (CSV)"))
	flags.StringVar(&f.xlsx, "xlsx", "", c.say("小程序和接收方的总表写到 `FILE`（Excel）", "write the tables of programs and recipients to `FILE` (Excel)"))
	flags.StringVar(&f.parquet, "parquet", "", c.say("小程序总表写到 `FILE`（Parquet）", "write the table of programs to `FILE` (Parquet)"))
	flags.StringVar(&f.json, "json", "", c.say("总数和变化写到 `FILE`（JSON）", "write totals and changes to `FILE` (JSON)"))
	flags.StringArrayVar(&f.against, "against", nil, c.say("以前的结果 `FILE`，可重复", "an earlier output `FILE`, repeatable"))
	flags.StringVar(&f.reports, "reports", "", c.say("完整报告所在的目录 `DIR`，供网页链接", "the folder `DIR` with the whole reports, for links of the page"))
	return cmd
}

func (c *command) runMerge(f *mergeFlags, args []string) error {
	merged, err := c.readFleet(args)
	if err != nil {
		return err
	}
	var changes []fleet.Change
	if len(f.against) > 0 {
		earlier, err := c.readFleet(f.against)
		if err != nil {
			return err
		}
		changes = merged.Since(earlier)
	}
	page := fleet.Dashboard{Lang: c.lang, Tool: "beian " + version, Changes: changes, Reports: f.linked()}
	for _, out := range []struct {
		file  string
		write func(io.Writer) error
	}{
		{f.lines, merged.Write},
		{f.csv, merged.WriteCSV},
		{f.xlsx, merged.WriteXLSX},
		{f.parquet, merged.WriteParquet},
		{f.html, func(w io.Writer) error { return merged.WriteHTML(w, page) }},
		{f.json, func(w io.Writer) error {
			e := json.NewEncoder(source.JSONWriter(w))
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			return e.Encode(struct {
				Totals  fleet.Totals   `json:"totals"`
				Changes []fleet.Change `json:"changes,omitempty"`
			}{merged.Totals, changes})
		}},
	} {
		if out.file == "" {
			continue
		}
		var made bytes.Buffer
		if err := out.write(&made); err != nil {
			return err
		}
		if err := writeFile(out.file, made.Bytes()); err != nil {
			return unwritable(out.file, err)
		}
	}
	c.printFleet(merged, changes, len(f.against) > 0)
	return nil
}

// linked is the folder of reports as seen from the page.
func (f *mergeFlags) linked() string {
	if f.reports == "" || f.html == "" {
		return f.reports
	}
	if rel, err := relative(filepath.Dir(f.html), f.reports); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(f.reports)
}

// readFleet joins files, and says on stderr what is wrong with them.
func (c *command) readFleet(files []string) (*fleet.Fleet, error) {
	var inputs []fleet.Input
	for _, name := range files {
		in, err := os.Open(name)
		if err != nil {
			return nil, unreadable(name, err)
		}
		defer in.Close()
		inputs = append(inputs, fleet.Input{Name: name, Text: in})
	}
	merged, err := fleet.Merge(inputs...)
	if err != nil {
		return nil, unreadable(strings.Join(files, " "), err)
	}
	for _, note := range merged.Notes {
		fmt.Fprintf(c.stderr, "beian: %s\n", note.In(c.lang))
	}
	return merged, nil
}

// How many recipients and changes the text lists; the files have all.
const (
	mostRecipients = 10
	mostChanges    = 50
)

// printFleet writes the totals for people.
func (c *command) printFleet(f *fleet.Fleet, changes []fleet.Change, compared bool) {
	t := &f.Totals
	line := func(zh, en string, args ...any) { fmt.Fprintln(c.stdout, lang.Textf(zh, en, args...).In(c.lang)) }
	line("%d 个目录，%d 个小程序；%d 个目录未能扫描，%d 个与前面的内容相同",
		"%d folders, %d mini programs; %d folders could not be scanned, %d have the content of an earlier one",
		t.Entries, t.Programs, t.Entries-t.Scanned, t.Copies)
	for _, kind := range slices.Sorted(maps.Keys(t.Failures)) {
		line("  %s：%d", "  %s: %d", kind, t.Failures[kind])
	}
	line("结论：触发备案 %d，尚不能确定 %d，未触发 %d", "verdict: triggered %d, undetermined %d, not triggered %d",
		t.Verdicts["triggered"], t.Verdicts["undetermined"], t.Verdicts["not-triggered"])
	for _, n := range t.Categories {
		line("  %s：%d 个小程序收集，%d 个发出，%d 个的去向不完全清楚", "  %s: collected by %d programs, sent by %d, destination open in %d",
			n.Category.Title(), n.Programs, n.Sent, n.Open)
	}
	if len(t.Recipients) > 0 {
		line("接收方（小程序数）：", "recipients (programs):")
	}
	for _, r := range t.Recipients[:min(len(t.Recipients), mostRecipients)] {
		host := lang.Same(r.Host)
		if r.Host == "" {
			host = lang.Both("（域名未知）", "(host not known)")
		}
		line("  %s：%d（%s）", "  %s: %d (%s)", host, r.Programs, titles(r.Categories))
	}
	if more := len(t.Recipients) - mostRecipients; more > 0 {
		line("  另有 %d 个", "  and %d more", more)
	}
	if compared {
		c.printChanges(changes)
	}
}

func (c *command) printChanges(changes []fleet.Change) {
	fmt.Fprintln(c.stdout, c.say(fmt.Sprintf("与以前相比，%d 个小程序有变化：", len(changes)),
		fmt.Sprintf("%d programs changed since:", len(changes))))
	for _, change := range changes[:min(len(changes), mostChanges)] {
		var parts []lang.Text
		switch {
		case change.Gone:
			parts = append(parts, lang.Both("不再出现", "gone"))
		case change.New:
			parts = append(parts, lang.Both("新增", "new"))
		}
		if change.Triggered {
			parts = append(parts, lang.Both("新触发备案", "newly triggered"))
		} else if change.Was != "" && !change.Gone {
			parts = append(parts, lang.Same(change.Was+" -> "+change.Verdict))
		}
		if len(change.Categories) > 0 {
			parts = append(parts, lang.Textf("新收集 %s", "newly collects %s", titles(change.Categories)))
		}
		if len(change.Recipients) > 0 {
			parts = append(parts, lang.Textf("新接收方 %s", "new recipients %s", strings.Join(change.Recipients, ", ")))
		}
		name := change.Entry
		if change.Root != "." {
			name += "/" + change.Root
		}
		fmt.Fprintf(c.stdout, "  %s: %s\n", name, lang.Joined(parts, lang.Both("，", ", ")).In(c.lang))
	}
	if more := len(changes) - mostChanges; more > 0 {
		fmt.Fprintln(c.stdout, c.say(fmt.Sprintf("  另有 %d 个，全部见 --json 或 --html", more),
			fmt.Sprintf("  and %d more, all are in --json and --html", more)))
	}
}

// titles names categories for people.
func titles(list []finding.Category) lang.Text {
	var out []lang.Text
	for _, category := range list {
		out = append(out, category.Title())
	}
	return lang.Joined(out, lang.Both("、", ", "))
}
