package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/detectors"
)

// diff tells what two states of mini programs do differently.
func (c *command) diff() *cobra.Command {
	format := "text"
	var set settings
	names := slices.Sorted(maps.Keys(report.DiffFormats))
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: c.say("两个版本收集、发送和声明的信息有什么不同", "what two versions collect, send and declare differently"),
		Long: c.say("OLD 和 NEW 各是目录、JSON 报告（beian scan --format json=FILE）、备案记录（beian.filed.json）\n或当前 git 仓库的提交、分支、标签。列出新收集、不再收集的类别，接收方、地址、隐私接口和插件。",
			"OLD and NEW are each a directory, a JSON report (beian scan --format json=FILE), a record of a filing\n(beian.filed.json), or a commit, branch or tag of the git repository here. It lists categories that are\nnewly collected or no longer, recipients, addresses, privacy interfaces and plugins."),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return mistake{ZH: "用法：beian diff OLD NEW", EN: "usage: beian diff OLD NEW"}
			}
			write, ok := report.DiffFormats[format]
			if !ok {
				return badValue("--format", format, names...)
			}
			before, err := c.does(cmd, &set, args[0])
			if err != nil {
				return err
			}
			after, err := c.does(cmd, &set, args[1])
			if err != nil {
				return err
			}
			all := differences(before, after)
			for i := range all {
				if all[i].Program == "." {
					all[i].Program = args[0] + " → " + args[1]
				}
			}
			if len(all) > 0 {
				c.status = exitFindings
			}
			o := report.Options{Lang: c.lang, Color: c.coloured("auto"), Width: c.width()}
			if info, err := os.Stat(args[1]); err == nil && info.IsDir() {
				o.Base = base([]analyzer.Dir{{Path: filepath.ToSlash(filepath.Clean(args[1]))}})
			}
			return write(c.stdout, all, o)
		},
	}
	c.exitsWith(cmd, "0 没有不同；1 有", "0 no difference; 1 some")
	cmd.Flags().StringVarP(&format, "format", "f", format, c.say("输出格式 `NAME`：text、json、markdown",
		"output format `NAME`: text, json, markdown"))
	c.configFlag(cmd.Flags(), &set)
	return cmd
}

// does tells what the programs of a state do: a directory, a file or a commit.
func (c *command) does(cmd *cobra.Command, s *settings, state string) ([]*filed.Current, error) {
	info, err := os.Stat(state)
	switch {
	case err == nil && !info.IsDir():
		return written(state)
	case err == nil:
		scan, err := c.inspect(cmd, s, []string{state})
		if err != nil {
			return nil, err
		}
		return current(scan)
	}
	r, within, outside := git.Open(cmd.Context(), c.bounds.here())
	if outside != nil {
		return nil, mistake{ZH: fmt.Sprintf("没有 %s 这个目录或文件，当前目录也不在 git 仓库中", state),
			EN: fmt.Sprintf("there is no directory or file %s, and the current directory is in no git repository", state)}
	}
	return c.committed(cmd.Context(), s, r, within, state)
}

// committed tells what the programs in the current directory (of the bounds, if there are any) did in a commit. The
// settings are those of now.
func (c *command) committed(ctx context.Context, s *settings, r *git.Repository, within, ref string) ([]*filed.Current, error) {
	commit, err := r.Resolve(ctx, ref)
	if err != nil {
		return nil, err
	}
	tree, err := r.Commit(ctx, commit, within)
	if err != nil {
		return nil, err
	}
	e := &earlier{}
	defer e.close()
	if err := tree.Measure(); err != nil {
		return nil, err
	}
	dirs := []analyzer.Dir{{Path: c.bounds.here(), Name: filepath.Base(r.Top), FS: tree}}
	if err := c.configure(s, dirs); err != nil {
		return nil, err
	}
	dirs[0] = e.snapshot(dirs[0], within, tree, func() (*git.Tree, error) { return r.Commit(ctx, commit, ".") }).dir
	scan, err := analyzer.Analyze(ctx, dirs, analyzer.Options{Version: version, Detectors: detectors.All()})
	var load *project.LoadError
	if errors.As(err, &load) && absent(load) {
		return nil, nil // there was none yet
	}
	if err != nil {
		return nil, err
	}
	return current(scan)
}

func current(scan *analyzer.Scan) (all []*filed.Current, err error) {
	for _, a := range scan.Analyses {
		if a.Filing == nil {
			return nil, mistake{ZH: a.Name() + " 没有分析完，无法比较；运行 beian scan 看原因",
				EN: a.Name() + " was not analyzed to the end, so nothing can be compared; beian scan says why"}
		}
		all = append(all, a.Filing)
	}
	return all, nil
}

// written reads what programs did from a JSON report or the record of a filing.
func written(name string) ([]*filed.Current, error) {
	data, err := readSmall(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	var told struct {
		SchemaVersion int
		Inventory     *filed.Program
		Programs      []struct{ Inventory *filed.Program }
	}
	if json.Unmarshal(data, &told) == nil && told.SchemaVersion > 0 {
		inventories := []*filed.Program{told.Inventory}
		if len(told.Programs) > 0 {
			inventories = nil
			for _, p := range told.Programs {
				inventories = append(inventories, p.Inventory)
			}
		}
		var all []*filed.Current
		for _, p := range inventories {
			if p == nil {
				return nil, mistake{ZH: name + " 里没有 inventory：它由较早的版本写出，请重新扫描",
					EN: name + " has no inventory: an older version wrote it, so scan again"}
			}
			all = append(all, filed.As(*p))
		}
		return all, nil
	}
	record, err := filed.Parse(data)
	if err != nil {
		return nil, mistake{ZH: name + " 既不是 JSON 报告，也不是备案记录", EN: name + " is neither a JSON report nor the record of a filing"}
	}
	var all []*filed.Current
	for _, p := range record.Programs {
		all = append(all, filed.As(p))
	}
	return all, nil
}

// differences compares programs of the same path, or the one on each side.
func differences(before, after []*filed.Current) (all []report.Difference) {
	old := map[string]*filed.Current{}
	for _, p := range before {
		old[p.Path] = p
	}
	if len(before) == 1 && len(after) == 1 {
		old = map[string]*filed.Current{after[0].Path: before[0]}
	}
	for _, now := range after {
		then := old[now.Path]
		delete(old, now.Path)
		if then == nil {
			then = filed.As(filed.Program{Path: now.Path})
			all = append(all, report.Difference{Program: now.Path, State: "added", Changes: filed.Compare(&then.Program, now)})
			continue
		}
		if changes := filed.Compare(&then.Program, now); len(changes) > 0 {
			all = append(all, report.Difference{Program: now.Path, State: "changed", Changes: changes})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(old)) {
		all = append(all, report.Difference{Program: path, State: "removed"})
	}
	return all
}
