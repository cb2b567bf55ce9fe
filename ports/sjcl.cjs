"use strict";
/*
 * SJCL as a port, whatever its version, with what the Autonomail client did around it.
 *
 * In: a build of SJCL with SHA-512; name, version and policies of the port.  Out: the port, as protocol.cjs serves it.
 * Nothing is checked here that SJCL, or the Autonomail client around it, does not check: what SJCL lets through is let
 * through.  The client calls `sjcl.decrypt(key, atob(secureData))` with no parameters, so it insists on nothing either:
 * mode, tag length and all else come from the text.
 */
const { hello } = require("./protocol.cjs");

/** What the client takes in place of a count that is missing, null, 0 or an empty text. */
const CLIENT_ITERATIONS = 10000;

/** Where the client's calibration starts. */
const FIRST_ITERATIONS = 10000;

/** The port of one build. */
function sjclPort({ sjcl, name, version, policies }) {
  const hex = sjcl.codec.hex;
  const bytes = (bits) => hex.fromBits(bits);

  class HmacSha512 extends sjcl.misc.hmac {
    constructor(key) { super(key, sjcl.hash.sha512); }
  }

  // SJCL counts bits.  A count of 0 is its word for its default, 10000 (1000 until 2016), as is no count at all.
  const pbkdf2 = (password, salt, count, bitLength) => sjcl.misc.pbkdf2(password, salt, count, bitLength, HmacSha512);

  // The Autonomail client seals JSON text only, so a plaintext that is not text cannot get into a record.
  const text = (bits) => sjcl.codec.utf8String.fromBits(bits);

  function sealRecord(dataKey, iv, plaintext) {
    const parameters = { cipher: "aes", iter: 1000, mode: "gcm", iv: iv ?? sjcl.random.randomWords(4), ts: 128, ks: 256 };
    return btoa(sjcl.encrypt(dataKey, text(plaintext), parameters));
  }

  const openRecord = (dataKey, record) =>
    bytes(sjcl.codec.utf8String.toBits(sjcl.decrypt(dataKey, atob(record.secureData))));

  // The client reads the record with JSON.parse out of localStorage; bytes that are not UTF-8 never get there as such.
  const parseRecord = (recordHex) => JSON.parse(Buffer.from(recordHex, "hex").toString("utf8"));
  const recordBytes = (record) => Buffer.from(JSON.stringify(record), "utf8").toString("hex");

  // Doc: the first 256 bits of the derived key.  2014: what the published client did, the second 256 bits.
  const docKey = (password, salt, iterations) => pbkdf2(password, salt, iterations, null).slice(0, 8);
  const clientKey = (password, salt, iterations) => pbkdf2(password, salt, iterations, null).slice(8);

  /**
   * A generator of its own, driven by the script: kind, source, estimate, milliseconds and data of each event.  The clock is
   * the script's, and Math.random counts, so that the same script gives the same bytes.
   */
  function drivePrng({ paranoia, start_ms, events }) {
    const prng = new sjcl.prng(paranoia);
    const outputs = [];
    const real = { Date, random: Math.random };
    let now = start_ms;
    let randoms = 0;
    globalThis.Date = class { valueOf() { return now; } };
    Math.random = () => (randoms++ % 65536) / 65536;
    try {
      for (const event of events.map((event) => Buffer.from(event, "hex"))) {
        const [kind, source, estimate, data] = [event[0], String(event[1]), event.readUInt16BE(2), event.subarray(8)];
        const words = () => Array.from({ length: data.length / 4 }, (_, at) => data.readInt32BE(4 * at));
        now = start_ms + event.readUInt32BE(4);
        // A number that is not four bytes is no number; SJCL would work on any for hours.
        if (kind === 0 && data.length !== 4) throw new sjcl.exception.invalid("no count of words");
        if (kind === 0) outputs.push(bytes(prng.randomWords(data.readUInt32BE())).slice(-2048));
        else prng.addEntropy([, words()[0], words(), data.toString("utf8")][kind], estimate, source);
      }
    } finally {
      globalThis.Date = real.Date;
      Math.random = real.random;
    }
    return { prng, outputs };
  }

  // The client's own rule: whole milliseconds of the wall's clock, one run each, up to the first that takes the target.
  function calibrate({ target_ms }) {
    for (let iterations = FIRST_ITERATIONS; ;) {
      const start = Date.now();
      pbkdf2("password", [0, 0, 0, 0, 0, 0, 0, 0], iterations, null);
      const elapsed_ms = Date.now() - start;
      if (elapsed_ms >= target_ms) return { iterations, elapsed_ms };
      iterations = elapsed_ms === 0 ? 2 * iterations : Math.floor((iterations * target_ms) / elapsed_ms) + 1;
    }
  }

  // No claim is narrowed: gcm.js and pbkdf2.js look at no length, so there is none that they would decline.
  const operations = {
    "sha512.digest": {
      members: "message",
      run: (input) => ({ digest: bytes(sjcl.hash.sha512.hash(input.message)) }),
    },
    "hmac-sha512.tag": {
      members: "key message",
      run: (input) => ({ tag: bytes(new HmacSha512(input.key).mac(input.message)) }),
    },
    "pbkdf2-hmac-sha512.derive": {
      members: "password salt iterations length",
      run: ({ password, salt, iterations, length }) => ({ key: bytes(pbkdf2(password, salt, iterations, length * 8)) }),
    },
    "calibrate.pbkdf2-hmac-sha512": { members: "target_ms", run: calibrate },
    "aes-256-gcm.seal": {
      members: "key iv aad plaintext tag_length",
      run: ({ key, iv, aad, plaintext, tag_length }) =>
        ({ ciphertext: bytes(sjcl.mode.gcm.encrypt(new sjcl.cipher.aes(key), plaintext, iv, aad, tag_length * 8)) }),
    },
    "aes-256-gcm.open": {
      members: "key iv aad ciphertext tag_length",
      run: ({ key, iv, aad, ciphertext, tag_length }) =>
        ({ plaintext: bytes(sjcl.mode.gcm.decrypt(new sjcl.cipher.aes(key), ciphertext, iv, aad, tag_length * 8)) }),
    },
    "sjcl-prng.generate": {
      members: "paranoia start_ms events!",
      run: (input) => ({ outputs: drivePrng(input).outputs }),
    },
    "autonomail.seal": {
      members: "password_text iterations salt? iv? plaintext",
      run({ password_text, iterations, salt = sjcl.random.randomWords(8), iv, plaintext }) {
        const secureData = sealRecord(docKey(password_text, salt, iterations), iv, plaintext);
        return { record: recordBytes({ salt: bytes(salt), secureData }) };
      },
    },
    "autonomail.open": {
      members: "password_text iterations record!",
      run({ password_text, iterations, record }) {
        const parsed = parseRecord(record);
        return { plaintext: openRecord(docKey(password_text, hex.toBits(parsed.salt), iterations), parsed) };
      },
    },
    "autonomail-2014.seal": {
      members: "password_text iterations salt? iv? plaintext",
      run({ password_text, iterations, salt = sjcl.random.randomWords(8), iv, plaintext }) {
        const secureData = sealRecord(clientKey(password_text, salt, iterations), iv, plaintext);
        return { record: recordBytes({ salt: bytes(salt), iterations, secureData }) };
      },
    },
    "autonomail-2014.open": {
      members: "password_text record!",
      run({ password_text, record }) {
        const parsed = parseRecord(record);
        const iterations = parsed.iterations || CLIENT_ITERATIONS;
        return { plaintext: openRecord(clientKey(password_text, hex.toBits(parsed.salt), iterations), parsed) };
      },
    },
  };

  function reasonOf(error) {
    if (error instanceof sjcl.exception.corrupt) return "authentication"; // "gcm: tag doesn't match"
    if (error instanceof sjcl.exception.notReady) return "parameter"; // "generator isn't seeded"
    // One class for everything invalid; only its text tells a parse error from a bad value.
    if (error instanceof sjcl.exception.invalid) return /isn't (json|base64)/.test(error.message) ? "malformed" : "parameter";
    // SyntaxError (JSON.parse), DOMException (atob), URIError (plaintext or password that is not text), the TypeError
    // with which SJCL trips over a missing member, the undefined that 1.0.1 throws at a negative count: the user sees a
    // record that cannot be read.
    return "malformed";
  }

  const libraries = { sjcl: version };
  return { hello: hello({ name, version, libraries, operations, policies }), operations, decodeHex: hex.toBits, reasonOf, drivePrng };
}

module.exports = { sjclPort };
