"use strict";
/** Loads the vectors of sealproof. Nothing is handed out whose bytes are not those of the index. Types: index.d.ts. */

const { createHash } = require("node:crypto");
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const read = (path) => readFileSync(join(__dirname, "vectors", path));
const json = (path) => JSON.parse(read(path).toString("utf8"));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

function load(folder, entry) {
  const bytes = read(`${folder}${entry.path}.json`);
  if (sha256(bytes) !== entry.sha256) throw new Error(`${folder}${entry.path} is not the file that the index names`);
  return { path: entry.path, ...JSON.parse(bytes.toString("utf8")) };
}

const index = () => json("index.json");
const files = () => index().files.map((entry) => load("", entry));

function file(path) {
  const entry = index().files.find((entry) => entry.path === path);
  if (!entry) throw new Error(`no file is called ${path}`);
  return load("", entry);
}

const canaryIndex = () => json("canary/index.json");
const canary = () => canaryIndex().files.map((entry) => load("canary/", entry));
const errata = () => json("errata.json");

function requirements() {
  const folder = join(__dirname, "vectors", "requirements");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")).sort() : [];
  return names.map((name) => json(`requirements/${name}`));
}

const caseHash = (file, { input, expect }) =>
  sha256(JSON.stringify({ operation: file.operation, input, expect })).slice(0, 16);

module.exports = { index, files, file, canaryIndex, canary, errata, requirements, caseHash };
