import { randomInt } from "node:crypto";
import { existsSync, readdirSync, statSync } from "node:fs";
import os from "node:os";
import { join } from "node:path";
import { SetupFailure } from "../failure.mjs";
import { environment, handOver } from "../hand-over.mjs";
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

/** Seeds of fast-check are 32-bit integers. */
const SEEDS = 2 ** 31;

/**
 * `--random` draws fresh cases for the property tests, `--random=SEED` those of an earlier run.
 * @param {string} option @returns {NodeJS.ProcessEnv}
 */
function seedOf(option) {
  const given = option.split("=")[1];
  const seed = given === undefined ? randomInt(SEEDS) : Number(given);
  if (given === "" || !Number.isInteger(seed) || seed < -SEEDS || seed >= SEEDS)
    throw new SetupFailure(
      `--random=${given} is not a seed: give a whole number from ${-SEEDS} to ${SEEDS - 1}, or --random alone for a fresh one.`,
    );
  console.log(`Property tests draw from seed ${seed}.`);
  return { COLLAPSE_LAB_PROPERTY_SEED: String(seed) };
}

/**
 * `npm test`, `npm test -- test/pool`, `npm test -- --e2e`, `npm test -- --random`. Other options go
 * to Node's runner.
 * @param {string[]} args
 */
export async function test(args) {
  const e2e = args.includes("--e2e");
  const random = args.find((arg) => /^--random(=|$)/.test(arg));
  const options = args.filter((arg) => arg.startsWith("-") && arg !== "--e2e" && arg !== random);
  const paths = args.filter((arg) => !arg.startsWith("-"));
  const all = paths.length === 0;
  const files = (all ? [e2e ? E2E : "test"] : paths).flatMap(testFiles);
  if (files.length === 0) throw new SetupFailure(`No test file was found in ${paths.join(", ")}.`);
  const seed = random === undefined ? {} : seedOf(random);
  if (all && !e2e) {
    const failed = await check();
    if (failed) return failed;
  }
  // Browser tests share the machine badly: one file at a time.
  const inBrowser = files.some((file) => file.startsWith(E2E));
  const concurrency = inBrowser ? 1 : os.availableParallelism();
  const node = [
    ...["--require", "./lib/typescript.cjs", "--require", "./test/support/propertySeeds.ts"],
    ...["--test", "--test-reporter=spec"],
    // What a test that ran out of time left open would keep its file from ever ending.
    "--test-force-exit",
    `--test-concurrency=${concurrency}`,
    ...options,
    ...files,
  ];
  return handOver(process.execPath, node, { ...environment, ...seed });
}
