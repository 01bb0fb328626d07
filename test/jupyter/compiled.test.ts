// What the library is as JavaScript is made once, and again for what was edited.
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { partsOf, SmallProject } from "./smallProject";

const LIBRARY = {
  "one.ts": "export const one: number = 1;\n",
  "two.ts": 'import { one } from "./one";\nexport const two: number = one + 1;\n',
};

/** Compiles files as another kernel would: how often its compiler ran, and the code. */
function compile(project: SmallProject, names: readonly string[]): [number, string[]] {
  const compiled = new (partsOf(project.root).Compiled)(project.cache);
  const source = (name: string) => readFileSync(join(project.root, name), "utf8");
  const codes = names.map((name) => compiled.of(name, source(name)).code);
  compiled.keep();
  return [compiled.compilations, codes];
}

const ALL = ["lib/one.ts", "lib/two.ts"];

test("the first kernel compiles the library at once, later ones nothing, an edit one file", () => {
  const project = new SmallProject(LIBRARY);
  const [first, codes] = compile(project, ALL);
  assert.equal(first, 1);
  assert.match(codes[0], /const one = 1;/);
  assert.match(codes[1], /require\("\.\/one"\)/);
  assert.deepEqual(compile(project, ALL), [0, codes]);
  project.write("lib/one.ts", "export const one = 111;\n");
  const [again, [one]] = compile(project, ALL);
  assert.equal(again, 1);
  assert.match(one, /const one = 111;/);
  assert.equal(compile(project, ALL)[0], 0);
});

test("a file that cannot be parsed says where, and the others are compiled", () => {
  const project = new SmallProject({ ...LIBRARY, "broken.ts": "export const = 1;\n" });
  assert.equal(compile(project, ALL)[1].length, 2);
  assert.throws(() => compile(project, ["lib/broken.ts"]), /lib\/broken\.ts:1:13/);
});

test("files outside of the library are kept, too, until they are gone", () => {
  const project = new SmallProject(LIBRARY);
  project.write("my/own.ts", "export const own: number = 1;\n");
  assert.equal(compile(project, ["my/own.ts"])[0], 2);
  assert.equal(compile(project, ["my/own.ts"])[0], 0);
  project.remove("my/own.ts");
  project.write("my/other.ts", "export {};\n");
  compile(project, ["my/other.ts"]);
  const [file] = project.kept("compiled");
  assert.doesNotMatch(readFileSync(join(project.cache, "compiled", file), "utf8"), /my\/own/);
});

for (const [name, harm] of [
  ["is missing", (file) => rmSync(file)],
  ["is half of one", (file) => writeFileSync(file, '{"lib/one.ts":{"hash":')],
  ["is empty", (file) => writeFileSync(file, "")],
] as [string, (file: string) => void][])
  test(`a kept file that ${name} is made anew`, () => {
    const project = new SmallProject(LIBRARY);
    const before = compile(project, ALL);
    const [file] = project.kept("compiled");
    harm(join(project.cache, "compiled", file));
    assert.deepEqual(compile(project, ALL), before);
  });
