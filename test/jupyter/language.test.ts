// Cells are written in the TypeScript of today, with the library types of the running Node.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { KernelClient, ROOT } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

async function printed(code: string): Promise<string> {
  const { reply, text } = await kernel.run(code);
  assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
  return text().trimEnd();
}

for (const [name, cells, expected] of [
  [
    "predicates are inferred",
    ["[1, undefined, 3].filter((x) => x !== undefined).map((x) => x + 1)"],
    "[ 2, 4 ]",
  ],
  ["arrays have the methods of 2023", ["[3, 1, 2].toSorted().with(0, 9)"], "[ 9, 2, 3 ]"],
  [
    "using disposes at the end of the cell",
    [
      "const log: string[] = [];\nusing held = { [Symbol.dispose]() { log.push('disposed') } };\nlog.push('in the cell');",
      "log",
    ],
    "[ 'in the cell', 'disposed' ]",
  ],
  [
    "decorators are the standard ones",
    [
      "const named: string[] = [];\nfunction note(_: unknown, { name }: ClassMethodDecoratorContext) { named.push(String(name)) }\nclass Noted { @note run() { return 1 } }\nnew Noted().run();\nnamed",
    ],
    "[ 'run' ]",
  ],
  [
    "satisfies, const type parameters and enums of constants",
    [
      "const enum Level { Low = 2 }\nconst pick = <const T extends readonly string[]>(names: T): T[number] => names[0];\nconst one: 'a' | 'b' = pick(['a', 'b']);\n({ one, level: Level.Low }) satisfies { one: string; level: number }",
      "[one, Level.Low]",
    ],
    "[ 'a', 2 ]",
  ],
  [
    "for await at the top, alone",
    ["for await (const x of [Promise.resolve(1)]) console.log(x);"],
    "1",
  ],
  [
    "for await over a generator, with a variable of all cells",
    [
      "let total = 0;\nasync function* three() { yield* [1, 2, 3] }",
      "for await (total of three()) {}\nfor await (const x of three()) total += x;\ntotal",
    ],
    "9",
  ],
  [
    "for await in a block, with break",
    ["{ for await (const x of [1, 2]) { if (x === 2) break; console.log('saw', x); } }"],
    "saw 1",
  ],
  [
    "await in the middle of expressions",
    ["const sum = (await Promise.resolve(1)) + (await 2) * [await 3][0]; sum"],
    "7",
  ],
  [
    "a namespace of Node's",
    ['const fs = await import("node:fs");', 'fs.existsSync("/") && typeof fs.default.statSync'],
    "function",
  ],
  [
    "a namespace of a package",
    ['const zod = await import("zod");', "zod.z.number().parse(3) + zod.z.int().parse(4)"],
    "7",
  ],
  [
    "a namespace of a module of the project",
    ['const errors = await import("./lib/errors");', "typeof errors.UserError"],
    "function",
  ],
  [
    "a static namespace of a CommonJS package, its default and its names",
    [
      'import * as all from "canonicalize";\nimport one from "canonicalize";',
      "[all.default === one, one({ b: 1, a: 2 })]",
    ],
    '[ true, \'{"a":2,"b":1}\' ]',
  ],
  [
    "types without a name that another cell could write down",
    [
      'const { promises } = await import("node:fs");\nconst key = Symbol();\nconst hidden = (() => { class Inner { #x = 1; get x() { return this.#x } } return new Inner() })();\nconst by = { [key]: 5 };',
      "[typeof promises.readFile, hidden.x, by[key]]",
    ],
    "[ 'function', 1, 5 ]",
  ],
] as [string, string[], string][])
  test(name, async () => {
    let last = "";
    for (const cell of cells) last = await printed(cell);
    assert.equal(last, expected);
  });

test("the check knows what the running Node has not", async () => {
  const { reply, text } = await kernel.run("Object.groupBy([1, 2], (x) => x % 2);");
  if ("groupBy" in Object) assert.equal(reply.status, "ok", text());
  else assert.match(reply.evalue, /TS2550.*groupBy/);
});

test("import.meta is that of a file in the project's root", async () => {
  const file = join(ROOT, "notebook.ts");
  const shown = await printed(
    "JSON.stringify([import.meta.url, import.meta.dirname, import.meta.filename, import.meta.resolve('zod')])",
  );
  const [url, dirname, filename, zod] = JSON.parse(shown);
  assert.deepEqual([url, dirname, filename], [pathToFileURL(file).href, ROOT, file]);
  assert.match(zod, /^file:.*\/node_modules\/zod\//);
  const read =
    'import { readFileSync } from "node:fs";\nreadFileSync(new URL("package.json", import.meta.url), "utf8").length > 9';
  assert.equal(await printed(read), "true");
});

test("an edited JSON file is seen, value and type, also behind a module", async () => {
  const name = `json-${process.pid}.tmp`;
  const folder = join(ROOT, "test", "jupyter", name);
  const here = `./test/jupyter/${name}`;
  mkdirSync(folder);
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  try {
    write("config.json", '{ "size": 1 }');
    write(
      "user.ts",
      'import config from "./config.json";\nexport const twice = () => JSON.stringify(config) + 2;\n',
    );
    const direct = `import config from "${here}/config.json";\n`;
    const behind = `import { twice } from "${here}/user";\ntwice()`;
    assert.equal(await printed(`${direct}config.size + 1`), "2");
    assert.equal(await printed(behind), '{"size":1}2');
    write("config.json", '{ "size": "large" }');
    assert.equal(await printed(`${direct}config.size.toUpperCase()`), "LARGE");
    assert.equal(await printed(behind), '{"size":"large"}2');
    write("config.json", '{ "sizes": [1, 2] }');
    assert.equal(await printed(`${direct}config.sizes.length`), "2");
    assert.match((await kernel.run(`${direct}config.size`)).reply.evalue, /TS2551|TS2339/);
    assert.equal(
      await printed(`import * as all from "${here}/config.json";\nall.sizes`),
      "[ 1, 2 ]",
    );
    assert.equal(await printed(`(await import("${here}/config.json")).default.sizes`), "[ 1, 2 ]");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a module that imports itself by another one loads", async () => {
  const name = `circle-${process.pid}.tmp`;
  const folder = join(ROOT, "test", "jupyter", name);
  mkdirSync(folder);
  try {
    writeFileSync(
      join(folder, "a.ts"),
      'import { b } from "./b.js";\nexport const a = 1;\nexport const sum = () => a + b();\n',
    );
    writeFileSync(
      join(folder, "b.ts"),
      'import { a } from "./a";\nexport const b = () => a * 10;\n',
    );
    assert.equal(await printed(`import { sum } from "./test/jupyter/${name}/a";\nsum()`), "11");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
