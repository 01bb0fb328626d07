import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { test } from "node:test";
import { presetFolder } from "../../lib/experiments/records";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

/** Prints claims, some kilobytes, to a file descriptor or to a pipe that is closed at once. */
async function claimsTo(out: number | "closed pipe") {
  const child = spawn(
    process.execPath,
    ["--require", "./lib/typescript.cjs", "lib/cli/main.ts", "claims", "--only", "molecules"],
    {
      cwd: projectRoot(),
      env: { ...process.env, COLLAPSE_LAB_FIGURES: undefined },
      stdio: ["ignore", out === "closed pipe" ? "pipe" : out, "pipe"],
    },
  );
  child.stdout?.destroy();
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => {
    errors += text.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  return { code, errors };
}

test("output that cannot be written is a failure with a sentence", {
  skip: fs.existsSync("/dev/full") ? false : "there is no /dev/full",
}, async () => {
  const full = fs.openSync("/dev/full", "w");
  const { code, errors } = await claimsTo(full);
  fs.closeSync(full);
  assert.match(errors, /^The output could not be written \(ENOSPC.*\)\.$/m);
  assert.equal(code, 1);
});

test("output that nobody reads ends the command like a broken pipe, without a word", async () => {
  assert.deepEqual(await claimsTo("closed pipe"), { code: 141, errors: "" });
});

test("an empty COLLAPSE_LAB_FIGURES is as good as none", (t) => {
  const before = process.env.COLLAPSE_LAB_FIGURES;
  t.after(() => {
    if (before === undefined) delete process.env.COLLAPSE_LAB_FIGURES;
    else process.env.COLLAPSE_LAB_FIGURES = before;
  });
  const folder = temporaryFolder();
  process.env.COLLAPSE_LAB_FIGURES = folder;
  assert.equal(presetFolder("quick"), `${folder}/quick`);
  process.env.COLLAPSE_LAB_FIGURES = "";
  assert.equal(presetFolder("quick"), `${projectRoot()}/figures/quick`);
});
