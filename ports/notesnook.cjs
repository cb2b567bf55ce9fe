"use strict";
/*
 * Notesnook's crypto package as a port, whichever of its two builds.
 *
 * In: the class NNCrypto of a build; `reasonOf`, from what that build throws to a reject reason; name, version,
 * libraries and policies of the port.  Out: the port, as protocol.cjs serves it.
 * The package is GPL-3.0-or-later; it runs here as a program under test, and nothing of it is copied.
 * Around it is what Notesnook's core does: e-mail in lower case, `format` set before opening, `v` and `id` added to
 * a synced item.  Core only ever seals and opens text, so an opened plaintext passes through a JavaScript string.
 */
const { hello } = require("./protocol.cjs");

const APP_SALT = "oVzKtazBo7d8sb7TBvY9jw"; // prefixed to the e-mail as text; it is not decoded
const DATABASE_VERSION = 6.1; // what core writes as `v`

const toText = (buffer) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(buffer);
const bytes = (text) => Buffer.from(text, "utf8").toString("hex");
const base64url = (buffer) => buffer.toString("base64url");

// Envelopes reach the client as JSON text; the byte order mark, if there is one, is left for JSON.parse to refuse.
const parse = (buffer) => JSON.parse(buffer.toString("utf8"));

/** The port of one build. */
function notesnookPort({ NNCrypto, reasonOf, name, version, libraries, policies }) {
  const crypto = new NNCrypto();
  const seal = (key, plaintext) => crypto.encrypt(key, toText(plaintext), "text", "base64");

  // The client's storage layer sets `format` whatever the envelope said: the server drops it, the phones never wrote it.
  const open = (key, cipher) => crypto.decrypt(key, Object.assign(cipher, { format: "base64" }), "text");

  const operations = {
    "notesnook.login-hash": {
      members: "email_text password_text",
      run: async ({ email_text, password_text }) =>
        ({ hash_text: await crypto.hash(password_text, APP_SALT + email_text.toLowerCase()) }),
    },
    "notesnook.derive-key": {
      members: "password_text salt",
      async run({ password_text, salt }) {
        const { key } = await crypto.deriveKey(password_text, base64url(salt));
        return { key: Buffer.from(key).toString("hex") };
      },
    },
    "notesnook.seal": {
      members: "password_text salt? plaintext",
      claim: { nonce: { given: false } },
      async run({ password_text, salt, plaintext }) {
        const key = { password: password_text, salt: salt && base64url(salt) };
        return { envelope: bytes(JSON.stringify(await seal(key, plaintext))) };
      },
    },
    "notesnook.open": {
      members: "password_text envelope",
      // A new key object each time: the package writes the envelope's salt into the one that it is given.
      run: async ({ password_text, envelope }) =>
        ({ plaintext: bytes(await open({ password: password_text }, parse(envelope))) }),
    },
    "notesnook-item.seal": {
      members: "key key_salt id_text plaintext",
      claim: { nonce: { given: false } },
      async run({ key, key_salt, id_text, plaintext }) {
        const cipher = await seal({ key: base64url(key), salt: base64url(key_salt) }, plaintext);
        return { envelope: bytes(JSON.stringify({ ...cipher, v: DATABASE_VERSION, id: id_text })) };
      },
    },
    "notesnook-item.open": {
      members: "key envelope",
      async run({ key, envelope }) {
        const item = parse(envelope);
        // The package wants any salt beside a key and does not use it; the account's salt is not part of the request.
        const text = await open({ key: base64url(key), salt: "AAAAAAAAAAAAAAAAAAAAAA" }, item);
        // Core opens an item whatever its outer id is, even none. The protocol carries Unicode text, as does the database.
        return { id_text: String(item.id).toWellFormed(), plaintext: bytes(text) };
      },
    },
  };

  const decodeHex = (hex) => Buffer.from(hex, "hex");
  return { hello: hello({ name, version, libraries, operations, policies }), operations, decodeHex, reasonOf };
}

module.exports = { notesnookPort };
