"use strict";
/*
 * The port protocol's side of the adapters written for Node: reading lines, decoding members, writing answers.
 *
 * In: `hello`, the answer to the handshake; `operations`, for each name `members` (what the request holds) and `run`
 * (decoded members in, output members out, may be async); `decodeHex`, from hex to the library's own kind of bytes;
 * `reasonOf`, from what the library threw to a reject reason.
 * `members` is a list of names; `name?` may be absent, `name!` is handed over as hex.
 */
const fs = require("node:fs");

const INTEGERS = new Set(["iterations", "target_ms", "length", "passes", "memory_kib", "lanes", "tag_length", "paranoia", "start_ms", "requests"]);

const LISTS = new Set(["events", "requests"]);

/** The request does not fit the protocol page: the runner's fault or the adapter's, never a verdict on the input. */
class Unfit extends Error {}

/** An error's words as Unicode text: V8 cuts the input that it quotes wherever it likes, through surrogate pairs too. */
const words = (error) => String(error?.message ?? error).toWellFormed();

const isHex = (value) => typeof value === "string" && value.length % 2 === 0 && !/[^0-9a-f]/.test(value);

function decodeMember(name, value, decodeHex) {
  if (Array.isArray(value) && LISTS.has(name)) return value.map((item) => decodeItem(name, item, decodeHex));
  if (LISTS.has(name)) throw new Unfit(`${name} is not a list`);
  return decodeItem(name, value, decodeHex);
}

function decodeItem(name, value, decodeHex) {
  if (name.endsWith("_text")) {
    if (typeof value !== "string") throw new Unfit(`${name} is not text`);
    return value;
  }
  if (INTEGERS.has(name)) {
    if (!Number.isSafeInteger(value)) throw new Unfit(`${name} is not an integer`);
    return value;
  }
  if (!isHex(value)) throw new Unfit(`${name} is not lower-case hex`);
  return decodeHex(value);
}

function decodeInput(input, members, decodeHex) {
  const decoded = {};
  for (const [, name, mark] of members.matchAll(/(\w+)([?!]?)/g)) {
    if (Object.hasOwn(input, name)) decoded[name] = decodeMember(name, input[name], mark === "!" ? String : decodeHex);
    else if (mark !== "?") throw new Unfit(`${name} is missing`);
  }
  for (const name of Object.keys(input)) if (!Object.hasOwn(decoded, name)) throw new Unfit(`${name} is unknown`);
  return decoded;
}

/** What the port says to one request: everything of an answer but its id. */
async function answer(request, port) {
  if (request.op === "hello") return { output: port.hello };
  if (!Object.hasOwn(port.operations, request.op)) return { unsupported: { detail_text: `no operation ${request.op}` } };
  const operation = port.operations[request.op];
  let input;
  try {
    input = decodeInput(request.input, operation.members, port.decodeHex);
  } catch (error) {
    return { failure: { detail_text: words(error) } };
  }
  try {
    return { output: await operation.run(input) };
  } catch (error) {
    return { reject: { reason: port.reasonOf(error), detail_text: words(error) } };
  }
}

// A pipe that is not ready (EAGAIN) is asked again; on Windows the end of a pipe is an error.
function blocking(call) {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (error.code === "EOF") return 0;
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

function write(text) {
  const buffer = Buffer.from(text, "utf8");
  for (let at = 0; at < buffer.length; ) at += blocking(() => fs.writeSync(1, buffer, at));
}

/** Answers requests until standard input ends.  Blocking reads are 1.6 times as fast as readline. */
async function serve(port) {
  const chunk = Buffer.alloc(1 << 16);
  let pending = []; // the pieces of a line that has not ended yet
  for (;;) {
    const count = blocking(() => fs.readSync(0, chunk, 0, chunk.length, null));
    if (count === 0) return;
    let answers = "";
    let from = 0;
    for (let end; (end = chunk.subarray(0, count).indexOf(10, from)) !== -1; from = end + 1) {
      const request = JSON.parse(Buffer.concat([...pending, chunk.subarray(from, end)]).toString("utf8"));
      pending = [];
      answers += JSON.stringify({ id: request.id, ...(await answer(request, port)) }) + "\n";
    }
    if (from < count) pending.push(Buffer.from(chunk.subarray(from, count)));
    write(answers);
  }
}

/** The handshake's answer; constraints and policies are the port's own. */
function hello({ name, version, libraries, operations, policies }) {
  return {
    protocol: 1,
    name_text: name,
    version_text: version,
    language_text: "JavaScript",
    runtime_text: `node ${process.versions.node}`,
    libraries,
    operations: Object.fromEntries(Object.entries(operations).map(([op, { claim }]) => [op, claim ?? {}])),
    policies,
  };
}

module.exports = { serve, answer, hello };
