package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
	"github.com/beian/beian/detectors"
)

// lsp serves an editor over stdin and stdout.
func (c *command) lsp() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "lsp",
		Short: c.say("语言服务器，供编辑器使用", "language server for editors"),
		Long: c.say("在标准输入输出上使用语言服务器协议（LSP 3.17）：打开、修改、保存时给出诊断，悬停显示规则和数据去向，\n快速修复修改 app.json 或插入 beian-ignore 注释。由编辑器启动。",
			"Speak the language server protocol (3.17) over stdin and stdout: diagnostics on open, change and save,\nhovers with the rule and where the data goes, quick fixes that change app.json\nor insert a beian-ignore comment. Editors start it."),
		Example: c.say(
			`  beian lsp                              由编辑器启动，见 docs/editors.md
  beian lsp --lang zh                    不论编辑器的语言，都用中文`,
			`  beian lsp                              started by an editor, see docs/editors.md
  beian lsp --lang zh                    in Chinese, whatever the editor's language`),
		Args: c.atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			tuneServer()
			if f, ok := c.stdin.(*os.File); ok && screenOf(f) != nil { // a person, who would wait in vain for an answer
				fmt.Fprintf(c.stderr, "beian: %s\n",
					c.say("语言服务器由编辑器启动，见 docs/editors.md；按 Ctrl+C 结束", "editors start the language server, see docs/editors.md; Ctrl+C ends it"))
			}
			o := lsp.Options{Version: version, Default: c.lang, Analyze: c.analyzeForEditor}
			if cmd.Flag("lang").Value.String() != "auto" {
				o.Lang = c.lang
			}
			err := lsp.Serve(cmd.Context(), c.stdin, c.stdout, o)
			if errors.Is(err, lsp.ErrNoShutdown) {
				c.status = 1 // as the protocol asks, without a word: nobody is there to read it
				return nil
			}
			return err
		},
	}
	cmd.Flags().Bool("stdio", true, "")
	cmd.Flags().MarkHidden("stdio") // many editors give it; there is no other way
	return cmd
}

// analyzeForEditor scans one folder of an editor's workspace.
func (c *command) analyzeForEditor(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error) {
	dirs := []analyzer.Dir{dir}
	if err := c.configure(&settings{}, dirs); err != nil {
		return nil, err
	}
	return analyzer.Analyze(ctx, dirs, analyzer.Options{Version: version, Detectors: detectors.All()})
}
