package lsp

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"sync"
)

// The framing and the messages of JSON-RPC 2.0 as the protocol uses them. They
// fit on a screen, so no library is needed.

// maxMessage bounds what one message may make us allocate: ten times the largest
// script that is read.
const maxMessage = 32 << 20

// message is a request (ID and Method), a notification (Method) or a response
// (ID alone).
type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   *Error          `json:"error,omitempty"`
}

func (m *message) isRequest() bool { return m.Method != "" && m.ID != nil }

// Error is the error of a response.
type Error struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Error returns the message as the editor shows it.
func (e *Error) Error() string { return e.Message }

// Codes of errors, of JSON-RPC and of the protocol.
const (
	parseError     = -32700
	invalidRequest = -32600
	methodNotFound = -32601
	invalidParams  = -32602
	internalError  = -32603
	notInitialized = -32002
	requestFailed  = -32803
	cancelled      = -32800
)

// errFraming is the end of a connection: without a length nobody knows where the
// next message begins.
var errFraming = errors.New("the input is not in the framing of the language server protocol")

// readMessage returns the body of the next message.
func readMessage(r *bufio.Reader) ([]byte, error) {
	length := -1
	for {
		line, err := r.ReadSlice('\n')
		switch {
		case err == io.EOF && len(line) == 0 && length < 0:
			return nil, io.EOF
		case err == bufio.ErrBufferFull:
			return nil, fmt.Errorf("%w: a header without end", errFraming)
		case err == io.EOF:
			return nil, io.ErrUnexpectedEOF
		case err != nil:
			return nil, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, found := strings.Cut(string(line), ":")
		if !found {
			return nil, fmt.Errorf("%w: %.40q is no header", errFraming, line)
		}
		if strings.EqualFold(strings.TrimSpace(name), "Content-Length") {
			length, err = strconv.Atoi(strings.TrimSpace(value))
			if err != nil || length < 0 || length > maxMessage {
				return nil, fmt.Errorf("%w: a message of %.20q bytes", errFraming, value)
			}
		}
	}
	if length < 0 {
		return nil, fmt.Errorf("%w: no Content-Length", errFraming)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(r, body); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return body, nil
}

// client is the way to the editor. It is safe for use by several goroutines.
type client struct {
	mu   sync.Mutex
	out  io.Writer
	last int   // ID of our last request
	err  error // the first error of out
}

func (c *client) send(m message) {
	m.JSONRPC = "2.0"
	body, err := json.Marshal(m)
	if err != nil {
		panic(err) // all of it is of our own making
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		_, c.err = fmt.Fprintf(c.out, "Content-Length: %d\r\n\r\n%s", len(body), body)
	}
}

func (c *client) respond(id json.RawMessage, result any, err *Error) {
	if id == nil {
		id = json.RawMessage("null")
	}
	m := message{ID: id, Error: err}
	if err == nil {
		m.Result = raw(result)
	}
	c.send(m)
}

func (c *client) notify(method string, params any) {
	c.send(message{Method: method, Params: raw(params)})
}

// request asks the editor for something. Its answer changes nothing for us.
func (c *client) request(method string, params any) {
	c.mu.Lock()
	c.last++
	id := fmt.Appendf(nil, `"beian-%d"`, c.last)
	c.mu.Unlock()
	c.send(message{ID: id, Method: method, Params: raw(params)})
}

func (c *client) failed() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func raw(v any) json.RawMessage {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // all of it is of our own making
	}
	return body
}
