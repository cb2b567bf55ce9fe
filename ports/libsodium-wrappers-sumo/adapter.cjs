"use strict";
/*
 * sealproof port: libsodium-wrappers-sumo, libsodium compiled to WebAssembly.
 *
 * In: one request of the port protocol per line.  Out: one answer per line.
 * Primitives as libsodium offers them, and the parts of Notesnook that are single calls of it.
 */
const sodium = require("libsodium-wrappers-sumo");
const { serve, hello } = require("../protocol.cjs");

const packageVersion = (name) => require(`./node_modules/${name}/package.json`).version;
const bytes = (array) => Buffer.from(array).toString("hex");

const APP_SALT = "oVzKtazBo7d8sb7TBvY9jw"; // Notesnook prefixes it to the e-mail as text; it is not decoded
const base64url = () => sodium.base64_variants.URLSAFE_NO_PADDING;

// memory_kib is limited by the 2 GiB heap of the WebAssembly build (measured: 1 GiB works, 2047 MiB fails).
const argon2Claim = { salt_length: [16], lanes: [1], length: { min: 16 }, memory_kib: { max: 1048576 } };

const argon2 = ({ password, salt, passes, memory_kib, length }, algorithm) =>
  ({ key: bytes(sodium.crypto_pwhash(length, password, salt, passes, memory_kib * 1024, algorithm)) });

const operations = {
  "sha512.digest": {
    members: "message",
    run: ({ message }) => ({ digest: bytes(sodium.crypto_hash_sha512(message)) }),
  },
  "hmac-sha512.tag": {
    members: "key message",
    run({ key, message }) { // the one-shot call takes 32-byte keys only, this one any
      const state = sodium.crypto_auth_hmacsha512_init(key);
      sodium.crypto_auth_hmacsha512_update(state, message);
      return { tag: bytes(sodium.crypto_auth_hmacsha512_final(state)) };
    },
  },
  "blake2b.digest": {
    members: "message key length",
    run: ({ message, key, length }) => ({ digest: bytes(sodium.crypto_generichash(length, message, key)) }),
  },
  "argon2i.derive": {
    members: "password salt passes memory_kib lanes length",
    claim: { ...argon2Claim, passes: { min: 3 } },
    run: (input) => argon2(input, sodium.crypto_pwhash_ALG_ARGON2I13),
  },
  "argon2id.derive": {
    members: "password salt passes memory_kib lanes length",
    claim: argon2Claim,
    run: (input) => argon2(input, sodium.crypto_pwhash_ALG_ARGON2ID13),
  },
  "hchacha20.subkey": {
    members: "key input",
    run: ({ key, input }) => ({ subkey: bytes(sodium.crypto_core_hchacha20(input, key, null)) }),
  },
  "xchacha20-poly1305.seal": {
    members: "key nonce aad plaintext",
    run: ({ key, nonce, aad, plaintext }) =>
      ({ ciphertext: bytes(sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, aad, null, nonce, key)) }),
  },
  "xchacha20-poly1305.open": {
    members: "key nonce aad ciphertext",
    run: ({ key, nonce, aad, ciphertext }) =>
      ({ plaintext: bytes(sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, ciphertext, aad, nonce, key)) }),
  },
  "notesnook.login-hash": {
    members: "email_text password_text",
    run({ email_text, password_text }) {
      const salt = sodium.crypto_generichash(16, APP_SALT + email_text.toLowerCase(), null);
      const hash = sodium.crypto_pwhash(32, password_text, salt, 3, 64 << 20, sodium.crypto_pwhash_ALG_ARGON2ID13);
      return { hash_text: sodium.to_base64(hash, base64url()) };
    },
  },
  "notesnook.server-hash": {
    members: "hash_text",
    claim: { salt: { given: false } },
    run: ({ hash_text }) => ({ stored_text: sodium.crypto_pwhash_str(hash_text, 3, 64 << 10) }),
  },
  "notesnook.server-verify": {
    members: "hash_text stored_text",
    run: ({ hash_text, stored_text }) => ({ valid: sodium.crypto_pwhash_str_verify(stored_text, hash_text) }),
  },
  "notesnook.derive-key": {
    members: "password_text salt",
    run: ({ password_text, salt }) =>
      ({ key: bytes(sodium.crypto_pwhash(32, password_text, salt, 3, 8 << 20, sodium.crypto_pwhash_ALG_ARGON2I13)) }),
  },
};

// The wrapper throws Error and TypeError for everything, so only the text tells what happened.
function reasonOf({ message }) {
  if (message === "ciphertext cannot be decrypted using that key") return "authentication";
  if (message === "ciphertext is too short") return "malformed";
  // "invalid salt length", "memLimit must be an unsigned integer", and "invalid usage", which libsodium.js says
  // for any refusal of the C code: a cost below the minimum and not enough memory look alike.
  return "parameter";
}

sodium.ready.then(() => {
  const name = "libsodium-wrappers-sumo";
  const version = packageVersion(name);
  const libraries = { [name]: version, "libsodium-sumo": packageVersion("libsodium-sumo"), libsodium: sodium.sodium_version_string() };
  const decodeHex = (hex) => new Uint8Array(Buffer.from(hex, "hex"));
  return serve({ hello: hello({ name, version, libraries, operations, policies: [] }), operations, decodeHex, reasonOf });
});
