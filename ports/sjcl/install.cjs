"use strict";
/*
 * Setup of the SJCL port: npm ci, then builds with SHA-512: the port, and the release before it as a second
 * witness of the vectors.
 */
require("../install.cjs");
const { build } = require("../install-sjcl.cjs");

build("sjcl", "build", ["--with-sha512"]);
build("sjcl-2018", "build-2018", ["--with-sha512"]);
