package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/source"
)

// fixFlags are the flags of fix.
type fixFlags struct {
	settings       settings
	write, consent bool
}

// fix makes the changes to a program that need no judgement.
func (c *command) fix() *cobra.Command {
	var f fixFlags
	cmd := &cobra.Command{
		Use:   "fix [DIR]",
		Short: c.say("修改 app.json 中可以机械修改的问题；加上隐私授权弹窗", "mend in app.json what needs no judgement; add a consent popup"),
		Long: c.say("增删 requiredPrivateInfos、补上位置用途的草稿、删去 __usePrivacyCheck__。默认只显示差异，加 --write 才写入；\n其余内容、注释和格式保持不变。\n--consent 另外写一个隐私授权弹窗组件，并放进收集个人信息的页面（原生、uni-app、Taro 的 React）。",
			"Add to and take out of requiredPrivateInfos, put in a draft of what the position is for, remove\n__usePrivacyCheck__. Shows the difference; --write writes it. All else stays, comments and format\nincluded. --consent also writes a component that asks for consent and puts it into the pages that\ncollect (native, uni-app, Taro with React)."),
		Args: c.atMost(1),
		RunE: c.masked(func(cmd *cobra.Command, dirs []string) error { return c.runFix(cmd, &f, dirs) }),
	}
	c.exitsWith(cmd, "0 没有要修改的，或已写入；1 有要修改的，尚未写入", "0 nothing to change, or written; 1 something to change, not written")
	cmd.Flags().BoolVar(&f.write, "write", false, c.say("写入文件（整个写入或完全不写）", "write the files (each whole or not at all)"))
	cmd.Flags().BoolVar(&f.consent, "consent", false, c.say("加上隐私授权弹窗，放进收集个人信息的页面",
		"add a consent popup to the pages that collect"))
	c.configFlag(cmd.Flags(), &f.settings)
	return cmd
}

func (c *command) runFix(cmd *cobra.Command, f *fixFlags, dirs []string) error {
	scan, err := c.inspect(cmd, &f.settings, dirs)
	if err != nil {
		return err
	}
	dir := "."
	if len(dirs) > 0 {
		dir = dirs[0]
	}
	// All files are mended before the first is written.
	var results []*mend.Result
	added := map[string]string{}
	for _, a := range scan.Analyses {
		r, err := mend.Program(a.Program, privacy.Uses(a.Program, a.Values), mendable(a.Findings)...)
		if err != nil {
			return err
		}
		if f.consent {
			asked := c.ask(a, r)
			results = append(results, asked.Edited...)
			maps.Copy(added, asked.Added)
			if len(asked.Edited) > 0 && !r.Changed() {
				continue // there is something to tell, and nothing of app.json
			}
		}
		results = append(results, r)
	}
	for _, r := range results {
		if r.Changed() && r.File.Encoding != source.UTF8 && r.File.Encoding != source.UTF8BOM {
			return notUTF8(r.File)
		}
	}
	if err := c.addFiles(dir, added, f.write); err != nil {
		return err
	}
	for _, r := range results {
		if err := c.mended(dir, r, f.write); err != nil {
			return err
		}
	}
	if !f.write && c.status == exitFindings {
		fmt.Fprintln(c.stderr, c.say("没有写入；加 --write 写入", "nothing was written; --write writes it"))
	}
	return nil
}

// ask makes a program ask for consent, and says what cannot be done.
func (c *command) ask(a *analyzer.Analysis, config *mend.Result) *mend.Consent {
	tell := func(text lang.Text) {
		fmt.Fprintf(c.stderr, "beian: %s%s%s\n", a.Name(), c.say("：", ": "), text.In(c.lang))
	}
	var routes []string
	missing := false
	for i := range a.Findings {
		f := &a.Findings[i]
		missing = missing || f.Rule.ID == mend.ConsentRule && f.Pending()
		wider := f.Category == finding.Device || f.Category == finding.Identifier
		if f.Collects() && f.Kind.Collects() && !wider && f.Page != "" && !slices.Contains(routes, f.Page) {
			routes = append(routes, f.Page)
		}
	}
	if !missing {
		tell(lang.Text{ZH: "隐私授权已有处理，或已由人接受，没有要加的", EN: "privacy consent is handled, or a person has accepted it: nothing to add"})
		return &mend.Consent{}
	}
	asked := mend.Ask(a.Program, config, routes)
	if asked.Refused != (lang.Text{}) {
		tell(asked.Refused)
		return &mend.Consent{}
	}
	for _, page := range asked.Left {
		tell(lang.Textf("页面 %s 的模板不止一个根元素或没有结束标签，请自己放入弹窗", "page %s has no single root element with an end tag; put the popup in by hand", page))
	}
	return asked
}

// addFiles shows, and with write makes, new files. None may be there already.
func (c *command) addFiles(dir string, added map[string]string, write bool) error {
	names := slices.Sorted(maps.Keys(added))
	for _, name := range names {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name))); err == nil {
			return mistake{ZH: name + " 已经存在，没有改动", EN: name + " is there already; nothing was changed"}
		}
	}
	for _, name := range names {
		if !write {
			if _, err := io.WriteString(c.stdout, mend.Diff(name, "", added[name])); err != nil {
				return err
			}
			c.status = exitFindings
			continue
		}
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			return unwritable(name, err)
		}
		if err := writeNew(file, added[name], 0o666); err != nil {
			return unwritable(name, err)
		}
	}
	if len(names) > 0 {
		fmt.Fprintf(c.stderr, "%s\n", c.say("新文件：", "new files: ")+strings.Join(names, c.say("、", ", ")))
	}
	return nil
}

// mendable are the rules with findings that can be mended and that nobody has
// accepted or switched off.
func mendable(found []finding.Finding) []string {
	var rules []string
	for _, f := range found {
		if !f.Accepted() && mend.Mends(f.Rule.ID) && !slices.Contains(rules, f.Rule.ID) {
			rules = append(rules, f.Rule.ID)
		}
	}
	return rules
}

// mended shows, and with write makes, the changes to one file.
func (c *command) mended(dir string, r *mend.Result, write bool) error {
	if r.Refused.ZH != "" {
		name := dir
		if r.File != nil {
			name = r.File.Path
		}
		fmt.Fprintf(c.stderr, "beian: %s%s\n", name+c.say("：", ": "), r.Refused.In(c.lang))
		return nil
	}
	if !r.Changed() {
		fmt.Fprintf(c.stderr, "%s\n", c.say(r.File.Path+"：没有可以机械修改的问题", r.File.Path+": nothing to change"))
		return nil
	}
	if write {
		name := filepath.Join(dir, filepath.FromSlash(r.File.Path))
		if err := overwrite(name, r.File, r.Text); err != nil {
			return unwritable(r.File.Path, err)
		}
	} else {
		diff := mend.Diff(r.File.Path, r.File.Text, r.Text)
		if c.screen != nil {
			diff = source.PrintableLines(diff)
		}
		if _, err := io.WriteString(c.stdout, diff); err != nil {
			return err
		}
		c.status = exitFindings
	}
	for _, change := range r.Changes {
		fmt.Fprintf(c.stderr, "%s%s\n", r.File.Path+c.say("：", ": "), change.In(c.lang))
	}
	return nil
}

// errChanged is the error for a file that has changed since it was read.
var errChanged = errors.New("the file has changed since it was read")

// overwrite replaces what was read as file by text, whole or not at all, with the byte
// order mark it had.
func overwrite(name string, file *source.File, text string) error {
	now, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	mark := ""
	if file.Encoding == source.UTF8BOM {
		mark = "\ufeff"
	}
	if string(now) != mark+file.Text {
		return errChanged
	}
	return writeFile(name, []byte(mark+text))
}
