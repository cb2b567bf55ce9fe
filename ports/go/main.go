// Sealproof port: both systems in Go, on the standard library, golang.org/x/crypto and golang.org/x/text.
//
// In: one request of the port protocol per line.  Out: one answer per line.
// This file is the protocol's loop; members.go reads a request's members, operations.go has the table of what can be asked.
// Written as a port that means to conform: what Go's libraries let through, or panic at, is checked before they are called.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
)

// A line of the protocol may be 16 MiB long; the scanner wants room for its end too.
const lineMax = 16<<20 + 2

// request is a line as it came; an id that is not known leaves nothing to answer to.
type request struct {
	id    json.RawMessage
	op    string
	input json.RawMessage
}

func main() {
	if err := serve(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// serve answers requests until the input ends. The output has no buffer: each answer is written at once and whole.
func serve(in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 1<<16), lineMax)
	for lines.Scan() {
		asked, err := readRequest(lines.Bytes())
		if asked.id == nil {
			fmt.Fprintln(os.Stderr, "not a request:", err)
			continue
		}
		line, err := json.Marshal(reply(asked, err))
		if err != nil {
			return err
		}
		if _, err := out.Write(append(line, '\n')); err != nil {
			return err
		}
	}
	return lines.Err()
}

func readRequest(line []byte) (request, error) {
	read := newReader("request", line)
	id := read.members["id"]
	read.integer("id")
	if read.err != nil {
		return request{}, read.err
	}
	asked := request{id: id, op: read.text("op"), input: read.raw("input")}
	return asked, read.end()
}

// reply is the answer with its id. A request that does not fit is the runner's fault or the adapter's: no verdict on the input.
func reply(asked request, unfit error) map[string]any {
	answer := failure(unfit)
	if unfit == nil {
		answer = answerTo(asked)
	}
	answer["id"] = asked.id
	return answer
}

func answerTo(asked request) map[string]any {
	if asked.op == "hello" {
		return map[string]any{"output": hello()}
	}
	operation, known := operations[asked.op]
	if !known {
		return map[string]any{"unsupported": detail("no operation " + asked.op)}
	}
	in, err := readInput(newReader("input", asked.input), operation.members)
	if err != nil {
		return failure(err)
	}
	out, err := run(operation, in)
	if refused, ok := errors.AsType[*refusal](err); ok {
		return map[string]any{"reject": map[string]string{"reason": refused.reason, "detail_text": refused.detail}}
	}
	if errors.Is(err, errUnclaimed) {
		return map[string]any{"unsupported": detail(err.Error())}
	}
	if err != nil {
		return failure(err)
	}
	return map[string]any{"output": out}
}

// run calls the operation. A panic is the port's fault: said so, and never taken for a refusal.
func run(operation operation, in *input) (out output, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			fmt.Fprintf(os.Stderr, "%v\n%s", cause, debug.Stack())
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	return operation.run(in)
}

func failure(err error) map[string]any {
	return map[string]any{"failure": detail(fmt.Sprint(err))}
}

func detail(text string) map[string]string {
	return map[string]string{"detail_text": text}
}
