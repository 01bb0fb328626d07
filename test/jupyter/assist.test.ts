// Completion, inspection and hints: what a reader is told while writing a cell, and about what is no TypeScript.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelClient } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

/** A request about the place marked "|", which Jupyter counts in code points. */
function ask(type: string, marked: string, more: object = {}) {
  const at = marked.indexOf("|");
  const code = marked.slice(0, at) + marked.slice(at + 1);
  return kernel.ask(type, { code, cursor_pos: [...marked.slice(0, at)].length, ...more });
}

interface Offered {
  readonly text: string;
  readonly type: string;
  readonly signature?: string;
  readonly documentation?: string;
}

async function completed(marked: string) {
  const { content } = await ask("complete_request", marked);
  assert.equal(content.status, "ok");
  const offered: Offered[] = content.metadata._jupyter_types_experimental;
  assert.deepEqual(
    offered.map(({ text }) => text),
    content.matches,
  );
  return { ...content, offered } as {
    matches: string[];
    cursor_start: number;
    cursor_end: number;
    offered: Offered[];
  };
}

async function inspected(marked: string, more: object = {}): Promise<string> {
  const { content } = await ask("inspect_request", marked, more);
  assert.equal(content.status, "ok");
  return content.found ? content.data["text/plain"] : "";
}

const IMAGES = 'import { imagesTask, linearTask } from "./lib/index";\n';
const OWN = `import { z } from "zod";
const own = z.object({
  /** How many. */
  count: z.number().default(3),
  names: z.array(z.object({ first: z.string(), last: z.string() })),
  shape: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("circle"), radius: z.number() }),
    z.object({ kind: z.literal("square"), side: z.number() }),
  ]),
});
`;

for (const [marked, expected] of [
  [`${IMAGES}imagesTask.config.parse({ |`, "data evaluation model sampling training"],
  [`${IMAGES}imagesTask.config.parse({ | });`, "data evaluation model sampling training"],
  [`${IMAGES}const c = imagesTask.config.safeParse({ data: {}, model: {}, s| });`, "sampling"],
  [`${IMAGES}imagesTask.config.parse({ data: { trainItems: 3, | } })`, "dataset own testItems"],
  [`${IMAGES}imagesTask.config.parse({ training: { schedule: { kind: "linear", |`, "decaySteps"],
  [`${OWN}own.parse({ |`, "count names shape"],
  [`${OWN}own.parse({ count: 1, | })`, "names shape"],
  [`${OWN}own.parse({ ...{}, /* a comment */ | })`, "count names shape"],
  [`${OWN}await own.parseAsync({ names: [{ first: "a", |} ] })`, "last"],
  [`${OWN}own.parse({ shape: { kind: "square", | } })`, "side"],
  [`${OWN}own.parse({ shape: { | } })`, "kind radius side"],
])
  test(`a schema's keys are offered, but for those written: ${marked.split("\n").at(-1)}`, async () => {
    const { matches } = await completed(marked);
    assert.equal(matches.sort().join(" "), expected);
  });

test("where a value is written, and outside of a schema's parser, names are offered as ever", async () => {
  for (const marked of [
    `${OWN}own.parse({ count: | })`,
    `${OWN}own.parse({ count: 1 + | })`,
    `${OWN}own.parse({ count: Math.max(1, | ) })`,
    `${OWN}own.parse({ count: Math.max(1, |`,
    `${OWN}own.parse({ ...|{} })`,
    `${OWN}own.parse(|)`,
    `${OWN}JSON.stringify({ | })`,
  ])
    assert.ok((await completed(marked)).matches.length > 50, marked);
});

test("offered keys have type and doc comment, also from the library's sources; names have their kind", async () => {
  const own = (await completed(`${OWN}own.parse({ co|`)).offered[0];
  assert.deepEqual(
    [own.text, own.type, own.signature, own.documentation],
    ["count", "property", "number | undefined", "How many."],
  );
  const { offered } = await completed(`${IMAGES}imagesTask.config.parse({ training: { |`);
  const epochs = offered.find(({ text }) => text === "epochs")!;
  assert.equal(epochs.signature, "number");
  assert.match(epochs.documentation!, /^Passes over the training set/);
  const kinds = new Map(
    (await completed("|")).offered.map(({ text, type }) => [text, type] as const),
  );
  for (const [name, type] of [
    ["parseInt", "function"],
    ["Math", "instance"],
    ["typeof", "keyword"],
  ])
    assert.equal(kinds.get(name), type, name);
});

test("inspection of a schema's key shows its type and doc comment", async () => {
  for (const [marked, text] of [
    [`${OWN}own.parse({ cou|nt: 1 })`, "(property) count: number | undefined\n\nHow many."],
    [
      `${IMAGES}imagesTask.config.parse({ data: { train|Items: 3 } })`,
      "(property) trainItems: number\n\nT, real training images of one round.",
    ],
    [`${OWN}own.parse({ names: [{ fir|st: "a" }] })`, "(property) first: string"],
  ])
    assert.equal((await inspected(marked)).trimEnd(), text);
});

const CALLED = `/** Fills a vessel. @param vessel where to */
function fill(
  /** Where to. */
  vessel: string,
  /** In litres. */
  amount: number,
  ...labels: string[]
) {}
`;

for (const [marked, parameter] of [
  ["fill(|)", "vessel: string — Where to."],
  ["fill('cup', |)", "amount: number — In litres."],
  ["fill('cup', 1|)", "amount: number — In litres."],
  ["fill('cup', 2, 'a', |", "...labels: string[]"],
  ["Math.max(1, |", "...values: number[] — Numeric expressions to be evaluated."],
])
  test(`among the arguments of a call its signature is shown, with the parameter: ${marked}`, async () => {
    const text = await inspected(`${CALLED}${marked}`);
    assert.ok(text.includes(`→ ${parameter}`), text);
    const head = marked.startsWith("fill")
      ? "fill(vessel: string, amount: number, ...labels: string[]): void\n\n"
      : "max(...values: number[]): number\n\n";
    assert.ok(text.startsWith(head), text);
  });

test("a name among arguments is inspected itself; asked for detail, the call is shown as well", async () => {
  const marked = `${CALLED}const cup = "x";\nfill(cu|p, 1)`;
  assert.equal(await inspected(marked), 'const cup: "x"');
  const detailed = await inspected(marked, { detail_level: 1 });
  assert.match(detailed, /^fill\(vessel.*→ vessel: string.*const cup: "x"$/s);
  assert.equal(await inspected("1 + |1"), "");
});

for (const [name, before] of [
  ["an emoji", "const s = '😀😀'; "],
  ["astral letters", "const 𝑥 = 1; "],
  ["a comment in another line", "// 👩‍👩‍👧 \n"],
  ["nothing", ""],
])
  test(`places after ${name} are counted in code points, both ways`, async () => {
    const length = [...before].length;
    const { matches, cursor_start, cursor_end } = await completed(`${before}[1].toSo|`);
    assert.ok(matches.includes("toSorted"));
    assert.deepEqual([cursor_start, cursor_end], [length + 4, length + 8]);
    assert.match(await inspected(`${before}[1].ma|p(String)`), /\(method\) Array<number>\.map/);
    assert.match(await inspected(`${before}parseInt(|`), /^parseInt\(string: string/);
  });

for (const [name, line, column] of [
  ["an emoji", "const s = '😀'; missing", 16],
  ["a letter of two units", "const 𝑥 = 1; missing", 13],
  ["Chinese characters", "const 数 = 1; missing", 14],
  ["a combining accent", "const s = 'e\u0301'; missing", 15],
] as [string, string, number][])
  test(`the mark under an error stands under its column, behind ${name}`, async () => {
    const { traceback } = (await kernel.run(line)).reply;
    assert.equal(traceback.at(-2), `       | ${" ".repeat(column)}^`);
  });

for (const [code, hint] of [
  ["%time 1 + 1", /^%time is a command of IPython.*console\.time/],
  ["%%bash\nls -l", /^%%bash is a command of IPython/],
  ["const a = 1;\n%pip install zod", /^%pip .*npm install/],
  ["!ls -l", /^A cell cannot begin a shell command.*execSync\("ls -l"/],
  ["!pwd", /execSync\("pwd"/],
  ["!npm install zod\n1 + 1", /execSync\("npm install zod"/],
  ["prompt('name?')", /^A cell cannot ask for input/],
  ["const ok = confirm('sure?');", /^A cell cannot ask for input/],
] as [string, RegExp][])
  test(`what is no TypeScript is answered with what to do instead: ${code.replace("\n", " ⏎ ")}`, async () => {
    const { reply } = await kernel.run(code);
    assert.equal(reply.ename, "TypeScript");
    assert.match(reply.evalue, hint);
    assert.equal(reply.traceback.length, 1);
    assert.equal(reply.evalue.includes("\n"), false);
  });

test("expressions with ! and % are TypeScript, with errors of their own", async () => {
  for (const [code, text] of [
    ["!isNaN(3)", "true\n"],
    ["const b = true;\n!b", "false\n"],
    ["const n = 7\n % 4;\nn", "3\n"],
  ])
    assert.equal((await kernel.run(code)).text(), text);
  assert.match((await kernel.run("!isNaN(3")).reply.evalue, /TS1005/);
  assert.match((await kernel.run("!isNaN('3')")).reply.evalue, /TS2345/);
  assert.match((await kernel.run("n\n%missing")).reply.evalue, /^%missing is a command/);
});

for (const [name, code] of [
  [
    "a line",
    'import { createInterface } from "node:readline/promises";\nawait createInterface(process.stdin).question("?");',
  ],
  ["data", 'await new Promise((done) => process.stdin.once("data", done));'],
  ["all", "for await (const part of process.stdin) console.log(part);"],
])
  test(`reading ${name} from the keyboard fails with a sentence`, { timeout: 30_000 }, async () => {
    const { reply } = await kernel.run(code);
    assert.match(reply.evalue, /^A cell cannot ask for input: write the value/);
  });
