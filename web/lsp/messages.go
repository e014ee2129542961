//go:build js && wasm

package main

import (
	"bytes"
	"fmt"
	"sync"
	"syscall/js"
)

// inbox is what the editor sent, in the framing of the protocol. Adding to it never waits,
// as the worker calls it.
type inbox struct {
	mu    sync.Mutex
	more  *sync.Cond
	bytes bytes.Buffer
}

func newInbox() *inbox {
	b := &inbox{}
	b.more = sync.NewCond(&b.mu)
	return b
}

func (b *inbox) add(message string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	fmt.Fprintf(&b.bytes, "Content-Length: %d\r\n\r\n%s", len(message), message)
	b.more.Signal()
}

// Read waits until there is something to read.
func (b *inbox) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for b.bytes.Len() == 0 {
		b.more.Wait()
	}
	return b.bytes.Read(p)
}

// outbox gives the worker each message, which the server writes at once, without its frame.
type outbox struct{}

// Write sends one message.
func (outbox) Write(p []byte) (int, error) {
	_, message, _ := bytes.Cut(p, []byte("\r\n\r\n"))
	js.Global().Call("beianSend", string(message))
	return len(p), nil
}
