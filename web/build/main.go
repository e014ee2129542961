// Command build makes the page that scans in the browser: go -C web/build run . -out DIR.
// What it writes (dist/web at the top of the repository unless -out says otherwise) is
// served by any server for static files. It is a module of its own, as the command does
// not need the compiler of TypeScript.
package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/beian/beian/analyzer/lang"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/web/session"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("web/build: ")
	out := flag.String("out", filepath.Join(top, "dist", "web"), "folder to write to")
	version := flag.String("version", "0.1.0", "version of the tool")
	flag.Parse()
	if err := build(*out, *version); err != nil {
		log.Fatal(err)
	}
}

// top is the top of the repository, as go -C web/build runs this there.
var top = filepath.Join("..", "..")

// build writes the page: what is compiled, then what names it by its content.
func build(out, version string) error {
	if err := os.RemoveAll(out); err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return err
	}
	b := &builder{out: out, files: map[string][]byte{}}
	for _, step := range []func() error{
		func() error { return b.wasm(version) },
		func() error { return b.scripts(nil, "app.ts", "worker.ts") },
		b.page,
		b.serviceWorker,
		b.licences,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	for _, name := range b.names() {
		fmt.Printf("%9d %s\n", len(b.files[name]), name)
	}
	return nil
}

type builder struct {
	out   string
	files map[string][]byte
}

func (b *builder) names() []string {
	var names []string
	for name := range b.files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (b *builder) write(name string, data []byte) error {
	b.files[name] = data
	return os.WriteFile(filepath.Join(b.out, name), data, 0o666)
}

// wasm compiles the analyzer. It is stored compressed, as not every server compresses.
func (b *builder) wasm(version string) error {
	file, err := filepath.Abs(filepath.Join(b.out, "beian.wasm"))
	if err != nil {
		return err
	}
	cmd := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid= -X main.version="+version,
		"-o", file, "./web/wasm")
	cmd.Dir = top
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "GOFLAGS=")
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := os.Remove(file); err != nil {
		return err
	}
	var packed bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&packed, gzip.BestCompression) // the level exists
	zip.Write(data)
	if err := zip.Close(); err != nil {
		return err
	}
	fmt.Printf("%9d beian.wasm, before compression\n", len(data))
	if err := b.write("beian.wasm.gz", packed.Bytes()); err != nil {
		return err
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return err
	}
	glue, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js"))
	if err != nil {
		return err
	}
	return b.write("wasm_exec.js", glue)
}

// scripts compiles TypeScript.
func (b *builder) scripts(define map[string]string, names ...string) error {
	for _, name := range names {
		result := api.Build(api.BuildOptions{
			EntryPoints: []string{filepath.Join(top, "web", "page", name)}, Bundle: true, MinifyWhitespace: true, MinifySyntax: true,
			Target: api.ES2022, Format: api.FormatIIFE, Charset: api.CharsetUTF8, Define: define, LogLevel: api.LogLevelWarning,
		})
		if len(result.Errors) > 0 {
			return errors.New(result.Errors[0].Text)
		}
		if err := b.write(strings.TrimSuffix(name, ".ts")+".js", result.OutputFiles[0].Contents); err != nil {
			return err
		}
	}
	return nil
}

// page writes index.html with its policy: everything comes from the page's own files. The
// report and the dossier are shown in a frame, which has the page's policy beside its
// own, so their styles and scripts are allowed by their hashes.
func (b *builder) page() error {
	text, err := os.ReadFile(filepath.Join(top, "web/page/index.html"))
	if err != nil {
		return err
	}
	scripts, styles, err := framed()
	if err != nil {
		return err
	}
	policy := strings.Join([]string{
		"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval' " + scripts, "style-src 'self' " + styles,
		"connect-src 'self'", "worker-src 'self'", "img-src data:", "frame-src 'self'", "base-uri 'none'", "form-action 'none'",
	}, "; ")
	if err := b.write("index.html", bytes.Replace(text, []byte("POLICY"), []byte(policy), 1)); err != nil {
		return err
	}
	style, err := os.ReadFile(filepath.Join(top, "web/page/style.css"))
	if err != nil {
		return err
	}
	return b.write("style.css", style)
}

// inline matches the scripts and styles of a page.
var inline = regexp.MustCompile(`(?s)<(script|style)>(.*?)</(?:script|style)>`)

// framed gives the hashes of the scripts and styles in the documents that the page shows,
// as a policy writes them. They are the same for every program.
func framed() (scripts, styles string, err error) {
	hashes := map[string][]string{}
	for _, in := range []lang.Code{lang.Chinese, lang.English} {
		s := session.Session{Lang: in}
		app := session.File{Path: "app.json", Read: func() ([]byte, error) { return []byte(`{"pages": ["a"]}`), nil }}
		if err := s.Open(context.Background(), []session.File{app}, verdict.Inputs{}); err != nil {
			return "", "", err
		}
		for _, kind := range []string{"html", "dossier-html"} {
			page, err := s.Write(kind)
			if err != nil {
				return "", "", err
			}
			for _, m := range inline.FindAllSubmatch(page, -1) {
				hash := report.PolicyHash(string(m[2]))
				if tag := string(m[1]); !slices.Contains(hashes[tag], hash) {
					hashes[tag] = append(hashes[tag], hash)
				}
			}
		}
	}
	return strings.Join(hashes["script"], " "), strings.Join(hashes["style"], " "), nil
}

// licences writes what goes with the program. Who uses the page without a network needs none of it, so it comes after the list of
// files to keep.
func (b *builder) licences() error {
	for _, name := range []string{"LICENSE", "THIRD_PARTY_NOTICES.txt"} {
		text, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			return err
		}
		if err := b.write(name, text); err != nil {
			return err
		}
	}
	return nil
}

// serviceWorker writes the script that keeps the page, named after its content.
func (b *builder) serviceWorker() error {
	sum, names := sha256.New(), b.names()
	for _, name := range names {
		fmt.Fprintf(sum, "%s %d\n%s", name, len(b.files[name]), b.files[name])
	}
	list, err := json.Marshal(append([]string{"./"}, names...))
	if err != nil {
		return err
	}
	return b.scripts(map[string]string{
		"VERSION": fmt.Sprintf("%q", "beian-"+hex.EncodeToString(sum.Sum(nil))[:16]), "FILES": string(list),
	}, "sw.ts")
}
