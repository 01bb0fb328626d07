import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";
import { temporaryFolder } from "../support/temporary";

const root = projectRoot();
const PRELOAD = join(root, "test", "support", "propertySeeds.ts");

/** Runs a property that fails for most numbers, and returns what it said. */
function failure(seed?: string): string {
  const file = join(temporaryFolder(), "example.test.ts");
  writeFileSync(
    file,
    'import fc from "fast-check";\n' +
      "fc.assert(fc.property(fc.integer(), (n) => n !== n), { endOnFailure: true });\n",
  );
  const run = spawnSync(
    process.execPath,
    ["--require", "./lib/typescript.cjs", "--require", PRELOAD, file],
    {
      cwd: root,
      encoding: "utf8",
      env: {
        ...process.env,
        NODE_PATH: join(root, "node_modules"),
        COLLAPSE_LAB_PROPERTY_SEED: seed,
      },
    },
  );
  assert.equal(run.status, 1, run.stderr);
  return run.stderr;
}

const counterexample = (text: string) => /Counterexample: \[(-?\d+)\]/.exec(text)?.[1];

test("property tests draw the same cases in every run, and say how to replay them", () => {
  const [first, second] = [failure(), failure()];
  assert.notEqual(counterexample(first), undefined);
  assert.equal(counterexample(first), counterexample(second));
  assert.match(first, /Replay it with: npm test -- \S*example\.test\.ts/);
});

test("a seed of `--random` draws other cases, and is named for the replay", () => {
  const given = failure("12345");
  assert.notEqual(counterexample(given), counterexample(failure()));
  assert.equal(counterexample(given), counterexample(failure("12345")));
  assert.match(given, /Replay it with: npm test -- --random=12345 \S*example\.test\.ts/);
});
