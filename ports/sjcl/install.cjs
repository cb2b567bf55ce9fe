"use strict";
/*
 * Setup of the SJCL port: npm ci, then SJCL's own configure and make on a copy of the package, with SHA-512.
 * Needs perl and make.  `--compress=none` because the package does not ship the minifier.
 */
const fs = require("node:fs");
const { execFileSync } = require("node:child_process");
require("../install.cjs");

const source = "node_modules/sjcl";
const stamp = "build/version";
const { version } = JSON.parse(fs.readFileSync(`${source}/package.json`, "utf8"));

const isDone = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === version;
if (!isDone) {
  fs.rmSync("build", { recursive: true, force: true });
  fs.cpSync(source, "build", { recursive: true });
  const run = (program, args) => execFileSync(program, args, { cwd: "build", stdio: ["ignore", 2, 2] });
  run("perl", ["./configure", "--compress=none", "--with-sha512"]);
  run("make", ["sjcl.js"]);
  fs.writeFileSync(stamp, version);
}
