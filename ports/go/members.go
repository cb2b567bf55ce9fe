// The members of the port protocol: a request's into Go's types, an answer's out of them.

package main

import (
	"encoding/hex"
	"fmt"
	"strings"
)

// input holds the members of a request, whichever the operation has. An optional one that is not given is nil.
type input struct {
	message, key, password, salt, iv, nonce, aad, plaintext, ciphertext []byte
	block, keySalt, record, envelope                                    []byte
	iterations, length, passes, memoryKiB, lanes, tagLength             int64
	passwordText, emailText, hashText, storedText, idText               string
}

// fields tells where each member goes, and by the field's type how it is written: hex, an integer or text.
func (in *input) fields() map[string]any {
	return map[string]any{
		"message": &in.message, "key": &in.key, "password": &in.password, "salt": &in.salt, "iv": &in.iv, "nonce": &in.nonce,
		"aad": &in.aad, "plaintext": &in.plaintext, "ciphertext": &in.ciphertext, "input": &in.block, "key_salt": &in.keySalt,
		"record": &in.record, "envelope": &in.envelope, "iterations": &in.iterations, "length": &in.length,
		"passes": &in.passes, "memory_kib": &in.memoryKiB, "lanes": &in.lanes, "tag_length": &in.tagLength,
		"password_text": &in.passwordText, "email_text": &in.emailText, "hash_text": &in.hashText,
		"stored_text": &in.storedText, "id_text": &in.idText,
	}
}

// readInput reads exactly the members named, of which `name?` may be absent.
func readInput(read *reader, names string) (*input, error) {
	in := &input{}
	fields := in.fields()
	for _, name := range strings.Fields(names) {
		name, optional := strings.CutSuffix(name, "?")
		if optional && !read.has(name) {
			continue
		}
		readMember(read, name, fields[name])
	}
	return in, read.end()
}

func readMember(read *reader, name string, field any) {
	switch field := field.(type) {
	case *[]byte:
		*field = read.hex(name)
	case *int64:
		*field = read.integer(name)
	case *string:
		*field = read.text(name)
	default:
		read.fail(fmt.Errorf("the adapter has no member %s", name))
	}
}

// output holds the members of an answer.
type output map[string]any

// bytes are written as lower-case hex.
type bytes []byte

// MarshalText makes encoding/json write hex.
func (b bytes) MarshalText() ([]byte, error) {
	return []byte(hex.EncodeToString(b)), nil
}
