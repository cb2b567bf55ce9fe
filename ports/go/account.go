// What Notesnook's client sends in place of its password, and what the server keeps of that.
// In: an address, a password, a stored text.  Out: the hashes, and whether one is of the other.

package main

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

const (
	appSalt         = "oVzKtazBo7d8sb7TBvY9jw" // put before the address as text; it is not decoded
	storedBytes     = 128                      // libsodium's buffer, whose zeros the server keeps
	hashTextUnitMax = 2048                     // UTF-16 units that the server takes as a password
)

// Memory in KiB. The server asks libsodium, which counts in bytes, for 65536.
var (
	loginCosts  = argon2Costs{passes: 3, memoryKiB: 65536, lanes: 1, length: keyBytes}
	serverCosts = argon2Costs{passes: 3, memoryKiB: 64, lanes: 1, length: keyBytes}
)

var unpaddedBase64 = base64.RawStdEncoding.Strict()

// stored is what the server keeps of a login hash.
type stored struct {
	costs      argon2Costs
	salt, hash []byte
}

// loginHash lower-cases the address by Unicode's full rules, for which strings.ToLower is too simple.
func loginHash(in *input) (output, error) {
	hash, err := blake2b.New(noteSaltBytes, nil)
	if err != nil {
		return nil, err
	}
	hash.Write([]byte(appSalt + cases.Lower(language.Und).String(in.emailText)))
	key, err := loginCosts.derive(argon2.IDKey, []byte(in.passwordText), hash.Sum(nil))
	return output{"hash_text": base64URL.EncodeToString(key)}, err
}

func serverHash(in *input) (output, error) {
	salt, err := given("salt", in.salt, noteSaltBytes)
	if err != nil {
		return nil, err
	}
	kept := stored{costs: serverCosts, salt: salt}
	if kept.hash, err = kept.compute(in.hashText); err != nil {
		return nil, err
	}
	return output{"stored_text": kept.text()}, nil
}

func serverVerify(in *input) (output, error) {
	kept, err := readStored(in.storedText)
	if err != nil {
		return nil, err
	}
	hash, err := kept.compute(in.hashText)
	return output{"valid": subtle.ConstantTimeCompare(hash, kept.hash) == 1}, err
}

func (s stored) compute(hashText string) ([]byte, error) {
	if units := len(utf16.Encode([]rune(hashText))); units > hashTextUnitMax {
		return nil, parameter("hash_text is %d characters", units)
	}
	return s.costs.derive(argon2.IDKey, []byte(hashText), s.salt)
}

func (s stored) text() string {
	text := fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=1$%s$%s", s.costs.memoryKiB, s.costs.passes,
		unpaddedBase64.EncodeToString(s.salt), unpaddedBase64.EncodeToString(s.hash))
	return text + strings.Repeat("\x00", storedBytes-len(text))
}

var storedForm = regexp.MustCompile(`^\$argon2id\$v=19\$m=(0|[1-9]\d*),t=(0|[1-9]\d*),p=1\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$`)

// readStored reads the text alone, or with zeros up to the whole buffer.
func readStored(text string) (kept stored, err error) {
	if len(text) == storedBytes {
		text = strings.TrimRight(text, "\x00")
	}
	parts := storedForm.FindStringSubmatch(text)
	if parts == nil {
		return kept, malformed("stored_text is not as the server writes it")
	}
	kept.costs = argon2Costs{lanes: 1, length: keyBytes}
	if kept.costs.memoryKiB, err = readCost(parts[1]); err != nil {
		return kept, err
	}
	if kept.costs.passes, err = readCost(parts[2]); err != nil {
		return kept, err
	}
	if kept.salt, err = readStoredBytes("salt", parts[3], noteSaltBytes); err != nil {
		return kept, err
	}
	kept.hash, err = readStoredBytes("hash", parts[4], keyBytes)
	return kept, err
}

func readCost(digits string) (int64, error) {
	cost, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0, tooCostly("a cost of %s", digits)
	}
	return cost, nil
}

func readStoredBytes(name, text string, size int) ([]byte, error) {
	decoded, err := unpaddedBase64.DecodeString(text)
	if err != nil {
		return nil, malformed("the %s of stored_text: %v", name, err)
	}
	return decoded, sized("the "+name+" of stored_text", decoded, size)
}
