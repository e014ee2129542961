package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
)

//lint:file-ignore SA1019 roots are deprecated since the protocol of 2026-07-28, but nothing else in it confines paths

// mcp serves a coding assistant over stdin and stdout.
func (c *command) mcp() *cobra.Command {
	var allowed []string
	cmd := &cobra.Command{
		Use:   "mcp",
		Short: c.say("供编程助手使用的 MCP 服务", "a server for coding assistants (MCP)"),
		Long: c.say(
			"在标准输入输出上使用模型上下文协议（MCP），由编程助手启动。路径只限于助手给出的根目录；\n助手不给时只限于 --root，默认当前目录。不联网，不运行项目中的任何脚本。",
			"Speak the Model Context Protocol over stdin and stdout. Coding assistants start it. Paths are confined to the\nroots that the assistant gives or, if it gives none, to --root (default: the current directory). Nothing is sent\nanywhere, and no script of the project is run."),
		Example: c.say(
			`  beian mcp                              由编程助手启动，见 docs/assistants.md
  beian mcp --root miniprogram           只允许这个目录`,
			`  beian mcp                              started by an assistant, see docs/assistants.md
  beian mcp --root miniprogram           this folder only`),
		Args: c.atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f, ok := c.stdin.(*os.File); ok && screenOf(f) != nil {
				fmt.Fprintf(c.stderr, "beian: %s\n", c.say("MCP 服务由编程助手启动，见 docs/assistants.md；按 Ctrl+C 结束",
					"coding assistants start the MCP server, see docs/assistants.md; Ctrl+C ends it"))
			}
			tuneServer()
			a := &assistant{command: c, fallback: allowed}
			err := a.server().Run(cmd.Context(), &mcp.IOTransport{Reader: io.NopCloser(c.stdin), Writer: unclosed{c.stdout}})
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		},
	}
	cmd.Flags().StringArrayVar(&allowed, "root", nil, c.say("允许的目录 `DIR`，可重复；助手给出根目录时以助手的为准",
		"an allowed folder `DIR`, repeatable; roots that the assistant gives go before it"))
	return cmd
}

// unclosed is a writer whose Close does nothing.
type unclosed struct{ io.Writer }

func (unclosed) Close() error { return nil }

// assistant answers the calls of a coding assistant. Every tool is a command line that is
// run in this process, within the bounds that the assistant gave.
type assistant struct {
	*command
	fallback []string // roots, if the assistant gives none
	one      sync.Mutex
}

func (a *assistant) server() *mcp.Server {
	s := mcp.NewServer(&mcp.Implementation{Name: "beian", Title: "beian 备案", Version: version}, &mcp.ServerOptions{
		Instructions: a.say(
			"检查小程序收集哪些个人信息、发往何处、是否触发备案。先用 scan；某处不明白用 why；规则含义用 explain。去向为 open 表示没有看清，不能当作没有。",
			"Checks which personal information a mini program collects, where it goes, and whether filing (备案) is triggered. Begin with scan; use why for a place and explain for a rule. A destination \"open\" means that it is not known: never read it as none."),
		Logger: slog.New(slog.DiscardHandler),
	})
	read := &mcp.ToolAnnotations{ReadOnlyHint: true, IdempotentHint: true}
	mcp.AddTool(s, &mcp.Tool{Name: "scan", Annotations: read, Description: a.say(
		"扫描一个目录：结论、问题、收集点及去向、未读内容。since 给出 git 提交或分支时只报告此后新增的。",
		"Scan a folder: verdict, problems, what is collected and where it goes, what was not read. With since (a git commit or branch) only what is new.")}, tool(a, a.scanTool))
	mcp.AddTool(s, &mcp.Tool{Name: "why", Annotations: read, Description: a.say(
		"说明某个文件某一行的发现：依据、数据的每一步；没有发现时说明为什么。",
		"Explain what is found on a line: evidence and every step of the value; if nothing is, why.")}, tool(a, a.whyTool))
	mcp.AddTool(s, &mcp.Tool{Name: "explain", Annotations: read, Description: a.say(
		"说明一条规则：查什么、为什么重要、怎么办。", "Explain a rule: what it finds, why it matters, what to do.")}, tool(a, a.explainTool))
	mcp.AddTool(s, &mcp.Tool{Name: "privacy_draft", Annotations: read, Description: a.say(
		"按代码起草用户隐私保护指引的声明。", "Draft the declaration of the privacy guide from the code.")}, tool(a, a.privacyTool))
	mcp.AddTool(s, &mcp.Tool{Name: "diff", Annotations: read, Description: a.say(
		"两个版本（目录、JSON 报告或 git 提交）收集、发送和声明的有什么不同。",
		"What two versions (folders, JSON reports or git commits) collect, send and declare differently.")}, tool(a, a.diffTool))
	mcp.AddTool(s, &mcp.Tool{Name: "accept", Annotations: &mcp.ToolAnnotations{DestructiveHint: new(bool)}, Description: a.say(
		"经人同意后，在发现处写下注释：known 表示确需收集（结论不变），not-personal 表示误报。",
		"After a person has agreed, write a comment at a finding: known (it is collected, the verdict stays) or not-personal (a mistake of the tool).")}, tool(a, a.acceptTool))
	return s
}

// tool makes a handler of f: it finds the bounds first, and one call follows another. If
// the assistant has roots, the first answer asks for them (protocol of 2026-07-28; the
// library does it by a call of its own with older ones).
func tool[In, Out any](a *assistant, f func(bounds, In) (Out, error)) mcp.ToolHandlerFor[In, Out] {
	return func(_ context.Context, request *mcp.CallToolRequest, in In) (*mcp.CallToolResult, Out, error) {
		var none Out
		listed, told := request.Params.InputResponses[rootsAsked].(*mcp.ListRootsResult)
		if can := request.ClientCapabilities(); !told && can != nil && can.RootsV2 != nil {
			return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{rootsAsked: &mcp.ListRootsParams{}}}, none, nil
		}
		b, err := a.within(listed)
		if err != nil {
			return nil, none, a.told(err)
		}
		a.one.Lock()
		defer a.one.Unlock()
		out, err := f(b, in)
		if err != nil {
			return nil, none, a.told(err) // a result with isError: the assistant reads it
		}
		return nil, out, nil
	}
}

// told is what the assistant is told of err, which may quote a file or the call.
func (a *assistant) told(err error) error { return errors.New(finding.Mask(a.message(err))) }

// rootsAsked is the name of our question for the roots.
const rootsAsked = "roots"

// within makes bounds of the roots that the assistant listed, or of our own if it has
// none to list.
func (a *assistant) within(listed *mcp.ListRootsResult) (bounds, error) {
	named := a.fallback
	if listed != nil {
		named = nil
		for _, root := range listed.Roots {
			if dir, ok := fileOf(root.URI); ok {
				named = append(named, dir)
			}
		}
		if len(named) == 0 {
			return bounds{}, mistake{ZH: "没有给出任何根目录，不能读取文件", EN: "no root was given, so no file may be read"}
		}
	}
	if len(named) == 0 {
		named = []string{"."}
	}
	var b bounds
	for _, dir := range named {
		real, err := realPath(dir)
		if err != nil {
			return bounds{}, unreadable(dir, err)
		}
		b.roots = append(b.roots, real)
	}
	b.at = b.roots[0]
	return b, nil
}

// fileOf is the path of a file URI.
func fileOf(uri string) (string, bool) {
	u, err := url.Parse(uri)
	if err != nil || u.Scheme != "file" {
		return "", false
	}
	path := u.Path
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/") // /C:/work
	}
	return filepath.FromSlash(path), path != ""
}

// call runs a command line within the bounds, and returns what it wrote to stdout. The
// error is what it said on stderr.
func (a *assistant) call(b bounds, args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	status := run(slices.Insert(args, 1, "--lang="+string(a.lang)), environment{
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
		getenv: func(string) string { return "" }, cache: a.cache, bounds: b,
	})
	if status == exitFailure {
		said := strings.TrimPrefix(strings.TrimSpace(stderr.String()), "beian: ")
		return "", &lang.Fault{ZH: said, EN: said}
	}
	if stdout.Len() == 0 {
		return strings.TrimSpace(stderr.String()), nil
	}
	return stdout.String(), nil
}

// spoken is an answer in words.
type spoken struct {
	Text string `json:"text"`
}

func (a *assistant) words(b bounds, args ...string) (spoken, error) {
	text, err := a.call(b, args...)
	return spoken{text}, err
}

type whyIn struct {
	File string `json:"file" jsonschema:"path of the file, absolute or relative to the first root"`
	Line int    `json:"line" jsonschema:"line, from 1"`
}

func (a *assistant) whyTool(b bounds, in whyIn) (spoken, error) {
	file, err := b.resolve(in.File)
	if err != nil {
		return spoken{}, err
	}
	dir := programDir(file)
	if _, err := b.resolve(dir); err != nil {
		dir = b.at // the program begins above the roots
	}
	return a.words(b, "why", fmt.Sprintf("%s:%d", file, in.Line), dir)
}

type explainIn struct {
	Rule string `json:"rule" jsonschema:"id of the rule, such as field/phone"`
}

func (a *assistant) explainTool(b bounds, in explainIn) (spoken, error) {
	return a.words(b, "explain", "--", in.Rule)
}

type pathIn struct {
	Path string `json:"path,omitempty" jsonschema:"folder of the mini program, absolute or relative to the first root; the root itself if empty"`
}

func (a *assistant) privacyTool(b bounds, in pathIn) (spoken, error) {
	dir, err := b.resolve(in.Path)
	if err != nil {
		return spoken{}, err
	}
	return a.words(b, "privacy", "--draft", "--", dir)
}

type diffIn struct {
	Old string `json:"old" jsonschema:"folder, JSON report, or git commit, branch or tag"`
	New string `json:"new" jsonschema:"the same, for the later version"`
}

type diffOut struct {
	Differences json.RawMessage `json:"differences"`
}

func (a *assistant) diffTool(b bounds, in diffIn) (any, error) {
	states := []string{in.Old, in.New}
	for i, state := range states {
		if strings.HasPrefix(state, "-") {
			return nil, mistake{ZH: fmt.Sprintf("%q 不是目录、报告或提交", state),
				EN: fmt.Sprintf("%q is no folder, report or commit", state)}
		}
		path, outside := b.resolve(state)
		_, err := os.Stat(path)
		switch {
		case outside != nil && (filepath.IsAbs(state) || strings.Contains(state, "..")):
			return nil, outside
		case outside == nil && err == nil:
			states[i] = path
		}
	}
	text, err := a.call(b, "diff", "--format", "json", "--", states[0], states[1])
	if err != nil {
		return nil, err
	}
	return diffOut{json.RawMessage(text)}, nil
}

type acceptIn struct {
	File   string `json:"file" jsonschema:"path of the file"`
	Line   int    `json:"line" jsonschema:"line of the finding, from 1"`
	Reason string `json:"reason" jsonschema:"why, in the words of the person who agreed"`
	As     string `json:"as" jsonschema:"known or not-personal"`
	Rule   string `json:"rule,omitempty" jsonschema:"only the findings of this rule"`
}

func (a *assistant) acceptTool(b bounds, in acceptIn) (spoken, error) {
	file, err := b.resolve(in.File)
	if err != nil {
		return spoken{}, err
	}
	name, known := map[string]string{"known": "accept", "not-personal": "ignore"}[in.As]
	if !known {
		return spoken{}, badValue("as", in.As, "known", "not-personal")
	}
	dir := programDir(file)
	if !b.allow(dir) {
		return spoken{}, mistake{ZH: dir + " 不在允许的目录之内", EN: dir + " is outside of the folders that were allowed"}
	}
	args := []string{name, fmt.Sprintf("%s:%d", file, in.Line), dir, "--reason=" + in.Reason}
	if in.Rule != "" {
		args = append(args, "--rule="+in.Rule)
	}
	return a.words(b, args...)
}
