"use strict";
/*
 * Part of the setup of the SJCL ports, in the port's folder: SJCL's own configure and make on a copy of a package that
 * npm brought.  Needs perl and make.  `--compress=none` because the package does not ship the minifier.
 */
const fs = require("node:fs");
const { execFileSync } = require("node:child_process");

/** Builds node_modules/`name` in `folder`, unless this version is there already. */
function build(name, folder, options) {
  const source = `node_modules/${name}`;
  const stamp = `${folder}/version`;
  const { version } = JSON.parse(fs.readFileSync(`${source}/package.json`, "utf8"));
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === version) return;
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(source, folder, { recursive: true });
  const run = (program, args) => execFileSync(program, args, { cwd: folder, stdio: ["ignore", 2, 2] });
  run("perl", ["./configure", "--compress=none", ...options]);
  run("make", ["sjcl.js"]);
  fs.writeFileSync(stamp, version);
}

module.exports = { build };
