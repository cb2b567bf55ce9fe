"use strict";
/*
 * What the cases of all readers have in common: how a reader's word is stated, asked for, and turned into a vector.
 *
 * In: tables of cases.  Out: vectors, confirmed by the readers.
 */
const assert = require("node:assert/strict");
const { answer } = require("../ports/protocol.cjs");
const { hex } = require("./vector-file.cjs");

/** A reader's word: it opens to the plaintext that was sealed. */
const OPENS = { opens: true };
/** It opens to these bytes, which are not those that were sealed. */
const opensAs = (plaintext) => ({ opens: true, plaintext });
/** It refuses for one of these reasons. */
const refuses = (...reject) => ({ reject });
/** What it cannot read, or holds to be a wrong value. */
const REFUSES = refuses("malformed", "parameter");
/** What it reads, and finds the tag wrong. */
const FORGED = refuses("authentication");
/** What one port notices when it parses and another by the tag. */
const REFUSES_SOMEHOW = refuses("authentication", "malformed", "parameter");

/** Asks all of these ports; each must do as was said. */
async function confirm(ports, operation, name, input, said) {
  for (const port of ports) {
    const found = await answer({ op: operation, input }, port);
    const about = `${operation} ${name}, ${port.hello.name_text}: ${JSON.stringify(found).slice(0, 300)}`;
    if (said.opens) assert.deepEqual(found.output, said.output, about);
    else assert.ok(said.reject.includes(found.reject?.reason), about);
  }
}

/**
 * The vectors of one file.  The first case must be one that is opened: refusals are made from it.
 * `cases` have name, why, flags, input, said, `witnesses` (who computed or refused it too) and, where they are opened, output.
 */
async function vectorsOf({ operation, ports, readers }, cases) {
  const vectors = [];
  for (const { name, why, flags, input, said, output, witnesses } of cases) {
    await confirm(ports, operation, name, input, { ...said, output });
    const whole = vectors[0];
    const parent = said.opens ? {} : { from: whole };
    const expect = said.opens ? { output } : { reject: said.reject };
    const confirmed_by = [...readers, ...witnesses];
    vectors.push({ name, why, flags, ...parent, input, expect, trace: {}, confirmed_by });
  }
  return vectors;
}

/** One spelling in place of another, which must be there exactly once. */
function swap(text, before, after) {
  assert.equal(text.split(before).length, 2, `${before} in ${text}`);
  return text.replace(before, () => after);
}

/** A member more, before the first. */
const withMember = (text, member) => `{${member},${text.slice(1)}`;

const hexOfText = (text) => hex(Buffer.from(text, "utf8"));

module.exports = { FORGED, OPENS, REFUSES, REFUSES_SOMEHOW, hexOfText, opensAs, refuses, swap, vectorsOf, withMember };
