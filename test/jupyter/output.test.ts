// Output arrives whole, in order, and reads as in Node.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { metadataFaults } from "../../setup/notebooks/metadata.mjs";
import { temporaryFolder } from "../support/temporary";
import { type Execution, KernelClient, ROOT } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

const streams = ({ published }: Execution) => published.filter(({ type }) => type === "stream");
const lines = (count: number, of = (i: number) => String(i)) =>
  Array.from({ length: count }, (_, i) => `${of(i)}\n`).join("");

/** Jupyter's servers drop what exceeds 1,000 messages a second. */
const FEW = 500;

for (const [name, code] of [
  ["without a pause", "for (let i = 0; i < 10000; i++) console.log(i);"],
  [
    "with a microtask between them",
    "for (let i = 0; i < 10000; i++) { console.log(i); await null; }",
  ],
  [
    "with a pause after each ten",
    "for (let i = 0; i < 10000; i++) { console.log(i); if (i % 10 === 9) await new Promise((r) => setImmediate(r)); }",
  ],
  ["as bytes", "for (let i = 0; i < 10000; i++) process.stdout.write(Buffer.from(i + '\\n'));"],
])
  test(`10,000 prints ${name} arrive whole, in few messages`, async () => {
    const execution = await kernel.run(code);
    assert.equal(execution.text() === lines(10_000), true);
    assert.ok(streams(execution).length < FEW, `${streams(execution).length} messages`);
  });

test("a megabyte in one write arrives", async () => {
  const { text } = await kernel.run("console.log('x'.repeat(1 << 20));");
  assert.equal(text().length, (1 << 20) + 1);
});

test("both streams and displays keep their order", async () => {
  const { published } = await kernel.run(`
import { display } from "tslab";
for (let i = 0; i < 3; i++) { console.log("out"); console.log("out"); console.error("err"); display.text("shown"); }`);
  const seen = published.flatMap(({ type, content }) =>
    type === "stream" ? [content.name] : type === "display_data" ? ["display"] : [],
  );
  assert.deepEqual(seen, Array.from({ length: 3 }, () => ["stdout", "stderr", "display"]).flat());
});

test("what is printed right before a stretch without pause is seen during it", async () => {
  const id = await kernel.sendCell(
    "console.log('first'); console.log('second'); console.error('third'); for (;;) {}",
  );
  for (const text of ["first", "second", "third"]) await kernel.printed(id, text);
  kernel.interrupt();
  await kernel.ended(id);
});

test("bytes of one character in two writes are one character", async () => {
  const { text } = await kernel.run(
    "const bytes = Buffer.from('😀'); process.stdout.write(bytes.subarray(0, 2)); void process.stdout.write(bytes.subarray(2));",
  );
  assert.equal(text(), "😀");
});

const HALF = '"😀".slice(0, 1)';

for (const [name, code] of [
  ["printed", `console.log("a" + ${HALF});`],
  ["printed as an error", `console.error(${HALF} + "\\udc00\\ud800");`],
  ["a cell's value", HALF],
  ["in what is thrown", `throw new Error(${HALF});`],
  ["in an error's name", `throw Object.assign(new Error("x"), { name: ${HALF} });`],
  [
    "in a display, as a value and as a key",
    `declare const collapseLabKernel: { send(type: string, content: object): void };
collapseLabKernel.send("display_data", { data: { "text/plain": ${HALF}, "application/json": { deep: [{ [${HALF}]: ${HALF} }] } }, metadata: {} });`,
  ],
])
  test(`half an emoji ${name} is sent as Unicode`, async () => {
    const { published, reply } = await kernel.run(code);
    const strings = (value: unknown): string[] =>
      typeof value === "string"
        ? [value]
        : Object.entries(value ?? {}).flatMap(([key, one]) => [key, ...strings(one)]);
    const sent = published.filter(({ type }) => type !== "execute_input");
    const all = [...sent.map(({ content }) => content), reply].flatMap(strings);
    assert.deepEqual(
      all.filter((text) => /\p{Surrogate}/u.test(text)),
      [],
    );
    assert.ok(all.some((text) => text.includes("\ufffd")));
  });

test("a notebook that prints half an emoji can be run and saved", { timeout: 120_000 }, () => {
  const folder = temporaryFolder();
  const [from, to] = [join(folder, "in.ipynb"), join(folder, "out.ipynb")];
  const cell = { cell_type: "code", id: "a", metadata: {}, outputs: [], execution_count: null };
  const cells = [{ ...cell, source: `console.log("a" + ${HALF});` }];
  writeFileSync(from, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  const python = join(ROOT, ".venv", "bin", "python");
  const script = join(ROOT, "jupyter", "execute.py");
  const { status, stderr } = spawnSync(python, [script, from, to], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  const { cells: written, ...rest } = JSON.parse(readFileSync(to, "utf8"));
  assert.deepEqual([written[0].outputs[0].text].flat().join(""), "a\ufffd\n");
  // And it is what JupyterLab would leave as it is.
  assert.deepEqual(metadataFaults({ ...rest, cells: written }), []);
});

for (const [code, expected] of [
  ["Promise.resolve({ a: 1 })", "Promise { { a: 1 } }"],
  ["new Promise(() => {})", "Promise { <pending> }"],
  ["({ list: [Promise.resolve('x')] })", "{ list: [ Promise { 'x' } ] }"],
  ["(async () => { await null; })()", "Promise { <pending> }"],
  [
    "const bad = Promise.reject(5); bad.catch(() => {}); bad",
    "Promise { <rejected> 5 }", //
  ],
  [
    "class Own extends Promise<number> { tag = 1 } new Own((r) => r(2))",
    "Own [Promise] { 2, tag: 1 }",
  ],
  ["null", "null"],
  ["undefined", ""],
])
  test(`as in Node: ${code}`, async () => {
    assert.equal((await kernel.run(code)).text().trimEnd(), expected);
  });

test("a timer shows nothing of the kernel", async () => {
  const { text } = await kernel.run("const timer = setTimeout(() => {}, 0); timer");
  assert.match(text(), /^Timeout \{/);
  assert.doesNotMatch(text(), /kResourceStore|Cell/);
});

/** A cell that makes an error in its line 3, called from its line 5 or from elsewhere. */
const MAKES = `// line 1
function made(): Error {
  return new RangeError("too far");
}
`;

async function trace(code: string, name?: "stderr"): Promise<{ text: string; count: number }> {
  const { reply, text } = await kernel.run(code);
  assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
  return { text: text(name), count: reply.execution_count };
}

test("an error has the cell's lines and no others, however it is printed", async () => {
  const ways: [string, "stderr"?][] = [
    ["console.error(made());", "stderr"],
    ["console.log(made());"],
    ["console.log(made().stack);"],
    ["void process.stdout.write(made().stack + '\\n');"],
    ["made()"],
  ];
  for (const [way, name] of ways) {
    const { text, count } = await trace(MAKES + way, name);
    const [head, first, second, ...more] = text.trimEnd().split("\n");
    assert.equal(head, "RangeError: too far");
    assert.equal(first, `    at made (In[${count}]:3:10)`);
    assert.match(second, new RegExp(`^    at In\\[${count}\\]:5:\\d+$`));
    assert.deepEqual(more, []);
  }
});

test("an error caught from another cell names both cells", async () => {
  const { count } = await trace(MAKES);
  const { text } = await trace("\n\nconsole.log(made());");
  const frames = text.trimEnd().split("\n").slice(1);
  assert.deepEqual(frames, [`    at made (In[${count}]:3:10)`, `    at In[${count + 1}]:3:13`]);
});

test("after an await, in a cause, in an aggregate and in a list: written lines everywhere", async () => {
  const { text, count } = await trace(`async function later(): Promise<void> {
  await null;
  throw new Error("outer", { cause: new TypeError("inner") });
}
try {
  await later();
} catch (error) {
  console.log(error, [new AggregateError([error], "both")]);
}`);
  const at = [...text.matchAll(/at (?:async )?(?:(\w+) \()?(In\[\d+\]:\d+)/g)].map(([, f, p]) => [
    f,
    p,
  ]);
  assert.equal(at.length, 5);
  for (const [, place] of at)
    assert.ok([`In[${count}]:3`, `In[${count}]:6`, `In[${count}]:8`].includes(place), place);
  assert.ok(at.some(([name]) => name === "later"));
  assert.doesNotMatch(text, /jupyter\/kernel|evalmachine|tslab|\$notebook/);
});

test("an error of a module names its TypeScript line when it is printed", async () => {
  const { text } = await trace(
    'import { variance } from "./test/jupyter/fixtures/throws";\ntry { variance({ sd: -1 }) } catch (error) { console.log(error) }',
  );
  assert.match(text, /at variance \(test\/jupyter\/fixtures\/throws\.ts:9:\d+\)/);
});

test("Node's own frames stay where they say what the reader called", async () => {
  const { text, count } = await trace(
    'import { readFileSync } from "node:fs";\ntry { readFileSync("/none") } catch (error) { console.log(error) }',
  );
  assert.match(text, /^Error: ENOENT.*\n {4}at .*node:fs.*\n/);
  assert.match(text, new RegExp(`at In\\[${count}\\]:2:7 \\{\\n {2}errno: -2,`));
});

test("a thrown error's traceback is what printing it gives", async () => {
  const thrown = await kernel.run(
    "class Odd extends Error { override name = 'Odd'; code = 7 }\nthrow new Odd('x');",
  );
  const count = thrown.reply.execution_count;
  assert.deepEqual(thrown.reply.traceback.slice(0, 5), [
    "Odd: x",
    `    at In[${count}]:2:7 {`,
    "  code: 7",
    "}",
    "",
  ]);
});

test("a program may read where it is by its own stack", async () => {
  const { text, count } = await trace(
    "const here = new Error().stack!.split('\\n')[1].trim();\nhere",
  );
  assert.equal(text, `at In[${count}]:1:14\n`);
});
