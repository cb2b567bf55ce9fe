"use strict";
/*
 * Setup of the SJCL port: npm ci, then a build of the package with SHA-512.
 */
require("../install.cjs");
const { build } = require("../install-sjcl.cjs");

build("sjcl", "build", ["--with-sha512"]);
