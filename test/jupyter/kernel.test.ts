import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { KernelClient, ROOT } from "./client";

let kernel: Awaited<ReturnType<typeof KernelClient.start>>;
before(async () => {
  kernel = await KernelClient.start("notebooks");
});
after(() => kernel.close());

const types = (published: readonly { type: string }[]) =>
  published.map(({ type }) => type).filter((type) => type !== "status");

test("a notebook in a folder imports the library as ./lib/… and its types are checked", async () => {
  const right = await kernel.run(
    'import { closest } from "fastest-levenshtein";\nimport { suggestion } from "./lib/errors";\nsuggestion("quik", ["quick", "paper"])',
  );
  assert.equal(right.reply.status, "ok");
  assert.match(right.text(), /Did you mean "quick"\?/);
  const wrong = await kernel.run("suggestion(3, [])");
  assert.match(wrong.reply.evalue, /TS2345.*'number' is not assignable.*'string'/);
});

test("3,000 messages sent without a pause all arrive, in order, and the cell ends", async () => {
  const { reply, text } = await kernel.run("for (let i = 0; i < 3000; i++) console.log(i);");
  assert.equal(reply.status, "ok");
  const expected = Array.from({ length: 3000 }, (_, i) => `${i}\n`).join("");
  assert.equal(text() === expected, true);
});

test("a thrown error is an error message with name, value and a traceback in the cell's lines", async () => {
  const { reply, published } = await kernel.run(
    "class Wrong extends Error { override name = 'Wrong'; }\n\nfunction f(): void {\n  throw new Wrong('no');\n}\nf();",
  );
  const error = published.find(({ type }) => type === "error")!.content;
  assert.equal(error.ename, "Wrong");
  assert.equal(error.evalue, "no");
  assert.equal(error.traceback[0], "Wrong: no");
  assert.match(error.traceback.join("\n"), /at f \(In\[\d+\]:4:\d+\)/);
  assert.match(error.traceback.join("\n"), /at In\[\d+\]:6:/);
  assert.match(error.traceback.join("\n"), /> +4 \| {3}throw new Wrong/);
  assert.deepEqual(
    { status: reply.status, ename: reply.ename },
    { status: "error", ename: "Wrong" },
  );
});

test("an error from an imported file names its TypeScript line", async () => {
  const { reply } = await kernel.run(
    'import { variance } from "./test/jupyter/fixtures/throws";\nawait Promise.resolve();\nvariance({ sd: -1 });',
  );
  assert.equal(reply.evalue, "sd must not be negative, got -1");
  const traceback = reply.traceback.join("\n");
  assert.match(traceback, /at variance \(test\/jupyter\/fixtures\/throws\.ts:9:\d+\)/);
  assert.match(traceback, /In\[\d+\]:3:\d+/);
});

test("what is thrown and is no Error is shown", async () => {
  const { reply } = await kernel.run("throw { code: 7 };");
  assert.match(reply.evalue, /code: 7/);
});

test("cells are checked strictly", async () => {
  const { reply } = await kernel.run("const text: string = null;");
  assert.equal(reply.ename, "TypeScript");
  assert.match(reply.evalue, /^In\[\d+\]:1:7 - error TS2322: Type 'null' is not assignable/);
});

test("a cell sent right after a failed one runs", async () => {
  assert.equal((await kernel.run("throw new Error('first')")).reply.status, "error");
  const next = await kernel.run("'second'");
  assert.equal(next.reply.status, "ok");
  assert.match(next.text(), /second/);
});

test("cells already waiting when one fails are aborted, and only those", async () => {
  const ids = [
    await kernel.sendCell("await new Promise((r) => setTimeout(r, 50)); throw new Error('stop');"),
    await kernel.sendCell("console.log('never');"),
  ];
  const [failed, waiting] = await Promise.all(ids.map((id) => kernel.ended(id)));
  assert.equal(failed.reply.status, "error");
  assert.equal(waiting.reply.status, "aborted");
  assert.equal(waiting.text(), "");
  assert.equal((await kernel.run("1")).reply.status, "ok");
});

test("with stop_on_error off, cells that wait behind a failed one run", async () => {
  const ids = [
    await kernel.sendCell("throw new Error('go on');", { stop_on_error: false }),
    await kernel.sendCell("console.log('still here');"),
  ];
  const [failed, next] = await Promise.all(ids.map((id) => kernel.ended(id)));
  assert.equal(failed.reply.status, "error");
  assert.equal(next.text(), "still here\n");
});

test("each cell is announced with its number; silent ones are not and do not count", async () => {
  const first = await kernel.run("0");
  const silent = await kernel.run("1", { silent: true });
  const second = await kernel.run("2");
  assert.equal(first.published.find(({ type }) => type === "execute_input")!.content.code, "0");
  assert.equal(types(silent.published).includes("execute_input"), false);
  assert.equal(second.reply.execution_count, first.reply.execution_count + 1);
});

test("an edited file is seen at once, also behind a module that re-exports it", async () => {
  const folder = join(ROOT, "test", "jupyter", `edited-${process.pid}.tmp`);
  const here = `./test/jupyter/edited-${process.pid}.tmp`;
  mkdirSync(folder);
  try {
    writeFileSync(join(folder, "a.ts"), "export const value = 1;\n");
    writeFileSync(join(folder, "index.ts"), 'export { value } from "./a";\n');
    const read = `import { value } from "${here}/index";\nvalue`;
    assert.equal((await kernel.run(read)).text(), "1\n");
    writeFileSync(join(folder, "a.ts"), "export const value = 22;\n");
    assert.equal((await kernel.run(read)).text(), "22\n");

    const late = `import { other } from "${here}/late";\nother`;
    assert.match((await kernel.run(late)).reply.evalue, /Cannot find module/);
    writeFileSync(join(folder, "late.ts"), "export const other = 'now there';\n");
    assert.equal((await kernel.run(late)).text(), "now there\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a type error in an imported file is found in every cell, also one that an edit elsewhere causes", async () => {
  const folder = join(ROOT, "test", "jupyter", `checked-${process.pid}.tmp`);
  mkdirSync(folder);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  try {
    write("base.ts", "export const size: string = 3;\n");
    write("user.ts", 'import { size } from "./base";\nexport const twice = size * 2;\n');
    const read = `import { twice } from "./test/jupyter/checked-${process.pid}.tmp/user";\ntwice`;
    for (let i = 0; i < 2; i++)
      assert.match(
        (await kernel.run(read)).reply.traceback.join("\n"),
        /base\.ts:1:14 - error TS2322/,
      );
    write("base.ts", "export const size: number = 3;\n");
    assert.equal((await kernel.run(read)).text(), "6\n");
    write("base.ts", "export const size: string = 'three';\n");
    assert.match((await kernel.run(read)).reply.evalue, /user\.ts:2:22 - error TS2362/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a variable of an earlier cell can be a shorthand property", async () => {
  await kernel.run("const rows = [1, 2];\nlet changed = 1;");
  await kernel.run("changed = 2;");
  const { text } = await kernel.run(
    "const own = 3;\nconst nested = () => [{ rows, own, deeper: { changed } }];\nJSON.stringify(nested())",
  );
  assert.equal(text(), '[{"rows":[1,2],"own":3,"deeper":{"changed":2}}]\n');
});

test("collapseLabKernel.send publishes bundles of several types and updates them in place", async () => {
  const { published } = await kernel.run(`
    declare const collapseLabKernel: { send(type: string, content: object): void };
    const transient = { display_id: "bar" };
    const data = (text: string) => ({ "text/plain": text, "text/html": "<b>" + text + "</b>" });
    collapseLabKernel.send("display_data", { data: data("1/2"), metadata: {}, transient });
    collapseLabKernel.send("update_display_data", { data: data("2/2"), metadata: {}, transient });
    collapseLabKernel.send("clear_output", { wait: true });
  `);
  const sent = published.filter(({ type }) => /display|clear/.test(type));
  assert.deepEqual(types(sent), ["display_data", "update_display_data", "clear_output"]);
  assert.equal(sent[1].content.data["text/html"], "<b>2/2</b>");
  assert.equal(sent[1].content.transient.display_id, "bar");
});

test("tslab's own display still works", async () => {
  const { published } = await kernel.run(
    'import { display } from "tslab";\ndisplay.html("<i>x</i>");',
  );
  const [shown] = published.filter(({ type }) => type === "display_data");
  assert.deepEqual(shown.content.data, { "text/html": "<i>x</i>" });
});

test("output of leftover work goes to the cell that started it", async () => {
  const first = await kernel.sendCell("void setTimeout(() => console.log('from the first'), 100);");
  await kernel.ended(first);
  const second = await kernel.run(
    "await new Promise((r) => setTimeout(r, 300)); console.log('mine');",
  );
  assert.equal(second.text(), "mine\n");
  assert.equal((await kernel.ended(first)).text(), "from the first\n");
});

test("a write to stdout calls back", async () => {
  const { text } = await kernel.run(
    "await new Promise<void>((done) => process.stdout.write('written ', () => done()));\nconsole.log('called back');",
  );
  assert.equal(text(), "written called back\n");
});

test("an error thrown later fails the cell that still runs", async () => {
  const { reply } = await kernel.run(
    "setTimeout(() => { throw new RangeError('late'); }, 20);\nawait new Promise((r) => setTimeout(r, 60000));",
  );
  assert.deepEqual([reply.status, reply.ename, reply.evalue], ["error", "RangeError", "late"]);
});

test("an error thrown after its cell has ended is shown under it, and later cells run", async () => {
  const id = await kernel.sendCell("void Promise.reject(new Error('nobody waited'));");
  await kernel.until(() => kernel.of(id).some(({ type }) => type === "error"));
  const error = kernel.of(id).find(({ type }) => type === "error")!;
  assert.equal(error.content.evalue, "nobody waited");
  assert.equal((await kernel.run("1")).reply.status, "ok");
});

test("completion and inspection answer, also while a cell runs, which stays busy", async () => {
  await kernel.run('import { suggestion } from "./lib/errors";\nconst lengths = [1, 2];');
  const running = await kernel.sendCell("await new Promise((r) => setTimeout(r, 1000));");
  await kernel.until(() => kernel.of(running).length > 1);
  const complete = await kernel.ask("complete_request", { code: "lengths.len", cursor_pos: 11 });
  assert.ok(complete.content.matches.includes("length"));
  assert.equal(complete.content.cursor_start, 8);
  const code = "suggestion";
  const inspect = await kernel.ask("inspect_request", { code, cursor_pos: 4, detail_level: 0 });
  assert.match(inspect.content.data["text/plain"], /function suggestion\(given: string/);
  const status = () => kernel.messages.filter(({ type }) => type === "status");
  const answered = () =>
    status().findIndex(
      ({ parent, content }) => parent === inspect.parent && content.execution_state === "idle",
    );
  const next = () => (answered() < 0 ? undefined : status()[answered() + 1]);
  await kernel.until(() => next() !== undefined);
  assert.deepEqual([next()!.content.execution_state, next()!.parent], ["busy", running]);
  assert.equal((await kernel.ended(running)).reply.status, "ok");
});

test("comm_info_request is answered by its own kind of reply", async () => {
  assert.equal((await kernel.ask("comm_info_request", {})).type, "comm_info_reply");
});
