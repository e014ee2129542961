// Package session is a scan for people without a command line: files that a page gave,
// answers to the questions of the verdict, and documents to take away. The page in a
// browser (web/page) uses it through WebAssembly (web/wasm).
//
// It takes files and gives what the command gives: a test compares them. Nothing of a
// project is run: its own detectors are told as not run.
package session

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/filed"
	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/office"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/suppress"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
)

// Session is one set of files and what was learnt of it.
type Session struct {
	Version string // of the tool
	Lang    lang.Code
	Today   string // YYYY-MM-DD, for what expires
	Chosen  int    // the program that papers are about, from 0

	name   string
	scan   *analyzer.Scan
	report *report.Report
}

// Open scans files. The error is for people.
func (s *Session) Open(ctx context.Context, files []File, inputs verdict.Inputs) error {
	s.scan, s.report = nil, nil
	if len(files) == 1 && strings.EqualFold(path.Ext(files[0].Path), ".zip") {
		data, err := files[0].Read()
		if err != nil {
			return err
		}
		if files, err = Unzip(data); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return &lang.Fault{ZH: "里面没有文件", EN: "there are no files in it"}
	}
	name := common(files)
	s.name = cmp.Or(name, "miniprogram")
	for i := range files {
		files[i].Path = strings.TrimPrefix(files[i].Path, name+"/")
	}
	dir := analyzer.Dir{Path: ".", Name: s.name, FS: Tree(files), Today: s.Today}
	scan, err := Scan(ctx, dir, analyzer.Options{Version: s.Version, Inputs: inputs})
	if err != nil {
		return err
	}
	s.take(scan)
	return nil
}

// Scan analyzes a folder with the settings that lie in it, as the command does. It runs on
// one thread, as a browser has no more.
func Scan(ctx context.Context, dir analyzer.Dir, o analyzer.Options) (*analyzer.Scan, error) {
	if err := configure(&dir); err != nil {
		return nil, err
	}
	o.Detectors, o.Jobs = detectors.All(), 1
	return analyzer.Analyze(ctx, []analyzer.Dir{dir}, o)
}

// Answer judges the same files with other answers.
func (s *Session) Answer(inputs verdict.Inputs) error {
	if s.scan == nil {
		return errNothing
	}
	s.take(s.scan.Reconsider(inputs))
	return nil
}

var errNothing = &lang.Fault{ZH: "还没有扫描任何程序", EN: "nothing has been scanned yet"}

func (s *Session) take(scan *analyzer.Scan) {
	s.scan, s.report = scan, scan.Report()
}

// configure gives the folder the settings that lie in it: beian.yaml, the baseline and the
// record of the filing, as the command does.
func configure(dir *analyzer.Dir) error {
	tree := dir.FS
	text, err := fs.ReadFile(tree, config.FileName)
	record := filed.FileName
	if err == nil {
		if dir.Config, err = analyzer.ParseSettings(config.FileName, text, detectors.All()); err != nil {
			return err
		}
		dir.Config.Below = "."
		dir.Config, dir.Left = detectors.WithoutScripts(dir.Config, lang.Both("浏览器中不运行项目自己的脚本，请用命令行",
			"scripts of the project are not run in the browser; use the command"))
		read := func(name string) ([]byte, error) { return fs.ReadFile(tree, path.Clean(name)) }
		if dir.Detectors, err = detectors.Configured(dir.Config, read, nil); err != nil {
			return err
		}
		if name := dir.Config.Baseline; name != "" {
			if dir.Baseline, err = parsed(tree, name, suppress.ParseBaseline); err != nil {
				return err
			}
		}
		record = cmp.Or(dir.Config.Filed, record)
	}
	dir.Filed, err = parsed(tree, record, filed.Parse)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// parsed reads a file of the settings. The error names it.
func parsed[T any](tree fs.FS, name string, parse func([]byte) (*T, error)) (*T, error) {
	text, err := fs.ReadFile(tree, path.Clean(name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	v, err := parse(text)
	if err != nil {
		return nil, &lang.Fault{ZH: name + "：" + lang.Of(err).ZH, EN: name + ": " + lang.Of(err).EN}
	}
	return v, nil
}

// Program is what the page says of one program.
type Program struct {
	Root     string `json:"root"`
	Name     string `json:"name"`
	Platform string `json:"platform"`
	Status   string `json:"status"` // of the verdict
	Title    string `json:"title"`  // what the law in force says of it
	Article  string `json:"article"`
	Pages    int    `json:"pages"`
	Collects int    `json:"collects"` // collection points of confidence medium and above
	Problems int    `json:"problems"`
	Unread   int    `json:"unread"`
}

// Summary is what the page says before the report.
type Summary struct {
	Name     string    `json:"name"`
	Status   string    `json:"status"` // the strongest of the programs
	Programs []Program `json:"programs"`
	Files    int       `json:"files"`
	Bytes    int       `json:"bytes"`
}

// Summary describes the scan; nil if there is none.
func (s *Session) Summary() *Summary {
	if s.report == nil {
		return nil
	}
	out := &Summary{Name: s.name, Status: s.report.Status().String(), Files: s.report.Stats.Files, Bytes: s.report.Stats.Bytes}
	for _, p := range s.report.Programs {
		one := Program{
			Root: p.Project.Root, Name: p.Project.Name, Platform: p.Project.Platform,
			Status: p.Verdict.PersonalInformation.Status.String(),
			Title:  p.Verdict.Headline.Title.In(s.Lang), Article: p.Verdict.Headline.Article.In(s.Lang),
			Pages: len(p.Project.Pages), Unread: len(p.Unread),
		}
		for i := range p.Findings {
			switch f := &p.Findings[i]; {
			case f.Confidence < finding.Medium || f.Acceptance.As == finding.NotPersonal:
			case f.Severity != finding.NoSeverity:
				one.Problems++
			case f.Category != "":
				one.Collects++
			}
		}
		out.Programs = append(out.Programs, one)
	}
	return out
}

// Document is something that a person can take away.
type Document struct {
	Kind  string    `json:"kind"`
	File  string    `json:"file"` // what it is called, "" for one that is only shown
	Title lang.Text `json:"-"`

	write func(s *Session, w io.Writer) error
}

// Documents are what a scan can be written as, in the order of the page.
func Documents() []Document { return documents }

var documents = []Document{
	{"html", "beian-report.html", lang.Text{ZH: "报告（HTML）", EN: "report (HTML)"}, formatted(report.HTML)},
	{"dossier-html", "beian-dossier.html", lang.Text{ZH: "备案材料（HTML）", EN: "dossier (HTML)"}, dossier((*materials.Document).HTML)},
	{"dossier-md", "beian-dossier.md", lang.Text{ZH: "备案材料（Markdown）", EN: "dossier (Markdown)"},
		dossier((*materials.Document).Markdown)},
	{"docx", "beian-dossier.docx", lang.Text{ZH: "备案材料（Word）", EN: "dossier (Word)"}, dossier((*materials.Document).Docx)},
	{"xlsx", "beian-inventory.xlsx", lang.Text{ZH: "清单（Excel）", EN: "inventory (Excel)"}, sheets},
	{"sarif", "beian.sarif", lang.Text{ZH: "SARIF", EN: "SARIF"}, formatted(report.SARIF)},
	{"json", "beian.json", lang.Text{ZH: "JSON", EN: "JSON"}, formatted(report.JSON)},
}

func formatted(format report.Format) func(*Session, io.Writer) error {
	return func(s *Session, w io.Writer) error {
		return format(w, s.report, report.Options{Lang: s.Lang, MinConfidence: finding.Low})
	}
}

// dossier writes the dossier of the chosen program: each program is filed by itself.
func dossier(write func(*materials.Document, io.Writer) error) func(*Session, io.Writer) error {
	return func(s *Session, w io.Writer) error {
		return write(materials.Draft(s.program(), materials.Made{Version: s.Version}, s.Lang), w)
	}
}

func sheets(s *Session, w io.Writer) error {
	return office.WriteSheets(w, materials.Sheets(s.program(), s.Lang))
}

// program is the chosen one.
func (s *Session) program() *report.Program {
	return &s.report.Programs[min(max(s.Chosen, 0), len(s.report.Programs)-1)]
}

// Write gives the scan as one of Documents.
func (s *Session) Write(kind string) ([]byte, error) {
	if s.report == nil {
		return nil, errNothing
	}
	for _, d := range documents {
		if d.Kind == kind {
			var out bytes.Buffer
			err := d.write(s, &out)
			return out.Bytes(), err
		}
	}
	return nil, fmt.Errorf("no document %q", kind)
}
