"use strict";
/*
 * sealproof port: SJCL 1.0.9, built with SHA-512.
 *
 * In: one request of the port protocol per line.  Out: one answer per line.
 * The npm package's own sjcl.js has no SHA-512 (and its HMAC then falls back to SHA-256 without a word), so
 * install.cjs builds SJCL from the sources that the package ships.
 */
const { serve } = require("../protocol.cjs");
const { sjclPort } = require("../sjcl.cjs");

const { version } = require("./node_modules/sjcl/package.json");
const port = sjclPort({ sjcl: require("./build/sjcl.js"), name: "sjcl", version, policies: ["sjcl-reader"] });

module.exports = port; // scripts/gen-sjcl.cjs and gen-readers.cjs ask it in the same process
if (require.main === module) serve(port);
