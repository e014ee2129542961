package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/office"
	"github.com/beian/beian/analyzer/report"
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
		Long: c.say("起草备案材料：备案表单、访问地址、隐私政策与个人权利、已收集和共享的个人信息清单、材料核对与流程、影响评估、费用与处罚。\n代码看不出的留给主办者填写：HTML 可以在浏览器里填写并保存，或导出 beian.yaml；docx 是 Word 文档，xlsx 是 Excel 清单。",
			"Draft the filing dossier: the filing form, addresses, privacy policy and rights, the lists of information collected\nand shared, checklist and process, impact assessment, fees and penalties. What code does not show is left to fill\nin: the HTML can be filled in and saved in a browser, or exported as beian.yaml; docx is a Word document, xlsx\nhas the lists for Excel."),
		Args: c.atMost(1),
		RunE: func(cmd *cobra.Command, dirs []string) error {
			return c.runMaterials(cmd, &f, dirs)
		},
	}
	flags := cmd.Flags()
	flags.SortFlags = false
	flags.StringVarP(&f.format, "format", "f", "md", c.say("格式 `NAME`：md、html、docx、xlsx", "format `NAME`: md, html, docx, xlsx"))
	flags.StringVarP(&f.output, "output", "o", "", c.say("写到 `FILE`，而不是标准输出", "write to `FILE` instead of stdout"))
	flags.StringVar(&f.operator, "operator", "", c.say("主办者 `WHO`：individual（个人）、enterprise（企业）或 organisation（其他组织）",
		"`WHO` runs the mini program: individual, enterprise or organisation"))
	c.configFlag(flags, &f.settings)
	return cmd
}

// papers is the language of papers for the authority: Chinese, whatever the environment,
// unless a flag or the settings ask for another.
func (c *command) papers(cmd *cobra.Command, settings *config.Config) lang.Code {
	if cmd.Flag("lang").Value.String() != "auto" {
		return c.lang
	}
	if settings != nil {
		if said, ok := lang.Parse(settings.Lang); ok {
			return said
		}
	}
	return lang.Chinese
}

func (c *command) runMaterials(cmd *cobra.Command, f *materialsFlags, dirs []string) error {
	if !slices.Contains([]string{"md", "html", "docx", "xlsx"}, f.format) {
		return badValue("--format", f.format, "md", "html", "docx", "xlsx")
	}
	if binary := f.format == "docx" || f.format == "xlsx"; binary && f.output == "" {
		return mistake{
			ZH: f.format + " 不是文本，请用 --output FILE." + f.format + " 写到文件",
			EN: f.format + " is no text: write it to a file with --output FILE." + f.format,
		}
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
	in := c.papers(cmd, opened[0].Config) // messages stay in the language of the person
	scan, err := analyzer.Analyze(cmd.Context(), opened, analyzer.Options{
		Version: version, Detectors: detectors.All(), Inputs: verdict.Inputs{Operator: verdict.Operator(f.operator)},
	})
	if err != nil {
		return err
	}
	r := scan.Report()
	if f.format != "md" && len(r.Programs) > 1 {
		return mistake{
			ZH: fmt.Sprintf("目录里有 %d 个小程序；请分别指定，每个一份 %s", len(r.Programs), f.format),
			EN: fmt.Sprintf("there are %d mini programs in the directory; name one for each %s dossier", len(r.Programs), f.format),
		}
	}
	made := c.made(cmd.Context(), dirs)
	var out bytes.Buffer
	for i := range r.Programs {
		if i > 0 {
			out.WriteString("\n---\n\n")
		}
		if err := writeMaterials(&out, &r.Programs[i], made, f.format, in); err != nil {
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

func writeMaterials(w io.Writer, p *report.Program, made materials.Made, format string, in lang.Code) error {
	if format == "xlsx" {
		return office.WriteSheets(w, materials.Sheets(p, in))
	}
	doc := materials.Draft(p, made, in)
	switch format {
	case "html":
		return doc.HTML(w)
	case "docx":
		return doc.Docx(w)
	}
	return doc.Markdown(w)
}

// made says which commit of the code is described, if git knows one.
func (c *command) made(ctx context.Context, dirs []string) materials.Made {
	made := materials.Made{Version: version}
	dir := "."
	if len(dirs) > 0 {
		dir = dirs[0]
	}
	r, within, err := git.Open(ctx, dir)
	if err != nil {
		return made
	}
	state, err := r.State(ctx, within)
	if err != nil {
		return made
	}
	made.Commit, made.Date, made.Changed = state.Commit, state.Date, state.Changed
	return made
}
