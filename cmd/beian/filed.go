package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/law"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// filedFlags are the flags of filed as they were typed.
type filedFlags struct {
	record   bool
	format   string
	settings settings
}

// filed compares the programs in a directory with what was filed, or records it.
func (c *command) filed() *cobra.Command {
	var f filedFlags
	cmd := &cobra.Command{
		Use:   "filed [DIR]",
		Short: c.say("与备案时相比有什么变化；记录备案的内容", "what has changed since the filing; record what is filed"),
		Long: c.say("把 DIR（默认当前目录）中的小程序与提交在仓库里的备案记录比较：收集的类别、接收方、地址、隐私接口、插件。\n记录由 --record 写出，默认是 beian.yaml 旁边的 "+filed.FileName+"。",
			"Compare the mini programs in DIR (default: the current directory) with the committed record of what was\nfiled: categories, recipients, addresses, privacy interfaces, plugins. --record writes the record, by default\nto "+filed.FileName+" beside beian.yaml."),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error { return c.runFiled(cmd, &f, dirs) },
	}
	c.exitsWith(cmd, "0 没有超出备案的内容；1 有", "0 nothing beyond what was filed; 1 something")
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.BoolVar(&f.record, "record", false, c.say("把现在的样子记为备案的内容", "record what there is now as what was filed"))
	flags.StringVar(&f.settings.filed, "file", "", c.say("备案记录 `FILE`", "the record `FILE`"))
	c.configFlag(flags, &f.settings)
	flags.StringVarP(&f.format, "format", "f", formatText, c.say("输出格式 `NAME`：text、json", "output format `NAME`: text, json"))
	return cmd
}

func (c *command) runFiled(cmd *cobra.Command, f *filedFlags, dirs []string) error {
	if err := textOrJSON(f.format); err != nil {
		return err
	}
	opened, err := c.open(cmd, dirs)
	if err != nil {
		return err
	}
	if err := c.configure(&f.settings, opened); err != nil {
		return err
	}
	dir := &opened[0]
	name := filedFile(dir, f.settings.file(dir), f.settings.filed)
	if dir.Filed == nil && !f.record {
		return mistake{
			ZH: "没有备案记录 " + name + "；备案通过之后运行 beian filed --record 写出它，并提交到仓库",
			EN: "there is no record " + name + "; once the program is filed, beian filed --record writes it, to be committed",
		}
	}
	scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{Version: version, Detectors: detectors.All()})
	if err != nil {
		return err
	}
	for _, a := range scan.Analyses {
		if a.Filing == nil { // the analyzer failed at it; the report of scan says how
			return mistake{ZH: a.Name() + " 没有分析完，无法比较；运行 beian scan 看原因",
				EN: a.Name() + " was not analyzed to the end, so nothing can be compared; beian scan says why"}
		}
	}
	if f.record {
		return c.recordFiled(name, dir, scan)
	}
	return c.compareFiled(f, dir, scan)
}

// compareFiled tells how the programs differ from the record.
func (c *command) compareFiled(f *filedFlags, dir *analyzer.Dir, scan *analyzer.Scan) error {
	var all []report.Filed
	for _, a := range scan.Analyses {
		filing := verdict.CompareFiling(a.Inputs.FilingNumber, dir.Filed, a.Filing)
		all = append(all, report.Filed{Program: a.Filing.Path, Filing: filing})
		if filing.Problem != (lang.Text{}) || filing.Stops() {
			c.status = exitFindings
		}
	}
	o := report.Options{Lang: c.lang, Color: c.coloured("auto")}
	if f.format == formatJSON {
		return report.FiledJSON(c.stdout, all, o)
	}
	return report.FiledText(c.stdout, all, o)
}

// recordFiled writes what the programs do now as what was filed. Records of programs
// outside the scanned directory stay.
func (c *command) recordFiled(name string, dir *analyzer.Dir, scan *analyzer.Scan) error {
	record := &filed.Record{Recorded: c.today(), Tool: version, Laws: law.Snapshot()}
	below := "."
	if dir.Config != nil {
		record.Number, below = dir.Config.Operator.FilingNumber, dir.Config.Below
	}
	if dir.Filed != nil {
		for _, p := range dir.Filed.Programs {
			if below != "." && p.Path != below && !strings.HasPrefix(p.Path, below+"/") {
				record.Programs = append(record.Programs, p)
			}
		}
	}
	unread := 0
	for _, a := range scan.Analyses {
		record.Programs = append(record.Programs, a.Filing.Program)
		unread += len(a.Filing.Unread)
	}
	if err := writeFile(name, record.Format()); err != nil {
		return unwritable(name, err)
	}
	tell := func(zh, en string) { fmt.Fprintf(c.stderr, "beian: %s\n", c.say(zh, en)) }
	tell(fmt.Sprintf("%s：记录了 %d 个小程序；请对照备案时提交的内容核对，然后提交到仓库", name, len(record.Programs)),
		fmt.Sprintf("%s: recorded %s; check it against what you filed, then commit it", name, counted(len(record.Programs), "mini program")))
	if unread > 0 {
		tell(fmt.Sprintf("其中 %d 处没有读到，记在 unread 里：那里的内容备案时有没有，无从比较", unread),
			fmt.Sprintf("%s not read and listed under unread: what they hold cannot be compared", counted(unread, "place")))
	}
	switch problem := verdict.CompareFiling(record.Number, nil, nil).Problem; {
	case record.Number == "":
		tell("beian.yaml 没有 operator.filing-number；写上编号之后，扫描才会按这份记录判断",
			"beian.yaml has no operator.filing-number; scans go by this record only once it is there")
	case problem != (lang.Text{}):
		text := lang.Textf("operator.filing-number %s：%s", "operator.filing-number %s: %s", record.Number, problem)
		tell(text.ZH, text.EN)
	}
	return nil
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// filedFile is the record of what was filed: the one that a flag names, or that the
// settings name, or the usual one, beside the settings or in the scanned directory.
func filedFile(d *analyzer.Dir, settings, flag string) string {
	if flag != "" {
		return flag
	}
	dir, name := filepath.FromSlash(d.Path), filed.FileName
	if settings != "" {
		dir = filepath.Dir(settings)
	}
	if d.Config != nil && d.Config.Filed != "" {
		name = filepath.FromSlash(d.Config.Filed)
	}
	name = filepath.Join(dir, name)
	if short, err := relative(".", name); err == nil && filepath.IsLocal(short) {
		return short // as a person in this directory would write it
	}
	return name
}

// readFiled reads a record; nil if there is none.
func readFiled(name string, read func(string) ([]byte, error)) (*filed.Record, error) {
	data, err := read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var record *filed.Record
	if err == nil {
		record, err = filed.Parse(data)
	}
	if err != nil {
		return nil, mistake{
			ZH: "无法读取备案记录 " + name + "：" + cause(err).ZH,
			EN: "cannot read the record of the filing " + name + ": " + cause(err).EN,
		}
	}
	return record, nil
}
