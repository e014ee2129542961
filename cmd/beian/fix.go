package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/mend"
	"github.com/beian/beian/analyzer/privacy"
	"github.com/beian/beian/analyzer/source"
)

// fix makes the changes to the configuration that need no judgement.
func (c *command) fix() *cobra.Command {
	write := false
	var set settings
	cmd := &cobra.Command{
		Use:   "fix [DIR]",
		Short: c.say("修改 app.json 中可以机械修改的问题", "mend in app.json what needs no judgement"),
		Long: c.say("增删 requiredPrivateInfos、补上位置用途的草稿、删去 __usePrivacyCheck__。默认只显示差异，加 --write 才写入；\n其余内容、注释和格式保持不变。",
			"Add to and take out of requiredPrivateInfos, put in a draft of what the position is for, remove\n__usePrivacyCheck__. Shows the difference; --write writes it. All else stays, comments and format\nincluded."),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error { return c.runFix(cmd, &set, dirs, write) },
	}
	c.exitsWith(cmd, "0 没有要修改的，或已写入；1 有要修改的，尚未写入", "0 nothing to change, or written; 1 something to change, not written")
	cmd.Flags().BoolVar(&write, "write", false, c.say("写入文件（整个写入或完全不写）", "write the file (whole or not at all)"))
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

func (c *command) runFix(cmd *cobra.Command, set *settings, dirs []string, write bool) error {
	scan, err := c.inspect(cmd, set, dirs)
	if err != nil {
		return err
	}
	dir := "."
	if len(dirs) > 0 {
		dir = dirs[0]
	}
	// All files are mended before the first is written.
	var results []*mend.Result
	for _, a := range scan.Analyses {
		r, err := mend.Program(a.Program, privacy.Uses(a.Program, a.Values), mendable(a.Findings)...)
		if err != nil {
			return err
		}
		if r.Changed() && r.File.Encoding != source.UTF8 && r.File.Encoding != source.UTF8BOM {
			return notUTF8(r.File)
		}
		results = append(results, r)
	}
	for _, r := range results {
		if err := c.mended(dir, r, write); err != nil {
			return err
		}
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
	if !write {
		fmt.Fprintln(c.stderr, c.say("没有写入；加 --write 写入", "nothing was written; --write writes it"))
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
