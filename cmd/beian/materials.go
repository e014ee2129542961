package main

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// materialsFlags are the flags of materials as they were typed.
type materialsFlags struct {
	format, output, operator string
	settings                 settings
}

// materials drafts the filing dossier of the programs in a directory.
func (c *command) materials() *cobra.Command {
	var f materialsFlags
	cmd := &cobra.Command{
		Use:   "materials [DIR]",
		Short: c.say("起草备案材料", "draft the filing dossier"),
		Long: c.say("起草备案材料：主体与访问地址、隐私政策、个人信息清单、材料核对、影响评估、费用与处罚。\n代码看不出的留给主办者填写。",
			"Draft the filing dossier: operator and addresses, privacy policy, inventory of personal information,\nchecklist, impact assessment, fees and penalties. What code does not show is left to fill in."),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			return c.runMaterials(cmd, &f, dirs)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVar(&f.format, "format", "md", c.say("格式 `NAME`：md 或 html", "format `NAME`: md or html"))
	flags.StringVar(&f.output, "output", "", c.say("写到 `FILE`，而不是标准输出", "write to `FILE` instead of stdout"))
	flags.StringVar(&f.operator, "operator", "", c.say("主办者 `WHO`：individual（个人）、enterprise（企业）或 organisation（其他组织）",
		"`WHO` runs the mini program: individual, enterprise or organisation"))
	c.configFlag(flags, &f.settings)
	return cmd
}

func (c *command) runMaterials(cmd *cobra.Command, f *materialsFlags, dirs []string) error {
	if !slices.Contains([]string{"md", "html"}, f.format) {
		return badValue("--format", f.format, "md", "html")
	}
	if f.operator != "" && !slices.Contains(verdict.Operators(), verdict.Operator(f.operator)) {
		return badValue("--operator", f.operator, "individual", "enterprise", "organisation")
	}
	opened, err := c.open(cmd, dirs)
	if err != nil {
		return err
	}
	if err := c.configure(&f.settings, opened); err != nil {
		return err
	}
	scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{
		Version: version, Detectors: detectors.All(), Inputs: verdict.Inputs{Operator: verdict.Operator(f.operator)},
	})
	if err != nil {
		return err
	}
	r := scan.Report()
	if f.format == "html" && len(r.Programs) > 1 {
		return mistake{
			ZH: fmt.Sprintf("目录里有 %d 个小程序；请分别指定，每个一份 HTML", len(r.Programs)),
			EN: fmt.Sprintf("there are %d mini programs in the directory; name one for each HTML dossier", len(r.Programs)),
		}
	}
	var out bytes.Buffer
	for i := range r.Programs {
		if i > 0 {
			out.WriteString("\n---\n\n")
		}
		doc := materials.Draft(&r.Programs[i], c.lang)
		write := doc.Markdown
		if f.format == "html" {
			write = doc.HTML
		}
		if err := write(&out); err != nil {
			return err
		}
	}
	if f.output == "" {
		_, err := c.stdout.Write(out.Bytes())
		return err
	}
	if err := writeFile(f.output, out.Bytes()); err != nil {
		return unwritable(f.output, err)
	}
	return nil
}
