"use strict";
/*
 * What SJCL's readers do with Autonomail's records: `sjcl-reader` is 1.0.9, `sjcl-2014-reader` what Autonomail had.
 *
 * In: the ports sjcl and sjcl-2014.  Out: <family>/open-sjcl-reader.json and autonomail-2014/open-sjcl-2014-reader.json: the
 * SJCL of 2014 never read a record of the documented profile.
 * Every ciphertext is OpenSSL's, through node:crypto; what is opened must be what OpenSSL sealed.  The reader of 2014 is
 * asked twice, as 1.0.0 and as 1.0.1: its own state was between them; that of today as 1.0.9 and as the release before it.
 */
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const { sjclPort } = require("../ports/sjcl.cjs");
const port = require("../ports/sjcl/adapter.cjs");
const port2014 = require("../ports/sjcl-2014/adapter.cjs");
const { FORGED, OPENS, REFUSES, REFUSES_SOMEHOW, hexOfText, swap, vectorsOf, withMember } = require("./reader.cjs");
const { base64, flag, hex, keyStream, utf8, writeVectors, zeros } = require("./vector-file.cjs");

const port2018 = sjclPort({ sjcl: require("../ports/sjcl/build-2018/sjcl.js"), name: "sjcl-2018", version: "1.0.8", policies: [] });
const port2013 = sjclPort({ sjcl: require("../ports/sjcl-2014/build-2013/sjcl.js"), name: "sjcl-2013", version: "1.0.0", policies: [] });

const OPENSSL = process.versions.openssl.split(".")[0];

/** The two readers and the families that each has read; `said` of a case names them `now` and `then`. */
const READERS = [
  {
    policy: "sjcl-reader", era: "now", families: ["autonomail", "autonomail-2014"], ports: [port, port2018], readers: ["sjcl", "sjcl-2018"],
    spec: ["SJCL 1.0.9 core/convenience.js", "SJCL 1.0.9 core/codecBase64.js"],
    oracles: { openssl: OPENSSL, sjcl: port.hello.version_text, "sjcl-2018": "1.0.8" },
    title: "What SJCL 1.0.9 makes of Autonomail records that are spelled or sealed otherwise",
  },
  {
    policy: "sjcl-2014-reader", era: "then", families: ["autonomail-2014"], ports: [port2014, port2013], readers: ["sjcl", "sjcl-2013"],
    spec: ["SJCL 1.0.1 core/convenience.js", "SJCL 1.0.1 core/codecBase64.js"],
    oracles: { openssl: OPENSSL, sjcl: port2014.hello.version_text, "sjcl-2013": "1.0.0" },
    title: "What Autonomail's own SJCL of 2014 makes of records that are spelled or sealed otherwise",
  },
];

const SJCL_ISSUE = "https://github.com/bitwiseshiftleft/sjcl/issues/";

const FLAGS = {
  AdataEra: flag("PARSER_DIFFERENTIAL", "Until 1.0.1 SJCL wrote associated data as escaped text, since 1.0.2 as base64, and nothing tells which.", "A reader of one era cannot open what the other sealed."),
  B64NonCanonical: flag("MALLEABILITY", "Spare bits of a last character are dropped at the end of a word and kept inside one.", "The same slip is harmless at one length and fatal at another."),
  B64Pad: flag("ENCODING", "Padding is removed wherever it is.", "A reader that insists on it refuses what SJCL opens.", ["https://github.com/berlincode/sjcl/issues/11"]),
  Basic: flag("BASIC", "Nothing special.", "Ports disagree on every input."),
  ClientCount: flag("PARSER_DIFFERENTIAL", "The client uses 10000 if there is no count, and JavaScript makes a number of nearly everything else.", "A reader that expects an integer refuses what the client opens."),
  Default: flag("PARSER_DIFFERENTIAL", "A missing member has SJCL's default.", "A reader without the defaults refuses, one with other defaults finds a wrong tag."),
  DupKey: flag("PARSER_DIFFERENTIAL", "Of two members with one name the last counts.", "Two readers of one record see two values."),
  HexLenient: flag("ENCODING", "White space and 0x are removed from the salt, and what is not a digit counts as zero.", "A reader that insists on digits refuses what SJCL opens."),
  IvLength: flag("FUNCTIONALITY", "SJCL takes IVs of two to four words, which are 5 to 16 bytes.", "A reader that knows one length cannot open the others.", [`${SJCL_ISSUE}180`]),
  JsonLenient: flag("PARSER_DIFFERENTIAL", "SJCL's reader is not a JSON reader and takes more than JSON.", "A JSON reader refuses what SJCL opens."),
  JsonStrict: flag("PARSER_DIFFERENTIAL", "SJCL's reader knows names, texts and integers, and neither escapes nor null, fractions or nesting.", "A JSON reader opens what SJCL refuses."),
  ParamNotBound: flag("BINDING", "The header is not authenticated, and most of it is not looked at.", "Whoever stores the record chooses what the reader takes."),
  PercentEscape: flag("PARSER_DIFFERENTIAL", "Texts that are not base64 are unescaped as in a URL.", "A reader without that sees another mode or cipher."),
  PlaintextText: flag("ENCODING", "A plaintext is text: bytes that are not UTF-8 are an error after the tag was found right.", "A reader of bytes opens what SJCL refuses.", [`${SJCL_ISSUE}131`]),
  TagLenPolicy: flag("AUTH_BYPASS", "SJCL takes tags of 64 and 96 bits if the header says so, and anybody can cut a tag.", "Forging takes 2^64 tries instead of 2^128."),
  UnknownMember: flag("PARSER_DIFFERENTIAL", "Members that SJCL does not know are read and ignored.", "A closed reader refuses what SJCL opens."),
  Whitespace: flag("PARSER_DIFFERENTIAL", "White space is removed before anything is read, from names, numbers and values too.", "A JSON reader refuses what SJCL opens."),
};

// ---- stores, sealed by OpenSSL ----

const PASSWORD = "correct horse battery staple";
const PLAINTEXT = utf8('{"pgp":{"keys":[]}}');

const SCHEMES = {
  autonomail: {
    half: (derived) => derived.subarray(0, 32),
    record: ({ salt, secureData }) => `{"salt":"${salt}","secureData":"${secureData}"}`,
    input: (record) => ({ password_text: PASSWORD, iterations: 100, record }),
    cost: "fast",
    spec: "Autonomail docs, 3-private-data.md",
  },
  "autonomail-2014": {
    half: (derived) => derived.subarray(32),
    record: ({ salt, iterations, secureData }) => `{"salt":"${salt}","iterations":${iterations},"secureData":"${secureData}"}`,
    input: (record) => ({ password_text: PASSWORD, record }),
    cost: "slow",
    spec: "Autonomail client, app/scripts/crypto/services/crypto.js",
  },
};

/** One store and the SJCL text around it; `fields` are what differs from the ordinary. */
function sealStore(scheme, take, fields) {
  const { salt = take(32), iv = take(16), tag = 16, aad = zeros(0), plaintext = PLAINTEXT, iterations = 100 } = fields;
  const key = scheme.half(crypto.pbkdf2Sync(PASSWORD, salt, iterations, 64, "sha512"));
  const cipher = crypto.createCipheriv("aes-256-gcm", key, iv, { authTagLength: tag }).setAAD(aad);
  const ct = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  const text = `{"iv":"${base64(iv)}","v":1,"iter":1000,"ks":256,"ts":${tag * 8},"mode":"gcm","adata":"","cipher":"aes","ct":"${base64(ct)}"}`;
  return { salt: hex(salt), iterations, iv, ct, text, plaintext };
}

/** The record around a text, whose characters are bytes to the client. */
const recordOf = (scheme, { salt, iterations }, text) =>
  scheme.record({ salt, iterations, secureData: base64(Buffer.from(text, "latin1")) });

/** The bytes with the spare bits of their last base64 character set. */
function withSpareBits(bytes) {
  const text = base64(bytes);
  const at = text.search(/=*$/) - 1;
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const last = alphabet[alphabet.indexOf(text[at]) + 1];
  assert.ok(at + 1 < text.length && Buffer.from(text.slice(0, at) + last, "base64").equals(bytes));
  return text.slice(0, at) + last + text.slice(at + 1);
}

// ---- cases of the text: name, why, flags, edit, what is said now, what was said then, how it was sealed ----

const THEN_REFUSES = [OPENS, REFUSES];
const put = (before, after) => (text) => swap(text, before, after);
const more = (member) => (text) => withMember(text, member);
const ivAs = (spell) => (text, { iv }) => swap(text, `"${base64(iv)}"`, spell(base64(iv), iv));
const ctAs = (spell) => (text, { ct }) => swap(text, `"${base64(ct)}"`, spell(base64(ct), ct));
const same = (text) => text;

const JSON_CASES = [
  ["names-without-quotes", "The names have no quotes, as SJCL wrote them until 2011", ["JsonLenient"], (text) => text.replace(/"([a-z]+)":/g, "$1:"), OPENS],
  ["names-in-single-quotes", "The names have single quotes", ["JsonLenient"], (text) => text.replace(/"([a-z]+)":/g, "'$1':"), OPENS],
  ["name-in-two-kinds-of-quotes", "A name has a double quote before it and a single one after", ["JsonLenient"], put('"mode":', "\"mode':"), REFUSES],
  ["value-in-single-quotes", "A value has single quotes", ["JsonLenient"], put('"gcm"', "'gcm'"), REFUSES],
  ["value-without-quotes", "A text has no quotes", ["JsonLenient"], put('"gcm"', "gcm"), REFUSES],
  ["space-between-tokens", "Spaces, a tab and line ends are between tokens", ["Whitespace"], (text) => text.replace(/([:,])/g, " $1\t\r\n"), OPENS],
  ["space-in-a-value", "A space is in a value", ["Whitespace"], put('"gcm"', '"g cm"'), OPENS],
  ["space-in-a-number", "A space is in a number", ["Whitespace"], put(":128,", ":1 28,"), OPENS],
  ["space-in-a-name", "A space is in a name", ["Whitespace"], put('"mode"', '"mo de"'), OPENS],
  ["space-around-the-text", "White space is before and after the text", ["Whitespace"], (text) => ` \n${text}\n `, OPENS],
  ["newline-in-ct", "Line ends are in the ciphertext, as a mail program wraps it", ["Whitespace"], ctAs((b) => `"${b.slice(0, 20)}\r\n${b.slice(20)}"`), OPENS],
  ["form-feed-between-tokens", "A form feed and a vertical tab are between tokens", ["Whitespace"], put('"v"', '\f\v"v"'), OPENS],
  ["no-break-space-between-tokens", "The byte a0, which JavaScript takes for a no-break space", ["Whitespace"], put('"v"', '\u00a0"v"'), OPENS],
  ["nul-between-tokens", "A NUL is not white space", ["Whitespace"], put('"v"', '\0"v"'), REFUSES],
  ["ts-leading-zeros", "The tag length has zeros at the front", ["JsonLenient"], put(":128,", ":00128,"), OPENS],
  ["ks-leading-zero", "The key length has a zero at the front", ["JsonLenient"], put(":256,", ":0256,"), OPENS],
  ["iter-leading-zero", "The decoy count has a zero at the front", ["JsonLenient"], put(":1000,", ":01000,"), OPENS],
  ["duplicate-iv-wrong-first", "The IV occurs twice, and the first is another", ["DupKey"], more('"iv":"AAAAAAAAAAAAAAAAAAAAAA=="'), OPENS],
  ["duplicate-ct-wrong-first", "The ciphertext occurs twice, and the first is another", ["DupKey"], more('"ct":"AAAA"'), OPENS],
  ["duplicate-mode-wrong-first", "The mode occurs twice, and the first is ccm", ["DupKey"], more('"mode":"ccm"'), OPENS],
  ["duplicate-ts-wrong-first", "The tag length occurs twice, once without quotes, and the first is another", ["DupKey", "JsonLenient"], more("ts:64"), OPENS],
  ["duplicate-ct-wrong-last", "The ciphertext occurs twice, and the last is another", ["DupKey"], (text) => `${text.slice(0, -1)},"ct":"AAAA"}`, REFUSES_SOMEHOW],
  ["unknown-text", "A member that SJCL does not know holds a text", ["UnknownMember"], more('"note":"a.b*c_d@e%21"'), OPENS],
  ["unknown-number", "A member that SJCL does not know holds a number, and its name ends in a digit", ["UnknownMember"], more('"x1":7'), OPENS],
  ["unknown-empty", "A member that SJCL does not know holds an empty text", ["UnknownMember"], more('"note":""'), OPENS],
  ["name-in-capitals", "A name is in it twice, once in other letters, which makes it an unknown one", ["UnknownMember"], more('"IV":"AAAA"'), OPENS],
  ["salt-member", "A salt is in it, as if there were a password", ["UnknownMember"], more('"salt":"AAAAAAAAAAA="'), OPENS],
  ["salt-not-base64", "A salt is in it that is not base64", ["UnknownMember"], more('"salt":"%"'), REFUSES],
  ["unknown-true", "A member holds a truth value, which came to be read after 1.0.1", ["JsonStrict"], more('"note":true'), ...THEN_REFUSES],
  ["unknown-negative", "A member holds a negative number, which came to be read after 1.0.1", ["JsonStrict"], more('"note":-1'), ...THEN_REFUSES],
  ["unknown-null", "A member holds null", ["JsonStrict"], more('"note":null'), REFUSES],
  ["unknown-fraction", "A member holds a fraction", ["JsonStrict"], more('"note":1.5'), REFUSES],
  ["unknown-exponent", "A member holds a number with an exponent", ["JsonStrict"], more('"note":1e3'), REFUSES],
  ["unknown-array", "A member holds an empty array", ["JsonStrict"], more('"note":[]'), REFUSES],
  ["unknown-object", "A member holds an empty object", ["JsonStrict"], more('"note":{}'), REFUSES],
  ["unknown-with-comma", "A comma is in a text", ["JsonStrict"], more('"note":"a,b"'), REFUSES],
  ["unknown-with-colon", "A colon is in a text", ["JsonStrict"], more('"note":"a:b"'), REFUSES],
  ["unknown-not-ascii", "A letter that is not ASCII is in a text", ["JsonStrict"], more('"note":"\u00c3\u00bc"'), REFUSES],
  ["unknown-name-with-underscore", "A name has an underscore", ["JsonStrict"], more('"my_note":1'), REFUSES],
  ["unknown-name-from-digit", "A name begins with a digit", ["JsonStrict"], more('"1x":1'), REFUSES],
  ["unknown-name-empty", "A name is empty", ["JsonStrict"], more('"":1'), REFUSES],
  ["name-of-a-method", "A member has the name of the method that SJCL calls on what it has read", ["JsonStrict"], more('"hasOwnProperty":1'), REFUSES],
  ["slash-escaped", "A slash is escaped, as PHP writes it", ["JsonStrict"], more('"note":"\\/"'), REFUSES],
  ["value-with-u-escape", "A character of a value is a JSON escape", ["JsonStrict"], put('"gcm"', '"\\u0067cm"'), REFUSES],
  ["name-with-u-escape", "A character of a name is a JSON escape", ["JsonStrict"], put('"mode"', '"\\u006dode"'), REFUSES],
  ["mode-percent-escaped", "The mode is written %67cm, as in a URL", ["PercentEscape"], put('"gcm"', '"%67cm"'), OPENS],
  ["cipher-percent-u-escaped", "The cipher is written with %u and four digits, as no URL has it", ["PercentEscape"], put('"aes"', '"%u0061es"'), OPENS],
  ["mode-in-capitals", "The mode is written GCM", ["JsonStrict"], put('"gcm"', '"GCM"'), REFUSES],
];

const HEADER_CASES = [
  ["v-2", "The version is another", ["ParamNotBound"], put('"v":1', '"v":2'), OPENS],
  ["v-text", "The version is a text", ["ParamNotBound"], put('"v":1', '"v":"one"'), OPENS],
  ["v-400-digits", "The version has four hundred digits", ["ParamNotBound"], put('"v":1', `"v":${"9".repeat(400)}`), OPENS],
  ["v-true", "The version is a truth value", ["JsonStrict"], put('"v":1', '"v":true'), ...THEN_REFUSES],
  ["v-missing", "The version is missing", ["Default"], put('"v":1,', ""), OPENS],
  ["iter-text", "The decoy count is a text", ["ParamNotBound"], put(":1000,", ':"1000",'), OPENS],
  ["iter-0", "The decoy count is 0, which is refused only where there is a password", ["ParamNotBound"], put(":1000,", ":0,"), OPENS],
  ["iter-negative", "The decoy count is negative", ["JsonStrict"], put(":1000,", ":-1,"), ...THEN_REFUSES],
  ["iter-missing", "The decoy count is missing", ["Default"], put('"iter":1000,', ""), OPENS],
  ["ks-128", "The key length is 128, and the key has 256 bits", ["ParamNotBound"], put(":256,", ":128,"), OPENS],
  ["ks-missing", "The key length is missing, and SJCL's default is 128", ["Default"], put('"ks":256,', ""), OPENS],
  ["ks-text", "The key length is a text", ["JsonStrict"], put(":256,", ':"256",'), REFUSES],
  ["ks-160", "The key length is none of AES", ["ParamNotBound"], put(":256,", ":160,"), REFUSES],
  ["ts-text", "The tag length is a text", ["JsonStrict"], put(":128,", ':"128",'), REFUSES],
  ["cipher-missing", "The cipher is missing", ["Default"], put('"cipher":"aes",', ""), OPENS],
  ["mode-missing", "The mode is missing, and SJCL's default is ccm", ["Default"], put('"mode":"gcm",', ""), REFUSES_SOMEHOW],
  ["adata-missing", "The associated data are missing", ["Default"], put('"adata":"",', ""), OPENS],
  ["adata-0", "The associated data are the number 0", ["JsonLenient"], put('"adata":""', '"adata":0'), OPENS],
  ["adata-5", "The associated data are a number, which has no length and counts as nothing", ["JsonLenient"], put('"adata":""', '"adata":5'), OPENS],
  ["iv-number", "The IV is a number", ["JsonLenient"], ivAs(() => "5"), REFUSES_SOMEHOW],
  ["ct-number", "The ciphertext is a number", ["JsonLenient"], ctAs(() => "5"), REFUSES_SOMEHOW],
  ["tag-12-bytes", "Sealed with a tag of 12 bytes, and ts says so", ["TagLenPolicy"], same, OPENS, OPENS, { tag: 12 }],
  ["tag-cut-to-8", "The tag is cut to 8 bytes, and ts is lowered to match", ["TagLenPolicy", "ParamNotBound"], (text, { ct }) => swap(swap(text, base64(ct), base64(ct.subarray(0, -8))), ":128,", ":64,"), OPENS],
  ["tag-cut-to-8-no-ts", "The tag is cut to 8 bytes and ts is missing: 64 is SJCL's default", ["TagLenPolicy", "Default"], (text, { ct }) => swap(swap(text, base64(ct), base64(ct.subarray(0, -8))), '"ts":128,', ""), OPENS],
  ["ts-missing", "The tag is whole and ts is missing", ["Default"], put('"ts":128,', ""), FORGED],
  ["tag-cut-to-4", "The tag is cut to 4 bytes, and ts is lowered to match", ["TagLenPolicy"], (text, { ct }) => swap(swap(text, base64(ct), base64(ct.subarray(0, -12))), ":128,", ":32,"), REFUSES],
  ["tag-cut-to-15", "The tag is cut to 15 bytes, and ts is lowered to match", ["TagLenPolicy"], (text, { ct }) => swap(swap(text, base64(ct), base64(ct.subarray(0, -1))), ":128,", ":120,"), REFUSES],
];

const ivCases = [5, 8, 9, 12, 13, 14, 15].map((length) =>
  [`iv-${length}-bytes`, `Sealed with an IV of ${length} bytes`, ["IvLength"], same, OPENS, OPENS, { ivLength: length }]);
const badIvCases = [4, 17].map((length) =>
  [`iv-${length}-bytes`, `Sealed with an IV of ${length} bytes, which is not two to four words`, ["IvLength"], same, REFUSES, REFUSES, { ivLength: length }]);

const spare = (b, bytes) => `"${withSpareBits(bytes)}"`;
const BASE64_CASES = [
  ["ct-padding-missing", "The ciphertext has lost its padding, as SJCL wrote it until 2012", ["B64Pad"], ctAs((b) => `"${b.replace(/=/g, "")}"`), OPENS],
  ["ct-padding-more", "The ciphertext has padding characters more", ["B64Pad"], ctAs((b) => `"${b}=="`), OPENS],
  ["ct-padding-in-front", "A padding character is before the ciphertext", ["B64Pad"], ctAs((b) => `"=${b}"`), OPENS],
  ["ct-padding-inside", "A padding character is inside the ciphertext", ["B64Pad"], ctAs((b) => `"${b.slice(0, 9)}=${b.slice(9)}"`), OPENS],
  ["iv-padding-missing", "The IV has lost its padding", ["B64Pad"], ivAs((b) => `"${b.replace(/=/g, "")}"`), OPENS],
  ["ct-url-alphabet", "The ciphertext is base64 of the other alphabet", ["JsonStrict"], ctAs((b) => `"${b.slice(0, 4)}-_${b.slice(6)}"`), REFUSES],
  ["ct-percent-escaped", "A character of the ciphertext is written as in a URL, which base64 is not unescaped for", ["PercentEscape"], ctAs((b) => `"%${b.charCodeAt(0).toString(16)}${b.slice(1)}"`), REFUSES],
  ["ct-lone-character", "A lone character follows a ciphertext of whole groups, and its six bits are dropped", ["B64NonCanonical"], ctAs((b) => `"${b}B"`), OPENS, OPENS, { plaintext: utf8('{"pgp":{"keys":[1]}}') }],
  ["iv-lone-character", "A lone character follows an IV of 12 bytes, and its six bits are dropped", ["B64NonCanonical"], ivAs((b) => `"${b}B"`), OPENS, OPENS, { ivLength: 12 }],
  ["iv-16-spare-bits", "Spare bits of an IV of 16 bytes are set: it ends with a word, and they are dropped", ["B64NonCanonical"], ivAs(spare), OPENS],
  ["iv-8-spare-bits", "Spare bits of an IV of 8 bytes are set: it ends with a word, and they are dropped", ["B64NonCanonical"], ivAs(spare), OPENS, OPENS, { ivLength: 8 }],
  ["iv-5-spare-bits", "Spare bits of an IV of 5 bytes are set: it ends inside a word, and they get into J0", ["B64NonCanonical"], ivAs(spare), FORGED, FORGED, { ivLength: 5 }],
  ["iv-13-spare-bits", "Spare bits of an IV of 13 bytes are set: it ends inside a word, and they get into J0", ["B64NonCanonical"], ivAs(spare), FORGED, FORGED, { ivLength: 13 }],
  ["iv-14-spare-bits", "Spare bits of an IV of 14 bytes are set: it ends inside a word, and they get into J0", ["B64NonCanonical"], ivAs(spare), FORGED, FORGED, { ivLength: 14 }],
  ...[16, 18, 19, 21, 22, 25].map((length) =>
    [`ct-of-${length}-and-tag-spare-bits`, `Spare bits of the ciphertext are set, with ${length} bytes of plaintext`, ["B64NonCanonical"], ctAs(spare), OPENS, OPENS, { plaintext: utf8(`{"a":"${"b".repeat(length - 8)}"}`) }]),
];

const ABC = utf8("abc");
const adata = (spelling) => put('"adata":""', `"adata":"${spelling}"`);
const ADATA_CASES = [
  ["adata-base64", "Sealed with associated data, written in base64", ["AdataEra"], adata("YWJj"), OPENS, FORGED, { aad: ABC }],
  ["adata-escaped-text", "Sealed with associated data, written as text", ["AdataEra"], adata("abc"), FORGED, OPENS, { aad: ABC }],
  ["adata-escaped-umlaut", "Sealed with associated data that are not ASCII, written as escaped text", ["AdataEra", "PercentEscape"], adata("%FC%u6F22"), REFUSES, OPENS, { aad: utf8("\u00fc\u6f22") }],
  ["adata-of-one-character", "The associated data are one character: none as base64, one as text", ["AdataEra"], adata("A"), OPENS, FORGED],
  ["adata-padding", "The associated data are a padding character: none as base64, one as text", ["AdataEra"], adata("="), OPENS, FORGED],
];

const notText = (name, why, bytes) => [name, why, ["PlaintextText"], same, REFUSES, REFUSES, { plaintext: Buffer.from(bytes, "hex") }];
const PLAINTEXT_CASES = [
  ["plaintext-bom", "The plaintext begins with a byte order mark, which it keeps", ["PlaintextText"], same, OPENS, OPENS, { plaintext: utf8("\ufeff{}") }],
  ["plaintext-nul", "The plaintext has NULs, which it keeps", ["PlaintextText"], same, OPENS, OPENS, { plaintext: utf8("\0{}\0") }],
  notText("plaintext-not-utf-8", "The plaintext has a byte that is never UTF-8", "7b22ff227d"),
  notText("plaintext-cut-character", "The plaintext ends inside a character", "7b7de6bc"),
  notText("plaintext-overlong", "The plaintext has a slash in two bytes", "7bc0af7d"),
  notText("plaintext-surrogates", "The plaintext has a character outside the BMP as two surrogates of three bytes", "7beda0bdedb4917d"),
];

const TEXT_CASES = [...JSON_CASES, ...HEADER_CASES, ...ivCases, ...badIvCases, ...BASE64_CASES, ...ADATA_CASES, ...PLAINTEXT_CASES];

// ---- cases of the record: the client's JSON.parse, atob and hex ----

const saltAs = (spell) => (record, { salt }) => swap(record, `"${salt}"`, spell(salt));
const ZERO_WORD = Buffer.concat([zeros(4), Buffer.alloc(28, 0x5a)]);
const dataAs = (spell) => (record) => record.replace(/("secureData":)"(.*)"/, (_, name, data) => `${name}${spell(data)}`);

const RECORD_CASES = [
  ["record-duplicate-salt-wrong-first", "The salt occurs twice, and the first is another", ["DupKey"], more('"salt":"00"'), OPENS],
  ["record-duplicate-salt-escaped", "The salt occurs twice, and the first has an escape in its name", ["DupKey"], more('"s\\u0061lt":"00"'), OPENS],
  ["record-duplicate-data-wrong-first", "The sealed text occurs twice, and the first is another", ["DupKey"], more('"secureData":"AAAA"'), OPENS],
  ["record-unknown-member", "A member that the client does not know", ["UnknownMember"], more('"userId":null'), OPENS],
  ["record-proto-member", "A member is called __proto__, and makes an ordinary member", ["UnknownMember"], more('"__proto__":{"salt":"00"}'), OPENS],
  ["record-deep-member", "A member holds a thousand arrays in each other", ["UnknownMember"], more(`"x":${"[".repeat(1000)}${"]".repeat(1000)}`), OPENS],
  ["salt-in-capitals", "The salt is written in capitals", ["HexLenient"], saltAs((s) => `"${s.toUpperCase()}"`), OPENS],
  ["salt-0x", "The salt begins with 0x", ["HexLenient"], saltAs((s) => `"0x${s}"`), OPENS],
  ["salt-0x-inside", "The letters 0x are inside the salt", ["HexLenient"], saltAs((s) => `"${s.slice(0, 10)}0x${s.slice(10)}"`), OPENS],
  ["salt-spaced", "White space is in the salt", ["HexLenient"], saltAs((s) => `" ${s.slice(0, 8)}\\n${s.slice(8)}\\u00a0"`), OPENS],
  ["salt-word-of-no-digits", "Eight letters that are not digits count as four zero bytes", ["HexLenient"], saltAs((s) => `"zzzzzzzz${s.slice(8)}"`), OPENS, OPENS, { salt: ZERO_WORD }],
  ["salt-in-an-array", "The salt is in an array", ["HexLenient"], saltAs((s) => `["${s}"]`), REFUSES],
  ["salt-31-bytes", "Sealed with a salt of 31 bytes", ["HexLenient"], same, OPENS, OPENS, { saltLength: 31 }],
  ["salt-33-bytes", "Sealed with a salt of 33 bytes", ["HexLenient"], same, OPENS, OPENS, { saltLength: 33 }],
  ["salt-empty", "Sealed with no salt", ["HexLenient"], same, OPENS, OPENS, { saltLength: 0 }],
  ["data-padding-missing", "The base64 has lost its padding", ["B64Pad"], dataAs((d) => `"${d.replace(/=/g, "")}"`), OPENS, OPENS, { plaintext: utf8('{"a":11}') }],
  ["data-padding-more", "The base64 has a padding character more", ["B64Pad"], dataAs((d) => `"${d}="`), REFUSES],
  ["data-spaced", "White space is in the base64", ["B64Pad"], dataAs((d) => `" ${d.slice(0, 5)}\\n\\t\\f\\r${d.slice(5)} "`), OPENS],
  ["data-vertical-tab", "A vertical tab, which is not white space to base64, is in it", ["B64Pad"], dataAs((d) => `"${d.slice(0, 4)}\\u000b${d.slice(4)}"`), REFUSES],
  ["data-url-alphabet", "A character of the base64 is of the other alphabet", ["B64Pad"], dataAs((d) => `"-${d.slice(1)}"`), REFUSES],
  ["data-in-an-array", "The base64 is in an array of one, of which JavaScript makes a text", ["B64Pad"], dataAs((d) => `["${d}"]`), OPENS],
  ["data-in-an-array-of-two", "The base64 is in an array of two", ["B64Pad"], dataAs((d) => `["${d}",""]`), REFUSES],
];

// ---- the count in the record of 2014 ----

const countAs = (spelling) => put('"iterations":100,', spelling && `"iterations":${spelling},`);
const count = (iterations) => (spelling) => (record) => swap(record, `"iterations":${iterations},`, spelling && `"iterations":${spelling},`);
const COUNT_CASES = [
  ["count-text", "The count is a text", ["ClientCount"], countAs('"100"'), OPENS],
  ["count-text-spaced", "The count is a text with spaces around it", ["ClientCount"], countAs('" 100 "'), OPENS],
  ["count-text-hexadecimal", "The count is a hexadecimal text", ["ClientCount"], countAs('"0x64"'), OPENS],
  ["count-exponent", "The count has an exponent", ["ClientCount"], countAs("1e2"), OPENS],
  ["count-fraction-of-zero", "The count has a fraction of zero", ["ClientCount"], countAs("100.0"), OPENS],
  ["count-fraction", "The count has a fraction, and is rounded up", ["ClientCount"], countAs("99.5"), OPENS],
  ["count-in-an-array", "The count is in an array of one", ["ClientCount"], countAs("[100]"), OPENS],
  ["count-duplicate-wrong-first", "The count occurs twice, and the first is another", ["DupKey"], more('"iterations":99'), OPENS],
  ["count-missing", "Sealed with 10000, and the count is missing", ["ClientCount"], count(10000)(""), OPENS, OPENS, { iterations: 10000 }],
  ["count-null", "Sealed with 10000, and the count is null", ["ClientCount"], count(10000)("null"), OPENS, OPENS, { iterations: 10000 }],
  ["count-0", "Sealed with 10000, and the count is 0", ["ClientCount"], count(10000)("0"), OPENS, OPENS, { iterations: 10000 }],
  ["count-true", "Sealed with 1, and the count is a truth value", ["ClientCount"], count(1)("true"), OPENS, OPENS, { iterations: 1 }],
  ["count-no-number", "Sealed with 1, and the count is a text that is not a number: no second round is made", ["ClientCount"], count(1)('"many"'), OPENS, OPENS, { iterations: 1 }],
  ["count-object", "Sealed with 1, and the count is an object, which is not a number either", ["ClientCount"], count(1)("{}"), OPENS, OPENS, { iterations: 1 }],
  ["count-negative", "The count is negative", ["ClientCount"], countAs("-1"), REFUSES],
];

// ---- all of it ----

/** How a case was sealed; lengths become bytes of the key stream. */
function sealing(take, { ivLength, saltLength, ...fields }) {
  return { ...fields, ...(ivLength !== undefined && { iv: take(ivLength) }), ...(saltLength !== undefined && { salt: take(saltLength) }) };
}

function casesOf(scheme, take, whole, table, edit) {
  return table.map(([name, why, flags, spell, now, then = now, fields]) => {
    const store = fields ? sealStore(scheme, take, sealing(take, fields)) : whole;
    return { name, why, flags, store, record: edit(store, spell), said: { now, then } };
  });
}

function allCases(schemeName, take) {
  const scheme = SCHEMES[schemeName];
  const whole = sealStore(scheme, take, {});
  const textEdit = (store, spell) => recordOf(scheme, store, spell(store.text, store));
  const recordEdit = (store, spell) => spell(recordOf(scheme, store, store.text), store);
  const first = { name: "whole", why: "A record as the client writes it", flags: ["Basic"], store: whole, record: textEdit(whole, same), said: { now: OPENS, then: OPENS } };
  const of = (table, edit) => casesOf(scheme, take, whole, table, edit);
  const cases = [first, ...of(TEXT_CASES, textEdit), ...of(RECORD_CASES, recordEdit)];
  return schemeName === "autonomail" ? cases : [...cases, ...of(COUNT_CASES, recordEdit)];
}

async function write() {
  for (const [schemeName, scheme] of Object.entries(SCHEMES)) {
    const recipe = `readers/sjcl-${schemeName}`;
    const operation = `${schemeName}.open`;
    const cases = allCases(schemeName, keyStream(recipe));
    for (const { era, ports, readers, policy, spec, oracles, title } of READERS.filter(({ families }) => families.includes(schemeName))) {
      const asked = cases.map(({ name, why, flags, store, record, said }) => ({
        name, why, flags, said: said[era], witnesses: said[era].opens ? ["openssl"] : [],
        input: scheme.input(hexOfText(record)), output: { plaintext: hex(store.plaintext) },
      }));
      const vectors = await vectorsOf({ operation, ports, readers }, asked);
      writeVectors(`${schemeName}/open-${policy}`, { operation, title, policy, cost: scheme.cost, spec: [scheme.spec, ...spec], recipe, oracles, flags: FLAGS }, vectors);
    }
  }
}

module.exports = { write };
