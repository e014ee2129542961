package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/git"
	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/detectors"
)

// settings are the flags of scan that choose beian.yaml and the baseline.
type settings struct {
	config     string
	baseline   string
	suppressed bool
	filed      string                            // the record of what was filed, if a flag names it
	read       func(name string) ([]byte, error) // a file that a person wrote; nil for that on disk
	noted      hash.Hash                         // takes in what is read of such files, the baseline aside; nil for nobody asks
	find       func(dir string) string           // the settings file that holds for a directory; nil for that on disk
}

func (s *settings) define(c *command, flags *pflag.FlagSet) {
	c.configFlag(flags, s)
	flags.StringVar(&s.baseline, "baseline", "", c.say("`FILE` 中记录的发现视为已接受（见 beian baseline）",
		"findings in `FILE` count as accepted (see beian baseline)"))
	flags.BoolVar(&s.suppressed, "report-suppressed", false, c.say("已接受的发现也逐项报告", "report accepted findings in full, too"))
}

// configFlag adds the flag that names the settings file.
func (c *command) configFlag(flags *pflag.FlagSet, s *settings) {
	flags.StringVar(&s.config, "config", "", c.say("配置文件 `FILE`（默认从扫描目录向上找 beian.yaml，到仓库根目录为止）",
		"the settings `FILE` (default: beian.yaml in the scanned directory or above, up to the top of the repository)"))
}

// configure gives each directory its settings, with the detectors and the baseline
// that they name.
func (c *command) configure(s *settings, dirs []analyzer.Dir) error {
	reader := func(flag string) func(string) ([]byte, error) { // of a file that a flag names, or else the project
		switch {
		case s.read != nil:
			return s.read
		case flag != "":
			return c.bounds.read
		}
		return inside(c.bounds.read)
	}
	noting := func(read func(string) ([]byte, error)) func(string) ([]byte, error) {
		if s.noted == nil {
			return read
		}
		return hashing(s.noted, read)
	}
	for i := range dirs {
		d := &dirs[i]
		d.Today = c.today()
		var top string
		top, d.Within = git.Top(d.Path)
		baseline := s.baseline
		name := s.file(d)
		if name != "" && c.bounds.allow(name) {
			var err error
			if d.Config, err = readConfig(name, d.Path, noting(reader(s.config))); err != nil {
				return err
			}
			if c.bounds.confined() {
				d.Config, d.Left = detectors.WithoutScripts(d.Config, lang.Both("通过 beian mcp 扫描时不运行项目自己的脚本",
					"scripts of the project are not run by beian mcp"))
			}
			if d.Detectors, err = detectors.Configured(d.Config, noting(detectorSources(name, s.read)), interpret); err != nil {
				return err
			}
			if baseline == "" && d.Config.Baseline != "" {
				baseline = filepath.Join(filepath.Dir(name), filepath.FromSlash(d.Config.Baseline))
			}
		}
		var err error
		record := filedFile(d, name, s.filed)
		if named := d.Config != nil && d.Config.Filed != ""; named || c.bounds.allow(record) {
			if d.Filed, err = readFiled(record, noting(reader(s.filed))); err != nil {
				return err
			}
		}
		follows := d.Config == nil || d.Config.Outside == nil || *d.Config.Outside
		if follows && c.bounds.allow(top) {
			d.Surround()
		}
		if baseline != "" {
			var err error
			if d.Baseline, err = readBaseline(baseline, reader(s.baseline)); err != nil {
				return err
			}
		}
	}
	return nil
}

// file is the settings file of a directory, or "".
func (s *settings) file(d *analyzer.Dir) string {
	if s.find != nil {
		return s.find(d.Path)
	}
	return cmp.Or(s.config, config.Find(d.Path))
}

// readConfig reads the settings file for a scanned directory.
func readConfig(name, dir string, read func(string) ([]byte, error)) (*config.Config, error) {
	data, err := read(name)
	if err != nil {
		return nil, unreadable(name, err)
	}
	below, shown := ".", name
	if rel, err := relative(filepath.Dir(name), dir); err == nil && filepath.IsLocal(rel) {
		below = filepath.ToSlash(rel)
	}
	if rel, err := relative(dir, name); err == nil {
		shown = filepath.ToSlash(rel)
	}
	c, err := analyzer.ParseSettings(shown, data, detectors.All())
	var wrong *config.Error
	if errors.As(err, &wrong) {
		wrong.Name = name // as the person knows it
	}
	if err != nil {
		return nil, err
	}
	c.Below = below
	return c, nil
}

// relative is the path from one place to another, both as they are named.
func relative(from, to string) (string, error) {
	from, err := filepath.Abs(from)
	if err != nil {
		return "", err
	}
	if to, err = filepath.Abs(to); err != nil {
		return "", err
	}
	return filepath.Rel(from, to)
}

// maxWritten is the size in bytes up to which a file that a person wrote is read.
const maxWritten = 64 << 20

// Errors for what is not read in the place of a file that a person wrote.
var (
	errIrregular = &lang.Fault{ZH: "它不是普通文件", EN: "it is no regular file"}
	errTooLarge  = &lang.Fault{ZH: "它超过 64 MB", EN: "it is larger than 64 MB"}
	errLoop      = &lang.Fault{ZH: "它是指向自身的符号链接", EN: "it is a symbolic link that leads to itself"}
	errLinkedOut = &lang.Fault{ZH: "它是指向项目之外的符号链接", EN: "it is a symbolic link that leads out of the project"}
)

// readSmall reads a file that a person wrote.
func readSmall(name string) ([]byte, error) { return readOpened(os.Open(name)) }

func readOpened(f *os.File, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxWritten {
		return nil, errTooLarge
	}
	text, err := io.ReadAll(io.LimitReader(f, maxWritten+1))
	if len(text) > maxWritten {
		return nil, errTooLarge
	}
	return text, err
}

// inside is read for files that the project names, not the person who runs us: regular
// ones that lie, links followed, in the repository that names them, or outside of
// repositories in the same folder.
func inside(read func(string) ([]byte, error)) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if err := checkInside(name); err != nil {
			return nil, err
		}
		return read(name)
	}
}

func checkInside(name string) error {
	real, err := realPath(name)
	if err != nil && strings.Contains(err.Error(), "too many links") {
		return errLoop
	}
	if err != nil {
		return err
	}
	top, err := realPath(cmp.Or(config.Top(filepath.Dir(name)), filepath.Dir(name)))
	if err != nil {
		return err
	}
	if within, err := filepath.Rel(top, real); err != nil || !filepath.IsLocal(within) {
		return errLinkedOut
	}
	if info, err := os.Stat(real); err == nil && !info.Mode().IsRegular() {
		return errIrregular
	}
	return nil
}

// readStaged reads what is about to be committed: the file in the index. If it is
// not there, readStaged reads it from disk and says so, as the commit will lack it.
func (c *command) readStaged(ctx context.Context) func(name string) ([]byte, error) {
	told := map[string]bool{}
	return func(name string) ([]byte, error) {
		r, dir, outside := git.Open(ctx, filepath.Dir(name))
		if outside == nil {
			if text, ok := r.Staged(ctx, path.Join(dir, filepath.Base(name))); ok {
				return text, nil
			}
		}
		read := readSmall
		if outside == nil {
			read = inside(read)
		}
		text, err := read(name)
		if err == nil && outside == nil && !told[name] {
			told[name] = true
			fmt.Fprintf(c.stderr, "beian: %s\n", c.say(name+" 没有暂存，提交里不会有它；请 git add",
				name+" is not staged, the commit will lack it; git add it"))
		}
		return text, err
	}
}

// hashing adds the name and text of every file that is read to h.
func hashing(h hash.Hash, read func(name string) ([]byte, error)) func(name string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		text, err := read(name)
		fmt.Fprintf(h, "%q %d %t\n%s\n", name, len(text), err == nil, text)
		return text, err
	}
}

// detectorSources reads the scripts that a settings file names. They lie in its
// directory; a link that leads out of it is refused.
func detectorSources(settings string, read func(string) ([]byte, error)) func(string) ([]byte, error) {
	return func(name string) ([]byte, error) {
		if read != nil {
			return read(filepath.Join(filepath.Dir(settings), filepath.FromSlash(name)))
		}
		root, err := os.OpenRoot(filepath.Dir(settings))
		if err != nil {
			return nil, err
		}
		defer root.Close()
		// Opening a pipe waits for somebody to write into it.
		info, err := root.Stat(filepath.FromSlash(name))
		switch {
		case err != nil && strings.Contains(err.Error(), "path escapes"):
			return nil, errLinkedOut
		case errors.Is(err, syscall.ELOOP):
			return nil, errLoop
		case err == nil && !info.Mode().IsRegular():
			return nil, errIrregular
		}
		return readOpened(root.Open(filepath.FromSlash(name)))
	}
}

// fill takes what no flag sets from the settings of the first directory.
func (c *command) fill(cmd *cobra.Command, f *scanFlags, dirs []analyzer.Dir) {
	s := dirs[0].Config
	if s == nil {
		return
	}
	set := func(flag, value string, to *string) {
		if value != "" && !cmd.Flags().Changed(flag) {
			*to = value
		}
	}
	set("fail-on", s.FailOn, &f.failOn)
	set("min-confidence", s.MinConfidence, &f.minConfidence)
	if said, ok := lang.Parse(s.Lang); ok && !cmd.Flags().Changed("lang") {
		c.lang = said
	}
}
