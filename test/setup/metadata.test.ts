import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";

const read = (name: string) => readFileSync(join(projectRoot(), name), "utf8");

test("package, lock, citation and the latest changes name the same version", () => {
  const { version, license } = JSON.parse(read("package.json"));
  assert.equal(JSON.parse(read("package-lock.json")).version, version);
  assert.equal(/^version: (.+)$/m.exec(read("CITATION.cff"))?.[1], version);
  assert.equal(/^license: (.+)$/m.exec(read("CITATION.cff"))?.[1], license);
  assert.equal(/^## (\S+)$/m.exec(read("CHANGELOG.md"))?.[1], version);
});
