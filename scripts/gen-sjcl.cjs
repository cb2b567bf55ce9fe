"use strict";
/*
 * Writes the vector files whose answers come from SJCL 1.0.9.
 *
 * In: nothing but the recipes below; every "random" byte is ChaCha20 key stream under SHA-256 of the recipe's name.
 * In: the folder to write to (vectors/ unless named).  Out: <family>/sjcl*.json in it, the same bytes on every run.
 *
 * SJCL is asked through its port (ports/sjcl), and each positive answer is computed again with node:crypto, which is
 * OpenSSL; the two must agree or nothing is written.  A negative case is kept only if SJCL refuses it, and OpenSSL or the
 * reference as well.
 */
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const { answer } = require("../ports/protocol.cjs");
const sjclPort = require("../ports/sjcl/adapter.cjs");
const prng = require("./gen-sjcl-prng.cjs");
const { askReference } = require("./reference.cjs");
const { base64, flag, hex, keyStream, utf8, writeVectors, zeros } = require("./vector-file.cjs");

const ORACLES = { openssl: process.versions.openssl.split(".")[0], sjcl: sjclPort.hello.version_text };
const BOTH = ["sjcl", "openssl"];

/** A copy with one bit changed; `at` counts from the end if negative. */
function flipped(bytes, at, mask = 0x01) {
  const copy = Buffer.from(bytes);
  copy[at < 0 ? copy.length + at : at] ^= mask;
  return copy;
}

// ---- flags ----

const SJCL_ISSUE = "https://github.com/bitwiseshiftleft/sjcl/issues/";

const FLAGS = {
  // PBKDF2 and HMAC
  PwEmpty: flag("EDGE_CASE", "An empty password is a password: HMAC takes an empty key.", "A port that refuses or replaces it cannot open data that SJCL seals."),
  PwBlockEdge: flag("EDGE_CASE", "HMAC-SHA-512 pads keys up to 128 bytes and hashes longer ones.", "Keys near 128 bytes come out wrong.", ["https://github.com/davidben/webathena/issues/39"]),
  PwOverBlock: flag("EDGE_CASE", "A password over 128 bytes is replaced by its SHA-512, so the two derive the same key.", "A port that cuts or pads instead derives another key.", ["https://github.com/davidben/webathena/issues/39"]),
  HmacBlock64: flag("WRONG_PRIMITIVE", "The block of SHA-512 is 128 bytes, not the 64 of SHA-256.", "Every key between 65 and 128 bytes comes out wrong.", ["https://github.com/soywiz-archive/korge-next/pull/752"]),
  PwNul: flag("ENCODING", "A NUL is a byte of the password like any other, except that HMAC's zero padding makes trailing NULs vanish.", "A port on C strings uses a prefix of the password."),
  PwUtf8: flag("ENCODING", "The password is the UTF-8 of the text, outside the BMP too.", "Passwords that are not ASCII open nothing written elsewhere.", [`${SJCL_ISSUE}225`]),
  PwNfd: flag("ENCODING", "Neither SJCL nor its users normalise: NFC and NFD spellings are different passwords.", "A port that normalises opens what was sealed elsewhere with one spelling only.", ["https://github.com/cryptomator/cryptomator/issues/521", "https://github.com/Picocrypt-NG/Picocrypt-NG/issues/19"]),
  PwNonUtf8: flag("ENCODING", "PBKDF2 takes bytes, which need not be UTF-8.", "A port that goes through text changes the bytes."),
  PwBom: flag("ENCODING", "A byte order mark at the front is part of the password.", "A text decoder drops it, and the key changes."),
  PwTrim: flag("ENCODING", "White space at the ends is part of the password.", "A form that trims opens nothing."),
  SaltEmpty: flag("EDGE_CASE", "PBKDF2 allows an empty salt.", "A port that refuses or replaces it disagrees."),
  SaltText: flag("ENCODING", "The salt is bytes, even where they look like hex text or like a block index.", "Decoding it once too often gives another key.", [`${SJCL_ISSUE}326`]),
  Iter1: flag("EDGE_CASE", "One iteration is U1 alone.", "An off-by-one in the loop derives another key."),
  IterMany: flag("FUNCTIONALITY", "Counts beyond one byte.", "A narrow counter derives another key."),
  DkMultiBlock: flag("FUNCTIONALITY", "More than 64 bytes take a second block with its own index.", "The key repeats, or is refused.", ["https://github.com/RustCrypto/password-hashes/issues/329", "https://github.com/bitcoinj/bitcoinj/pull/3248"]),
  DkPartialLastBlock: flag("EDGE_CASE", "The last block is cut to the length asked for.", "The key has the wrong length."),
  DkBlockIndexOver255: flag("EDGE_CASE", "The block index is 32 bits, big-endian.", "From block 256 on the key is wrong."),
  DefaultDigest: flag("KNOWN_BUG", "A build of SJCL without SHA-512 silently uses SHA-256 in its place.", "The key is that of another function.", [`${SJCL_ISSUE}128`, `${SJCL_ISSUE}356`, `${SJCL_ISSUE}369`]),
  // AES-GCM
  Basic: flag("BASIC", "Nothing special.", "Ports disagree on every input."),
  BlockEdge: flag("EDGE_CASE", "Lengths around the block of the cipher or the hash.", "A whole or a missing last block is padded or cut."),
  AadPad: flag("EDGE_CASE", "AAD is padded with zeros to whole blocks, and not at all when it is whole or empty.", "Tags are wrong.", ["https://github.com/wolfSSL/wolfssl/pull/10439", "https://github.com/bsv-blockchain/ts-sdk/issues/451", "https://github.com/C2SP/CCTV/issues/5"]),
  AadIgnored: flag("AUTH_BYPASS", "The tag covers the AAD.", "Whoever changes the AAD is not noticed.", ["https://github.com/Samsung/TizenRT/pull/6881"]),
  Iv128: flag("EDGE_CASE", "An IV of 16 bytes is hashed with GHASH into J0; it is neither cut to 12 bytes nor J0 itself.", "Nothing that SJCL seals by default can be opened.", ["https://github.com/latchset/jose/issues/42", `${SJCL_ISSUE}180`]),
  CounterWrap32: flag("EDGE_CASE", "The counter is the last 32 bits of the block and wraps without carry.", "The key stream is wrong after the wrap, and may repeat.", ["https://github.com/emz-hanauer/dart-cryptography/issues/12", "https://github.com/haskell-crypto/cryptonite/pull/290", "https://github.com/openssl/openssl/pull/17607"], ["CVE-2018-2972"]),
  LongMessage: flag("FUNCTIONALITY", "Many blocks, for code that takes several at a time.", "Long messages come out wrong."),
  TagLenPolicy: flag("FUNCTIONALITY", "SJCL has tags of 64, 96 and 128 bits; a shorter one is the front of the longer.", "A port that knows 16 bytes only cannot read them.", ["https://github.com/gchq/CyberChef/issues/1546", "https://github.com/browserify/crypto-browserify/issues/207"]),
  ModifiedTag: flag("AUTH_BYPASS", "Every byte of the tag counts.", "A comparison of some bytes only makes forging cheap."),
  ModifiedCiphertext: flag("AUTH_BYPASS", "The tag covers every byte of the ciphertext.", "The plaintext can be changed bit by bit."),
  ModifiedIv: flag("AUTH_BYPASS", "The tag depends on every byte of the IV.", "The plaintext can be garbled without notice."),
  TagTruncated: flag("AUTH_BYPASS", "The length of the tag comes from the caller, not from what arrived.", "One byte of tag can be guessed.", ["https://github.com/kazu-yamamoto/crypton/pull/80", "https://github.com/oven-sh/bun/pull/34093"], ["CVE-2018-1000539", "CVE-2023-37464"]),
  TagEmpty: flag("AUTH_BYPASS", "No tag at all is not a tag that matches.", "Anybody can forge.", ["https://github.com/weidai11/cryptopp/issues/1369"]),
  WrongKey: flag("AUTH_BYPASS", "Another key gives another tag.", "Garbage is accepted as plaintext."),
  // Autonomail
  WrongPassword: flag("AUTH_BYPASS", "A wrong password shows as a tag that does not match, and as nothing else.", "Garbage is accepted as plaintext."),
  KeyHalf: flag("KNOWN_BUG", "The document takes the first 256 bits of the derived key, the published client the second.", "Records of one cannot be opened as the other.", ["https://github.com/autonomail/autonomail"]),
  IterDecoy: flag("PARSER_DIFFERENTIAL", "`iter` inside the SJCL JSON is always 1000 and means nothing: the key is given, not derived by SJCL.", "A reader that believes it derives another key."),
  IterationsOutside: flag("MODIFIED_PARAMETER", "The iteration count is part of the secret path from password to key.", "A wrong count must look like a wrong password."),
  EmptyPlaintext: flag("EDGE_CASE", "An empty plaintext is sealed as a tag alone.", "A port that wants at least one byte fails."),
  PlaintextBytes: flag("ENCODING", "The plaintext comes back byte for byte, a byte order mark too.", "Data change when they are opened."),
  ModeConfusion: flag("MODIFIED_PARAMETER", "The header is not authenticated; only GCM with a 128-bit tag is Autonomail's.", "A reader that follows the header can be led to a weaker mode.", ["https://github.com/hashcat/hashcat/issues/2570"]),
  ParamNotBound: flag("BINDING", "The header is not authenticated, so what it says decides how the ciphertext is read.", "Whoever stores the record chooses parameters for the reader."),
  Truncated: flag("PARSER_DIFFERENTIAL", "What arrived is not whole.", "A lenient reader makes something up."),
  MissingMember: flag("PARSER_DIFFERENTIAL", "A member without which nothing can be opened.", "A default is used in its place."),
  B64Invalid: flag("ENCODING", "Characters that are not base64.", "A lenient decoder drops them and reads something else."),
  ...prng.flags(flag, SJCL_ISSUE),
};

// ---- files and cases ----

const accepted = (name, why, flags, input, output, trace) =>
  ({ name, why, flags, input, expect: { output }, trace, confirmed_by: BOTH });

const refused = (from, name, why, flags, input, reject, confirmed_by) =>
  ({ name, why, flags, from, input, expect: { reject }, trace: {}, confirmed_by });

function writeFile(topic, about, cases) {
  writeVectors(topic, { policy: "core", cost: "fast", oracles: ORACLES, flags: FLAGS, ...about }, cases);
}

async function sjclOutput(operation, input) {
  const said = await answer({ op: operation, input }, sjclPort);
  assert.ok(said.output, `${operation}: ${JSON.stringify(said)}`);
  return said.output;
}

async function assertSjclRefuses(operation, { name, input, expect }) {
  const said = await answer({ op: operation, input }, sjclPort);
  assert.ok(expect.reject.includes(said.reject?.reason), `${operation} ${name}: ${JSON.stringify(said)}`);
}

// ---- PBKDF2 ----

async function writePbkdf2() {
  const operation = "pbkdf2-hmac-sha512.derive";
  const recipe = "sjcl/pbkdf2-hmac-sha512";
  const take = keyStream(recipe);
  const salt16 = take(16);
  const over = take(129);
  const cases = [];
  const add = async (name, why, flags, password, salt, iterations, length) => {
    const input = { password: hex(password), salt: hex(salt), iterations, length };
    const output = { key: hex(crypto.pbkdf2Sync(password, salt, iterations, length, "sha512")) };
    assert.deepEqual(await sjclOutput(operation, input), output, name);
    cases.push(accepted(name, why, flags, input, output, {}));
  };
  const password = utf8("correct horse battery staple");

  await add("one-iteration", "The smallest count: U1 and nothing else", ["Iter1", "DefaultDigest"], password, salt16, 1, 64);
  await add("two-iterations", "U1 xor U2: the first count at which the loop runs", ["DefaultDigest"], password, salt16, 2, 64);
  await add("three-iterations", "A loop that starts from the wrong U shows here", ["DefaultDigest"], password, salt16, 3, 64);
  for (const iterations of [255, 256, 257]) {
    await add(`iterations-${iterations}`, "Counts around one byte", ["IterMany"], password, salt16, iterations, 32);
  }
  await add("iterations-1000", "What SJCL used by default until 2016", ["IterMany"], password, salt16, 1000, 64);
  await add("iterations-3000", "A count whose work shows", ["IterMany"], password, salt16, 3000, 32);

  await add("password-empty", "An empty password", ["PwEmpty"], utf8(""), salt16, 2, 64);
  await add("password-and-salt-empty", "Nothing but the block index goes into the first HMAC", ["PwEmpty", "SaltEmpty"], utf8(""), utf8(""), 1, 64);
  await add("password-utf8", "Letters, CJK and an emoji: the UTF-8 of the text, four bytes for the emoji", ["PwUtf8"], utf8("pässwörd 漢字 🔑"), salt16, 10, 64);
  await add("password-nfc", "é as one code point", ["PwNfd"], utf8("caf\u00e9"), salt16, 10, 64);
  await add("password-nfd", "é as e and a combining accent: looks the same, is another password", ["PwNfd"], utf8("cafe\u0301"), salt16, 10, 64);
  await add("password-bom", "A byte order mark before the password stays", ["PwBom"], utf8("\ufeffpassword"), salt16, 10, 64);
  await add("password-not-utf8", "Bytes that are not UTF-8", ["PwNonUtf8"], Buffer.from([0xff, 0xfe, 0x80, 0xc0]), salt16, 10, 64);
  await add("password-nul-inside", "What follows the NUL counts", ["PwNul"], utf8("pass\u0000word"), salt16, 10, 64);
  await add("password-plain", "The password of the next case without its NUL", ["PwNul"], utf8("password"), salt16, 10, 64);
  await add("password-nul-at-the-end", "HMAC pads with zeros, so this is the key of the case before", ["PwNul"], utf8("password\u0000"), salt16, 10, 64);
  for (const length of [63, 64, 65]) {
    await add(`password-${length}-bytes`, "Around 64 bytes, the block of SHA-256, at which SHA-512 must not notice anything", ["HmacBlock64"], take(length), salt16, 2, 64);
  }
  await add("password-127-bytes", "One byte of padding", ["PwBlockEdge"], over.subarray(0, 127), salt16, 2, 64);
  await add("password-128-bytes", "A whole block: no padding, and not hashed", ["PwBlockEdge"], over.subarray(0, 128), salt16, 2, 64);
  await add("password-129-bytes", "One byte over the block: hashed first", ["PwBlockEdge", "PwOverBlock"], over, salt16, 2, 64);
  await add("password-is-that-hash", "The SHA-512 of the 129 bytes before derives the same key", ["PwOverBlock"], crypto.createHash("sha512").update(over).digest(), salt16, 2, 64);
  await add("password-1000-bytes", "Far over the block", ["PwOverBlock"], take(1000), salt16, 2, 64);

  await add("salt-empty", "RFC 8018 sets no least length", ["SaltEmpty"], password, utf8(""), 2, 64);
  for (const length of [1, 8, 32, 63, 64, 65, 107, 108, 128, 200]) {
    await add(`salt-${length}-bytes`, "The salt, four bytes of block index and the padding against the 128-byte block of the hash; 107 is the most that fits", ["BlockEdge"], password, take(length), 2, 64);
  }
  await add("salt-hex-text", "Bytes that read as hex: they are the salt, not what they spell", ["SaltText"], password, utf8("0123456789abcdef"), 2, 64);
  await add("salt-base64-text", "Bytes that read as base64", ["SaltText"], password, utf8("c2FsdHNhbHQ="), 2, 64);
  await add("salt-ends-like-an-index", "The salt ends in 00000001 and the index follows all the same", ["SaltText"], password, Buffer.from("73616c7400000001", "hex"), 2, 64);
  await add("salt-text", "SJCL of before 2013-08 put the character 1 after a salt given as text, instead of the block index", ["SaltText"], password, utf8("salt"), 2, 64);

  for (const length of [1, 16, 20, 31, 33, 63]) {
    await add(`length-${length}`, "One block, cut", ["DkPartialLastBlock"], password, salt16, 2, length);
  }
  await add("length-65", "A second block for one byte", ["DkMultiBlock", "DkPartialLastBlock"], password, salt16, 2, 65);
  await add("length-128", "Two whole blocks", ["DkMultiBlock"], password, salt16, 2, 128);
  await add("length-129", "A third block for one byte", ["DkMultiBlock", "DkPartialLastBlock"], password, salt16, 2, 129);
  await add("block-index-257", "257 blocks: the index needs its second byte", ["DkBlockIndexOver255", "DkPartialLastBlock"], password, salt16, 1, 256 * 64 + 1);

  writeFile("pbkdf2-hmac-sha512/sjcl", {
    operation,
    title: "PBKDF2-HMAC-SHA-512 as SJCL derives it",
    spec: ["RFC 8018 section 5.2", "SJCL 1.0.9 core/pbkdf2.js and core/hmac.js"],
    recipe,
  }, cases);
}

// ---- GF(2^128) as GCM has it: the first bit of the block is the coefficient of x^0 ----

const REDUCTION = 0xe1n << 120n;
const toElement = (block) => BigInt(`0x${hex(block)}`);
const toBlock = (element) => Buffer.from(element.toString(16).padStart(32, "0"), "hex");

function multiply(x, y) {
  let product = 0n;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((x >> bit) & 1n) product ^= y;
    y = y & 1n ? (y >> 1n) ^ REDUCTION : y >> 1n;
  }
  return product;
}

/** x^(2^128 - 2): the exponent is 127 ones and a zero. */
function invert(x) {
  let power = 1n << 127n; // the element 1
  let square = x;
  for (let bit = 1; bit < 128; bit++) {
    square = multiply(square, square);
    power = multiply(power, square);
  }
  return power;
}

const aesBlock = (key, block) => {
  const cipher = crypto.createCipheriv("aes-256-ecb", key, null).setAutoPadding(false);
  return cipher.update(block);
};
const hashKey = (key) => aesBlock(key, zeros(16));
const IV_BITS = 128n; // the length block of a 16-byte IV

/** J0 of an IV of 12 or 16 bytes. */
function preCounter(key, iv) {
  if (iv.length === 12) return Buffer.concat([iv, Buffer.from([0, 0, 0, 1])]);
  assert.equal(iv.length, 16);
  const h = toElement(hashKey(key));
  return toBlock(multiply(multiply(toElement(iv), h) ^ IV_BITS, h));
}

/** The 16-byte IV that GHASH takes to a J0 of our choice: both steps of GHASH, backwards. */
function ivFor(key, j0) {
  const inverse = invert(toElement(hashKey(key)));
  const iv = toBlock(multiply(multiply(toElement(j0), inverse) ^ IV_BITS, inverse));
  assert.deepEqual(preCounter(key, iv), j0);
  return iv;
}

// ---- AES-256-GCM ----

function opensslSeal({ key, iv, aad, plaintext }, tagLength) {
  const cipher = crypto.createCipheriv("aes-256-gcm", key, iv, { authTagLength: tagLength }).setAAD(aad);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext, or null where OpenSSL refuses. */
function opensslOpen({ key, iv, aad, ciphertext, tag_length }) {
  const bytes = (text) => Buffer.from(text, "hex");
  const sealed = bytes(ciphertext);
  if (sealed.length < tag_length) return null;
  const body = sealed.subarray(0, sealed.length - tag_length);
  try {
    const decipher = crypto.createDecipheriv("aes-256-gcm", bytes(key), bytes(iv), { authTagLength: tag_length });
    decipher.setAAD(bytes(aad)).setAuthTag(sealed.subarray(body.length));
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

/** J0 is what we say it is if the first block of key stream is the next counter, encrypted. */
function assertPreCounter(j0, { key, plaintext }, ciphertext) {
  if (plaintext.length < 16) return;
  const next = Buffer.from(j0);
  next.writeUInt32BE((next.readUInt32BE(12) + 1) >>> 0, 12);
  const stream = aesBlock(key, next);
  for (let at = 0; at < 16; at++) assert.equal(ciphertext[at] ^ plaintext[at], stream[at]);
}

/** The messages for one IV length.  `everywhere` marks those that are asked at every tag length. */
function gcmMessages(ivLength, take) {
  const messages = [];
  const add = (name, why, flags, everywhere, fields) => messages.push({
    name, why, flags, everywhere,
    key: fields.key ?? take(32), iv: fields.iv ?? take(ivLength), aad: take(fields.aad ?? 0), plaintext: take(fields.plaintext ?? 0),
  });
  const plain = ivLength === 16 ? ["Iv128"] : ["Basic"];

  add("empty-message-no-aad", "The tag is all there is", [...plain, "EmptyPlaintext"], true, {});
  add("empty-message", "AAD alone, as GMAC has it", [...plain, "EmptyPlaintext"], false, { aad: 20 });
  add("one-byte", "The shortest message", plain, false, { aad: 1, plaintext: 1 });
  add("a-byte-short-of-a-block", "15 bytes of message and AAD", [...plain, "BlockEdge", "AadPad"], false, { aad: 15, plaintext: 15 });
  add("one-block", "16 bytes of message and AAD: nothing is padded", [...plain, "BlockEdge", "AadPad"], true, { aad: 16, plaintext: 16 });
  add("a-byte-over-a-block", "17 bytes of message and AAD", [...plain, "BlockEdge", "AadPad"], false, { aad: 17, plaintext: 17 });
  add("ordinary", "Two blocks and a byte, with AAD", plain, true, { aad: 20, plaintext: 33 });
  add("no-aad", "What Autonomail does: no AAD", [...plain, "AadPad"], true, { plaintext: 40 });
  add("long-aad", "More AAD than message", [...plain, "AadPad"], false, { aad: 129, plaintext: 8 });
  if (ivLength === 12) {
    add("sixteen-kib", "1024 blocks: the counter leaves its last byte, and fast code has its way", ["LongMessage"], false, { aad: 13, plaintext: 16384 });
    return messages;
  }

  add("iv-all-zero", "GHASH of zeros is not zero: the length block still counts", ["Iv128"], true, { iv: zeros(16), plaintext: 20 });
  add("iv-like-j0", "The IV ends in 00000001 like a J0 made from 12 bytes, and is hashed all the same", ["Iv128"], false, { iv: Buffer.concat([take(12), Buffer.from([0, 0, 0, 1])]), plaintext: 20 });
  const shared = { key: take(32), front: take(12) };
  for (const last of [0x02, 0x03]) {
    add(`iv-tail-${last}`, "One of two IVs alike in 12 bytes: a port that cuts the IV gives both the same key stream", ["Iv128"], false, { key: shared.key, iv: Buffer.concat([shared.front, Buffer.from([0, 0, 0, last])]), plaintext: 20 });
  }
  const constructed = (name, why, everywhere, j0) => {
    const key = take(32);
    add(name, why, ["CounterWrap32", "Iv128"], everywhere, { key, iv: ivFor(key, j0), aad: 5, plaintext: 80 });
  };
  const ending = (tail) => Buffer.concat([take(16 - tail.length), Buffer.from(tail)]);
  constructed("j0-ends-fffffffc", "The 32-bit counter wraps before the fourth of five blocks", false, ending([0xff, 0xff, 0xff, 0xfc]));
  constructed("j0-ends-fffffffd", "The 32-bit counter wraps before the third of five blocks", false, ending([0xff, 0xff, 0xff, 0xfd]));
  constructed("j0-ends-fffffffe", "The 32-bit counter wraps before the second of five blocks", true, ending([0xff, 0xff, 0xff, 0xfe]));
  constructed("j0-ends-ffffffff", "The 32-bit counter wraps before the first block", true, ending([0xff, 0xff, 0xff, 0xff]));
  constructed("j0-all-ones", "A counter of 64 or 128 bits would carry through everything", true, Buffer.alloc(16, 0xff));
  constructed("j0-ends-7fffffff", "The counter crosses into what a signed 32-bit integer calls negative", false, ending([0x7f, 0xff, 0xff, 0xff]));
  constructed("j0-ends-0000ffff", "A carry out of the last two bytes, which must happen", false, ending([0x00, 0x00, 0xff, 0xff]));
  constructed("j0-ends-000000ff", "A carry out of the last byte, which must happen", false, ending([0x00, 0x00, 0x00, 0xff]));
  return messages;
}

const NOT_AUTHENTIC = ["authentication"];
const NOT_WHOLE = ["authentication", "malformed", "parameter"];

/** What must not open: `from` changed in one thing.  Shorter tags repeat only what depends on the tag. */
function gcmForgeries(from, message, tagLength) {
  const whole = from.input;
  const sealed = Buffer.from(whole.ciphertext, "hex");
  const body = sealed.subarray(0, sealed.length - tagLength);
  const tag = sealed.subarray(body.length);
  const forgeries = [];
  const add = (name, why, flags, change, reject = NOT_AUTHENTIC) =>
    forgeries.push(refused(from, name, why, flags, { ...whole, ...change }, reject, BOTH));
  const ciphertext = (...parts) => ({ ciphertext: hex(Buffer.concat(parts)) });

  for (let at = 0; at < tagLength; at++) {
    const bit = (at * 3) % 8;
    add(`tag-byte-${at}-flipped`, `Bit ${bit} of byte ${at} of the tag`, ["ModifiedTag"], ciphertext(body, flipped(tag, at, 1 << bit)));
  }
  add("tag-cut-by-one", "The last byte of the tag is gone, and the tag length is as before", ["TagTruncated"], ciphertext(body, tag.subarray(0, -1)), NOT_WHOLE);
  add("tag-cut-to-four", "Four bytes of tag are left, and the tag length is as before", ["TagTruncated"], ciphertext(body, tag.subarray(0, 4)), NOT_WHOLE);
  add("tag-removed", "The ciphertext without its tag", ["TagEmpty"], ciphertext(body), NOT_WHOLE);
  add("ciphertext-first-bit", "The first bit of the ciphertext", ["ModifiedCiphertext"], ciphertext(flipped(sealed, 0, 0x80)));
  add("iv-last-bit", "The last bit of the IV", ["ModifiedIv"], { iv: hex(flipped(message.iv, -1)) });
  add("aad-first-bit", "The first bit of the AAD", ["AadIgnored"], { aad: hex(flipped(message.aad, 0, 0x80)) });
  if (tagLength !== 16) return forgeries;

  add("tag-all-zero", "A tag of zeros, as a buffer is before anything is written to it", ["ModifiedTag"], ciphertext(body, zeros(tagLength)));
  add("tag-in-front", "The tag before the ciphertext, as some formats have it", ["ModifiedTag"], ciphertext(tag, body));
  add("nothing", "No ciphertext and no tag", ["TagEmpty"], { ciphertext: "" }, NOT_WHOLE);
  add("tag-alone", "The tag without its ciphertext", ["ModifiedCiphertext"], ciphertext(tag));
  add("ciphertext-last-bit", "The last bit before the tag, in a block that is not full", ["ModifiedCiphertext"], ciphertext(flipped(body, -1), tag));
  add("ciphertext-block-dropped", "The second block is gone", ["ModifiedCiphertext"], ciphertext(body.subarray(0, 16), body.subarray(32), tag));
  add("iv-first-bit", "The first bit of the IV", ["ModifiedIv"], { iv: hex(flipped(message.iv, 0, 0x80)) });
  add("aad-dropped", "No AAD where there was some", ["AadIgnored"], { aad: "" });
  add("aad-zero-appended", "The zero with which GHASH pads the AAD, written out: the lengths must count", ["AadPad"], { aad: hex(message.aad) + "00" });
  add("key-last-bit", "The last bit of the key", ["WrongKey"], { key: hex(flipped(message.key, -1)) });
  return forgeries;
}

async function writeGcm(ivLength, tagLength, messages) {
  const about = { spec: ["NIST SP 800-38D", "SJCL 1.0.9 core/gcm.js"], recipe: `sjcl/aes-256-gcm-iv${ivLength}` };
  const seals = [];
  const opens = [];
  let ordinary;
  for (const message of messages) {
    if (tagLength !== 16 && !message.everywhere) continue;
    const { name, why } = message;
    const flags = tagLength === 16 ? message.flags : [...message.flags, "TagLenPolicy"];
    const common = { key: hex(message.key), iv: hex(message.iv), aad: hex(message.aad) };
    const sealed = opensslSeal(message, tagLength);
    const j0 = preCounter(message.key, message.iv);
    assertPreCounter(j0, message, sealed);
    const trace = { h: hex(hashKey(message.key)), j0: hex(j0) };
    const seal = { ...common, plaintext: hex(message.plaintext), tag_length: tagLength };
    const open = { ...common, ciphertext: hex(sealed), tag_length: tagLength };
    assert.deepEqual(await sjclOutput("aes-256-gcm.seal", seal), { ciphertext: open.ciphertext }, name);
    assert.deepEqual(await sjclOutput("aes-256-gcm.open", open), { plaintext: seal.plaintext }, name);
    assert.deepEqual(opensslOpen(open), message.plaintext, name);
    seals.push(accepted(name, why, flags, seal, { ciphertext: open.ciphertext }, trace));
    if (!message.everywhere) continue;
    opens.push(accepted(name, why, flags, open, { plaintext: seal.plaintext }, trace));
    if (name === "ordinary") ordinary = { from: opens.at(-1), message };
  }
  const forgeries = gcmForgeries(ordinary.from, ordinary.message, tagLength);
  for (const forgery of forgeries) {
    await assertSjclRefuses("aes-256-gcm.open", forgery);
    assert.equal(opensslOpen(forgery.input), null, forgery.name);
  }
  const shape = `a ${ivLength}-byte IV and ${tagLength === 8 ? "an" : "a"} ${tagLength}-byte tag`;
  const topic = `sjcl-iv${ivLength}-tag${tagLength}`;
  writeFile(`aes-256-gcm/${topic.replace("sjcl-", "sjcl-seal-")}`, { operation: "aes-256-gcm.seal", title: `AES-256-GCM sealing with ${shape}`, ...about }, seals);
  writeFile(`aes-256-gcm/${topic.replace("sjcl-", "sjcl-open-")}`, { operation: "aes-256-gcm.open", title: `AES-256-GCM opening with ${shape}`, ...about }, [...opens, ...forgeries]);
}

// ---- Autonomail ----

const SCHEMES = {
  autonomail: {
    title: "Autonomail records as its document has them: the first half of the key, iterations kept apart",
    spec: ["Autonomail docs, 3-private-data.md", "SJCL 1.0.9 core/convenience.js"],
    half: (derived) => derived.subarray(0, 32),
    otherHalf: (derived) => derived.subarray(32),
    record: (salt, iterations, secureData) => ({ salt, secureData }),
    openInput: (password_text, iterations, record) => ({ password_text, iterations, record }),
  },
  "autonomail-2014": {
    title: "Autonomail records as the client of 2014 wrote them: the second half of the key, iterations in the record",
    spec: ["Autonomail client, app/scripts/crypto/services/crypto.js", "SJCL 1.0.9 core/convenience.js"],
    half: (derived) => derived.subarray(32),
    otherHalf: (derived) => derived.subarray(0, 32),
    record: (salt, iterations, secureData) => ({ salt, iterations, secureData }),
    openInput: (password_text, iterations, record) => ({ password_text, record }),
  },
};

const sealedText = (iv, ct) =>
  `{"iv":"${base64(iv)}","v":1,"iter":1000,"ks":256,"ts":128,"mode":"gcm","adata":"","cipher":"aes","ct":"${base64(ct)}"}`;

const AUTONOMAIL_STORES = [
  // name, why, flags, password, iterations, plaintext
  ["new-store", "What a new account stores: an empty object", ["KeyHalf", "IterDecoy"], "correct horse battery staple", 1000, "{}"],
  ["store-with-keys", "A store with PGP data in it", ["KeyHalf", "IterDecoy"], "correct horse battery staple", 1500, '{"pgp":{"public":"-----BEGIN PGP PUBLIC KEY BLOCK-----\\n","private":"-----BEGIN PGP PRIVATE KEY BLOCK-----\\n"}}'],
  ["one-iteration", "The smallest count", ["Iter1"], "correct horse battery staple", 1, "{}"],
  ["iterations-2000", "A count above the 1000 that the header claims", ["IterDecoy", "IterMany"], "correct horse battery staple", 2000, '{"a":1}'],
  ["password-empty", "An empty password", ["PwEmpty"], "", 10, "{}"],
  ["password-unicode", "Letters with marks, CJK, and an emoji outside the BMP", ["PwUtf8"], "pässwörd 漢字 🔑", 10, "{}"],
  ["password-nfc", "é as one code point", ["PwNfd"], "caf\u00e9", 10, "{}"],
  ["password-nfd", "é as e and a combining accent", ["PwNfd"], "cafe\u0301", 10, "{}"],
  ["password-nul-inside", "What follows the NUL counts", ["PwNul"], "pass\u0000word", 10, "{}"],
  ["password-bom", "A byte order mark before the password stays", ["PwBom"], "\ufeffpassword", 10, "{}"],
  ["password-spaces", "Spaces at both ends stay", ["PwTrim"], " password ", 10, "{}"],
  ["password-129-bytes", "One byte over the block of HMAC-SHA-512", ["PwOverBlock"], "0123456789abcdef".repeat(8) + "!", 10, "{}"],
  ["empty-plaintext", "No plaintext: the ciphertext is the tag", ["EmptyPlaintext"], "password", 10, ""],
  ["plaintext-unicode", "JSON text outside ASCII and outside the BMP", ["PlaintextBytes"], "password", 10, '{"name":"Zoë 🔑 漢字"}'],
  ["plaintext-bom", "A byte order mark before the plaintext stays", ["PlaintextBytes"], "password", 10, '\ufeff{"a":1}'],
  ["plaintext-one-block", "16 bytes", ["BlockEdge"], "password", 10, '{"abcdefgh":100}'],
];

/** One store sealed with OpenSSL alone, together with all that it took. */
function sealStore(scheme, take, [name, why, flags, password, iterations, plaintextText]) {
  const [salt, iv, plaintext] = [take(32), take(16), utf8(plaintextText)];
  const derived = crypto.pbkdf2Sync(utf8(password), salt, iterations, 64, "sha512");
  const key = scheme.half(derived);
  const sealWith = (dataKey) => opensslSeal({ key: dataKey, iv, aad: zeros(0), plaintext }, 16);
  const text = sealedText(iv, sealWith(key));
  const recordOf = (inner, saltHex = hex(salt), count = iterations) => JSON.stringify(scheme.record(saltHex, count, base64(utf8(inner))));
  return {
    name, why, flags, password, iterations, salt, iv, plaintext, text, recordOf,
    record: recordOf(text),
    ct: sealWith(key),
    otherHalfText: sealedText(iv, sealWith(scheme.otherHalf(derived))),
    trace: { derived_key: hex(derived), key: hex(key), iv: hex(iv), sealed_text: text },
  };
}

/** The plaintext of a record that is spelled plainly, by OpenSSL alone, or null where it refuses. */
function opensslOpenStore(scheme, { password_text, iterations, record }) {
  const outer = JSON.parse(Buffer.from(record, "hex"));
  const inner = JSON.parse(Buffer.from(outer.secureData, "base64"));
  const derived = crypto.pbkdf2Sync(utf8(password_text), Buffer.from(outer.salt, "hex"), iterations ?? outer.iterations, 64, "sha512");
  const [iv, ciphertext] = [inner.iv, inner.ct].map((text) => Buffer.from(text, "base64").toString("hex"));
  return opensslOpen({ key: hex(scheme.half(derived)), iv, aad: "", ciphertext, tag_length: 16 });
}

/** Who refuses what OpenSSL is not asked, since it is not read or is no value of the format. */
const WITH_REFERENCE = ["reference", "sjcl"];

/** The reference refuses these as well, for a reason that is right. */
function assertReferenceRefuses(operation, cases) {
  askReference(operation, cases.map(({ input }) => input)).forEach((said, at) => {
    const { name, expect } = cases[at];
    assert.ok(expect.reject.includes(said.reject?.reason), `the reference, ${operation} ${name}: ${JSON.stringify(said)}`);
  });
}

/** What must not open: the store `made` changed in one thing. */
function autonomailForgeries(schemeName, scheme, from, made) {
  const forgeries = [];
  const add = (name, why, flags, reject, { password = made.password, iterations = made.iterations, record = made.record }) =>
    forgeries.push(refused(from, name, why, flags, scheme.openInput(password, iterations, hex(utf8(record))), reject, reject === NOT_AUTHENTIC ? BOTH : WITH_REFERENCE));
  const inner = (before, after) => {
    assert.ok(made.text.includes(before), before);
    return { record: made.recordOf(made.text.replace(before, after)) };
  };
  const ct = (bytes) => inner(base64(made.ct), base64(bytes));
  const parsed = JSON.parse(made.record);
  const without = (member) => JSON.stringify({ ...parsed, [member]: undefined });

  add("password-wrong", "Another password", ["WrongPassword"], NOT_AUTHENTIC, { password: "incorrect horse battery staple" });
  add("password-upper-case", "Case matters", ["WrongPassword"], NOT_AUTHENTIC, { password: made.password.toUpperCase() });
  add("password-with-a-space", "A space at the end makes another password", ["WrongPassword", "PwTrim"], NOT_AUTHENTIC, { password: `${made.password} ` });
  add("password-prefix", "The password without its last character", ["WrongPassword"], NOT_AUTHENTIC, { password: made.password.slice(0, -1) });
  for (const [name, step] of [["one-more", 1], ["one-less", -1]]) {
    const iterations = made.iterations + step;
    add(`iterations-${name}`, "A count that is off by one is a wrong count", ["IterationsOutside"], NOT_AUTHENTIC, { iterations, record: made.recordOf(made.text, undefined, iterations) });
  }
  add("iterations-of-the-header", "The 1000 that the header claims, believed", ["IterDecoy"], NOT_AUTHENTIC, { iterations: 1000, record: made.recordOf(made.text, undefined, 1000) });
  add("other-half", "The same store sealed with the other half of the derived key", ["KeyHalf"], NOT_AUTHENTIC, { record: made.recordOf(made.otherHalfText) });
  add("salt-first-bit", "The first bit of the salt", ["WrongPassword"], NOT_AUTHENTIC, { record: made.recordOf(made.text, hex(flipped(made.salt, 0, 0x80))) });
  add("salt-cut-by-a-byte", "31 bytes of salt", ["Truncated"], NOT_WHOLE, { record: made.recordOf(made.text, hex(made.salt.subarray(0, 31))) });
  add("iv-first-bit", "The first bit of the IV", ["ModifiedIv"], NOT_AUTHENTIC, inner(base64(made.iv), base64(flipped(made.iv, 0, 0x80))));
  add("iv-last-bit", "The last bit of the IV", ["ModifiedIv"], NOT_AUTHENTIC, inner(base64(made.iv), base64(flipped(made.iv, -1))));
  add("iv-cut-to-twelve", "12 bytes of IV, which GCM takes another way", ["ParamNotBound", "Iv128"], NOT_WHOLE, inner(base64(made.iv), base64(made.iv.subarray(0, 12))));
  add("ciphertext-first-bit", "The first bit of the ciphertext", ["ModifiedCiphertext"], NOT_AUTHENTIC, ct(flipped(made.ct, 0, 0x80)));
  add("tag-first-bit", "The first bit of the tag", ["ModifiedTag"], NOT_AUTHENTIC, ct(flipped(made.ct, -16, 0x80)));
  add("tag-last-bit", "The last bit of the tag", ["ModifiedTag"], NOT_AUTHENTIC, ct(flipped(made.ct, -1)));
  add("tag-cut-by-one", "The last byte of the tag is gone; ts says 128 as before", ["TagTruncated"], NOT_WHOLE, ct(made.ct.subarray(0, -1)));
  add("tag-cut-to-eight", "Half the tag is gone; ts says 128 as before", ["TagTruncated"], NOT_WHOLE, ct(made.ct.subarray(0, -8)));
  add("tag-removed", "The ciphertext without its tag", ["TagEmpty"], NOT_WHOLE, ct(made.ct.subarray(0, -16)));
  add("ct-empty", "Neither ciphertext nor tag", ["TagEmpty"], NOT_WHOLE, ct(zeros(0)));
  add("ts-lowered", "ts says 64 and the tag is whole", ["ParamNotBound"], ["authentication", "parameter"], inner('"ts":128', '"ts":64'));
  add("mode-ccm", "The header says CCM, SJCL's default mode", ["ModeConfusion"], ["authentication", "parameter"], inner('"mode":"gcm"', '"mode":"ccm"'));
  add("mode-unknown", "The header names no mode that there is", ["ModeConfusion"], ["malformed", "parameter"], inner('"mode":"gcm"', '"mode":"ecb"'));
  add("adata-added", "AAD that was not there when it was sealed", ["ParamNotBound"], ["authentication", "parameter"], inner('"adata":""', '"adata":"YQ=="'));
  add("iv-missing", "No IV", ["MissingMember"], ["malformed", "parameter"], inner(`"iv":"${base64(made.iv)}",`, ""));
  add("sealed-text-cut", "The SJCL JSON stops before its brace", ["Truncated"], ["malformed"], { record: made.recordOf(made.text.slice(0, -1)) });
  add("secure-data-not-base64", "A character that base64 does not have", ["B64Invalid"], ["malformed"], { record: made.record.replace('"secureData":"', '"secureData":"!') });
  add("secure-data-missing", "No secureData", ["MissingMember"], ["malformed"], { record: without("secureData") });
  add("salt-missing", "No salt", ["MissingMember"], ["malformed"], { record: without("salt") });
  add("record-cut", "The record stops before its brace", ["Truncated"], ["malformed"], { record: made.record.slice(0, -1) });
  add("record-empty", "No record at all", ["Truncated"], ["malformed"], { record: "" });
  return forgeries;
}

async function writeAutonomail(schemeName) {
  const scheme = SCHEMES[schemeName];
  const about = { spec: scheme.spec, recipe: `sjcl/${schemeName}` };
  const take = keyStream(about.recipe);
  const seals = [];
  const opens = [];
  let forgeries;
  for (const store of AUTONOMAIL_STORES) {
    const made = sealStore(scheme, take, store);
    const { name, why, flags, password, iterations, salt, iv, plaintext, trace } = made;
    const seal = { password_text: password, iterations, salt: hex(salt), iv: hex(iv), plaintext: hex(plaintext) };
    const open = scheme.openInput(password, iterations, hex(utf8(made.record)));
    assert.deepEqual(await sjclOutput(`${schemeName}.seal`, seal), { record: open.record }, name);
    assert.deepEqual(await sjclOutput(`${schemeName}.open`, open), { plaintext: seal.plaintext }, name);
    assert.deepEqual(opensslOpenStore(scheme, open), plaintext, name);
    seals.push(accepted(name, why, flags, seal, { record: open.record }, trace));
    opens.push(accepted(name, why, flags, open, { plaintext: seal.plaintext }, trace));
    if (name === "store-with-keys") forgeries = autonomailForgeries(schemeName, scheme, opens.at(-1), made);
  }
  for (const forgery of forgeries) {
    await assertSjclRefuses(`${schemeName}.open`, forgery);
    if (forgery.confirmed_by === BOTH) assert.equal(opensslOpenStore(scheme, forgery.input), null, forgery.name);
  }
  assertReferenceRefuses(`${schemeName}.open`, forgeries.filter((forgery) => forgery.confirmed_by === WITH_REFERENCE));
  writeFile(`${schemeName}/sjcl-seal`, { operation: `${schemeName}.seal`, title: scheme.title, ...about }, seals);
  writeFile(`${schemeName}/sjcl-open`, { operation: `${schemeName}.open`, title: scheme.title, ...about }, [...opens, ...forgeries]);
}

// ---- SJCL's own generator ----

/** No OpenSSL has this generator: the second implementation is the suite's reference, which every test run asks. */
async function writePrng() {
  const operation = "sjcl-prng.generate";
  for (const { topic, title, recipe, positive, negative } of prng.files(keyStream)) {
    const made = new Map();
    for (const { name, why, flags, input } of positive) {
      const { prng: after, outputs } = sjclPort.drivePrng(input);
      assert.deepEqual(await sjclOutput(operation, input), { outputs }, name);
      const words = (list) => hex(Buffer.concat(list.map((word) => Buffer.from(new Int32Array([word]).buffer).reverse())));
      const trace = { last_key: words(after._key), last_counter: words(after._counter) };
      made.set(name, { ...accepted(name, why, flags, input, { outputs }, trace), confirmed_by: ["reference", "sjcl"] });
    }
    const cases = [...made.values()];
    for (const { from, name, why, flags, input } of negative) {
      const forgery = refused(made.get(from), name, why, flags, input, ["parameter", "malformed"], ["reference", "sjcl"]);
      await assertSjclRefuses(operation, forgery);
      cases.push(forgery);
    }
    const oracles = { sjcl: ORACLES.sjcl };
    writeFile(topic, { operation, title, spec: ["SJCL 1.0.9 core/random.js", "docs/fortuna.md"], recipe, oracles }, cases);
  }
}

// ---- all of it ----

async function main() {
  await writePbkdf2();
  for (const ivLength of [12, 16]) {
    const messages = gcmMessages(ivLength, keyStream(`sjcl/aes-256-gcm-iv${ivLength}`));
    for (const tagLength of [8, 12, 16]) await writeGcm(ivLength, tagLength, messages);
  }
  for (const schemeName of Object.keys(SCHEMES)) await writeAutonomail(schemeName);
  await writePrng();
}

main();
