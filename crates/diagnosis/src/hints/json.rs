//! Hints for JSON.

use super::{Hint, always, on, with};

/// A name stands twice.
const TWICE: &[&str] =
    &["json-last-of-equal-names", "json-first-of-equal-names", "json-equal-names-compared-as-written"];
/// Names in another case are read.
const CASE: &[&str] = &["json-names-in-any-case"];
/// Members that nobody knows are ignored.
const UNKNOWN: &[&str] = &["json-unknown-members-ignored"];
/// What is missing is nothing.
const NOTHING: &[&str] = &["json-absent-is-nothing", "json-null-is-*"];
/// What follows is ignored.
const REST: &[&str] = &["json-rest-ignored", "json-ends-at-nul"];
/// It reads more than JSON.
const LENIENT: &[&str] = &[
    "json-names-without-quotes-taken",
    "json-single-quotes-taken",
    "json-comments-skipped",
    "json-comma-at-end-taken",
    "json-controls-in-texts-taken",
];
/// It guesses the encoding.
const ENCODING: &[&str] = &["json-bom-skipped", "json-utf-16-read"];
/// A number in quotes is one.
const QUOTED: &[&str] = &["json-number-in-text-taken"];
/// A number with a fraction or an exponent is an integer.
const FLOAT: &[&str] =
    &["json-whole-float-taken", "json-float-truncated", "json-negative-zero-taken", "json-huge-number-taken"];
/// NaN is a number.
const NAN: &[&str] = &["json-nan-taken"];
/// White space is written.
const SPACES: &[&str] = &["json-written-with-spaces"];
/// What need not be escaped is.
const ESCAPED: &[&str] = &["json-written-with-escaped-slashes", "json-written-safe-for-html", "json-written-in-ascii"];
/// The order is another.
const ORDER: &[&str] = &["json-written-in-order-of-names", "notesnook-order-of-android"];

pub(super) static HINTS: &[Hint] = &[
    always(
        TWICE,
        "Keep a set of the names that were read, after their escapes are resolved, and refuse one that comes again: hardly a stock reader tells of it.",
    ),
    on(
        "go",
        TWICE,
        "`json.Unmarshal` takes the last: walk with `json.Decoder`, `Token` for each name and `Decode` into a `json.RawMessage` for each value. `encoding/json/v2` refuses it by default.",
    ),
    on(
        "python",
        TWICE,
        "`json.loads(text, object_pairs_hook=check)` gives all pairs, so that `check` can refuse a duplicate name.",
    ),
    on(
        "javascript",
        TWICE,
        "`JSON.parse` takes the last and cannot tell: use a small reader of your own for the flat object.",
    ),
    on(
        "java",
        TWICE,
        "Jackson: `JsonParser.Feature.STRICT_DUPLICATE_DETECTION`; or a streaming reader with a set of names.",
    ),
    on(
        "swift",
        TWICE,
        "Neither `JSONSerialization` (which takes the first) nor `JSONDecoder` reports it: use a small reader of your own over the UTF-8 bytes.",
    ),
    on("rust", TWICE, "`serde_json::Value` takes the last; a struct with `#[derive(Deserialize)]` refuses it."),
    on("c#", TWICE, "`System.Text.Json` takes the last: walk with `Utf8JsonReader` and a set of names."),
    on(
        "php",
        TWICE,
        "`json_decode` takes the last and cannot tell: count the names in the text, or use a streaming parser.",
    ),
    always(CASE, "Compare names exactly, byte by byte."),
    on(
        "go",
        CASE,
        "`encoding/json` fills a field from a name in any case, and `DisallowUnknownFields` does not help: decode into a `map[string]json.RawMessage` and look names up, or use `encoding/json/v2`.",
    ),
    on(
        "c#",
        CASE,
        "`JsonSerializerDefaults.Web` and Newtonsoft's `Json.NET` take any case: leave `PropertyNameCaseInsensitive` at `false`.",
    ),
    always(
        UNKNOWN,
        "List the names that the format has and refuse others, if your reader is meant to be strict; otherwise do not claim the policy `strict`.",
    ),
    on("go", UNKNOWN, "`decoder.DisallowUnknownFields()`."),
    on("rust", UNKNOWN, "`#[serde(deny_unknown_fields)]`."),
    on(
        "java",
        UNKNOWN,
        "Jackson: enable `FAIL_ON_UNKNOWN_PROPERTIES`. kotlinx.serialization: leave `ignoreUnknownKeys` away. Moshi: `failOnUnknown()`.",
    ),
    on("swift", UNKNOWN, "`JSONDecoder` ignores them: decode the keys of the container and compare."),
    on("c#", UNKNOWN, "`UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow`."),
    always(
        NOTHING,
        "Tell apart what is missing, what is `null` and what is empty, and refuse the first two for every member that the format needs.",
    ),
    on(
        "go",
        NOTHING,
        "A field that is missing or `null` keeps its zero: use pointers and check for `nil`, which `null` gives too.",
    ),
    on(
        "java",
        NOTHING,
        "`optString` and `optInt` of `org.json` make something of nothing: `getString` and `getInt`. `JSONObject.NULL` is not `null`.",
    ),
    on(
        "javascript",
        NOTHING,
        "`Number(null)` is 0 and `x || default` replaces what is empty: check `typeof` and `Object.hasOwn`.",
    ),
    on("php", NOTHING, "`$a['x'] ?? ''` and `(int) null` make something of nothing: `array_key_exists` and `is_int`."),
    always(
        REST,
        "Ask the reader for the end of the text after the object: only white space may follow, and a NUL is none.",
    ),
    on(
        "go",
        REST,
        "`decoder.Decode` stops after the first value: `json.Unmarshal` does not, or ask for `io.EOF` with another `decoder.Token()`.",
    ),
    on(
        "java",
        REST,
        "`new JSONObject(text)` stops at the closing brace, and so does Jackson without `FAIL_ON_TRAILING_TOKENS`.",
    ),
    on("rust", REST, "`serde_json::from_str` refuses what follows; a `Deserializer` needs its `end()`."),
    on("python", REST, "`json.loads` refuses what follows; `JSONDecoder().raw_decode` does not."),
    on("c", REST, "`cJSON_Parse` ignores what follows: `cJSON_ParseWithOpts(text, NULL, 1)`."),
    always(
        LENIENT,
        "Use the reader in its strict form: JSON has no comments, no bare names, no single quotes and no comma at the end.",
    ),
    on(
        "java",
        LENIENT,
        "`org.json`, Gson and a lenient `JsonReader` take them: use Jackson, or Moshi's `JsonReader` with `setLenient(false)`.",
    ),
    on("javascript", LENIENT, "`JSON.parse` is strict; `eval`, `new Function` and JSON5 are not."),
    on("swift", LENIENT, "Leave `.fragmentsAllowed` and `.json5Allowed` away."),
    on("c#", LENIENT, "Leave `AllowTrailingCommas` and `ReadCommentHandling` at their defaults."),
    always(
        ENCODING,
        "Decode the bytes as strict UTF-8 yourself, refuse a byte order mark, and pass text to the reader.",
    ),
    on(
        "python",
        ENCODING,
        "Given bytes, `json.loads` guesses UTF-16 and UTF-32 and drops a mark: `json.loads(data.decode('utf-8'))` refuses both.",
    ),
    on("c#", ENCODING, "`File.ReadAllText` and `StreamReader` drop a mark and guess: read bytes."),
    on(
        "swift",
        ENCODING,
        "`JSONSerialization` detects UTF-16 and UTF-32: check `String(validating: data, as: UTF8.self)` first.",
    ),
    always(QUOTED, "Require a number where the format has one: a number in quotes is a text."),
    on(
        "java",
        QUOTED,
        "kotlinx.serialization reads `\"9000\"` into an `Int` whatever `isLenient` says, and Jackson coerces too: look at the token's type first, or set Jackson's `ALLOW_COERCION_OF_SCALARS` off.",
    ),
    on("javascript", QUOTED, "`typeof n === 'number'` before any arithmetic: `Number`, `+n` and `n * 1` convert."),
    on("go", QUOTED, "Leave the option `,string` of the field's tag away."),
    on("php", QUOTED, "`is_int($n)`, with `declare(strict_types=1)`: without it PHP converts."),
    on("c#", QUOTED, "Leave `JsonNumberHandling.AllowReadingFromString` away; `JsonSerializerDefaults.Web` has it on."),
    always(
        FLOAT,
        "Look at the characters of the number and accept only digits; then convert, with a check of the range.",
    ),
    on(
        "javascript",
        FLOAT,
        "`JSON.parse` makes 1000 of `1e3` and of `1000.0`, and cannot tell afterwards: match the text of the member, or read with the reviver's `context.source`.",
    ),
    on(
        "python",
        FLOAT,
        "`json.loads` gives `1000.0` for `1e3`: require `type(n) is int`, which also leaves out `True`. `-0` comes as 0: use `parse_int` to see the text.",
    ),
    on(
        "go",
        FLOAT,
        "Decoding into `float64` or `any` takes them: decode into `uint32` or `json.Number` and check the text.",
    ),
    on(
        "java",
        FLOAT,
        "`getInt` of `org.json` drops a fraction: take the raw value and check that it is an `Integer` or `Long`.",
    ),
    on("swift", FLOAT, "`NSNumber.intValue` drops a fraction: check the text of the number."),
    always(NAN, "NaN and Infinity are not JSON: refuse them."),
    on("python", NAN, "`json.loads(text, parse_constant=refuse)` with a function that raises."),
    always(&["json-truth-as-number"], "Require a number and refuse `true` and `false`."),
    on("python", &["json-truth-as-number"], "`isinstance(True, int)` holds: `type(n) is int`."),
    always(
        &["json-number-by-javascript"],
        "Check `typeof value === 'number'` and `Number.isInteger` before you use it: `Number([5])` is 5 and `Number('0x10')` is 16.",
    ),
    always(
        &["json-proto-ignored"],
        "Read into an object without a prototype or a `Map`: assigning to `__proto__` creates no member.",
    ),
    on(
        "javascript",
        &["json-proto-ignored"],
        "`JSON.parse` keeps `__proto__` as a member of its own; copying with `target[name] = value` loses it: use `Object.create(null)` or a `Map`.",
    ),
    always(&["json-array-as-members"], "Look at the kind of the document first: it must be an object."),
    on(
        "rust",
        &["json-array-as-members"],
        "A derived `Deserialize` takes an array for a struct: read a `Map` first, or implement the visitor with only `visit_map`.",
    ),
    always(
        &["json-missing-member-crashes"],
        "Answer `malformed` for a member that is missing: check before you use it, or catch where the envelope is read.",
    ),
    always(
        &["json-depth-crashes"],
        "Bound the depth, or read with a reader that does not recurse: the formats are flat.",
    ),
    always(SPACES, "Write no white space at all."),
    on("python", SPACES, "`json.dumps(value, separators=(',', ':'), ensure_ascii=False)`."),
    on("swift", SPACES, "Leave `.prettyPrinted` away."),
    always(
        ESCAPED,
        "Escape quotes, backslashes and control characters, and nothing else: SJCL's reader knows no escape, and the bytes are compared.",
    ),
    on(
        "php",
        ESCAPED,
        "`json_encode($value, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS)`.",
    ),
    on(
        "go",
        ESCAPED,
        "`json.Marshal` escapes `&` and angle brackets: `encoder.SetEscapeHTML(false)`, and take off the line end that `Encode` adds.",
    ),
    on("python", ESCAPED, "`json.dumps(value, ensure_ascii=False, separators=(',', ':'))`."),
    on("swift", ESCAPED, "`JSONEncoder` escapes slashes: `.withoutEscapingSlashes`."),
    on(
        "c#",
        ESCAPED,
        "`JavaScriptEncoder.UnsafeRelaxedJsonEscaping`; the default escapes all but ASCII, and `+`, which base64 is full of.",
    ),
    on(
        "go",
        &["json-written-with-a-line-end"],
        "`Encoder.Encode` ends with a line end: `json.Marshal`, or take it off.",
    ),
    on("python", &["json-written-with-a-line-end"], "`print` ends with a line end: `sys.stdout.write(text)`."),
    always(
        ORDER,
        "Write the members in the order of the format, by a template or an ordered type: an envelope is compared byte by byte.",
    ),
    on("go", ORDER, "A map is written in the order of its names: use a struct, whose fields keep theirs."),
    on(
        "swift",
        ORDER,
        "`JSONEncoder` has no order of its own, and `.sortedKeys` has the alphabet's: put the text together by hand.",
    ),
    on("rust", ORDER, "`serde_json::Map` sorts unless the feature `preserve_order` is on: use a struct."),
    on("java", ORDER, "`org.json`'s `JSONObject` keeps no order: use a class, or put the text together by hand."),
    with(
        "javascript",
        "sjcl",
        &["json-sjcl-text-by-the-book"],
        "`JSON.parse` reads escapes that `sjcl.json.decode` refuses, and refuses what it takes: read the SJCL text by the rules of your policies.",
    ),
];
