package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/beian/beian/analyzer/config"
	"github.com/beian/beian/analyzer/git"
)

// hookCommand is what a hook runs to check the program in dir: through npx if npm
// started us, as the program is not on the path then; with the folder if that is not
// the top of the repository.
func (c *command) hookCommand(dir string) string {
	words := "beian scan --staged --quiet"
	if c.getenv("npm_config_user_agent") != "" {
		words = "npx --no-install " + words
	}
	if within, err := relative(config.Top(dir), dir); config.Top(dir) != "" && err == nil && within != "." {
		words += " '" + strings.ReplaceAll(filepath.ToSlash(within), "'", `'\''`) + "'"
	}
	return words
}

// native is the line of a hook that runs the program which npm has installed for this
// system, without npx, which takes seconds; "" if npm did not start us. With package
// managers that put it elsewhere, the next line runs it through npx.
func (c *command) native(dir string) string {
	if c.getenv("npm_config_user_agent") == "" {
		return ""
	}
	within := "."
	if rel, err := relative(config.Top(dir), dir); config.Top(dir) != "" && err == nil {
		within = filepath.ToSlash(rel)
	}
	_, scan, _ := strings.Cut(c.hookCommand(dir), "beian scan ")
	at := path.Join(within, "node_modules/@beian")
	return fmt.Sprintf(`for beian in '%s'/*/bin/beian*; do [ -x "$beian" ] && exec "$beian" scan %s; done`+"\n", strings.ReplaceAll(at, "'", `'\''`), scan)
}

// offerHook says how to check before each commit, by what runs hooks in the
// repository already. managed tells whether there is such a program.
func (c *command) offerHook(dir string) (text string, managed bool) {
	run, top := c.hookCommand(dir), config.Top(dir)
	has := func(names ...string) bool {
		for _, name := range names {
			if _, err := os.Stat(filepath.Join(top, name)); top != "" && err == nil {
				return true
			}
		}
		return false
	}
	switch {
	case has(".husky"):
		return c.say("要在提交前检查，可以在 .husky/pre-commit 里加一行：", "To check before each commit, add a line to .husky/pre-commit:") + "\n\n  " + run, true
	case has("lefthook.yml", "lefthook.yaml", ".lefthook.yml"):
		return c.say("要在提交前检查，可以在 lefthook 的配置里加上：", "To check before each commit, add to the settings of lefthook:") +
			"\n\n  pre-commit:\n    jobs:\n      - name: beian\n        run: " + run, true
	case has(".pre-commit-config.yaml"):
		return c.say("要在提交前检查，可以在 .pre-commit-config.yaml 里加上：", "To check before each commit, add to .pre-commit-config.yaml:") +
			"\n\n  - repo: local\n    hooks:\n      - id: beian\n        name: beian\n        entry: " + run + "\n        language: system\n        pass_filenames: false", true
	}
	return c.say("要在提交前检查，运行 beian init --hook，或者把下面两行写进 .git/hooks/pre-commit（并 chmod +x）：",
		"To check before each commit, run beian init --hook, or put these two lines into .git/hooks/pre-commit\n(and chmod +x it):") + "\n\n  #!/bin/sh\n  exec " + run, false
}

// writeHook writes the pre-commit hook of the repository that holds dir. It
// leaves an existing hook alone, and hooks that another program manages.
func (c *command) writeHook(ctx context.Context, dir string) error {
	if offer, managed := c.offerHook(dir); managed {
		_, err := fmt.Fprintf(c.stdout, "\n%s\n", offer)
		return err
	}
	r, _, err := git.Open(ctx, dir)
	if err != nil {
		return err
	}
	hooks, elsewhere, err := r.Hooks(ctx)
	if err != nil {
		return err
	}
	if elsewhere {
		return mistake{
			ZH: fmt.Sprintf("git 的 core.hooksPath 指向 %s，那里的钩子可能也用于别的仓库，没有改动；请自己加一行：%s", hooks, c.hookCommand(dir)),
			EN: fmt.Sprintf("core.hooksPath of git is %s, whose hooks may be those of other repositories, too; nothing was changed, add a line yourself: %s", hooks, c.hookCommand(dir)),
		}
	}
	if err := os.MkdirAll(hooks, 0o777); err != nil {
		return unwritable(hooks, err)
	}
	name := filepath.Join(hooks, "pre-commit")
	shown := name
	if rel, err := relative(".", name); err == nil && filepath.IsLocal(rel) {
		shown = rel
	}
	err = writeNew(name, "#!/bin/sh\n"+c.native(dir)+"exec "+c.hookCommand(dir)+"\n", 0o777)
	if errors.Is(err, fs.ErrExist) {
		return mistake{
			ZH: fmt.Sprintf("%s 已经存在，没有改动；请在里面加一行：%s", shown, c.hookCommand(dir)),
			EN: fmt.Sprintf("%s is there already and was not changed; add a line to it: %s", shown, c.hookCommand(dir)),
		}
	}
	if err != nil {
		return unwritable(shown, err)
	}
	_, err = fmt.Fprintln(c.stdout, c.say(
		"写好了 "+shown+"：以后提交新的收集点会被拦下，并说明怎么办。",
		shown+" is written: a commit that collects more will be stopped, with what to do."))
	return err
}
