// The reasons for which an input is refused, by their names in the protocol.

package main

import (
	"errors"
	"fmt"
)

// errUnclaimed: outside what hello claims, so nothing is said of the input.
var errUnclaimed = errors.New("Go has tags of other lengths than 16 bytes for IVs of 12 bytes only")

// refusal says that the port refuses the input, as it would in production, and why.
type refusal struct{ reason, detail string }

func (r *refusal) Error() string { return r.detail }

// malformed: it does not parse.
func malformed(format string, arguments ...any) error {
	return &refusal{"malformed", fmt.Sprintf(format, arguments...)}
}

// parameter: a value outside what the format or the primitive allows.
func parameter(format string, arguments ...any) error {
	return &refusal{"parameter", fmt.Sprintf(format, arguments...)}
}

// tooCostly: a cost above the port's ceiling, refused before the work.
func tooCostly(format string, arguments ...any) error {
	return &refusal{"too-costly", fmt.Sprintf(format, arguments...)}
}

// unauthentic: a wrong tag, which is also what a wrong password or key looks like.
func unauthentic(err error) error {
	return &refusal{"authentication", err.Error()}
}

// sized refuses bytes of another length.
func sized(name string, value []byte, size int) error {
	if len(value) != size {
		return parameter("%s is %d bytes, not %d", name, len(value), size)
	}
	return nil
}
