"use strict";
/*
 * This suite's own implementation, as `sealproof serve`.
 *
 * In: an operation and its inputs.  Out: what the reference says to each.  The binary must have been built.
 */
const { execFileSync } = require("node:child_process");
const path = require("node:path");

const SEALPROOF = path.join(__dirname, "..", "target", "release", "sealproof");

/** What the reference says to all of these inputs, in their order. */
function askReference(operation, inputs) {
  const lines = inputs.map((input, at) => JSON.stringify({ id: at + 1, op: operation, input }));
  const said = execFileSync(SEALPROOF, ["serve"], { input: lines.join("\n") + "\n" });
  const answers = said.toString().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  const byId = new Map(answers.map((said) => [said.id, said]));
  return inputs.map((_, at) => byId.get(at + 1));
}

module.exports = { askReference };
