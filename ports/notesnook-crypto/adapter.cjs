"use strict";
/*
 * sealproof port: @notesnook/crypto 2.1.3, the CommonJS build, which under Node runs on sodium-native.
 *
 * In: one request of the port protocol per line.  Out: one answer per line.
 */
const { NNCrypto } = require("@notesnook/crypto");
const { serve } = require("../protocol.cjs");
const { notesnookPort } = require("../notesnook.cjs");

function reasonOf(error) {
  if (error.message === "could not verify data") return "authentication"; // sodium-native: tag mismatch, wrong key
  if (error.code === "ERR_ASSERTION") return "parameter"; // sodium-native: a key, salt or nonce of the wrong size
  if (error.message === "Invalid input.") return "parameter"; // no password and no key: an empty password counts as none
  // SyntaxError (JSON.parse), "Data cannot be null." (no ciphertext), a RangeError from a buffer of negative size (less
  // ciphertext than a tag), a TypeError from a member of the wrong type: the user sees an envelope that cannot be read.
  return "malformed";
}

const packageVersion = (name) => require(`./node_modules/${name}/package.json`).version;
const libraries = Object.fromEntries(["@notesnook/crypto", "@notesnook/sodium", "sodium-native"].map((p) => [p, packageVersion(p)]));
const version = libraries["@notesnook/crypto"];
const port = notesnookPort({ NNCrypto, reasonOf, name: "notesnook-crypto", version, libraries, policies: ["notesnook-node-reader"] });

module.exports = port; // scripts/gen-readers.cjs asks it in the same process
if (require.main === module) serve(port);
