// Autonomail's private data, as the document has it and as the client of 2014 wrote it; sjcl.go has the text inside.
// In: a password, a count, a record.  Out: the plaintext, or the record's very bytes.

package main

import "encoding/json"

const (
	recordSaltBytes = 32
	sjclIVBytes     = 16
)

// profile tells the document's Autonomail from what the client of 2014 did.
type profile struct {
	keyFrom       int  // where in the 64 derived bytes the key begins
	countInRecord bool // or kept on the device
}

var (
	documented = profile{keyFrom: 0}
	client2014 = profile{keyFrom: keyBytes, countInRecord: true}
)

// record is what is kept: the salt, for client2014 the count, and SJCL's text.
type record struct {
	Salt       bytes  `json:"salt"`
	Iterations int64  `json:"iterations,omitempty"`
	SecureData []byte `json:"secureData"` // encoding/json writes standard base64
}

func (p profile) seal(in *input) (output, error) {
	salt, err := given("salt", in.salt, recordSaltBytes)
	if err != nil {
		return nil, err
	}
	iv, err := given("iv", in.iv, sjclIVBytes)
	if err != nil {
		return nil, err
	}
	key, err := p.key(in.passwordText, salt, in.iterations)
	if err != nil {
		return nil, err
	}
	secureData, err := sealSJCL(key, iv, in.plaintext)
	if err != nil {
		return nil, err
	}
	sealed := record{Salt: salt, SecureData: secureData}
	if p.countInRecord {
		sealed.Iterations = in.iterations
	}
	text, err := json.Marshal(sealed)
	return output{"record": bytes(text)}, err
}

func (p profile) open(in *input) (output, error) {
	kept, err := p.readRecord(in.record)
	if err != nil {
		return nil, err
	}
	envelope, err := readSJCL(kept.SecureData)
	if err != nil {
		return nil, err
	}
	if !p.countInRecord {
		kept.Iterations = in.iterations
	}
	key, err := p.key(in.passwordText, kept.Salt, kept.Iterations)
	if err != nil {
		return nil, err
	}
	plaintext, err := envelope.open(key)
	return output{"plaintext": bytes(plaintext)}, err
}

func (p profile) readRecord(text []byte) (*record, error) {
	read := newReader("record", text)
	kept := &record{Salt: read.sized("salt", read.hex("salt"), recordSaltBytes)}
	if p.countInRecord {
		kept.Iterations = read.integer("iterations")
	}
	kept.SecureData = read.base64("secureData", standardBase64)
	return kept, read.end()
}

// key is its half of the 512 bits that are derived.
func (p profile) key(password string, salt []byte, iterations int64) ([]byte, error) {
	derived, err := deriveSHA512(password, salt, iterations, 2*keyBytes)
	if err != nil {
		return nil, err
	}
	return derived[p.keyFrom:][:keyBytes], nil
}
