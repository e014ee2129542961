package fleet

import (
	"encoding/csv"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"

	"github.com/beian/beian/analyzer/finding"
	"github.com/beian/beian/analyzer/office"
)

// Row is one program of a fleet, or an entry that was not scanned, as a row of a table.
// The tags are the columns of Parquet, which are also those of CSV and xlsx.
type Row struct {
	Entry      string   `parquet:"entry"`
	Status     string   `parquet:"status"`
	Failure    string   `parquet:"failure"` // kind
	Message    string   `parquet:"message"` // why it was not scanned
	CopyOf     string   `parquet:"copy_of"` // the first entry with the same content
	Root       string   `parquet:"root"`
	Program    string   `parquet:"program"`
	Platform   string   `parquet:"platform"`
	Framework  string   `parquet:"framework"`
	AppID      string   `parquet:"app_id"`
	Pages      int64    `parquet:"pages"`
	Files      int64    `parquet:"files"`
	Verdict    string   `parquet:"verdict"`
	Triggering []string `parquet:"triggering,list"` // categories that trigger the verdict
	Collects   []string `parquet:"collects,list"`   // every category
	Sent       []string `parquet:"sent,list"`       // those that leave the device
	Open       []string `parquet:"open,list"`       // those of which it is not known in full where they go
	Recipients []string `parquet:"recipients,list"`
	Required   []string `parquet:"required,list"`  // rulebooks that apply
	Questions  []string `parquet:"questions,list"` // rulebooks that need an answer of a person
	Critical   int64    `parquet:"critical"`
	High       int64    `parquet:"high"`
	Medium     int64    `parquet:"medium"`
	Low        int64    `parquet:"low"`
	Unread     int64    `parquet:"unread"`
	Hiding     int64    `parquet:"hiding"` // unread things that could hide a collection point
	Report     string   `parquet:"report"`
}

// Rows gives the programs of f, by entry.
func (f *Fleet) Rows() []Row {
	rows := []Row{}
	first := map[string]string{}
	for i := range f.Lines {
		l := &f.Lines[i]
		r := Row{Entry: l.Name, Status: string(l.Status), Report: l.Report}
		if l.Status == NotLooked {
			r.Failure = string(l.Failure.kind())
			if l.Failure != nil {
				r.Message = l.Failure.Text
			}
			rows = append(rows, r)
			continue
		}
		if of, copied := first[l.Content]; copied {
			r.CopyOf = of
		} else {
			first[l.Content] = l.Name
		}
		for j := range l.Programs {
			rows = append(rows, rowOf(r, &l.Programs[j]))
		}
	}
	return rows
}

func rowOf(r Row, p *Program) Row {
	r.Root, r.Program, r.Platform, r.Framework, r.AppID = p.Root, p.Name, p.Platform, p.Framework, p.AppID
	r.Pages, r.Files, r.Unread, r.Hiding = int64(p.Pages), int64(p.Files), int64(p.Unread), int64(p.Hiding)
	r.Verdict, r.Triggering = p.Verdict, names(p.Categories)
	for _, c := range p.Collects {
		r.Collects = append(r.Collects, string(c.Category))
		if c.Sent > 0 {
			r.Sent = append(r.Sent, string(c.Category))
		}
		if c.Open > 0 {
			r.Open = append(r.Open, string(c.Category))
		}
	}
	for _, to := range p.Recipients {
		r.Recipients = append(r.Recipients, to.Host)
	}
	r.Required, r.Questions = answered(p, "required"), answered(p, "needs-input")
	r.Critical, r.High = int64(p.Problems["critical"]), int64(p.Problems["high"])
	r.Medium, r.Low = int64(p.Problems["medium"]), int64(p.Problems["low"])
	return r
}

func names(list []finding.Category) []string {
	var out []string
	for _, c := range list {
		out = append(out, string(c))
	}
	return out
}

// Columns are the names of the columns of a row.
func Columns() []string {
	var out []string
	for _, column := range parquet.SchemaOf(Row{}).Fields() {
		out = append(out, column.Name())
	}
	return out
}

// cells gives the fields of a row as they are written into a table: lists are joined.
func (r *Row) cells() []string {
	v := reflect.ValueOf(r).Elem()
	out := make([]string, v.NumField())
	for i := range out {
		switch field := v.Field(i).Interface().(type) {
		case string:
			out[i] = field
		case int64:
			out[i] = strconv.FormatInt(field, 10)
		case []string:
			out[i] = strings.Join(field, " ")
		}
	}
	return out
}

// WriteCSV writes the programs as CSV, with a byte order mark, without which table
// programs on Windows take Chinese for something else. A cell that they would take for a
// formula begins with an apostrophe.
func (f *Fleet) WriteCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(Columns()); err != nil {
		return err
	}
	rows := f.Rows()
	for i := range rows {
		cells := rows[i].cells()
		for j := range cells {
			cells[j] = harmless(cells[j])
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless keeps a cell from being taken for a formula (OWASP, CSV Injection).
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

// WriteXLSX writes a workbook: the programs, and who gets what from how many.
func (f *Fleet) WriteXLSX(w io.Writer) error {
	programs := office.Sheet{Name: "programs", Head: Columns(), Widths: []int{40, 10, 12, 30, 30, 20, 24}}
	rows := f.Rows()
	for i := range rows {
		programs.Rows = append(programs.Rows, rows[i].cells())
	}
	recipients := office.Sheet{Name: "recipients", Head: []string{"host", "programs", "categories"}, Widths: []int{40, 12, 60}}
	for _, r := range f.Totals.Recipients {
		recipients.Rows = append(recipients.Rows, []string{r.Host, strconv.Itoa(r.Programs), strings.Join(names(r.Categories), " ")})
	}
	return office.WriteSheets(w, []office.Sheet{programs, recipients})
}

// WriteParquet writes the programs as Parquet.
func (f *Fleet) WriteParquet(w io.Writer) error {
	out := parquet.NewGenericWriter[Row](w)
	if _, err := out.Write(f.Rows()); err != nil {
		return err
	}
	return out.Close()
}

// answered lists the rulebooks of p with that answer.
func answered(p *Program, answer string) []string {
	var out []string
	for _, id := range slices.Sorted(maps.Keys(p.Rulebooks)) {
		if p.Rulebooks[id] == answer {
			out = append(out, id)
		}
	}
	return out
}
