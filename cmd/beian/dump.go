package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/flow"
	"github.com/beian/beian/analyzer/ir"
	"github.com/beian/beian/analyzer/project"
	"github.com/beian/beian/analyzer/script"
	"github.com/beian/beian/analyzer/source"
	"github.com/beian/beian/analyzer/why"
)

// dump shows what the engine works on, for those who work on it. It is not in the
// help; docs/architecture.md describes it, and its output may change at any time.
func (c *command) dump() *cobra.Command {
	cmd := &cobra.Command{
		Use:    "dump ir|flow|cost FILE|DIR",
		Short:  c.say("输出中间表示、数据流或其代价（供开发 beian 时使用）", "print the intermediate form, the flows or their cost (for work on beian itself)"),
		Hidden: true,
		RunE: c.masked(func(cmd *cobra.Command, args []string) error {
			if len(args) == 2 {
				switch args[0] {
				case "ir":
					return c.dumpIR(args[1])
				case "flow":
					return c.dumpFlow(cmd, args[1], (*flow.Result).Dump)
				case "cost":
					return c.dumpFlow(cmd, args[1], (*flow.Result).DumpCosts)
				}
			}
			return mistake{
				ZH: "用法：beian dump ir FILE 或 beian dump flow|cost FILE|DIR",
				EN: "usage: beian dump ir FILE, or beian dump flow|cost FILE|DIR",
			}
		}),
	}
	return cmd
}

// dumpIR prints the functions of one script, lowered.
func (c *command) dumpIR(name string) error {
	data, err := readSmall(name)
	if err != nil {
		return unreadable(name, err)
	}
	file, err := source.Decode(filepath.ToSlash(name), data)
	if err != nil {
		return err
	}
	return ir.Lower(script.Parse(file, project.ModeOf(name))).Dump(c.stdout)
}

// dumpFlow prints what became of the values that a file, or all files of a directory,
// collect, or what following them cost. The whole program around it is analyzed.
func (c *command) dumpFlow(cmd *cobra.Command, name string, dump func(*flow.Result, io.Writer, func(path string) bool) error) error {
	include := func(string) bool { return true }
	dir := name
	at := why.Place{File: name}
	if info, err := os.Stat(name); err != nil || !info.IsDir() {
		dir = programDir(name)
		include = func(path string) bool { return path == at.File }
	}
	opened, err := c.open(cmd, []string{dir})
	if err != nil {
		return err
	}
	scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{Version: version})
	if err != nil {
		return err
	}
	if dir != name {
		if err := resolve(&at, dir, scan); err != nil {
			return err
		}
	}
	var out strings.Builder
	for _, a := range scan.Analyses {
		if err := dump(a.Values, &out, include); err != nil {
			return err
		}
	}
	_, err = c.stdout.Write([]byte(out.String()))
	return err
}
