"use strict";
/*
 * What the two builds of Notesnook's crypto package do with envelopes: `notesnook-node-reader` is the one on
 * sodium-native, `notesnook-browser-reader` the one on libsodium-wrappers-sumo.
 *
 * In: the ports notesnook-crypto and notesnook-crypto-browser; the reference, as `sealproof serve`.
 * Out: <family>/open-notesnook-node-reader.json and open-notesnook-browser-reader.json.
 * Every ciphertext is libsodium's, through libsodium-wrappers-sumo of that port.  The reference opens the envelope that a
 * case is another spelling of; what the readers open must be what the reference opened.
 */
const assert = require("node:assert/strict");
const sodium = require("../ports/libsodium-wrappers-sumo/node_modules/libsodium-wrappers-sumo");
const nodePort = require("../ports/notesnook-crypto/adapter.cjs");
const browserPort = require("../ports/notesnook-crypto-browser/adapter.cjs");
const { OPENS, REFUSES, REFUSES_SOMEHOW, hexOfText, opensAs, swap, vectorsOf, withMember } = require("./reader.cjs");
const { askReference } = require("./reference.cjs");
const { flag, hex, keyStream, utf8, writeVectors } = require("./vector-file.cjs");

/** The two readers; `said` of a case names them `node` and `browser`. */
const READERS = [
  {
    policy: "notesnook-node-reader", build: "node", port: nodePort, reader: "notesnook-crypto",
    decoder: new TextDecoder("utf-8", { ignoreBOM: true }),
    spec: ["@notesnook/crypto 2.1.3", "@notesnook/sodium 2.1.3 dist/node.js"],
    title: "What the Node build of Notesnook's crypto package makes of envelopes that are spelled otherwise",
  },
  {
    policy: "notesnook-browser-reader", build: "browser", port: browserPort, reader: "notesnook-crypto-browser",
    decoder: new TextDecoder("utf-8", { fatal: true }),
    spec: ["@notesnook/crypto 2.1.3", "@notesnook/sodium 2.1.3 dist/browser.js"],
    title: "What the browser build of Notesnook's crypto package makes of envelopes that are spelled otherwise",
  },
];

const FLAGS = {
  AlgIgnored: flag("PARSER_DIFFERENTIAL", "The algorithm is written and never read.", "A reader that goes by it refuses what every client opens."),
  B64Alphabet: flag("KNOWN_BUG", "Base64 is URL-safe; the Node build takes the other alphabet too, which it once wrote.", "What one build opens the other refuses.", ["https://github.com/streetwriters/notesnook"]),
  B64Junk: flag("ENCODING", "Node's base64 skips what is not base64 and stops at padding; libsodium's refuses it.", "What one build opens the other refuses."),
  B64NonCanonical: flag("MALLEABILITY", "Spare bits of the last character are dropped by Node and must be zero for libsodium.", "What one build opens the other refuses."),
  B64Pad: flag("ENCODING", "Base64 is not padded; Node takes padding, libsodium's unpadded variant does not.", "What one build opens the other refuses.", ["https://github.com/jedisct1/libsodium.js/issues/89", "https://github.com/jedisct1/libsodium.js/issues/114"]),
  B64Whitespace: flag("ENCODING", "White space is not base64; Node skips it and libsodium does not.", "What one build opens the other refuses."),
  Basic: flag("BASIC", "Nothing special.", "Ports disagree on every input."),
  BomDropped: flag("ENCODING", "A TextDecoder drops one byte order mark at the front, Node's Buffer keeps it.", "Data change when the browser opens them."),
  BufferFromJson: flag("PARSER_DIFFERENTIAL", "Node makes bytes of an array of numbers, or of an object that looks like a buffer, as well as of a text.", "What one build opens the other refuses."),
  DupKey: flag("PARSER_DIFFERENTIAL", "Of two members with one name the last counts.", "Two readers of one envelope see two values."),
  FormatIgnored: flag("PARSER_DIFFERENTIAL", "The client sets the format to base64 before it opens, whatever is there.", "A reader that goes by it refuses what every client opens."),
  LengthIgnored: flag("PARSER_DIFFERENTIAL", "The length is written and never read.", "A reader that goes by it refuses, or sizes a buffer by what a stranger wrote.", ["https://github.com/ammarahm-ed/react-native-sodium"]),
  NotText: flag("ENCODING", "A plaintext is text: the Node build puts U+FFFD for what is not UTF-8, the browser build refuses it.", "Data change without a word in one build and cannot be opened in the other."),
  UnknownMember: flag("PARSER_DIFFERENTIAL", "Members that are not needed for opening are not looked at.", "A closed reader refuses what every client opens."),
};

// ---- envelopes, sealed by libsodium ----

const PASSWORD = "correct horse battery staple";
const PLAINTEXT = utf8('{"type":"tiptap","data":"<p>hello</p>"}');
const ID = "64b1f0c2a9d34e5f8a7b6c5d";
const base64url = (bytes) => Buffer.from(bytes).toString("base64url");

const deriveKey = (salt) =>
  sodium.crypto_pwhash(32, PASSWORD, salt, 3, 8192 << 10, sodium.crypto_pwhash_ALG_ARGON2I13);

const SCHEMES = {
  notesnook: {
    cost: "slow",
    key: (take, salt) => deriveKey(salt),
    tail: "",
    input: (_, envelope) => ({ password_text: PASSWORD, envelope }),
    output: (plaintext) => ({ plaintext }),
  },
  "notesnook-item": {
    cost: "fast",
    key: (take) => take(32),
    tail: `,"v":6.1,"id":"${ID}"`,
    input: ({ key }, envelope) => ({ key: hex(key), envelope }),
    output: (plaintext) => ({ id_text: ID, plaintext }),
  },
};

/** One envelope in its strict spelling, whose nonce and ciphertext have characters in which the alphabets differ. */
function sealEnvelope(scheme, take, { salt, key }, plaintext) {
  let nonce = take(24);
  let cipher = seal(plaintext, nonce, key);
  while (!/[-_]/.test(base64url(nonce)) || !/[-_]/.test(base64url(cipher))) {
    nonce = take(24);
    cipher = seal(plaintext, nonce, key);
  }
  const members = { cipher: base64url(cipher), iv: base64url(nonce), salt: base64url(salt) };
  const text = `{"format":"base64","alg":"xcha-argon2i13-7","cipher":"${members.cipher}","iv":"${members.iv}","salt":"${members.salt}","length":${plaintext.length}${scheme.tail}}`;
  return { ...members, nonce, text, plaintext };
}

const seal = (plaintext, nonce, key) =>
  sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plaintext, null, null, nonce, key);

/** What all envelopes of a file share: the salt, in which the alphabets differ, and the key. */
function account(scheme, take) {
  let salt = take(16);
  while (!/[-_]/.test(base64url(salt))) salt = take(16);
  return { salt, key: scheme.key(take, salt) };
}

// ---- cases: name, why, flags, edit, what the Node build is said to do, what the browser's, plaintext ----

const NODE_ONLY = [OPENS, REFUSES];
const same = (text) => text;
const put = (before, after) => (text) => swap(text, before, after);
const more = (member) => (text) => withMember(text, member);
const valueAs = (name) => (spell) => (text, made) => swap(text, `"${name}":"${made[name]}"`, `"${name}":${spell(made[name], made)}`);
const [cipherAs, ivAs, saltAs] = [valueAs("cipher"), valueAs("iv"), valueAs("salt")];
const quoted = (spell) => (value, made) => `"${spell(value, made)}"`;
const lengthAs = (value) => put(`"length":${PLAINTEXT.length}`, value && `"length":${value}`);
const standard = quoted((b) => b.replaceAll("-", "+").replaceAll("_", "/"));
const cut = (b, at, between) => b.slice(0, at) + between + b.slice(at);

/** The last character with its lowest spare bit set. */
function withSpareBit(b) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const other = b.slice(0, -1) + alphabet[alphabet.indexOf(b.at(-1)) + 1];
  assert.deepEqual(Buffer.from(other, "base64url"), Buffer.from(b, "base64url"));
  return other;
}

const MEMBER_CASES = [
  ["duplicate-iv-wrong-first", "The nonce occurs twice, and the first is another", ["DupKey"], more('"iv":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"'), OPENS],
  ["duplicate-iv-escaped", "The nonce occurs twice, and the first has an escape in its name", ["DupKey"], more('"\\u0069v":"AAAA"'), OPENS],
  ["duplicate-cipher-wrong-first", "The ciphertext occurs twice, and the first is another", ["DupKey"], more('"cipher":"AAAA"'), OPENS],
  ["duplicate-cipher-null-last", "The ciphertext occurs twice, and the last is null", ["DupKey"], (text) => `${text.slice(0, -1)},"cipher":null}`, REFUSES],
  ["unknown-member", "A member that the client does not know", ["UnknownMember"], more('"note":{"a":[1,null]}'), OPENS],
  ["name-in-capitals", "A name is in it twice, once in other letters", ["UnknownMember"], more('"IV":"AAAA"'), OPENS],
  ["proto-member", "A member is called __proto__, and makes an ordinary member", ["UnknownMember"], more('"__proto__":{"cipher":"AAAA"}'), OPENS],
  ["to-string-member", "A member has the name of a method that every object has", ["UnknownMember"], more('"toString":1'), OPENS],
  ["deep-member", "A member holds a thousand arrays in each other", ["UnknownMember"], more(`"x":${"[".repeat(1000)}${"]".repeat(1000)}`), OPENS],
  ["password-member", "A member is called password", ["UnknownMember"], more('"password":"incorrect horse"'), OPENS],
  ["key-member", "A member is called key", ["UnknownMember"], more('"key":"AAAA"'), OPENS],
  ["chunk-size-null", "The chunk size is null", ["UnknownMember"], more('"chunkSize":null'), OPENS],
  ["format-missing", "The format is missing, as the server drops it", ["FormatIgnored"], put('"format":"base64",', ""), OPENS],
  ["format-null", "The format is null", ["FormatIgnored"], put('"base64"', "null"), OPENS],
  ["format-hex", "The format says hex, and the ciphertext is base64 all the same", ["FormatIgnored"], put('"base64"', '"hex"'), OPENS],
  ["format-number", "The format is a number", ["FormatIgnored"], put('"base64"', "64"), OPENS],
  ["alg-missing", "The algorithm is missing", ["AlgIgnored"], put('"alg":"xcha-argon2i13-7",', ""), OPENS],
  ["alg-null", "The algorithm is null", ["AlgIgnored"], put('"xcha-argon2i13-7"', "null"), OPENS],
  ["alg-array", "The algorithm is an array", ["AlgIgnored"], put('"xcha-argon2i13-7"', '["xcha-argon2i13-7"]'), OPENS],
  ["alg-unknown", "The algorithm is unknown", ["AlgIgnored"], put('"xcha-argon2i13-7"', '"foo"'), OPENS],
  ["alg-argon2id", "The algorithm names Argon2id", ["AlgIgnored"], put("argon2i13", "argon2id13"), OPENS],
  ["alg-padded-variant", "The algorithm names the padded variant of base64", ["AlgIgnored"], put("13-7", "13-5"), OPENS],
  ["alg-compressed", "The algorithm names a compressed plaintext, as was written for a week in February 2021", ["AlgIgnored"], put("13-7", "13-1-7"), OPENS],
  ["alg-stream", "The algorithm is that of attachments", ["AlgIgnored"], put("xcha-argon2i13-7", "xcha-stream"), OPENS],
  ["length-missing", "The length is missing", ["LengthIgnored"], put(`,"length":${PLAINTEXT.length}`, ""), OPENS],
  ["length-null", "The length is null", ["LengthIgnored"], lengthAs("null"), OPENS],
  ["length-text", "The length is a text", ["LengthIgnored"], lengthAs('"39"'), OPENS],
  ["length-wrong", "The length is one less", ["LengthIgnored"], lengthAs("38"), OPENS],
  ["length-negative", "The length is negative", ["LengthIgnored"], lengthAs("-1"), OPENS],
  ["length-fraction", "The length is a fraction with an exponent", ["LengthIgnored"], lengthAs("3.95e1"), OPENS],
  ["length-400-digits", "The length has four hundred digits", ["LengthIgnored"], lengthAs("9".repeat(400)), OPENS],
];

const BASE64_CASES = [
  ["cipher-standard-alphabet", "The ciphertext is base64 of the other alphabet", ["B64Alphabet"], cipherAs(standard), ...NODE_ONLY],
  ["iv-standard-alphabet", "The nonce is base64 of the other alphabet, as the Node build wrote it until June 2023", ["B64Alphabet"], ivAs(standard), ...NODE_ONLY],
  ["cipher-padded", "The ciphertext is padded", ["B64Pad"], cipherAs(quoted((b) => b + "=".repeat(-b.length & 3))), ...NODE_ONLY],
  ["cipher-padding-more", "Whole groups of ciphertext are followed by padding", ["B64Pad"], cipherAs(quoted((b) => `${b}====`)), ...NODE_ONLY, utf8('{"a":"123456789"}')],
  ["iv-padding-more", "The nonce, which is whole groups, is followed by padding", ["B64Pad"], ivAs(quoted((b) => `${b}=`)), ...NODE_ONLY],
  ["cipher-spaced", "A space is in the ciphertext", ["B64Whitespace"], cipherAs(quoted((b) => cut(b, 8, " "))), ...NODE_ONLY],
  ["cipher-wrapped", "A line end is in the ciphertext", ["B64Whitespace"], cipherAs(quoted((b) => cut(b, 8, "\\n"))), ...NODE_ONLY],
  ["cipher-line-end-after", "A line end is after the ciphertext", ["B64Whitespace"], cipherAs(quoted((b) => `${b}\\r\\n`)), ...NODE_ONLY],
  ["iv-space-in-front", "A space is before the nonce", ["B64Whitespace"], ivAs(quoted((b) => ` ${b}`)), ...NODE_ONLY],
  ["cipher-nul", "A NUL is in the ciphertext", ["B64Junk"], cipherAs(quoted((b) => cut(b, 8, "\\u0000"))), ...NODE_ONLY],
  ["cipher-stars", "Stars are in the ciphertext", ["B64Junk"], cipherAs(quoted((b) => cut(b, 8, "***"))), ...NODE_ONLY],
  ["cipher-dollar-after", "A dollar sign is after the ciphertext", ["B64Junk"], cipherAs(quoted((b) => `${b}$`)), ...NODE_ONLY],
  ["cipher-junk-after-padding", "Anything is after the padding", ["B64Junk", "B64Pad"], cipherAs(quoted((b) => `${b}==***junk`)), ...NODE_ONLY],
  ["cipher-not-ascii", "A letter that is not ASCII is in the ciphertext", ["B64Junk"], cipherAs(quoted((b) => cut(b, 8, "\u00e9"))), OPENS, REFUSES_SOMEHOW],
  ["cipher-percent-escaped", "A character of the ciphertext is written as in a URL, and the digits count as base64", ["B64Junk"], cipherAs(quoted((b) => `%${b.charCodeAt(0).toString(16)}${b.slice(1)}`)), REFUSES_SOMEHOW],
  ["cipher-lone-character", "A lone character follows whole groups of ciphertext", ["B64NonCanonical"], cipherAs(quoted((b) => `${b}A`)), ...NODE_ONLY, utf8('{"a":"123456789"}')],
  ["cipher-spare-bits", "Spare bits of the ciphertext's last character are set", ["B64NonCanonical"], cipherAs(quoted(withSpareBit)), ...NODE_ONLY],
  ["iv-lone-character", "A lone character follows the nonce", ["B64NonCanonical"], ivAs(quoted((b) => `${b}A`)), ...NODE_ONLY],
  ["iv-array", "The nonce is an array of its bytes", ["BufferFromJson"], ivAs((_, { nonce }) => JSON.stringify([...nonce])), ...NODE_ONLY],
  ["iv-buffer", "The nonce is what Node makes of a buffer in JSON", ["BufferFromJson"], ivAs((_, { nonce }) => JSON.stringify(Buffer.from(nonce))), ...NODE_ONLY],
  ["iv-object", "The nonce is an object of numbered members", ["BufferFromJson"], ivAs((_, { nonce }) => JSON.stringify({ ...nonce })), REFUSES],
  ["cipher-array", "The ciphertext is an array of bytes", ["BufferFromJson"], cipherAs((b) => JSON.stringify([...Buffer.from(b, "base64url")])), REFUSES],
];

const REPLACEMENT = "\ufffd";
/** Text in the browser has no byte order mark, in Node it has; both are said in bytes. */
const PLAINTEXT_CASES = [
  ["plaintext-bom", "The plaintext begins with a byte order mark", ["BomDropped"], same, OPENS, opensAs(utf8("{}")), utf8("\ufeff{}")],
  ["plaintext-two-boms", "The plaintext begins with two byte order marks, of which one is dropped", ["BomDropped"], same, OPENS, opensAs(utf8("\ufeff{}")), utf8("\ufeff\ufeff{}")],
  ["plaintext-bom-inside", "A byte order mark is inside the plaintext, where it is a character", ["BomDropped"], same, OPENS, OPENS, utf8('{"a":"\ufeff"}')],
  ["plaintext-bom-alone", "The plaintext is a byte order mark", ["BomDropped"], same, OPENS, opensAs(utf8("")), utf8("\ufeff")],
  ["plaintext-nul", "The plaintext has NULs, which it keeps", ["NotText"], same, OPENS, OPENS, utf8("\0{}\0")],
  ...[
    ["plaintext-not-utf-8", "The plaintext has a byte that is never UTF-8", "7b22ff227d", `{"${REPLACEMENT}"}`],
    ["plaintext-cut-character", "The plaintext ends inside a character of three bytes", "7b7de6bc", `{}${REPLACEMENT}`],
    ["plaintext-lone-continuation", "The plaintext has a byte that only continues a character", "7b807d", `{${REPLACEMENT}}`],
    ["plaintext-overlong", "The plaintext has a slash in two bytes, each of which is replaced", "7bc0af7d", `{${REPLACEMENT.repeat(2)}}`],
    ["plaintext-surrogate", "The plaintext has a surrogate in three bytes, each of which is replaced", "7beda0bd7d", `{${REPLACEMENT.repeat(3)}}`],
    ["plaintext-beyond-unicode", "The plaintext has four bytes beyond the last character, each of which is replaced", "7bf49080807d", `{${REPLACEMENT.repeat(4)}}`],
  ].map(([name, why, bytes, text]) => [name, why, ["NotText"], same, opensAs(utf8(text)), REFUSES, Buffer.from(bytes, "hex")]),
];

const SALT_CASES = [
  ["salt-standard-alphabet", "The salt is base64 of the other alphabet", ["B64Alphabet"], saltAs(standard), ...NODE_ONLY],
  ["salt-padded", "The salt is padded", ["B64Pad"], saltAs(quoted((b) => `${b}==`)), ...NODE_ONLY],
  ["salt-padded-standard", "The salt is padded base64 of the other alphabet", ["B64Pad", "B64Alphabet"], saltAs((b) => standard(`${b}==`)), ...NODE_ONLY],
  ["salt-spaced", "A space is in the salt", ["B64Whitespace"], saltAs(quoted((b) => cut(b, 4, " "))), ...NODE_ONLY],
  ["salt-spare-bits", "Spare bits of the salt's last character are set", ["B64NonCanonical"], saltAs(quoted(withSpareBit)), ...NODE_ONLY],
  ["salt-array", "The salt is an array of its bytes", ["BufferFromJson"], saltAs((b) => JSON.stringify([...Buffer.from(b, "base64url")])), ...NODE_ONLY],
  ["salt-number", "The salt is a number", ["BufferFromJson"], saltAs(() => "16"), REFUSES],
  ["id-added", "The envelope has an id, as if it were an item", ["UnknownMember"], more('"id":"x"'), OPENS],
];

const ITEM_CASES = [
  ["salt-null", "The salt is null; under a key it is not needed", ["UnknownMember"], saltAs(() => "null"), OPENS],
  ["salt-15-bytes", "The salt has 15 bytes", ["UnknownMember"], saltAs(() => '"AAAAAAAAAAAAAAAAAAAA"'), OPENS],
  ["salt-not-base64", "The salt is not base64", ["UnknownMember"], saltAs(() => '"***"'), OPENS],
  ["v-missing", "The version is missing", ["UnknownMember"], put('"v":6.1,', ""), OPENS],
  ["v-text", "The version is a text", ["UnknownMember"], put('"v":6.1', '"v":"6.1"'), OPENS],
  ["v-unknown", "The version is unknown", ["UnknownMember"], put('"v":6.1', '"v":99'), OPENS],
  ["v-beyond-numbers", "The version is beyond every number", ["UnknownMember"], put('"v":6.1', '"v":1e999'), OPENS],
  ["key-version-unknown", "The key version is unknown; the caller has chosen the key", ["UnknownMember"], more('"keyVersion":7'), OPENS],
  ["key-version-null", "The key version is null", ["UnknownMember"], more('"keyVersion":null'), OPENS],
  ["user-id", "The server's own member is still there", ["UnknownMember"], more('"userId":"64b1"'), OPENS],
];

const COMMON_CASES = [...MEMBER_CASES, ...BASE64_CASES, ...PLAINTEXT_CASES];
const CASES = { notesnook: [...COMMON_CASES, ...SALT_CASES], "notesnook-item": [...COMMON_CASES, ...ITEM_CASES] };

// ---- the reference ----

/** The reference opens every envelope in its strict spelling to what libsodium sealed. */
function assertReferenceOpens(operation, scheme, cases) {
  const inputs = cases.map(({ made, holder }) => scheme.input(holder, hexOfText(made.text)));
  askReference(operation, inputs).forEach((said, at) => {
    assert.deepEqual(said.output, scheme.output(hex(cases[at].made.plaintext)), `the reference, ${cases[at].name}`);
  });
}

// ---- all of it ----

function allCases(schemeName, take) {
  const scheme = SCHEMES[schemeName];
  const holder = account(scheme, take);
  const whole = sealEnvelope(scheme, take, holder, PLAINTEXT);
  const first = { name: "whole", why: "An envelope as the web client writes it", flags: ["Basic"], made: whole, holder, envelope: whole.text, said: { node: OPENS, browser: OPENS } };
  return [first, ...CASES[schemeName].map(([name, why, flags, spell, node, browser = node, plaintext]) => {
    const made = plaintext ? sealEnvelope(scheme, take, holder, plaintext) : whole;
    return { name, why, flags, made, holder, envelope: spell(made.text, made), said: { node, browser } };
  })];
}

/** Whether a plaintext is text for a reader of text. */
function decodes(decoder, plaintext) {
  try {
    decoder.decode(plaintext);
    return true;
  } catch {
    return false;
  }
}

/**
 * Who else refuses what a reader refuses: the other build where it does; the decoder of texts where the ciphertext is right
 * and its plaintext no text; else the reference, whose base64 is libsodium's.
 */
function whoElseRefuses({ build, decoder }, { made, said }) {
  const other = READERS.find((about) => about.build !== build);
  if (!said[other.build].opens) return [other.reader];
  return decodes(decoder, made.plaintext) ? ["reference"] : ["text-decoder"];
}

/** The reference refuses what it is named for. */
function assertReferenceRefuses(operation, asked) {
  const named = asked.filter(({ said, witnesses }) => !said.opens && witnesses.includes("reference"));
  askReference(operation, named.map(({ input }) => input)).forEach((said, at) => {
    assert.ok(said.reject, `the reference, ${named[at].name}: ${JSON.stringify(said)}`);
  });
}

/** A case as one reader is asked it; what text the reader makes of the plaintext is what the Encoding standard says. */
function askedOf(scheme, about, one) {
  const { build, decoder } = about;
  const { name, why, flags, made, holder, envelope, said } = one;
  const { [build]: word } = said;
  const plaintext = hex(word.plaintext ?? made.plaintext);
  if (word.opens) assert.equal(hexOfText(decoder.decode(made.plaintext)), plaintext, name);
  const opened = word.plaintext ? ["reference", "text-decoder"] : ["reference"];
  const witnesses = word.opens ? opened : whoElseRefuses(about, one);
  return { name, why, flags, said: word, witnesses, input: scheme.input(holder, hexOfText(envelope)), output: scheme.output(plaintext) };
}

async function write() {
  await sodium.ready;
  for (const [schemeName, scheme] of Object.entries(SCHEMES)) {
    const recipe = `readers/${schemeName}`;
    const operation = `${schemeName}.open`;
    const cases = allCases(schemeName, keyStream(recipe));
    assertReferenceOpens(operation, scheme, cases);
    for (const about of READERS) {
      const { port, reader, policy, spec, title } = about;
      const asked = cases.map((one) => askedOf(scheme, about, one));
      assertReferenceRefuses(operation, asked);
      const vectors = await vectorsOf({ operation, ports: [port], readers: [reader] }, asked);
      const builds = READERS.map((one) => [one.reader, one.port.hello.version_text]);
      const oracles = Object.fromEntries([...builds, ["text-decoder", "WHATWG Encoding"]]);
      writeVectors(`${schemeName}/open-${policy}`, { operation, title, policy, cost: scheme.cost, spec, recipe, oracles, flags: FLAGS }, vectors);
    }
  }
}

module.exports = { write };
