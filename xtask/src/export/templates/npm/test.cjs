"use strict";
const assert = require("node:assert/strict");
const test = require("node:test");
const vectors = require("./index.cjs");

const counted = (index, files) => {
  const cases = files.flatMap((file) => file.cases);
  const negatives = cases.filter((one) => one.expect.reject).length;
  assert.deepEqual(
    [files.length, cases.length, cases.length - negatives, negatives],
    [index.files_total, index.cases_total, index.positives_total, index.negatives_total],
  );
  assert.ok(cases.length > 0);
};

test("every file is that of the index, and every case is counted", () => {
  counted(vectors.index(), vectors.files());
  for (const file of vectors.files()) {
    for (const one of file.cases) assert.equal(Object.keys(one.expect).length, 1, `${file.path}/${one.id}`);
  }
  assert.throws(() => vectors.file("../package"));
});

test("the canary is apart", () => {
  counted(vectors.canaryIndex(), vectors.canary());
  assert.ok(vectors.canary().every((file) => file.policy === "canary"));
  assert.ok(vectors.files().every((file) => file.policy !== "canary"));
});

test("requirement sets name cases that are there or retired", () => {
  const retired = new Set(vectors.errata().retired.map((entry) => entry.case));
  for (const set of vectors.requirements()) {
    let cases = 0;
    for (const { path, cases: hashes } of set.files) {
      for (const [id, hash] of Object.entries(hashes)) {
        cases += 1;
        if (retired.has(`${path}/${id}`)) continue;
        const file = vectors.file(path);
        assert.equal(vectors.caseHash(file, file.cases.find((one) => String(one.id) === id)), hash, `${path}/${id}`);
      }
    }
    assert.equal(cases, set.cases_total);
  }
});
