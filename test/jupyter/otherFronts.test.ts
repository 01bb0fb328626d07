import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import compiler from "typescript-cells";
import { temporaryFolder } from "../support/temporary";
import { ROOT } from "./client";
import { RawClient } from "./rawClient";

const prefix = temporaryFolder();
const spec = join(prefix, "share", "jupyter", "kernels", "collapse-lab", "kernel.json");

let front: RawClient;
before(async () => {
  const args = [join("setup", "run.mjs"), "kernel", "install", "--prefix", prefix];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  front = await RawClient.start(spec);
});
after(() => front.close());

/** A cell as VS Code sends it. */
const cell = (code: string) =>
  front.send(
    "execute_request",
    {
      ...{ code, silent: false, store_history: true, user_expressions: {} },
      ...{ allow_stdin: true, stop_on_error: false },
    },
    { metadata: { cellId: "vscode-notebook-cell:/somewhere/a.ipynb#W0sZmlsZQ%3D%3D" } },
  );

test("VS Code: the messages before the first cell are answered", async () => {
  const info = await front.answered(await front.send("kernel_info_request", {}));
  assert.equal(info.content.status, "ok");
  const { name, file_extension } = info.content.language_info;
  assert.deepEqual([name, file_extension], ["typescript", ".ts"]);
  assert.match(
    info.content.banner,
    new RegExp(`TypeScript ${compiler.version.replaceAll(".", "\\.")}`),
  );
  const comms = await front.send("comm_info_request", { target_name: "jupyter.widget" });
  assert.deepEqual((await front.answered(comms)).content.comms, {});
  const silent = { code: "", silent: true, store_history: false, user_expressions: {} };
  const ready = await front.answered(await front.send("execute_request", silent));
  assert.equal(ready.content.status, "ok");
});

test("the kernel's language is what committed notebooks name, its version that of the compiler but for patches", async () => {
  const info = await front.answered(await front.send("kernel_info_request", {}));
  const { language_info } = info.content;
  assert.equal(language_info.version, compiler.versionMajorMinor);
  const notebooks = readdirSync(join(ROOT, "notebooks")).filter((name) => name.endsWith(".ipynb"));
  assert.ok(notebooks.length > 0);
  for (const name of notebooks) {
    const { metadata } = JSON.parse(readFileSync(join(ROOT, "notebooks", name), "utf8"));
    assert.deepEqual(metadata.language_info, language_info, name);
  }
});

test("VS Code: a cell runs in the project, wherever the notebook and the front end are", async () => {
  const id = await cell(
    'import { suggestion } from "./lib/errors";\nsuggestion("quik", ["quick"])',
  );
  const { content } = await front.answered(id);
  assert.deepEqual([content.status, content.execution_count], ["ok", 1]);
  assert.match(front.printed(id), /Did you mean "quick"\?/);
});

test("VS Code: an error stops its cell alone, since it asks for that", async () => {
  const ids = [await cell("throw new RangeError('first');"), await cell("console.log('second');")];
  const replies = await Promise.all(ids.map((id) => front.answered(id)));
  assert.deepEqual(
    replies.map(({ content }) => content.status),
    ["error", "ok"],
  );
  const error = front.of(ids[0]).find(({ type }) => type === "error");
  assert.equal(error?.content.ename, "RangeError");
});

test("VS Code: completion and hover, and the buffers of a widget that nobody waits for", async () => {
  await front.send("comm_msg", { comm_id: "none", data: {} });
  const code = "Math.flo";
  const complete = await front.send("complete_request", { code, cursor_pos: code.length });
  assert.ok((await front.answered(complete)).content.matches.includes("floor"));
  const inspect = { code: "parseFloat", cursor_pos: 3, detail_level: 0 };
  const { content } = await front.answered(await front.send("inspect_request", inspect));
  assert.match(content.data["text/plain"], /parseFloat/);
});

const WAIT = "console.log('waiting');\nawait new Promise((done) => setTimeout(done, 60_000));";
const interrupt = (channel: "shell" | "control") => async () => {
  const id = await front.send("interrupt_request", {}, { channel });
  await front.until(() => front.of(id).some(({ type }) => type === "interrupt_reply"));
};
for (const [way, stop] of [
  ["on the control channel (VS Code since 2026)", interrupt("control")],
  ["on the shell channel (VS Code before)", interrupt("shell")],
  ["as a signal to the kernel alone", async () => void front.kernel.kill("SIGINT")],
] as const)
  test(`stop is heard ${way}`, async () => {
    const id = await cell(WAIT);
    await front.until(() => front.printed(id) !== "");
    await stop();
    const { content } = await front.answered(id);
    assert.deepEqual([content.status, content.ename], ["error", "Interrupted"]);
  });

test("jupyter console: unfinished code asks for another line, and history is empty", async () => {
  const status = async (code: string) =>
    (await front.answered(await front.send("is_complete_request", { code }))).content.status;
  assert.equal(await status("const f = () => {"), "incomplete");
  assert.equal(await status("const f = () => {};"), "complete");
  const tail = { hist_access_type: "tail", output: false, raw: true, n: 1000 };
  const { content } = await front.answered(await front.send("history_request", tail));
  assert.deepEqual(content.history, []);
});

/** Runs one of this folder's Python scripts, which prints JSON. */
function python(script: string, ...args: string[]) {
  const program = join(ROOT, ".venv", "bin", "python");
  const options = { encoding: "utf8", maxBuffer: 2 ** 26 } as const;
  const { status, stdout, stderr } = spawnSync(
    program,
    [join(ROOT, "test", "jupyter", script), ...args],
    options,
  );
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

test("papermill -p: the added cell replaces the tagged cell's values, and the library's params", async () => {
  const tagged =
    'const epochs = 3; // how often\nlet label: string = "a";\nconst f = () => epochs;';
  const parameters = { epochs: 7, label: 'x"y\\ 😀', lists: [1, 2], on: true, "no-name": 1 };
  const { code, inspected } = python(
    "parameterCell.py",
    JSON.stringify({ cell: tagged, parameters }),
  );
  assert.deepEqual(inspected.slice(0, 2), [
    ["epochs", "None", "3", "how often"],
    ["label", "string", '"a"', ""],
  ]);
  await front.answered(await cell(tagged));
  const added = await front.answered(await cell(code));
  assert.equal(added.content.status, "ok", added.content.evalue);
  const id = await cell(`import { params } from "./lib/notebook/params";
const P = params({ epochs: 1, label: "", lists: [0], on: false, "no-name": 0, preset: "quick" });
console.log(JSON.stringify([{ epochs, label, lists, on }, P]));`);
  assert.equal((await front.answered(id)).content.evalue, undefined);
  const { "no-name": _, ...named } = parameters;
  assert.deepEqual(JSON.parse(front.printed(id)), [named, { ...parameters, preset: "quick" }]);
});

test("nbconvert runs a notebook, shows its outputs in HTML and writes it as TypeScript", () => {
  const notebook = join(front.folder, "a.ipynb");
  const code = "const shown: number = 6 * 7;\nconsole.log('value', shown);";
  const one = { cell_type: "code", id: "a", metadata: {}, source: code };
  const kernelspec = { name: "collapse-lab", display_name: "TypeScript", language: "typescript" };
  writeFileSync(
    notebook,
    JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec } },
      cells: [{ ...one, outputs: [], execution_count: null }],
    }),
  );
  const { html, script, extension } = python(
    "convert.py",
    notebook,
    join(prefix, "share", "jupyter"),
  );
  assert.match(html, /<pre>value 42\n<\/pre>/);
  assert.equal(extension, ".ts");
  assert.match(script, /^const shown: number = 6 \* 7;\nconsole\.log/m);
});

test("VS Code: closing a notebook is a signal, which ends the kernel", async () => {
  front.kernel.kill("SIGTERM");
  await once(front.kernel, "exit");
});

test("uninstall takes away what install brought, and nothing else", () => {
  const args = [join("setup", "run.mjs"), "kernel", "uninstall", "--prefix", prefix];
  assert.equal(spawnSync(process.execPath, args, { cwd: ROOT }).status, 0);
  assert.equal(existsSync(join(prefix, "share", "jupyter", "kernels", "collapse-lab")), false);
  assert.equal(existsSync(join(prefix, "share", "jupyter", "kernels")), true);
});
