import { existsSync, readdirSync, statSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { SetupFailure } from "../failure.mjs";
import { handOverToNode } from "../hand-over.mjs";
import { inProject } from "../paths.mjs";
import { check } from "./check.mjs";

/** The tests that drive whole notebooks in a browser; minutes, so only on request. */
const E2E = join("test", "e2e");

/**
 * Test files of a file or folder. (Node 20's runner does not expand patterns.)
 * @param {string} path inside the project
 * @returns {string[]}
 */
function testFiles(path) {
  const full = inProject(path);
  if (!existsSync(full)) throw new SetupFailure(`There is no test file or folder "${path}".`);
  if (statSync(full).isFile()) return [path];
  return readdirSync(full, { withFileTypes: true })
    .map((entry) => ({ entry, path: join(path, entry.name) }))
    .filter(({ entry, path }) => (entry.isDirectory() ? path !== E2E : path.endsWith(".test.ts")))
    .flatMap(({ path }) => testFiles(path))
    .sort();
}

/**
 * `npm test`, `npm test -- test/pool`, `npm test -- --e2e`. Options with a dash go to Node's runner.
 * @param {string[]} args
 */
export async function test(args) {
  const e2e = args.includes("--e2e");
  const options = args.filter((arg) => arg.startsWith("-") && arg !== "--e2e");
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const all = paths.length === 0;
  const files = (all ? [e2e ? E2E : "test"] : paths).flatMap(testFiles);
  if (files.length === 0) throw new SetupFailure(`No test file was found in ${paths.join(", ")}.`);
  if (all && !e2e) {
    const failed = await check();
    if (failed) return failed;
  }
  // Browser tests share the machine badly: one file at a time.
  const concurrency = e2e ? 1 : os.availableParallelism();
  return handOverToNode([
    ...["--require", "tsx/cjs", "--test", "--test-reporter=spec"],
    // What a test that ran out of time left open would keep its file from ever ending.
    "--test-force-exit",
    `--test-concurrency=${concurrency}`,
    ...options,
    ...files,
  ]);
}
