"use strict";
/*
 * What `setup` of the ports written for Node runs, in the port's folder: `npm ci`, unless it is done already for
 * this lock.  The lock names versions and hashes but no registry, so whatever registry npm is set to will do.
 */
const fs = require("node:fs");
const { execFileSync } = require("node:child_process");

const lock = fs.readFileSync("package-lock.json", "utf8");
const stamp = "node_modules/.sealproof-lock";

const isDone = fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === lock;
if (!isDone) {
  // npm is a .cmd file on Windows, which only a shell can start.
  execFileSync("npm", ["ci"], { stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  fs.writeFileSync(stamp, lock);
}
