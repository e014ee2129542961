package session_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/materials"
	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/analyzer/verdict"
	"github.com/beian/beian/detectors"
	"github.com/beian/beian/web/session"
)

// given reads a folder as a page gets it: every path begins with the folder's name.
func given(t *testing.T, dir string) []session.File {
	t.Helper()
	var files []session.File
	require.NoError(t, fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		files = append(files, session.File{Path: path.Join(path.Base(dir), p), Size: info.Size(), Read: func() ([]byte,
			error) {
			return os.ReadFile(path.Join(dir, p))
		}})
		return err
	}))
	return files
}

// A session says what the analyzer says of the same files, as they are and in an archive.
func TestSessionIsTheAnalyzer(t *testing.T) {
	entries, err := os.ReadDir("../../fixtures/projects")
	require.NoError(t, err)
	for _, entry := range entries {
		dir := path.Join("../../fixtures/projects", entry.Name())
		dirs := []analyzer.Dir{{Path: ".", Name: entry.Name(), FS: os.DirFS(dir)}}
		scan, err := analyzer.Analyze(context.Background(), dirs, analyzer.Options{Detectors: detectors.All()})
		require.NoError(t, err)
		var want bytes.Buffer
		r := scan.Report()
		require.NoError(t, report.HTML(&want, r, report.Options{Lang: "zh", MinConfidence: 1}))
		files := given(t, dir)
		for _, given := range [][]session.File{files, {zipped(t, files)}} {
			s := session.Session{Lang: "zh"}
			require.NoError(t, s.Open(context.Background(), given, verdict.Inputs{}))
			got, err := s.Write("html")
			require.NoError(t, err)
			require.Equal(t, want.String(), string(got), entry.Name())
		}
	}
}

func zipped(t *testing.T, files []session.File) session.File {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range files {
		data, err := f.Read()
		require.NoError(t, err)
		w, err := z.Create(f.Path)
		require.NoError(t, err)
		_, err = w.Write(data)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return session.File{Path: "program.ZIP", Size: int64(out.Len()), Read: func() ([]byte, error) { return out.Bytes(), nil }}
}

func file(name, text string) session.File {
	return session.File{Path: name, Size: int64(len(text)), Read: func() ([]byte, error) { return []byte(text), nil }}
}

const asking = `<input placeholder="手机号" model:value="{{m}}"/>`

func program(more ...session.File) []session.File {
	return append([]session.File{file("x/app.json", `{"pages": ["a"]}`), file("x/a.wxml", asking), file("x/a.js", "Page({data: {m: ''}})")}, more...)
}

// Answers change the verdict, and become a beian.yaml that says the same.
func TestAnswers(t *testing.T) {
	s := session.Session{Lang: "en"}
	require.Error(t, s.Answer(verdict.Inputs{}))
	require.NoError(t, s.Open(context.Background(), program(), verdict.Inputs{}))
	const said = `{"type": "enterprise", "mainland": false, "persons": 1500000, "name": "", "abroad": null, "filing-number": "京ICP备12345678号-1X"}`
	in, err := session.ParseAnswers(said)
	require.NoError(t, err)
	require.EqualValues(t, 1500000, *in.Persons)
	require.Equal(t, verdict.No, in.Mainland)
	before, err := s.Write("json")
	require.NoError(t, err)
	require.NoError(t, s.Answer(in))
	after, err := s.Write("json")
	require.NoError(t, err)
	require.NotEqual(t, string(before), string(after))

	settings, err := session.Settings(said)
	require.NoError(t, err)
	require.Equal(t, "operator:\n    type: enterprise\n    filing-number: 京ICP备12345678号-1X\n    mainland: false\n    persons: 1500000\n", string(settings))
	again := session.Session{Lang: "en"}
	require.NoError(t, again.Open(context.Background(), program(file("x/beian.yaml", string(settings))), verdict.Inputs{}))
	require.Equal(t, s.Summary().Programs[0].Status, again.Summary().Programs[0].Status)
	for _, q := range session.Questions("zh") {
		require.NotEmpty(t, q.Text, q.Key)
		require.Equal(t, q.Kind == "choice", len(q.Choices) > 0, q.Key)
	}
}

// Fields of the filing form in beian.yaml are known here as they are to the command.
func TestFormFields(t *testing.T) {
	open, private := materials.FormFields()
	s := session.Session{Lang: "en"}
	settings := func(field string) session.File {
		return file("x/beian.yaml", "operator:\n  form:\n    "+field+": text\n")
	}
	require.NoError(t, s.Open(context.Background(), program(settings(open[0])), verdict.Inputs{}))
	require.Error(t, s.Open(context.Background(), program(settings(private[0])), verdict.Inputs{}), "data of people")
	require.Error(t, s.Open(context.Background(), program(settings("no-such-field")), verdict.Inputs{}))
}

// Every document can be written, in both languages.
func TestDocuments(t *testing.T) {
	for _, d := range session.Documents() {
		s := session.Session{Lang: "zh"}
		_, err := s.Write(d.Kind)
		require.Error(t, err)
		require.NoError(t, s.Open(context.Background(), program(), verdict.Inputs{}))
		data, err := s.Write(d.Kind)
		require.NoError(t, err)
		require.NotEmpty(t, data)
		require.NotEmpty(t, d.Title.ZH)
	}
	s := session.Session{Lang: "zh"}
	require.NoError(t, s.Open(context.Background(), program(), verdict.Inputs{}))
	_, err := s.Write("exe")
	require.Error(t, err)
}

// Bad input is told; nothing of a project is run.
func TestBadInput(t *testing.T) {
	open := func(files ...session.File) error {
		s := session.Session{Lang: "en"}
		return s.Open(context.Background(), files, verdict.Inputs{})
	}
	require.ErrorContains(t, open(), "no files")
	require.ErrorContains(t, open(file("a.zip", "PK nonsense")), "no zip file")
	require.ErrorContains(t, open(file("readme.txt", "x")), "no mini program")
	require.ErrorContains(t, open(program(file("x/beian.yaml", "what: ever"))...), "beian.yaml:1:1")
	require.ErrorContains(t, open(program(file("x/beian.yaml", "baseline: b.json"), file("x/b.json", "{"))...), "b.json")
	var bomb bytes.Buffer
	z := zip.NewWriter(&bomb)
	for _, name := range []string{"1", "2", "3"} {
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, UncompressedSize64: 1 << 30, Method: zip.Deflate})
		require.NoError(t, err)
		_, err = w.Write([]byte("x"))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	require.ErrorContains(t, open(file("b.zip", bomb.String())), "more than a mini program")

	s := session.Session{Lang: "en"}
	require.NoError(t, s.Open(context.Background(), program(
		file("x/beian.yaml", "detectors:\n  - own.js\n"), file("x/own.js", "while (true) {}"), file("x/../../etc/passwd", "x"),
		session.File{Path: "x/gone.js", Size: 3, Read: func() ([]byte, error) { return nil, os.ErrNotExist }},
	), verdict.Inputs{}))
	out, err := s.Write("json")
	require.NoError(t, err)
	require.Contains(t, string(out), "not run in the browser")
}

// The file system keeps the rules of one.
func TestFileSystem(t *testing.T) {
	files, err := session.Unzip(func() []byte { data, _ := zipped(t, program(file("x/b/c/d.js", "1"))).Read(); return data }())
	require.NoError(t, err)
	require.NoError(t, fstest.TestFS(session.Tree(files), "x/app.json", "x/a.wxml", "x/b/c/d.js"))
	_, err = fs.ReadFile(session.Tree(files), "none")
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.True(t, strings.HasPrefix(files[0].Path, "x/"))
}
