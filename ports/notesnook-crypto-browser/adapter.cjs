"use strict";
/*
 * sealproof port: @notesnook/crypto 2.1.3 as browsers have it, on libsodium-wrappers-sumo.
 *
 * In: one request of the port protocol per line.  Out: one answer per line.
 * The package is one; it is @notesnook/sodium below it that has a build for Node and one for everything else.  Node
 * always takes its own, so the other one is put in its place before the package asks for it.  It needs no DOM.
 */
const path = require("node:path");

const nodeBuild = require.resolve("@notesnook/sodium");
const browserBuild = path.join(path.dirname(nodeBuild), "browser.js");
require(browserBuild);
require.cache[nodeBuild] = require.cache[browserBuild];

const { NNCrypto } = require("@notesnook/crypto");
const { serve } = require("../protocol.cjs");
const { notesnookPort } = require("../notesnook.cjs");

function reasonOf(error) {
  if (/cannot be decrypted/.test(error.message)) return "authentication"; // libsodium: tag mismatch, wrong key
  if (/^invalid \S+ length/.test(error.message)) return "parameter"; // libsodium: a key, salt or nonce of the wrong size
  if (error.message === "Invalid input.") return "parameter"; // no password and no key: an empty password counts as none
  // SyntaxError (JSON.parse), "incomplete input" and "invalid input" (base64), "ciphertext is too short", "Data cannot be
  // null." (no ciphertext), a TypeError from a member of the wrong type or from a plaintext that is not UTF-8: the user
  // sees an envelope that cannot be read.
  return "malformed";
}

const packageVersion = (name) => require(`./node_modules/${name}/package.json`).version;
const libraries = Object.fromEntries(["@notesnook/crypto", "@notesnook/sodium", "libsodium-wrappers-sumo"].map((p) => [p, packageVersion(p)]));
const version = libraries["@notesnook/crypto"];
const port = notesnookPort({ NNCrypto, reasonOf, name: "notesnook-crypto-browser", version, libraries, policies: ["notesnook-browser-reader"] });

module.exports = port; // scripts/gen-readers.cjs asks it in the same process
if (require.main === module) serve(port);
