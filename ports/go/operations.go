// What can be asked of this port: the table of its operations, and the handshake's answer made of it.

package main

import (
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
)

// operation is what can be asked: the members that it takes, those that the port claims to bound, and what it does.
type operation struct {
	members string // `name?` may be absent
	claim   claim
	run     func(*input) (output, error)
}

type claim map[string]any

var (
	// Any IV with the whole tag. Shorter tags go with IVs of 12 bytes only, which cannot be claimed.
	gcmClaim = claim{"tag_length": []int{tagBytes}}
	// The library's lanes are a uint8.
	argon2Claim = claim{"lanes": map[string]int{"max": 255}}
)

const (
	argon2Members    = "password salt passes memory_kib lanes length"
	autonomailSealed = "password_text iterations salt? iv? plaintext"
)

var operations = map[string]operation{
	"sha512.digest":             {"message", nil, sha512Digest},
	"hmac-sha512.tag":           {"key message", nil, hmacSHA512Tag},
	"blake2b.digest":            {"message key length", nil, blake2bDigest},
	"pbkdf2-hmac-sha512.derive": {"password salt iterations length", nil, pbkdf2Derive},
	"argon2i.derive":            {argon2Members, argon2Claim, argon2iDerive},
	"argon2id.derive":           {argon2Members, argon2Claim, argon2idDerive},
	"aes-256-gcm.seal":          {"key iv aad plaintext tag_length", gcmClaim, gcmSeal},
	"aes-256-gcm.open":          {"key iv aad ciphertext tag_length", gcmClaim, gcmOpen},
	"hchacha20.subkey":          {"key input", nil, hchacha20Subkey},
	"xchacha20-poly1305.seal":   {"key nonce aad plaintext", nil, xchachaSeal},
	"xchacha20-poly1305.open":   {"key nonce aad ciphertext", nil, xchachaOpen},
	"autonomail.seal":           {autonomailSealed, nil, documented.seal},
	"autonomail.open":           {"password_text iterations record", nil, documented.open},
	"autonomail-2014.seal":      {autonomailSealed, nil, client2014.seal},
	"autonomail-2014.open":      {"password_text record", nil, client2014.open},
	"notesnook.login-hash":      {"email_text password_text", nil, loginHash},
	"notesnook.server-hash":     {"hash_text salt?", nil, serverHash},
	"notesnook.server-verify":   {"hash_text stored_text", nil, serverVerify},
	"notesnook.derive-key":      {"password_text salt", nil, noteDeriveKey},
	"notesnook.seal":            {"password_text salt? nonce? plaintext", nil, noteSeal},
	"notesnook.open":            {"password_text envelope", nil, noteOpen},
	"notesnook-item.seal":       {"key key_salt id_text nonce? plaintext", nil, itemSeal},
	"notesnook-item.open":       {"key envelope", nil, itemOpen},
}

// hello is the handshake's answer; the policies are in port.toml.
func hello() output {
	claims := map[string]claim{}
	for name, operation := range operations {
		claims[name] = claim{}
		maps.Copy(claims[name], operation.claim)
	}
	libraries := libraries()
	return output{
		"protocol":      1,
		"name_text":     "go",
		"version_text":  libraries["golang.org/x/crypto"],
		"language_text": "Go",
		"runtime_text":  runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH,
		"libraries":     libraries,
		"operations":    claims,
		"policies":      []string{},
	}
}

// libraries are those that were linked, but for the one that only brings system calls.
func libraries() map[string]string {
	versions := map[string]string{}
	build, _ := debug.ReadBuildInfo()
	for _, library := range build.Deps {
		if slices.Contains([]string{"golang.org/x/crypto", "golang.org/x/text"}, library.Path) {
			versions[library.Path] = library.Version
		}
	}
	return versions
}
