"use strict";
/*
 * Setup of the port of SJCL as Autonomail had it: npm ci, then builds of both packages with the options of Autonomail's
 * own build.
 */
require("../install.cjs");
const { build } = require("../install-sjcl.cjs");

const AUTONOMAIL = [
  "convenience", "codecHex", "codecBase64", "ccm", "gcm", "random", "hmac", "pbkdf2", "sha256", "sha512",
].map((part) => `--with-${part}`).concat("--without-ecc", "--without-ocb2");

build("sjcl", "build", AUTONOMAIL);
build("sjcl-2013", "build-2013", AUTONOMAIL);
