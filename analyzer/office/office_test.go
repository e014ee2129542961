package office

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// evil is a text that must stay one: markup, a formula, control characters, both kinds of line.
const evil = "=1+1 <w:b/>&\"'\x00\x1b]]>\n二 行"

func document() *Doc {
	d := &Doc{Title: "备案材料：" + evil, Language: "zh-CN"}
	d.Heading(1, "一、"+evil)
	d.Paragraph(evil)
	d.Item("待确认", evil)
	d.Item("", "plain")
	d.Table([]string{"字段", evil}, [][]string{{evil, "内容"}, {"短"}}, []int{1, 3})
	d.Table(nil, [][]string{{"head", "cell"}}, nil)
	d.Table(nil, nil, nil)
	return d
}

func sheets() []Sheet {
	return []Sheet{
		{Name: "已收集[清单]/a:b*?", Head: []string{"信息", "位置"}, Rows: [][]string{{evil, "a.wxml:1"}, {"手机号", strings.Repeat("很长", 40)}}, Widths: []int{10, 20}},
		{Name: strings.Repeat("长", 40), Head: []string{"空"}},
	}
}

// parts reads a file back: every part is well-formed XML.
func parts(t *testing.T, file []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		require.NoError(t, err)
		text, err := io.ReadAll(r)
		require.NoError(t, err)
		decoder := xml.NewDecoder(bytes.NewReader(text))
		for {
			if _, err := decoder.Token(); err == io.EOF {
				break
			} else {
				require.NoError(t, err, f.Name)
			}
		}
		out[f.Name] = string(text)
	}
	return out
}

func TestDocx(t *testing.T) {
	var first, second bytes.Buffer
	require.NoError(t, document().Write(&first))
	require.NoError(t, document().Write(&second))
	require.Equal(t, first.Bytes(), second.Bytes(), "the same bytes each time")
	text := parts(t, first.Bytes())["word/document.xml"]
	require.Contains(t, text, "=1+1 &lt;w:b/&gt;&amp;&quot;'??]]&gt;</w:t></w:r><w:r><w:br/><w:t xml:space=\"preserve\">二 行")
	require.Equal(t, 2, strings.Count(text, "<w:tbl>"), "a table without rows is none")
	require.Contains(t, text, `<w:pgSz w:w="11906" w:h="16838"/>`, "A4")
}

func TestXlsx(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, WriteSheets(&out, sheets()))
	all := parts(t, out.Bytes())
	require.Contains(t, all["xl/workbook.xml"], `name="已收集 清单  a b  "`)
	require.Contains(t, all["xl/workbook.xml"], `name="`+strings.Repeat("长", 31)+`"`)
	sheet := all["xl/worksheets/sheet1.xml"]
	require.NotContains(t, sheet, "<f>", "no text is a formula")
	require.Contains(t, sheet, `<row r="3" ht="128" customHeight="1">`, "the row is as high as its text")
	require.Contains(t, sheet, `<autoFilter ref="A1:B3"/>`)
}

func TestColumn(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 703: "AAA"} {
		require.Equal(t, want, column(n))
	}
}

// LibreOffice opens both files and finds their texts. It takes seconds, so it runs only where
// it is asked for.
func TestLibreOfficeOpens(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil || os.Getenv("BEIAN_SOFFICE") == "" {
		t.Skip("no soffice, or BEIAN_SOFFICE is not set")
	}
	dir := t.TempDir()
	create := func(name string, write func(io.Writer) error) string {
		f, err := os.Create(filepath.Join(dir, name))
		require.NoError(t, err)
		require.NoError(t, write(f))
		require.NoError(t, f.Close())
		return f.Name()
	}
	convert := func(file, to string) string {
		said, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(dir)+"/profile", "--headless", "--convert-to", to,
			"--outdir", dir, file).CombinedOutput()
		require.NoError(t, err, string(said))
		kind, _, _ := strings.Cut(to, ":")
		text, err := os.ReadFile(strings.TrimSuffix(file, filepath.Ext(file)) + "." + kind)
		require.NoError(t, err, string(said))
		return string(text)
	}
	text := convert(create("a.docx", document().Write), "txt:Text (encoded):UTF8")
	require.Contains(t, text, "备案材料：=1+1 <w:b/>&")
	require.Contains(t, text, "[待确认]")
	rows, err := csv.NewReader(strings.NewReader(convert(create("b.xlsx", func(w io.Writer) error { return WriteSheets(w, sheets()) }),
		"csv:Text - txt - csv (StarCalc):44,34,76"))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"信息", "位置"}, rows[0])
	require.Equal(t, "手机号", rows[2][0])
}
