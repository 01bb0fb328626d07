import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { gone, startModule } from "../support/processes";
import { temporaryFolder } from "../support/temporary";

const LIMIT = { timeout: 120_000 };

/** A module that starts `lib/cli/main.ts`, names its process, and waits. */
const reproduce = `
  import { spawn } from "node:child_process";
  const args = ["--require", "./lib/typescript.cjs", "lib/cli/main.ts", "reproduce", "--only", "images"];
  const env = { ...process.env, COLLAPSE_LAB_PARENT: String(process.pid) };
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "ignore", "inherit"] });
  console.log(child.pid);
  setInterval(() => {}, 1000);
`;

test(
  "a command whose parent was killed stops by itself, and so do its children",
  LIMIT,
  async () => {
    const root = path.join(temporaryFolder(), "store");
    const { child, line } = await startModule(reproduce, {
      ...{ COLLAPSE_LAB_RUNS: root, COLLAPSE_LAB_FIGURES: path.join(root, "figures") },
      CHROMIUM: "none",
    });
    // Work has begun when there is a draft.
    const drafts = path.join(root, "drafts");
    while (!fs.existsSync(drafts) || fs.readdirSync(drafts).length === 0) await sleep(50);
    child.kill("SIGKILL");
    await gone(Number(line));
  },
);

test("npm's command stops what it started when npm was killed", LIMIT, async () => {
  // "npm" starts the command; the command starts a program that would go on for ever.
  const program = `console.log([process.pid, process.ppid]); setInterval(() => {}, 1000);`;
  const command = `
    import { handOverToNode } from "./setup/hand-over.mjs";
    await handOverToNode(["--eval", ${JSON.stringify(program)}]);
  `;
  const npm = `
    import { spawn } from "node:child_process";
    const args = ["--input-type=module", "--eval", ${JSON.stringify(command)}];
    const env = { ...process.env, npm_lifecycle_event: "reproduce" };
    spawn(process.execPath, args, { env, stdio: ["ignore", "inherit", "inherit"] });
    setInterval(() => {}, 1000);
  `;
  const { child, line } = await startModule(npm);
  const pids = line.match(/\d+/g)!.map(Number);
  child.kill("SIGKILL");
  for (const pid of pids) await gone(pid);
});

test("the program that a command hands over to knows whom to watch", LIMIT, async () => {
  const { line } = await startModule(`
    import { handOverToNode } from "./setup/hand-over.mjs";
    const program = "console.log(process.env.COLLAPSE_LAB_PARENT === String(process.ppid))";
    await handOverToNode(["--eval", program]);
  `);
  assert.equal(line, "true");
});

test(
  "a notebook's Python and kernel end when the command that runs them was killed",
  LIMIT,
  async () => {
    const folder = temporaryFolder();
    const [input, pids] = [path.join(folder, "n.ipynb"), path.join(folder, "pids")];
    const source = `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(pids)}, JSON.stringify([process.pid, process.ppid]));
for (;;) {}`;
    const cell = { cell_type: "code", id: "a", metadata: {}, outputs: [], execution_count: null };
    fs.writeFileSync(
      input,
      JSON.stringify({
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
        cells: [{ ...cell, source }],
      }),
    );
    const { child } = await startModule(`
    import "tsx/cjs";
    import { createRequire } from "node:module";
    const require = createRequire(process.cwd() + "/package.json");
    const { executeNotebook } = require("./lib/cli/executeNotebook.ts");
    const { signal } = new AbortController();
    console.log("started");
    await executeNotebook(${JSON.stringify(input)}, ${JSON.stringify(`${input}.out`)}, {}, signal);
  `);
    while (!fs.existsSync(pids) || fs.readFileSync(pids, "utf8") === "") await sleep(50);
    child.kill("SIGKILL");
    for (const pid of JSON.parse(fs.readFileSync(pids, "utf8"))) await gone(pid);
    assert.equal(fs.existsSync(`${input}.out`), false);
  },
);
