// Package analyzer finds where mini programs collect personal information and
// where it goes. [Analyze] takes directories and detectors and returns a [Scan]:
// what is known of each program, not masked. [Scan.Report] makes the masked report,
// which package report writes in eleven formats.
//
//	scan, err := analyzer.Analyze(ctx, []analyzer.Dir{{Path: ".", FS: os.DirFS(".")}},
//		analyzer.Options{Detectors: detectors.All()})
//	…
//	err = report.Text(os.Stdout, scan.Report(), report.Options{Lang: lang.English})
//
// The examples scan a directory and add a detector of one's own. What each station
// on the way does is said in its own package; docs/architecture.md lists them in
// order.
//
// # What is stable
//
// From version 1.0, the exported names of packages analyzer, analyzer/finding,
// analyzer/detect and analyzer/report keep their meaning within a major version, as
// do detectors.All, and the names of analyzer/lang, analyzer/law and analyzer/source
// that those four mention. Fields and functions may be added, so composite literals
// name their fields. A module of its own, examples/library, uses only these; it is
// built and run with every change. All other packages, among them the syntax trees, the program model and
// the flow engine, which a detector sees through detect.Pass, may change in any
// minor version; the changelog says what changed. Before 1.0 everything may.
//
// The JSON report, exit statuses, flags and fingerprints have a promise of their
// own, in CONTRIBUTING.md.
//
// # Concurrency and safety
//
// Analyze may be called from several goroutines. It reads only from Dir.FS, runs
// nothing of the scanned program and uses no network. Bad input never makes it
// panic: what could not be read is in Analysis.Unread, and so is the piece of a
// program that a fault of the analyzer itself left out.
package analyzer
