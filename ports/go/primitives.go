// The primitives, each of the libraries' own with the checks that it leaves to its caller.
// In: bytes and unchecked numbers.  Out: bytes, or a refusal.

package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha512"
	"math"
	"runtime/debug"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/chacha20"
	"golang.org/x/crypto/chacha20poly1305"
)

const (
	keyBytes = 32 // of AES-256 and XChaCha20
	tagBytes = 16 // of both AEADs
)

// Ceilings of this port: costs come with an envelope or a stored hash, from whoever sent it.
const (
	blocksMax    = 10_000_000 // iterations of PBKDF2 times blocks of output
	memoryKiBMax = 1 << 20    // 1 GiB
	filledKiBMax = 1 << 24    // passes times memory
	derivedMax   = 1 << 20    // bytes of a derived key
)

func deriveSHA512(password string, salt []byte, iterations, length int64) ([]byte, error) {
	if iterations < 1 || length < 1 {
		return nil, parameter("%d iterations, %d bytes", iterations, length)
	}
	if length > derivedMax || iterations > blocksMax/((length-1)/sha512.Size+1) {
		return nil, tooCostly("%d iterations for %d bytes", iterations, length)
	}
	key, err := pbkdf2.Key(sha512.New, password, salt, int(iterations), int(length))
	if err != nil {
		return nil, parameter("%v", err)
	}
	return key, nil
}

// argon2Costs are unchecked. The library panics at no passes and no lanes, takes too little memory for the least there is, and
// cuts numbers above 2^32 - 1.
type argon2Costs struct{ passes, memoryKiB, lanes, length int64 }

type argon2Variant func(password, salt []byte, passes, memoryKiB uint32, lanes uint8, length uint32) []byte

func (c argon2Costs) check() error {
	if c.passes < 1 || c.lanes < 1 || c.length < 4 {
		return parameter("%d passes, %d lanes, %d bytes", c.passes, c.lanes, c.length)
	}
	if c.lanes > math.MaxUint8 {
		return tooCostly("%d lanes", c.lanes)
	}
	if c.memoryKiB < 8*c.lanes {
		return parameter("%d KiB for %d lanes", c.memoryKiB, c.lanes)
	}
	if c.length > derivedMax || c.memoryKiB > memoryKiBMax || c.passes > filledKiBMax/c.memoryKiB {
		return tooCostly("%d passes over %d KiB for %d bytes", c.passes, c.memoryKiB, c.length)
	}
	return nil
}

func (c argon2Costs) derive(variant argon2Variant, password, salt []byte) ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if len(salt) < 8 {
		return nil, parameter("a salt of %d bytes", len(salt))
	}
	key := variant(password, salt, uint32(c.passes), uint32(c.memoryKiB), uint8(c.lanes), uint32(c.length))
	if c.memoryKiB >= memoryKiBMax/8 {
		debug.FreeOSMemory() // or the next large derivation would come on top of this one
	}
	return key, nil
}

// newGCM: for any IV but that of no bytes, and with the whole tag. Go has shorter tags for IVs of 12 bytes only.
func newGCM(key, iv []byte) (cipher.AEAD, error) {
	if err := sized("key", key, keyBytes); err != nil { // of 16 or 24 bytes it would be AES-128 or AES-192
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, parameter("%v", err)
	}
	aead, err := cipher.NewGCMWithNonceSize(block, len(iv))
	if err != nil {
		return nil, parameter("%v", err)
	}
	return aead, nil
}

// newXChaCha looks at the nonce too, at which the library would panic.
func newXChaCha(key, nonce []byte) (cipher.AEAD, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return nil, parameter("%v", err)
	}
	return aead, sized("nonce", nonce, chacha20poly1305.NonceSizeX)
}

// openAEAD opens ciphertext ‖ tag. The library has one error for less than a tag and for a wrong one.
func openAEAD(aead cipher.AEAD, nonce, ciphertext, aad []byte) ([]byte, error) {
	if len(ciphertext) < tagBytes {
		return nil, malformed("%d bytes, less than a tag", len(ciphertext))
	}
	plaintext, err := aead.Open(nil, nonce, ciphertext, aad)
	if err != nil {
		return nil, unauthentic(err)
	}
	return plaintext, nil
}

// given is an optional member, or as many random bytes where there is none.
func given(name string, value []byte, size int) ([]byte, error) {
	if value != nil {
		return value, sized(name, value, size)
	}
	drawn := make([]byte, size)
	rand.Read(drawn) // it ends the program rather than fail
	return drawn, nil
}

func sha512Digest(in *input) (output, error) {
	digest := sha512.Sum512(in.message)
	return output{"digest": bytes(digest[:])}, nil
}

func hmacSHA512Tag(in *input) (output, error) {
	mac := hmac.New(sha512.New, in.key)
	mac.Write(in.message)
	return output{"tag": bytes(mac.Sum(nil))}, nil
}

func blake2bDigest(in *input) (output, error) {
	hash, err := blake2b.New(int(in.length), in.key)
	if err != nil {
		return nil, parameter("%v", err)
	}
	hash.Write(in.message)
	return output{"digest": bytes(hash.Sum(nil))}, nil
}

func pbkdf2Derive(in *input) (output, error) {
	key, err := deriveSHA512(string(in.password), in.salt, in.iterations, in.length)
	return output{"key": bytes(key)}, err
}

func argon2Derive(variant argon2Variant) func(*input) (output, error) {
	return func(in *input) (output, error) {
		key, err := argon2Costs{in.passes, in.memoryKiB, in.lanes, in.length}.derive(variant, in.password, in.salt)
		return output{"key": bytes(key)}, err
	}
}

var (
	argon2iDerive  = argon2Derive(argon2.Key)
	argon2idDerive = argon2Derive(argon2.IDKey)
)

func hchacha20Subkey(in *input) (output, error) {
	subkey, err := chacha20.HChaCha20(in.key, in.block)
	if err != nil {
		return nil, parameter("%v", err)
	}
	return output{"subkey": bytes(subkey)}, nil
}

// askedGCM is for the one length of tags that is claimed.
func askedGCM(in *input) (cipher.AEAD, error) {
	if in.tagLength != tagBytes {
		return nil, errUnclaimed
	}
	return newGCM(in.key, in.iv)
}

func gcmSeal(in *input) (output, error) {
	aead, err := askedGCM(in)
	if err != nil {
		return nil, err
	}
	return output{"ciphertext": bytes(aead.Seal(nil, in.iv, in.plaintext, in.aad))}, nil
}

func gcmOpen(in *input) (output, error) {
	aead, err := askedGCM(in)
	if err != nil {
		return nil, err
	}
	plaintext, err := openAEAD(aead, in.iv, in.ciphertext, in.aad)
	return output{"plaintext": bytes(plaintext)}, err
}

func xchachaSeal(in *input) (output, error) {
	aead, err := newXChaCha(in.key, in.nonce)
	if err != nil {
		return nil, err
	}
	return output{"ciphertext": bytes(aead.Seal(nil, in.nonce, in.plaintext, in.aad))}, nil
}

func xchachaOpen(in *input) (output, error) {
	aead, err := newXChaCha(in.key, in.nonce)
	if err != nil {
		return nil, err
	}
	plaintext, err := openAEAD(aead, in.nonce, in.ciphertext, in.aad)
	return output{"plaintext": bytes(plaintext)}, err
}
