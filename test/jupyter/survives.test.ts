// What a cell declared before it failed or was stopped is there afterwards, with its type.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { KernelClient } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start();
});
after(() => kernel.close());

async function printed(cell: string): Promise<string> {
  const { reply, text } = await kernel.run(cell);
  assert.equal(reply.status, "ok", reply.traceback?.join("\n"));
  return text().trimEnd();
}

async function failing(cell: string): Promise<void> {
  assert.equal((await kernel.run(cell)).reply.status, "error");
}

test("a value from before an await and a throw, and nothing from after them", async () => {
  await failing("const a = await Promise.resolve(5); throw new Error(); const late = 1;");
  assert.equal(await printed("a + 1"), "6");
  assert.match((await kernel.run("late")).reply.evalue, /TS2304.*'late'/);
});

test("its type, too", async () => {
  await failing("const typed = { count: 3 }; throw 0;");
  assert.match((await kernel.run("typed.text")).reply.evalue, /TS2339.*'text'/);
});

test("imports of all kinds, also when the next one fails", async () => {
  await failing(
    'import * as os from "node:os";\nimport path, { sep } from "node:path";\nimport type { Stats } from "node:fs";\nthrow 1;',
  );
  assert.equal(
    await printed(
      "const stats: Stats | undefined = undefined;\n[typeof os.cpus, typeof path.join, sep, stats]",
    ),
    "[ 'function', 'function', '/', undefined ]",
  );
  const missing =
    'import { EOL } from "node:os";\nimport { nothing } from "./test/jupyter/fixtures/fails";';
  await failing(missing);
  assert.equal(await printed("JSON.stringify(EOL)"), '"\\n"');
  assert.match((await kernel.run("nothing")).reply.evalue, /TS2304/);
});

test("types, interfaces, functions, and a class and an enum that were reached", async () => {
  await failing(
    "interface Row { n: number }\ntype Rows = Row[];\nclass Table { rows: Rows = [{ n: 2 }] }\nenum Side { Left = 4 }\nboom();\nfunction boom() { throw new Error() }\nclass Unreached {}",
  );
  assert.equal(await printed("const rows: Rows = new Table().rows; rows[0].n + Side.Left"), "6");
  assert.equal(await printed("typeof boom"), "function");
  assert.match((await kernel.run("new Unreached()")).reply.evalue, /TS2304/);
});

test("the first of two declarations in one statement", async () => {
  await failing("const first = 1, second = ((): number => { throw 2 })();");
  assert.equal(await printed("first"), "1");
  assert.match((await kernel.run("second")).reply.evalue, /TS2304/);
});

test("destructured names all or none", async () => {
  await failing("const { p, q } = { p: 1, q: 2 };\nconst [r, s] = null as unknown as number[];");
  assert.equal(await printed("p + q"), "3");
  assert.match((await kernel.run("r")).reply.evalue, /TS2304/);
});

test("the earlier value where the failed cell did not reach its own declaration of the name", async () => {
  await printed("const kept = 'earlier';");
  await failing("throw 0; const kept = 5;");
  assert.equal(await printed("kept.toUpperCase()"), "EARLIER");
});

test("an assignment before the failure", async () => {
  await printed("let progress = 0;");
  await failing("for (;;) { progress++; if (progress === 3) throw new Error(); }");
  assert.equal(await printed("progress"), "3");
});

test("a cell with a type error has run nothing and declares nothing", async () => {
  await failing("const unchecked = 1; const wrong: string = 2;");
  assert.match((await kernel.run("unchecked")).reply.evalue, /TS2304/);
});

for (const [way, code] of [
  ["while it awaits", "await new Promise((r) => setTimeout(r, 600000));"],
  ["in a loop without pause", "for (;;) {}"],
  ["in a loop of microtasks", "for (;;) await null;"],
])
  test(`what a cell declared before it was stopped ${way}`, { timeout: 60_000 }, async () => {
    const id = await kernel.sendCell(
      `import { cpus } from "node:os";\nconst before = { way: "${way}" };\nconsole.log("started");\n${code}\nconst behind = 1;`,
    );
    await kernel.printed(id, "started");
    kernel.interrupt();
    assert.equal((await kernel.ended(id)).reply.ename, "Interrupted");
    assert.equal(await printed("[before.way, typeof cpus]"), `[ '${way}', 'function' ]`);
    assert.match((await kernel.run("behind")).reply.evalue, /TS2304/);
  });
