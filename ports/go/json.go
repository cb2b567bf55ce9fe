// A strict reader of flat JSON objects, on encoding/json: it serves requests, records and envelopes alike.
// In: a text.  Out: its members, each once, or the refusal of the first that is not as it must be.

package main

import (
	stdbytes "bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reader takes the members out of a flat object, one by one, and keeps the first error, which end returns.
type reader struct {
	document string // its name in errors
	members  map[string]json.RawMessage
	err      error
}

// newReader reads UTF-8 without a byte order mark, one object, nothing after it, no name twice.
//
// Unmarshalling into a struct would match names whatever their case, keep the last of two, and put U+FFFD for broken UTF-8.
func newReader(document string, text []byte) *reader {
	r := &reader{document: document, members: map[string]json.RawMessage{}}
	if !utf8.Valid(text) || !json.Valid(text) {
		r.fail(malformed("%s is not JSON", document))
		return r
	}
	tokens := json.NewDecoder(stdbytes.NewReader(text))
	if start, err := tokens.Token(); err != nil || start != json.Delim('{') {
		r.fail(malformed("%s is not an object", document))
		return r
	}
	for r.err == nil && tokens.More() {
		r.readMember(tokens)
	}
	return r
}

func (r *reader) readMember(tokens *json.Decoder) {
	token, err := tokens.Token()
	name, isName := token.(string)
	if err != nil || !isName {
		r.fail(malformed("%s has no name where one belongs", r.document))
	}
	if r.has(name) {
		r.fail(malformed("%s has %q twice", r.document, name))
	}
	var value json.RawMessage
	if err := tokens.Decode(&value); err != nil {
		r.fail(malformed("%s.%s: %v", r.document, name, err))
	}
	r.members[name] = value
}

func (r *reader) has(name string) bool {
	_, has := r.members[name]
	return has
}

// raw takes a member as it stands.
func (r *reader) raw(name string) json.RawMessage {
	value, has := r.members[name]
	if !has {
		r.fail(malformed("%s.%s is missing", r.document, name))
	}
	delete(r.members, name)
	return value
}

// text takes a text: no lone surrogate, for which encoding/json would put U+FFFD.
func (r *reader) text(name string) string {
	var text string
	raw := r.raw(name)
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		r.fail(malformed("%s.%s is not a text", r.document, name))
	}
	if strings.ContainsRune(text, utf8.RuneError) && hasLoneSurrogate(raw) {
		r.fail(malformed("%s.%s has a lone surrogate", r.document, name))
	}
	return text
}

// integer takes an integer in its one spelling: no `1e3`, `1.0` or `-0`.
func (r *reader) integer(name string) int64 {
	raw := string(r.raw(name))
	value, err := strconv.ParseInt(raw, 10, 64)
	if err != nil || strconv.FormatInt(value, 10) != raw {
		r.fail(malformed("%s.%s is not an integer", r.document, name))
	}
	return value
}

// natural takes an integer from 0.
func (r *reader) natural(name string) int64 {
	value := r.integer(name)
	if value < 0 {
		r.fail(malformed("%s.%s is negative", r.document, name))
	}
	return value
}

// number takes a number, whole or not.
func (r *reader) number(name string) float64 {
	value, err := strconv.ParseFloat(string(r.raw(name)), 64)
	if err != nil {
		r.fail(malformed("%s.%s is not a number", r.document, name))
	}
	return value
}

// hex takes lower-case hex; encoding/hex takes capitals too.
func (r *reader) hex(name string) []byte {
	text := r.text(name)
	decoded, err := hex.DecodeString(text)
	if err != nil || strings.ToLower(text) != text {
		r.fail(malformed("%s.%s is not lower-case hex", r.document, name))
	}
	return decoded
}

// base64 takes the one spelling of its bytes. Even when strict, encoding/base64 skips the ends of lines.
func (r *reader) base64(name string, alphabet *base64.Encoding) []byte {
	text := r.text(name)
	decoded, err := alphabet.DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		r.fail(malformed("%s.%s is not base64 as it is written", r.document, name))
	}
	return decoded
}

// sized looks at the length of bytes that were taken.
func (r *reader) sized(name string, value []byte, size int) []byte {
	r.fail(sized(r.document+"."+name, value, size))
	return value
}

// fixed takes a text that may be one thing only, if it is there at all.
func (r *reader) fixed(name, only string) {
	if r.has(name) && r.text(name) != only {
		r.fail(parameter("%s.%s is not %s", r.document, name, only))
	}
}

// end is the first error; a member that is left over is one too.
func (r *reader) end() error {
	for name := range r.members {
		r.fail(malformed("%s.%s is unknown", r.document, name))
	}
	return r.err
}

// fail keeps an error, if it is one and the first.
func (r *reader) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// The two alphabets, each with its padding or without. Strict refuses stray bits in the last character.
var (
	standardBase64 = base64.StdEncoding.Strict()
	base64URL      = base64.RawURLEncoding.Strict()
)

// Escapes from left to right: a pair of surrogates, one alone (the group), any other.
var escapes = regexp.MustCompile(`\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(u[dD][89a-fA-F])|.)`)

func hasLoneSurrogate(raw []byte) bool {
	for _, found := range escapes.FindAllSubmatch(raw, -1) {
		if found[1] != nil {
			return true
		}
	}
	return false
}

// quoted writes a text with those escapes only that JSON must have. encoding/json also escapes <, >, &, U+2028 and U+2029.
func quoted(text string) string {
	return `"` + needed.Replace(text) + `"`
}

var needed = func() *strings.Replacer {
	pairs := []string{`"`, `\"`, `\`, `\\`}
	for control := range rune(0x20) {
		escaped, _ := json.Marshal(string(control)) // a string always has its JSON
		pairs = append(pairs, string(control), strings.Trim(string(escaped), `"`))
	}
	return strings.NewReplacer(pairs...)
}()
