//go:build js && wasm

// Command lsp is the language server (analyzer/lsp) for a worker of a browser, which the
// extension of VS Code for the Web starts. The editor hands the files over, as the worker
// cannot read them. It sets the object beian of the worker:
//
//	beian.put(path, bytes)     the file at an absolute path, or null if it is gone
//	beian.receive(message)     a message of the protocol, as JSON
//
// and calls beianSend(message) for each message to the editor. The worker has one thread:
// what comes during an analysis waits for its end.
package main

import (
	"context"
	"syscall/js"
	"time"

	"github.com/beian/beian/analyzer"
	"github.com/beian/beian/analyzer/lsp"
	"github.com/beian/beian/web/session"
)

// version is set by the build.
var version = "development"

func main() {
	files := session.NewStore()
	in := newInbox()
	js.Global().Set("beian", map[string]any{
		"put": js.FuncOf(func(_ js.Value, args []js.Value) any {
			if args[1].IsNull() {
				files.Remove(args[0].String())
				return nil
			}
			data := make([]byte, args[1].Length())
			js.CopyBytesToGo(data, args[1])
			files.Put(args[0].String(), data)
			return nil
		}),
		"receive": js.FuncOf(func(_ js.Value, args []js.Value) any {
			in.add(args[0].String())
			return nil
		}),
	})
	err := lsp.Serve(context.Background(), in, outbox{}, lsp.Options{
		Version: version, Open: files.Open,
		Analyze: func(ctx context.Context, dir analyzer.Dir) (*analyzer.Scan, error) {
			dir.Today = time.Now().Format(time.DateOnly)
			return session.Scan(ctx, dir, analyzer.Options{Version: version})
		},
	})
	if err != nil {
		js.Global().Get("console").Call("error", "beian: "+err.Error())
	}
}
