// A name means the same in all cells, also in functions of earlier ones: its newest value, as in Python.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelClient } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

/** Cells that run one after the other, and what the last one prints. */
const CASES: Record<string, [string[], string]> = {
  "a variable assigned": [
    ["let T = 100; const run = () => T;", "T = 500; run()"], //
    "500",
  ],
  "a counter that several cells share": [
    ["let n = 0; function inc() { n++ }", "inc(); inc(); n = 100; inc(); n"],
    "101",
  ],
  "a constant declared again": [
    ["const size = 1; const sizeNow = () => size;", "const size = 2;", "sizeNow()"],
    "2",
  ],
  "a constant declared again with another type": [
    ["const kind = 1; const kindNow = () => [kind];", "const kind = 'two';", "kindNow()"],
    "[ 'two' ]",
  ],
  "a function declared again reaches its callers": [
    [
      "function half(x: number) { return x / 2 }\nfunction use() { return half(8) }",
      "function half(x: number) { return x / 4 }",
      "use()",
    ],
    "2",
  ],
  "a function that becomes an arrow": [
    [
      "function twice(x: number) { return 2 * x }\nconst four = () => twice(2);",
      "const twice = (x: number) => x ** x;",
      "four()",
    ],
    "4",
  ],
  "a recursive function": [
    [
      "function down(k: number): string { return k ? k + down(k - 1) : '.' }",
      "const old = down;",
      "function down(k: number): string { return '!' }",
      "old(3)",
    ],
    "3!",
  ],
  "a class declared again": [
    [
      "class Model { name = 'old' }\nconst make = () => new Model().name;",
      "class Model { name = 'new' }",
      "make()",
    ],
    "new",
  ],
  "a class and what its own methods mean by its name": [
    [
      "class Counted { static n = 0; static made = new Counted(); constructor() { Counted.n++ } }\nconst first = Counted;",
      "class Counted { static n = 50 }",
      "new first(); [first.n, Counted.n]",
    ],
    "[ 2, 50 ]",
  ],
  "an import in place of another": [
    [
      'import { join as combine } from "node:path";\nconst combined = () => combine("a", "b");',
      'import { format as combine } from "node:util";',
      "combined()",
    ],
    "a b",
  ],
  "a declaration in place of an import": [
    [
      'import { basename } from "node:path";\nconst base = () => basename("/x/y");',
      "const basename = (path: string) => path.length;",
      "base()",
    ],
    "4",
  ],
  "a namespace import in place of another": [
    [
      'import * as tool from "node:path";\nconst has = () => "join" in tool;',
      'import * as tool from "node:util";',
      "has()",
    ],
    "false",
  ],
  "destructuring, nested, with defaults and rest": [
    [
      "let { a, b: [c = 7, ...d], ...e } = { a: 1, b: [undefined as number | undefined, 3, 4], f: 5 };\nconst all = () => [a, c, d, e];",
      "({ a, b: [c] } = { a: 10, b: [20] }); d.push(5); e = { f: 50 };\nJSON.stringify(all())",
    ],
    '[10,20,[3,4,5],{"f":50}]',
  ],
  "a swap by destructuring": [
    [
      "let left = 1, right = 2; const both = () => [left, right];",
      "[left, right] = [right, left]; both()",
    ],
    "[ 2, 1 ]",
  ],
  "a loop that assigns": [
    [
      "let sum = 0; const sumNow = () => sum;",
      "for (const x of [1, 2, 3]) sum += x;\nfor (let i = 0; i < 3; i++) { let sum = 100; sum++; }\nsumNow()",
    ],
    "6",
  ],
  "var in a loop belongs to all": [
    [
      "for (var step = 0; step < 3; step++) { var last = step }\nconst steps = () => [step, last];",
      "step = 10; last++; steps()",
    ],
    "[ 10, 3 ]",
  ],
  "var in for-of": [
    [
      "for (var [key, value] of Object.entries({ p: 1, q: 2 })) {}\nconst pair = () => key + value;",
      "value = 9; pair()",
    ],
    "q9",
  ],
  "closures in an array": [
    [
      "let scale = 1; const scaled = [1, 2].map((x) => () => x * scale);",
      "scale = 10; scaled.map((f) => f())",
    ],
    "[ 10, 20 ]",
  ],
  "closures of a loop keep their own loop variable": [
    [
      "const kept: (() => number)[] = []; for (let i = 0; i < 3; i++) kept.push(() => i);",
      "const i = 100;\nkept.map((f) => f())",
    ],
    "[ 0, 1, 2 ]",
  ],
  "an async function that goes on after the assignment": [
    [
      "let target = 'old'; let open = () => {}; const gate = new Promise<void>((r) => { open = r; });\nconst later = (async () => { await gate; return target; })();",
      "target = 'new'; open();",
      "await later",
    ],
    "new",
  ],
  "a timer that fires after the assignment": [
    [
      "let level = 1; const now = { come: false };\nconst fired = new Promise<number>((r) => { const timer = setInterval(() => { if (!now.come) return; clearInterval(timer); r(level); }, 5); });",
      "level = 2; now.come = true;",
      "await fired",
    ],
    "2",
  ],
  "a generator that goes on": [
    [
      "let from = 1; function* count() { for (;;) yield from++ }\nconst counting = count(); counting.next();",
      "from = 10; counting.next().value",
    ],
    "10",
  ],
  "shadowing by a parameter, a variable, a catch and a function stays local": [
    [
      `let x = 1;
const byParameter = (x: number) => { x++; return x };
function byVariable() { let x = 5; x++; { const x = 50; void x } return x }
function byCatch() { try { throw 7 } catch (x) { return x } }
function byPattern({ x }: { x: number }, [y = x] = []) { return x + y }
function byFunction() { function x() { return 9 } return x() }
const byName = function x(): string { return typeof x };`,
      "x = 1000;\nJSON.stringify([byParameter(2), byVariable(), byCatch(), byPattern({ x: 3 }), byFunction(), byName(), x])",
    ],
    '[3,6,7,6,9,"function",1000]',
  ],
  "shorthand properties and their defaults": [
    [
      "let width = 1, height = 2; const sized = () => ({ width, height });",
      "({ width = 5, height } = { height: 20 } as { width?: number, height: number });\nJSON.stringify(sized())",
    ],
    '{"width":5,"height":20}',
  ],
  "exported names": [
    [
      "export let shown = 1;\nexport function show() { return shown }\nexport class Shown {}",
      "shown = 2; new Shown(); show()",
    ],
    "2",
  ],
  "enums and namespaces": [
    [
      "enum Mode { Fast, Slow }\nnamespace Unit { export const metre = 1 }\nconst mode = () => [Mode[1], Unit.metre];",
      "enum Mode { Fast, Late }\nnamespace Unit { export const metre = 100 }",
      "mode()",
    ],
    "[ 'Late', 100 ]",
  ],
  "types and interfaces declared again": [
    [
      "interface Item { a: number }\ntype Name = 'x'",
      "interface Item { b: string }\ntype Name = 'y';",
      "const item: Item = { b: 'only b' };\nconst name: Name = 'y';\nitem.b",
    ],
    "only b",
  ],
  "a type does not hide a value of its name": [
    [
      "const Shape = [1, 2];",
      "type Shape = string;",
      "const shape: Shape = 'ok'; shape + Shape.length",
    ],
    "ok2",
  ],
  "a list without a type that a later cell fills": [
    ["const found = [];\nlet best;", "found.push(3); best = 5;", "[found.length, best]"],
    "[ 1, 5 ]",
  ],
  "a private member of a class of an earlier cell": [
    [
      "class Secret { #value = 3; get() { return this.#value } }\nconst secret = new Secret();",
      "const copy: Secret = secret;\ncopy.get()",
    ],
    "3",
  ],
  "names that the kernel's script might use": [
    [
      "let $notebook = 1, $cell = 2, exports = 3, require = 4; const mine = () => [$notebook, $cell, exports, require];",
      "$notebook = 10; mine()",
    ],
    "[ 10, 2, 3, 4 ]",
  ],
  "functions keep their names, and get no this": [
    [
      "const arrow = () => {}; const { named = 1 } = {}; function plain(this: unknown) { return this }",
      "[arrow.name, plain(), named]",
    ],
    "[ 'arrow', undefined, 1 ]",
  ],
  "an import that is written after its use": [
    [
      "const upper = () => where.sep;\nconst first = upper();\nimport * as where from 'node:path';",
      "first",
    ],
    "/",
  ],
  "a default export has its name like any other": [
    [
      "export default function chosen() { return 1 }\nconst choose = () => chosen();",
      "function chosen() { return 2 }",
      "choose()",
    ],
    "2",
  ],
  "a cell that is run again and again, and one that uses it": [
    [
      "const alpha = 1; interface Alpha { a: number }",
      "const useAlpha = () => alpha;",
      ...Array.from({ length: 5 }, (_, i) => `const alpha = '${i}'; interface Alpha { a: string }`),
      "const made: Alpha = { a: alpha };\n[made.a, useAlpha()]",
    ],
    "[ '4', '4' ]",
  ],
  "a name whose type is declared again without its value": [
    [
      "class Both { value = 1 }",
      "interface Only { x: 1 }\ntype Both = Only;",
      "const both: Both = { x: 1 };\nboth.x",
    ],
    "1",
  ],
  "globals that a cell declares for all": [
    [
      "declare global { var everywhere: number }\nglobalThis.everywhere = 4;",
      "const other = 1;",
      "everywhere + other",
    ],
    "5",
  ],
};

for (const [name, [cells, expected]] of Object.entries(CASES))
  test(name, async () => {
    let last = "";
    for (const cell of cells) {
      const { reply, text } = await kernel.run(cell);
      assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
      last = text();
    }
    assert.equal(last.trimEnd(), expected);
  });

test("a constant cannot be assigned to, from any cell", async () => {
  await kernel.run("const fixed = 1; import { sep } from 'node:path';");
  assert.match((await kernel.run("fixed = 2;")).reply.evalue, /TS2588/);
  assert.match((await kernel.run("sep = '';")).reply.evalue, /TS26\d\d/);
});

test("a redeclared name is checked by its newest type", async () => {
  await kernel.run("let given: string | number = 1;");
  await kernel.run("let given = 'text';");
  assert.match((await kernel.run("given.toFixed()")).reply.evalue, /TS2551|TS2339/);
});

test("declared ambient names stay the global ones", async () => {
  await kernel.run("(globalThis as { ambient?: number }).ambient = 5;");
  const { text } = await kernel.run("declare const ambient: number;\nambient + 1");
  assert.equal(text(), "6\n");
});
