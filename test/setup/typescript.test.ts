import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/temporary";

// The runner preloads lib/typescript.cjs, which loads what is required here.

/** Writes packages into a node_modules of their own and returns it. */
function packages(files: Readonly<Record<string, string>>): string {
  const folder = path.join(temporaryFolder(), "node_modules");
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

const LATER = 'exports.later = () => import("node:path");';

test("CommonJS packages run as they are written, dynamic imports included", () => {
  const folder = packages({
    "a/package.json": '{ "main": "index.js" }',
    "a/index.js": `${LATER}\n//# sourceMappingURL=absent.map\n`,
    "b/package.json": '{ "type": "module" }',
    "b/index.cjs": LATER,
    "b/dist/package.json": '{ "type": "commonjs" }',
    "b/dist/index.js": LATER,
  });
  for (const file of ["a", "b/index.cjs", "b/dist/index.js"]) {
    const { later } = require(path.join(folder, file));
    assert.equal(String(later), '() => import("node:path")', file);
  }
});

test("ES modules of packages, and TypeScript, can be required as ever", () => {
  const folder = packages({
    "a/package.json": '{ "type": "module" }',
    "a/index.js": "export const answer = 42;",
    "b/package.json": "{}",
    "b/esm/package.json": '{ "type": "module" }',
    "b/esm/lib/index.js": 'export { answer } from "../../../a/index.js";',
    "b/index.mjs": 'export { answer } from "../a/index.js";',
  });
  for (const file of ["a/index.js", "b/esm/lib/index.js", "b/index.mjs"])
    assert.equal(require(path.join(folder, file)).answer, 42, file);
  const source = path.join(folder, "..", "source.ts");
  fs.writeFileSync(source, "export const answer: number = 42;");
  assert.equal(require(source).answer, 42);
});

test("functions keep their names, and nothing is called to note them", () => {
  const source = path.join(temporaryFolder(), "source.ts");
  fs.writeFileSync(
    source,
    `export const make = () => { const inner = (x: number): number => x; return inner; };
     export class Named { method(): void {} }`,
  );
  const { make, Named } = require(source);
  assert.deepEqual([make.name, make().name, Named.name], ["make", "inner", "Named"]);
  assert.doesNotMatch(`${make} ${Named}`, /__name/);
});
