package main

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/beian/beian/analyzer/report"
	"github.com/beian/beian/internal/heavy"
)

// What whole scans cost, each in a process of its own:
//
//	go test ./cmd/beian -run - -bench 'Many|HostileScans|Processors' -benchtime 1x

// peakFile is the variable that names the file to which a process that acts as the program
// copies what Linux knows of its memory. (What a parent is told of a child's peak is not
// less than the parent's own.)
const peakFile = "BEIAN_TEST_PEAK"

var peakLine = regexp.MustCompile(`(?m)^VmHWM:\s*(\d+) kB$`)

// tellPeak is called at the end of such a process.
func tellPeak() {
	if name := os.Getenv(peakFile); name != "" {
		if status, err := os.ReadFile("/proc/self/status"); err == nil {
			os.WriteFile(name, status, 0o666)
		}
	}
}

// cost is what a process took.
type cost struct {
	cpu  time.Duration // of all processors
	peak float64       // in MB; 0 if the system does not tell
}

// scanned scans dir in a process of its own, with further variables, and returns the report
// in a format.
func scanned(b *testing.B, format, dir string, variables ...string) (cost, string) {
	self, err := os.Executable()
	require.NoError(b, err)
	peak := filepath.Join(b.TempDir(), "peak")
	cmd := exec.Command(self, "scan", "--quiet", "--fail-on", "never", "--format", format, dir)
	cmd.Env = append(os.Environ(), append(variables, "BEIAN_TEST_AS_PROGRAM=1", "LANG=en_US.UTF-8", peakFile+"="+peak)...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	require.NoError(b, cmd.Run(), stderr.String())
	c := cost{cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if status, err := os.ReadFile(peak); err == nil {
		line := peakLine.FindSubmatch(status)
		require.NotNil(b, line, "%s", status)
		kilobytes, err := strconv.ParseFloat(string(line[1]), 64)
		require.NoError(b, err)
		c.peak = kilobytes * 1024 / 1e6
	}
	return c, stdout.String()
}

// measure scans dir as often as b wants, reports what that costs at most, requires that its
// memory stays below a gigabyte, and returns the last report as JSON Lines.
func measure(b *testing.B, dir string, variables ...string) (most cost, report string) {
	return measureAs(b, "jsonl", dir, variables...)
}

// measureAs is measure for a report in any format.
func measureAs(b *testing.B, format, dir string, variables ...string) (most cost, text string) {
	for b.Loop() {
		var c cost
		c, text = scanned(b, format, dir, variables...)
		most = cost{max(most.cpu, c.cpu), max(most.peak, c.peak)}
	}
	b.ReportMetric(0, "ns/op") // the clock tells how busy the machine is
	b.ReportMetric(most.cpu.Seconds(), "cpu-s")
	b.ReportMetric(most.peak, "MB-peak")
	require.Less(b, most.peak, 1e3)
	return most, text
}

// phoneFields counts what a report says of fields for a phone number.
func phoneFields(report string) int { return strings.Count(report, `"rule":"field/phone"`) }

// BenchmarkManyFiles scans a program in a folder of 200,000 scripts that it does not use,
// as a build or a copy of packages leaves behind.
func BenchmarkManyFiles(b *testing.B) {
	const folders, each = 1000, 200
	dir := b.TempDir()
	require.NoError(b, os.CopyFS(dir, heavy.Page("{ m: '' }", "", "")))
	for i := range folders {
		folder := filepath.Join(dir, fmt.Sprintf("d%d", i))
		require.NoError(b, os.Mkdir(folder, 0o700))
		for j := range each {
			text := fmt.Sprintf("module.exports = { at: %d, of: require('./m%d') }\n", j, (j+1)%each)
			require.NoError(b, os.WriteFile(fmt.Sprintf("%s/m%d.js", folder, j), []byte(text), 0o600))
		}
	}
	_, report := measure(b, dir)
	require.Equal(b, 1, phoneFields(report))
}

// BenchmarkManyPages scans a program of 5,000 pages, each with a form that is sent.
func BenchmarkManyPages(b *testing.B) {
	const pages = 5000
	dir := b.TempDir()
	require.NoError(b, os.CopyFS(dir, heavy.Forms(pages)))
	_, report := measure(b, dir)
	require.Equal(b, pages, phoneFields(report))
}

// BenchmarkOneLine scans a page of 12,000 fields on one line, 700 KB, and writes it in every format.
func BenchmarkOneLine(b *testing.B) {
	const fields = 12_000
	dir := b.TempDir()
	require.NoError(b, os.CopyFS(dir, heavy.OneLine(fields)))
	for _, format := range slices.Sorted(maps.Keys(report.Formats)) {
		b.Run(format, func(b *testing.B) {
			c, text := measureAs(b, format, dir)
			require.Less(b, c.cpu, 10*time.Second)
			require.NotEmpty(b, text)
			if format == "jsonl" {
				require.Equal(b, fields+1, phoneFields(text))
			}
		})
	}
}

// BenchmarkHostileScans scans the programs of heavy.Hostile.
func BenchmarkHostileScans(b *testing.B) {
	all := heavy.Hostile()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			require.NoError(b, os.CopyFS(dir, all[name]))
			most, report := measure(b, dir)
			require.NotZero(b, phoneFields(report))
			require.Less(b, most.cpu, 10*time.Second)
		})
	}
}

// BenchmarkProcessors scans a shop with other numbers of processors and with the collector
// of garbage at work more or less often. All reports are the same.
func BenchmarkProcessors(b *testing.B) {
	dir := b.TempDir()
	require.NoError(b, os.CopyFS(dir, heavy.Shop(10)))
	_, first := scanned(b, "jsonl", dir)
	require.NotZero(b, phoneFields(first))
	for _, processors := range []string{"1", "2", "8"} {
		for _, percent := range []string{"off", "100", "400"} {
			b.Run("GOMAXPROCS="+processors+",GOGC="+percent, func(b *testing.B) {
				_, report := measure(b, dir, "GOMAXPROCS="+processors, "GOGC="+percent)
				require.True(b, first == report, "another report")
			})
		}
	}
}
