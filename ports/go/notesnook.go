// Notesnook's envelopes, under a password and (items) under a key.
// In: a password or a key, an envelope.  Out: the plaintext, or the envelope's very bytes.

package main

import (
	"fmt"
	"slices"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
)

const (
	noteSaltBytes = 16
	noteAlg       = "xcha-argon2i13-7"
	noteVersion   = "6.1" // of the database that an item is written from
)

// noteCosts are fixed, and stand in no envelope. libsodium's `memlimit` of 8388608 is in bytes, Go's memory is in KiB.
var noteCosts = argon2Costs{passes: 3, memoryKiB: 8192, lanes: 1, length: keyBytes}

// noteVersions are the versions of the database that have been.
var noteVersions = []float64{5.0, 5.1, 5.2, 5.3, 5.4, 5.5, 5.6, 5.7, 5.8, 5.9, 6.0, 6.1}

// note is what both envelopes have.
type note struct{ nonce, ciphertext, salt []byte }

func noteKey(password string, salt []byte) ([]byte, error) {
	if err := sized("salt", salt, noteSaltBytes); err != nil {
		return nil, err
	}
	return noteCosts.derive(argon2.Key, []byte(password), salt)
}

// someNoteKey derives for an envelope: there the published client counts an empty password as none.
func someNoteKey(password string, salt []byte) ([]byte, error) {
	if password == "" {
		return nil, parameter("the password is empty")
	}
	return noteKey(password, salt)
}

func sealNote(key, nonce, salt, plaintext []byte) (*note, error) {
	aead, err := newXChaCha(key, nonce)
	if err != nil {
		return nil, err
	}
	return &note{nonce, aead.Seal(nil, nonce, plaintext, nil), salt}, nil
}

func (n *note) open(key []byte) ([]byte, error) {
	aead, err := newXChaCha(key, n.nonce)
	if err != nil {
		return nil, err
	}
	return openAEAD(aead, n.nonce, n.ciphertext, nil)
}

// members are the six that both envelopes have, as the web client writes them.
func (n *note) members() string {
	encode := base64URL.EncodeToString
	return fmt.Sprintf(`"format":"base64","alg":%q,"cipher":%q,"iv":%q,"salt":%q,"length":%d`,
		noteAlg, encode(n.ciphertext), encode(n.nonce), encode(n.salt), len(n.ciphertext)-tagBytes)
}

// readNote takes the members that both envelopes have but for the salt. The server drops format and alg; iOS adds chunkSize.
func readNote(read *reader) *note {
	read.fixed("format", "base64")
	read.fixed("alg", noteAlg)
	read.integer("length") // before December 2020 it counted something else, so it is not used
	if read.has("chunkSize") {
		read.natural("chunkSize")
	}
	nonce := read.sized("iv", read.base64("iv", base64URL), chacha20poly1305.NonceSizeX)
	return &note{nonce: nonce, ciphertext: read.base64("cipher", base64URL)}
}

func readNoteSalt(read *reader) []byte {
	return read.sized("salt", read.base64("salt", base64URL), noteSaltBytes)
}

func noteDeriveKey(in *input) (output, error) {
	key, err := noteKey(in.passwordText, in.salt)
	return output{"key": bytes(key)}, err
}

func noteSeal(in *input) (output, error) {
	salt, err := given("salt", in.salt, noteSaltBytes)
	if err != nil {
		return nil, err
	}
	nonce, err := given("nonce", in.nonce, chacha20poly1305.NonceSizeX)
	if err != nil {
		return nil, err
	}
	key, err := someNoteKey(in.passwordText, salt)
	if err != nil {
		return nil, err
	}
	sealed, err := sealNote(key, nonce, salt, in.plaintext)
	if err != nil {
		return nil, err
	}
	return output{"envelope": bytes("{" + sealed.members() + "}")}, nil
}

func noteOpen(in *input) (output, error) {
	read := newReader("envelope", in.envelope)
	sealed := readNote(read)
	sealed.salt = readNoteSalt(read)
	if err := read.end(); err != nil {
		return nil, err
	}
	key, err := someNoteKey(in.passwordText, sealed.salt)
	if err != nil {
		return nil, err
	}
	plaintext, err := sealed.open(key)
	return output{"plaintext": bytes(plaintext)}, err
}

// itemSeal: key_salt is a copy of the key's salt, and not used here.
func itemSeal(in *input) (output, error) {
	nonce, err := given("nonce", in.nonce, chacha20poly1305.NonceSizeX)
	if err != nil {
		return nil, err
	}
	if err := sized("key_salt", in.keySalt, noteSaltBytes); err != nil {
		return nil, err
	}
	sealed, err := sealNote(in.key, nonce, in.keySalt, in.plaintext)
	if err != nil {
		return nil, err
	}
	return output{"envelope": bytes(fmt.Sprintf(`{%s,"v":%s,"id":%s}`, sealed.members(), noteVersion, quoted(in.idText)))}, nil
}

func itemOpen(in *input) (output, error) {
	read := newReader("envelope", in.envelope)
	sealed, id := readItem(read)
	if err := read.end(); err != nil {
		return nil, err
	}
	plaintext, err := sealed.open(in.key)
	return output{"id_text": id, "plaintext": bytes(plaintext)}, err
}

// readItem: the id is not authenticated, so whoever opens an item compares it with the one inside.
func readItem(read *reader) (sealed *note, id string) {
	sealed, id = readNote(read), read.text("id")
	if read.has("salt") { // the server drops it
		sealed.salt = readNoteSalt(read)
	}
	if version := read.number("v"); !slices.Contains(noteVersions, version) {
		read.fail(parameter("envelope.v is %v", version))
	}
	if read.has("keyVersion") {
		if version := read.integer("keyVersion"); version != 0 && version != 1 {
			read.fail(parameter("envelope.keyVersion is %d", version))
		}
	}
	return sealed, id
}
