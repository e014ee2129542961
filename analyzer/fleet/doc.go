// Package fleet scans many mini programs: it reads which there are (List, Find),
// lets workers scan them one by one (Run), keeps what is done in a journal so that
// the next run goes on where one was ended (Journal), and joins the lines of any
// number of runs into one picture (Merge).
//
// It takes entries and gives one Line for each. A Line depends on the files of its
// entry alone: not on other entries, on the number of workers, or on how often the
// run was ended. So the lines of shards, joined, are those of one run.
//
// How a program is scanned is not its business: a Worker does it, in a process of its
// own (cmd/beian). A worker that dies, hangs or takes too much memory costs the
// entry that it was at, and nothing else.
//
//	list.go      what to scan          → Entry
//	find.go      programs of a tree    → Entry
//	line.go      what a scan found     → Line
//	run.go       workers, order, faults
//	journal.go   what is done
//	merge.go     lines of many runs    → Fleet
//	against.go   what changed between two of them
//	table.go     a Fleet as rows, for CSV, xlsx and Parquet
//	dashboard.go a Fleet as a page
package fleet
