"use strict";
/*
 * Writes the vector files that say what a real reader does with what others spell or seal otherwise.
 *
 * In: the cases of readers-sjcl.cjs and readers-notesnook.cjs; the readers, which are ports; the reference.
 * In: the folder to write to (vectors/ unless named).  Out: <family>/open-*-reader.json in it, the same on every run.
 *
 * A case says beforehand which readers open it and which refuse it; it is written only if they do.  What they open is
 * made and known by others: OpenSSL for SJCL, libsodium and the reference for Notesnook.
 */
const notesnook = require("./readers-notesnook.cjs");
const sjcl = require("./readers-sjcl.cjs");

async function main() {
  await sjcl.write();
  await notesnook.write();
}

main();
