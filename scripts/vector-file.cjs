"use strict";
/*
 * What the scripts share that write vectors with the answers of other programs: bytes, key streams, the file's form.
 *
 * In: cases.  Out: a vector file in the folder that the script was given (vectors/ unless named), in canonical form.
 */
const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const VECTORS = path.resolve(process.argv[2] ?? path.join(__dirname, "..", "vectors"));
const FILE_BYTES_MAX = 400 << 10;

const hex = (bytes) => Buffer.from(bytes).toString("hex");
const base64 = (bytes) => Buffer.from(bytes).toString("base64");
const utf8 = (text) => Buffer.from(text, "utf8");
const zeros = (length) => Buffer.alloc(length);
const seedOf = (recipe) => crypto.createHash("sha256").update(utf8(recipe)).digest();

/** The recipe's key stream: `take(n)` gives the next n bytes. */
function keyStream(recipe) {
  const cipher = crypto.createCipheriv("chacha20", seedOf(recipe), zeros(16));
  return (length) => cipher.update(zeros(length));
}

/** What a flag says. */
const flag = (bug, why, effect, links = [], cves = []) => ({ bug, why, effect, links, cves });

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * Writes one file.  A case has the members of the format but `id`, and `from`, the case that it was made from, where it
 * must be refused; `flags` of the file may be more than the cases use.
 */
function writeVectors(topic, { operation, title, policy, cost, spec, recipe, oracles, flags }, cases) {
  const names = cases.map((c) => c.name);
  assert.equal(new Set(names).size, names.length, `names repeat in ${topic}`);
  const used = new Set(cases.flatMap((c) => c.flags));
  for (const name of used) assert.ok(flags[name], `flag ${name} is not defined`);
  const idOf = (c) => cases.indexOf(c) + 1;
  const head = JSON.stringify({
    format: 1,
    operation,
    title_text: title,
    policy,
    cost,
    spec,
    source: { recipe, seed: hex(seedOf(recipe)), oracles },
    flags: sorted(Object.fromEntries([...used].map((name) => [name, flags[name]]))),
  }, null, 2);
  const lines = cases.map((c) => "    " + JSON.stringify({
    id: idOf(c),
    name: c.name,
    why: c.why,
    flags: c.flags,
    ...(c.from && { derived_from: idOf(c.from) }),
    input: c.input,
    expect: c.expect,
    trace: sorted(c.trace),
    confirmed_by: c.confirmed_by,
  }));
  const text = `${head.slice(0, -2)},\n  "cases": [\n${lines.join(",\n")}\n  ]\n}\n`;
  for (const c of cases) if (c.from) assert.ok(idOf(c.from) > 0, `${topic}: ${c.name} comes from a case elsewhere`);
  assert.ok(text.length < FILE_BYTES_MAX, `${topic} is too big`);
  const file = path.join(VECTORS, `${topic}.json`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
  const negative = cases.filter((c) => c.from).length;
  console.log(`${topic}: ${cases.length} cases, ${negative} negative`);
}

module.exports = { base64, flag, hex, keyStream, utf8, writeVectors, zeros };
