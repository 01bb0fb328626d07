// Cells see the library by declarations that the native compiler makes once for each of its states, and
// checks it on the way; they are as good as the sources.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { temporaryFolder } from "../support/temporary";
import { KernelClient } from "./client";
import { type Declarations, faultsOf, type Parts, partsOf, SmallProject } from "./smallProject";

const LIBRARY = {
  "index.ts": 'export { area, type Shape } from "./shape";\nexport { greet } from "./greet";\n',
  "shape.ts":
    'import { square } from "./inner";\n/** A side and a colour. */\nexport interface Shape { readonly side: number }\n/** Its area. @param shape whose */\nexport const area = (shape: Shape) => square(shape.side);\n',
  "inner.ts": "export const square = (x: number) => x * x;\n",
  "greet.ts": "export const greet = (name: string) => ['Hello', name].join();\n",
};

/** Another kernel in the same project. */
function kernelIn(project: SmallProject, cache = project.cache) {
  const parts: Parts = partsOf(project.root);
  const declarations: Declarations = new parts.Declarations(cache);
  const notebook = new parts.Notebook(() => false, declarations);
  return {
    declarations,
    notebook,
    faults: (code: string) => faultsOf(project.root, code, notebook),
  };
}

const USES = 'import { area } from "./lib/index";\narea({ side: 2 }).toFixed()';

test("a second and a third kernel start no compiler, and know the same types", async () => {
  const project = new SmallProject(LIBRARY);
  const first = kernelIn(project);
  assert.deepEqual(await first.faults(USES), []);
  assert.equal(first.declarations.compilations, 1);
  for (const code of [USES, 'import { area } from "./lib/shape";\narea({ side: 1 }) + 1']) {
    const next = kernelIn(project);
    assert.deepEqual(await next.faults(code), []);
    assert.match((await next.faults('import { area } from "./lib/index";\narea(3)'))[0], /number/);
    assert.equal(next.declarations.compilations, 0);
  }
});

test("cells that import no file start none", async () => {
  const { faults, declarations } = kernelIn(new SmallProject(LIBRARY));
  for (const code of ["1 + 1", 'import { z } from "zod";\nz.string()', "await import('node:fs')"])
    assert.deepEqual(await faults(code), []);
  assert.equal(declarations.compilations, 0);
});

const EDITS: Record<string, [Record<string, string>, string]> = {
  "a changed parameter": [
    { "lib/greet.ts": "export const greet = (age: number) => ['Hello', age].join();\n" },
    'import { greet } from "./lib/index";\ngreet(3)',
  ],
  "a changed type behind a re-export": [
    {
      "lib/shape.ts":
        "export interface Shape { readonly edge: number }\nexport const area = (shape: Shape) => [shape.edge];\n",
    },
    'import { area, type Shape } from "./lib/index";\nconst shape: Shape = { edge: 2 };\narea(shape).at(0)',
  ],
  "a new export": [
    { "lib/inner.ts": "export const square = (x: number) => x * x;\nexport const half = 0.5;\n" },
    'import { half } from "./lib/inner";\nhalf.toFixed()',
  ],
  "a new file": [
    { "lib/deep/added.ts": "export const added: readonly number[] = [1];\n" },
    'import { added } from "./lib/deep/added";\nadded[0] + 1',
  ],
};

for (const [name, [edits, code]] of Object.entries(EDITS))
  test(`an edit of the library makes the compiler run once, and the next cell sees ${name}`, async () => {
    const project = new SmallProject(LIBRARY);
    const kernel = kernelIn(project);
    assert.notDeepEqual(await kernel.faults(code), []);
    for (const [file, text] of Object.entries(edits)) project.write(file, text);
    for (let i = 0; i < 3; i++) assert.deepEqual(await kernel.faults(code), []);
    assert.equal(kernel.declarations.compilations, 2);
    assert.deepEqual(await kernelIn(project).faults(code), []);
  });

test("a file taken out of the library is missed, and going back costs nothing", async () => {
  const project = new SmallProject(LIBRARY);
  const kernel = kernelIn(project);
  const code = 'import { greet } from "./lib/greet";\ngreet("x")';
  assert.deepEqual(await kernel.faults(code), []);
  project.remove("lib/greet.ts");
  assert.match((await kernel.faults(code))[0], /Cannot find module '.\/lib\/greet'/);
  project.write("lib/greet.ts", LIBRARY["greet.ts"]);
  assert.deepEqual(await kernel.faults(code), []);
  assert.equal(kernel.declarations.compilations, 2);
});

const WRONG = "export const square = (x: number): string => x * x;\n";

test("a fault of the library is reported with file and line, in cells that reach it and in no others", async () => {
  const project = new SmallProject(LIBRARY);
  const kernel = kernelIn(project);
  project.write("lib/inner.ts", `\n${WRONG}`);
  const fault = "lib/inner.ts:2: Type 'number' is not assignable to type 'string'.";
  for (const [code, expected] of [
    ['import { square } from "./lib/inner";\nvoid square;', [fault]],
    // Its declarations do not name that file: only its code does.
    ['import { area } from "./lib/shape";\nvoid area;', [fault]],
    ['import { greet } from "./lib/index";\nvoid greet;', [fault]],
    ['import { greet } from "./lib/greet";\nvoid greet;', []],
  ] as [string, string[]][])
    assert.deepEqual(await kernel.faults(code), expected);
  // Also by a kernel that did not see the check.
  const other = kernelIn(project);
  assert.deepEqual(await other.faults('import "./lib/index";'), [fault]);
  assert.equal(other.declarations.compilations, 0);
  project.write("lib/inner.ts", LIBRARY["inner.ts"]);
  assert.deepEqual(await kernel.faults(USES), []);
});

test("what cannot be parsed, and an import that is not there yet, are faults like others", async () => {
  const project = new SmallProject(LIBRARY);
  const kernel = kernelIn(project);
  project.write("lib/greet.ts", "export const greet = (name: string) => {\n");
  assert.match((await kernel.faults(USES))[0], /^lib\/greet\.ts:2: '}' expected\.$/);
  project.write("lib/greet.ts", 'import { x } from "../beside";\nexport const greet = () => x;\n');
  assert.match((await kernel.faults(USES))[0], /^lib\/greet\.ts:1: Cannot find module/);
  project.write("beside.ts", "export const x = 1;\n");
  assert.deepEqual(await kernel.faults(USES), []);
  project.write("beside.ts", "export const y = 1;\n");
  assert.match((await kernel.faults(USES))[0], /^lib\/greet\.ts:1: .*no exported member 'x'/);
});

test("unused names in a half-edited file of the library are no fault", async () => {
  const project = new SmallProject(LIBRARY);
  project.write("lib/inner.ts", `const unused = 1;\n${LIBRARY["inner.ts"]}`);
  assert.deepEqual(await kernelIn(project).faults(USES), []);
});

test("a file whose types have no name that could be written stands for itself, and is no fault", async () => {
  const project = new SmallProject({
    ...LIBRARY,
    "nameless.ts":
      'import { greet } from "./greet";\nconst key = Symbol();\nexport class Held { constructor(readonly signal = new AbortController().signal) {}\n  async wait(signal = new AbortController().signal): Promise<string> { void signal; return greet("x"); } }\nexport const by = { [key]: 5 };\n',
  });
  const kernel = kernelIn(project);
  const code = 'import { Held } from "./lib/nameless";\n';
  assert.deepEqual(await kernel.faults(`${code}void new Held().signal.aborted;`), []);
  assert.match((await kernel.faults(`${code}new Held().wait(3)`))[0], /AbortSignal/);
});

test("doc comments of the library, of Node and of a cell are shown", async () => {
  const { notebook } = kernelIn(new SmallProject(LIBRARY));
  for (const [code, name, doc] of [
    [USES, "area", "Its area."],
    ['import type { Shape } from "./lib/index";', "Shape", "A side and a colour."],
    ['import { readFileSync } from "node:fs";', "readFileSync", "Returns the contents"],
    ["[1].map(String)", "map", "Calls a defined callback"],
    ["/** Mine. */ const own = 1;\nown", "own = 1", "Mine."],
  ]) {
    await notebook.prepare(code);
    const found = notebook.information(code, code.indexOf(name) + 1);
    const text = found!.documentation.map(({ text }) => text).join("");
    assert.ok(text.startsWith(doc), `${name}: ${text}`);
  }
});

const USERS = {
  "my/plain.ts": 'import { area } from "../lib/index";\nexport const big = area({ side: 9 });\n',
  "my/data.json": '{ "side": 4 }\n',
};

test("files outside of the library are sources, checked as such, and see its edits", async () => {
  const project = new SmallProject(LIBRARY);
  for (const [name, text] of Object.entries(USERS)) project.write(name, text);
  const kernel = kernelIn(project);
  const code =
    'import { area } from "./lib/index";\nimport { big } from "./my/plain";\nimport data from "./my/data.json";\nvoid [area(data), big.toFixed()];';
  assert.deepEqual(await kernel.faults(code), []);
  project.write("lib/inner.ts", "export const square = (x: number) => [x * x];\n");
  assert.match((await kernel.faults(code))[0], /^\[?In\[1\].*toFixed/);
  project.write("lib/shape.ts", "export const area = (side: number) => side;\n");
  const found = await kernel.faults(code);
  assert.ok(
    found.some((fault) => fault.startsWith("my/plain.ts:2: ")),
    found.join("\n"),
  );
});

const BROKEN: Record<string, (project: SmallProject, kept: string) => void> = {
  "is half of one": (_, file) => writeFileSync(file, '{"format":1,"key":'),
  "is no JSON of ours": (_, file) => writeFileSync(file, "{}"),
  "has another format": (_, file) => writeFileSync(file, '{"format":0,"texts":{}}'),
};

for (const [name, harm] of Object.entries(BROKEN))
  test(`a kept file that ${name} is made anew`, async () => {
    const project = new SmallProject(LIBRARY);
    await kernelIn(project).declarations.refresh();
    const [kept] = project.kept();
    harm(project, join(project.cache, "declarations", kept));
    const next = kernelIn(project);
    assert.deepEqual(await next.faults(USES), []);
    assert.equal(next.declarations.compilations, 1);
    const third = kernelIn(project);
    await third.declarations.refresh();
    assert.equal(third.declarations.compilations, 0);
  });

test("where nothing can be kept, cells work all the same", async () => {
  const project = new SmallProject(LIBRARY);
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const closed = temporaryFolder();
  chmodSync(closed, 0o500);
  for (const cache of [file, join(file, "cache"), join(closed, "cache")])
    assert.deepEqual(await kernelIn(project, cache).faults(USES), []);
});

test("without the native compiler the sources stand for themselves, checked by that of the cells", async () => {
  const project = new SmallProject(LIBRARY, ["typescript", "@typescript"]);
  const kernel = kernelIn(project);
  assert.deepEqual(await kernel.faults(USES), []);
  project.write("lib/inner.ts", WRONG);
  assert.match(
    (await kernel.faults('import "./lib/index";'))[0],
    /^lib\/inner\.ts:1: Type 'number'/,
  );
});

test("kernels that begin side by side do not disturb each other, and leave one file", async () => {
  const project = new SmallProject(LIBRARY);
  const kernels = [kernelIn(project), kernelIn(project), kernelIn(project)];
  const all = await Promise.all(kernels.map(({ faults }) => faults(USES)));
  assert.deepEqual(all, [[], [], []]);
  assert.equal(project.kept().length, 1);
});

test("the states that were used last are kept, eight of them", async () => {
  const project = new SmallProject(LIBRARY);
  mkdirSync(join(project.cache, "declarations"), { recursive: true });
  for (let i = 0; i < 12; i++)
    writeFileSync(join(project.cache, "declarations", `old${i}.json`), "{}");
  await kernelIn(project).declarations.refresh();
  assert.equal(project.kept().length, 8);
  assert.ok(project.kept().some((name) => !name.startsWith("old")));
});

test("what was read ahead is not read again by a cell, nor anything by the next ones", async () => {
  const { notebook, faults } = kernelIn(new SmallProject(LIBRARY));
  const ahead = 'import "./lib/index";';
  await notebook.prepare(ahead);
  notebook.read(ahead);
  const { reads } = notebook;
  assert.ok(reads > 50);
  for (const code of ["1 + 1", USES, `const n = 1;\n${USES}`, "process.argv.length"])
    assert.deepEqual(await faults(code), []);
  assert.equal(notebook.reads, reads);
});

test("a kernel that was opened reads the library before a cell asks for it, and can be stopped and used", {
  timeout: 60_000,
}, async () => {
  const project = new SmallProject(LIBRARY);
  mkdirSync(join(project.root, "notebooks"));
  const kernel = await KernelClient.start("notebooks", project.root);
  try {
    while (!project.kept().some((name) => name.endsWith(".json"))) {
      await new Promise((r) => setTimeout(r, 50));
      if (compilersOf(project.root).length > 0) kernel.interrupt();
    }
    for (let i = 0; i < 3; i++) assert.equal((await kernel.run(USES)).text(), "4\n");
  } finally {
    await kernel.close();
  }
});

/** So much to check that it takes a while. */
const LONG = Array.from(
  { length: 60_000 },
  (_, i) => `export const a${i} = [1, ${i}].map((x) => [x, "${i}"] as const).flat();`,
).join("\n");

const compilersOf = (folder: string) =>
  spawnSync("ps", ["-eo", "args="], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((line) => line.includes(`${folder}/.cache/jupyter/declarations`));

test("a kernel: an edit is seen in type and value, and a stop ends the compiler of the library", {
  timeout: 120_000,
}, async () => {
  const project = new SmallProject(LIBRARY);
  mkdirSync(join(project.root, "notebooks"));
  const kernel = await KernelClient.start("notebooks", project.root);
  try {
    assert.equal((await kernel.run(USES)).text(), "4\n");
    project.write("lib/inner.ts", "export const square = (x: number) => [x, x];\n");
    assert.match((await kernel.run(USES)).reply.evalue, /TS2339.*'toFixed'/);
    const code = 'import { area } from "./lib/index";\narea({ side: 3 })';
    assert.equal((await kernel.run(code)).text(), "[ 3, 3 ]\n");
    project.write("lib/inner.ts", WRONG);
    const { reply } = await kernel.run('import { area } from "./lib/index";');
    assert.match(reply.evalue, /^lib\/inner\.ts:1:46 - error TS2322/);
    assert.match(reply.traceback.join("\n"), /> {4}1 \| export const square/);

    project.write("lib/inner.ts", LIBRARY["inner.ts"]);
    project.write("lib/long.ts", LONG);
    const id = await kernel.sendCell(USES);
    await kernel.until(() => kernel.of(id).length > 1);
    while (compilersOf(project.root).length === 0) await new Promise((r) => setTimeout(r, 20));
    kernel.interrupt();
    const stopped = await kernel.ended(id);
    assert.deepEqual([stopped.reply.ename, stopped.text()], ["Interrupted", ""]);
    while (compilersOf(project.root).length > 0) await new Promise((r) => setTimeout(r, 20));
    project.remove("lib/long.ts");
    assert.equal((await kernel.run(USES)).text(), "4\n");
    assert.deepEqual(
      project.kept().filter((name) => !name.endsWith(".json")),
      [],
    );
  } finally {
    await kernel.close();
  }
});
