package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"

	"github.com/beian/beian/analyzer/lang"
)

// The page that scans in the browser, from this machine to this machine: for people who
// started the program by a double click. The files of the page lie beside the program
// (docs/web.md); it is a third as large again as the program and not part of it.

// ui serves the page on the loopback interface.
func (c *command) ui() *cobra.Command {
	var page string
	var quiet, window bool
	cmd := &cobra.Command{
		Use:   "ui",
		Short: c.say("在本机的浏览器中检查", "scan in the browser, on this machine"),
		Long: c.say("在本机打开网页：选择文件夹即可检查，什么都不上传。只监听回环地址，地址中有随机的令牌；按 Ctrl+C 结束。\n在 Windows 上双击 beian.exe 就是它。",
			"Open the page on this machine: choose a folder to scan it, nothing is uploaded. It listens on the loopback\ninterface alone, at an address with a random token; Ctrl+C ends it. On Windows, a double click on beian.exe\ndoes the same."),
		Example: c.say(
			`  beian ui                               打开浏览器
  beian ui --no-browser                  只写出地址`,
			`  beian ui                               open a browser
  beian ui --no-browser                  only print the address`),
		Args: c.atMost(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, stop := signal.NotifyContext(cmd.Context(), ending...)
			defer stop()
			dir, err := c.pageDir(page)
			if err != nil {
				return err
			}
			return c.serve(ctx, dir, quiet, window)
		},
	}
	cmd.Flags().StringVar(&page, "page", "", c.say("网页文件所在的目录 `DIR`（默认是程序旁边的 web）",
		"the folder `DIR` with the files of the page (default: web beside the program)"))
	cmd.Flags().BoolVar(&window, "window", false, "")
	cmd.Flags().MarkHidden("window") // of a double click
	cmd.Flags().BoolVar(&quiet, "no-browser", false, c.say("不打开浏览器，只写出地址", "do not open a browser, only print the address"))
	return cmd
}

// pageDir finds the files of the page.
func (c *command) pageDir(named string) (string, error) {
	dirs := []string{named}
	if named == "" {
		self, err := os.Executable()
		if err != nil {
			return "", err
		}
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		at := filepath.Dir(self)
		dirs = []string{filepath.Join(at, "web"), filepath.Join(at, "..", "share", "beian", "web")}
	}
	for _, dir := range dirs {
		if info, err := os.Stat(filepath.Join(dir, "beian.wasm.gz")); err == nil && info.Mode().IsRegular() {
			return dir, nil
		}
	}
	return "", mistake{
		ZH: strings.Join(dirs, "、") + " 中没有网页的文件；发布的压缩包里有，从源码则用 go -C web/build run . 生成，再用 --page 指定",
		EN: "the files of the page are not in " + strings.Join(dirs, " or ") + "; the archives of a release have them, from source go -C web/build run . makes them; then name them with --page",
	}
}

// serve serves dir until ctx ends. The token keeps other programs and pages of this
// machine from the address; the name of the host is checked, so that no name of another
// site leads here.
func (c *command) serve(ctx context.Context, dir string, quiet, window bool) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return mistake{ZH: "无法监听本机端口：" + cause(err).ZH, EN: "cannot listen on this machine: " + cause(err).EN}
	}
	var random [18]byte
	rand.Read(random[:]) // never fails
	prefix := "/" + base64.RawURLEncoding.EncodeToString(random[:]) + "/"
	host := listener.Addr().String()
	address := "http://" + host + prefix
	server := &http.Server{Handler: guarded(host, prefix, http.FileServer(http.Dir(dir))), ReadHeaderTimeout: 10 * time.Second}
	fmt.Fprintf(c.stdout, "%s\n", address)
	if window {
		fmt.Fprintf(c.stderr, "\n%s\n", c.say(
			"beian 正在浏览器中打开上面的网页。把小程序的文件夹拖进网页即可检查，什么都不上传。\n用完后关闭这个窗口。在命令行中使用：beian --help",
			"beian opens the page above in your browser. Drop the folder of a mini program there; nothing is uploaded.\nClose this window when you are done. On a command line: beian --help"))
	} else {
		fmt.Fprintf(c.stderr, "beian: %s\n", c.say("按 Ctrl+C 结束", "Ctrl+C ends it"))
	}
	if !quiet {
		if err := browse(address); err != nil {
			fmt.Fprintf(c.stderr, "beian: %s\n", c.say("没能打开浏览器，请自己打开上面的地址", "no browser could be opened; open the address above"))
		}
	}
	go func() {
		<-ctx.Done()
		server.Close()
	}()
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	return nil
}

// guarded lets requests for the page through, under its prefix and host.
func guarded(host, prefix string, files http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reads := r.Method == http.MethodGet || r.Method == http.MethodHead
		if r.Host != host || !reads || !strings.HasPrefix(r.URL.Path, prefix) {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		http.StripPrefix(strings.TrimSuffix(prefix, "/"), files).ServeHTTP(w, r)
	})
}

// browse opens an address in the browser of the person.
func browse(address string) error {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", address).Start()
	case "darwin":
		return exec.Command("open", address).Start()
	}
	return exec.Command("xdg-open", address).Start()
}

// clicked reports whether the program was started by a double click (Windows), without
// arguments: for a person without a command line, who gets ui. cobra would only say that the
// program belongs on one.
func clicked(args []string) bool {
	cobra.MousetrapHelpText = ""
	return len(args) == 0 && mousetrap.StartedByExplorer()
}

// hold keeps the window of a double click open until the person has read why nothing came.
func hold(stdin io.Reader, stderr io.Writer, in lang.Code) {
	fmt.Fprintf(stderr, "\n%s", in.Say("按回车键关闭这个窗口……", "Press Enter to close this window… "))
	bufio.NewReader(stdin).ReadString('\n')
}
