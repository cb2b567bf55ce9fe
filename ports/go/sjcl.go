// SJCL's JSON for a raw key in GCM mode.
// In: the text, or a plaintext, and a key of 32 bytes.  Out: the plaintext, or the very bytes that SJCL writes.

package main

import (
	stdbytes "bytes"
	"encoding/json"
)

// sjclEnvelope is the text that SJCL writes for a raw key, in its order. Of all this only iv and ct are authenticated.
type sjclEnvelope struct {
	IV     []byte `json:"iv"`
	V      int64  `json:"v"`
	Iter   int64  `json:"iter"` // a decoy: a raw key is not derived
	KS     int64  `json:"ks"`
	TS     int64  `json:"ts"`
	Mode   string `json:"mode"`
	AData  string `json:"adata"`
	Cipher string `json:"cipher"`
	CT     []byte `json:"ct"`
}

func sealSJCL(key, iv, plaintext []byte) ([]byte, error) {
	aead, err := newGCM(key, iv)
	if err != nil {
		return nil, err
	}
	envelope := sjclEnvelope{IV: iv, V: 1, Iter: 1000, KS: 256, TS: 128, Mode: "gcm", Cipher: "aes"}
	envelope.CT = aead.Seal(nil, iv, plaintext, nil)
	return json.Marshal(envelope)
}

// readSJCL reads what SJCL writes, and less than SJCL reads.
func readSJCL(text []byte) (*sjclEnvelope, error) {
	if stdbytes.ContainsRune(text, '\\') {
		return nil, malformed("secureData has an escape, which SJCL's own reader does not know")
	}
	read := newReader("secureData", text)
	envelope := &sjclEnvelope{
		IV: read.base64("iv", standardBase64), CT: read.base64("ct", standardBase64),
		V: read.integer("v"), Iter: read.natural("iter"), KS: read.integer("ks"), TS: read.integer("ts"),
		Mode: read.text("mode"), AData: read.text("adata"), Cipher: read.text("cipher"),
	}
	if err := read.end(); err != nil {
		return nil, err
	}
	return envelope, envelope.check()
}

// check: a shorter tag could be had by writing `"ts":64` and cutting ct, so nothing in the header is a choice.
func (e *sjclEnvelope) check() error {
	if e.V != 1 || e.KS != 256 || e.TS != 128 {
		return parameter("v, ks and ts are %d, %d and %d", e.V, e.KS, e.TS)
	}
	if e.Mode != "gcm" || e.Cipher != "aes" || e.AData != "" {
		return parameter("mode, cipher and adata are %q, %q and %q", e.Mode, e.Cipher, e.AData)
	}
	return sized("secureData.iv", e.IV, sjclIVBytes)
}

func (e *sjclEnvelope) open(key []byte) ([]byte, error) {
	aead, err := newGCM(key, e.IV)
	if err != nil {
		return nil, err
	}
	return openAEAD(aead, e.IV, e.CT, nil)
}
