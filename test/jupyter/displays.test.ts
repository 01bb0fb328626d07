// The value of a cell's last expression shows itself where it can: as HTML, as a figure, as a table. Its
// text stays what Node prints.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelClient } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

type Bundle = Readonly<Record<string, string>>;

/** What a cell displays, and what it prints. */
async function shown(code: string): Promise<{ bundles: Bundle[]; printed: string }> {
  const { reply, published, text } = await kernel.run(code);
  assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
  const displays = published.filter(({ type }) => type === "display_data");
  return { bundles: displays.map(({ content }) => content.data), printed: text() };
}

const HOOK = 'const display = Symbol.for("Jupyter.display");\n';

for (const [name, code, expected] of [
  [
    "a method of an object",
    "({ a: 1, [display]: () => ({ 'text/html': '<b>1</b>' }) })",
    {
      "text/html": "<b>1</b>",
      "text/plain": "{ a: 1, [Symbol(Jupyter.display)]: [Function: [Jupyter.display]] }",
    },
  ],
  [
    "an async method of a class",
    "class Shown { async [display]() { await null; return { 'text/markdown': '*x*' } } }\nnew Shown()",
    { "text/markdown": "*x*", "text/plain": "Shown {}" },
  ],
  [
    "an inherited method that has its own text",
    "class Base { [display]() { return { 'text/plain': 'mine', 'text/latex': '$x$' } } }\nclass Derived extends Base {}\nnew Derived()",
    { "text/plain": "mine", "text/latex": "$x$" },
  ],
] as [string, string, Bundle][])
  test(`Jupyter.display is asked: ${name}`, async () => {
    const { bundles, printed } = await shown(HOOK + code);
    assert.deepEqual(bundles, [expected]);
    assert.equal(printed, "");
  });

test("a display that throws fails its cell, at once or later, and one that gives nothing is printed", async () => {
  for (const method of [
    "() { throw new RangeError('no') }",
    "async () { throw new RangeError('no') }",
  ]) {
    const head = method.startsWith("async")
      ? `async [display]${method.slice(6)}`
      : `[display]${method}`;
    const { reply } = await kernel.run(`${HOOK}({ ${head} })`);
    assert.deepEqual([reply.ename, reply.evalue], ["RangeError", "no"]);
  }
  const { bundles, printed } = await shown(`${HOOK}({ n: 5, [display]: () => undefined })`);
  assert.deepEqual(bundles, []);
  assert.match(printed, /n: 5/);
});

for (const [name, code, cells] of [
  ["records", "[{ name: 'a<b', n: 1.5 }, { name: 'c', n: 2 }]", ["name", "n", "a&lt;b", "1.500"]],
  ["records that lack keys", "[{ a: 1 }, { a: 2, b: true }]", ["a", "b", "true"]],
  [
    "a danfojs frame",
    "new dfd.DataFrame([[1, 'x'], [2, 'y']], { columns: ['n', 's'] })",
    ["n", "s", "x", "y"],
  ],
  ["a danfojs series", "new dfd.Series([7, 8], { index: ['p', 'q'] })", ["p", "q", "7", "8"]],
])
  test(`${name}: a table as HTML, and the text that Node prints`, async () => {
    await kernel.run('import * as dfd from "danfojs-node"; import { inspect } from "node:util";');
    const { bundles } = await shown(`const value = ${code};\nvalue`);
    assert.deepEqual(Object.keys(bundles[0]).sort(), ["text/html", "text/plain"]);
    assert.match(bundles[0]["text/html"], /^<table/);
    for (const cell of cells) assert.ok(bundles[0]["text/html"].includes(`>${cell}</t`), cell);
    const { printed } = await shown("console.log(value);");
    assert.equal(`${bundles[0]["text/plain"]}\n`, printed);
  });

test("of a long list sixty rows are shown and the others counted", async () => {
  const { bundles } = await shown("Array.from({ length: 2000 }, (_, i) => ({ i }))");
  assert.equal(bundles[0]["text/html"].match(/<tr>/g)!.length, 62);
  assert.match(bundles[0]["text/html"], /… and 1940 more rows/);
});

test("what is no table is printed as before", async () => {
  for (const [code, text] of [
    ["[]", "[]"],
    ["[{}]", "[ {} ]"],
    ["[1, { a: 1 }]", "[ 1, { a: 1 } ]"],
    ["[{ a: [1] }]", "[ { a: [ 1 ] } ]"],
    ["class P { x = 1 }\n[new P()]", "[ P { x: 1 } ]"],
    ["({ a: 1 })", "{ a: 1 }"],
    ["'text'", "text"],
    ["null", "null"],
    ["Promise.resolve(4)", "Promise { 4 }"],
  ])
    assert.deepEqual(await shown(code), { bundles: [], printed: `${text}\n` }, code);
});

test("tensors: dtype, shape and the first numbers; of one that is disposed no numbers", async () => {
  await shown('import * as tf from "@tensorflow/tfjs-node";');
  for (const [code, html] of [
    ["tf.tensor2d([[1, 2.5], [0.1, 4]])", "<code>float32 [2, 2]</code>: 1, 2.5, 0.1, 4"],
    ["tf.range(0, 9, 1, 'int32')", "<code>int32 [9]</code>: 0, 1, 2, 3, 4, 5, …"],
    ["tf.variable(tf.scalar(3))", "<code>float32 []</code>: 3"],
    ["const gone = tf.ones([2]); gone.dispose(); gone", "<code>float32 [2]</code>, disposed"],
  ])
    assert.equal((await shown(code)).bundles[0]["text/html"], html);
});

test("a figure, and a list of figures, are drawn as show draws them", async () => {
  await shown(
    'import { regimesFigure, type Provenance } from "./lib/index";\nconst provenance: Provenance = { preset: "p", dataset: "d", seeds: [], versions: {} };',
  );
  for (const [code, count] of [
    ["regimesFigure(provenance)", 1],
    ["[regimesFigure(provenance), regimesFigure(provenance)]", 2],
  ] as const) {
    const { bundles } = await shown(code);
    assert.equal(bundles.length, count);
    for (const bundle of bundles) assert.ok(bundle["application/vnd.plotly.v1+json"]);
  }
});
