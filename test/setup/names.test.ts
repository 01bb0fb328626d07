import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../lib/root";

const root = projectRoot();

/** Names that were given up for the field's: each has a folder where it may not come back. */
const GONE: Readonly<Record<string, readonly string[]>> = {
  // Threads and data parallelism: WorkerPool, DataParallel, GradientFunction, SharedCounter, InferenceJob.
  "lib bench test": [
    ...["Crew", "Asked", "Team", "Helper", "Recipe", "Contribution", "Bell", "Service", "Serve"],
    // Samplers: storySampler, conformerSampler, SamplingRequest, apportion.
    ...["storyteller", "Telling", "drawer", "drawAll", "Drawn", "Wanted", "deal"],
    // mapRanges, sequential, parallel, mapLimit.
    ...["inRanges", "oneByOne", "sideBySide", "unattended"],
    // noGrad, concatRows, linear, addScalar.
    ...["forgetful", "joinRows", "twoInputLayer", "linearMap", "affine", "linearLayer", "shifted"],
    ...["skipFirst", "sequence"],
    // locate, batchAtoms, renormRows and truncate, samplerVariants, evenLevels, claims, clip.
    ...["placed", "ofAll", "shortened", "readings", "readingsOf", "growingOf", "STRIDED"],
    ...["statements", "shrunk"],
    // attended, mlpOut.
    ...["heard", "thought", "hear"],
  ],
  // totalForces, splitQkv, sampleTokens, SamplingOptions.
  "lib/models": ["pushes", "joined", "choose", "Choice", "room"],
};

/** Sentences that no message, title, comment or page has: the plain ones say "per". */
const PHRASES: readonly RegExp[] = [
  /\b(nats|bits|tokens|kcal\/mol) an? (token|atom|story|image|epoch|step|second|character)\b/,
  /\b(stories|steps|items|conformers|images|numbers|seconds) an? (token|atom|epoch|step|round|second|item|batch)\b/,
  /\btoo little data\b/,
  /\bIts last words\b/,
  /\bit is no whole gzip file\b/,
];

/** Lines of tracked files in which a pattern occurs; figures have words of the run that drew them. */
function lines(pattern: RegExp, paths: readonly string[], text = (line: string) => line) {
  const files = execFileSync("git", ["ls-files", "--", ...paths], { cwd: root, encoding: "utf8" });
  return files
    .trim()
    .split("\n")
    .filter((file) => /\.(ts|mjs|cjs|md)$/.test(file) && !file.endsWith("names.test.ts"))
    .flatMap((file) =>
      readFileSync(join(root, file), "utf8")
        .split("\n")
        .flatMap((line, i) =>
          pattern.test(text(line)) ? [`${file}:${i + 1}: ${line.trim()}`] : [],
        ),
    );
}

/** A line of code without its texts and comments, where words are only words. */
function identifiersOf(line: string): string {
  if (/^\s*(\/\/|\*|\/\*|#)/.test(line)) return "";
  return line
    .replace(/"(\\.|[^"\\])*"|`(\\.|[^`\\])*`|\/(\\.|[^/\\ ])+\/[a-z]*/g, '""')
    .replace(/\/\/.*/, "");
}

const isRepository = (() => {
  try {
    execFileSync("git", ["rev-parse", "HEAD"], { cwd: root, stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
const skip = isRepository ? false : "this is no repository";

for (const [folders, names] of Object.entries(GONE))
  test(`names given up do not come back in ${folders}`, { skip }, () => {
    const pattern = new RegExp(`\\b(${names.join("|")})\\b`);
    assert.deepEqual(lines(pattern, folders.split(" "), identifiersOf), []);
  });

test('quantities are "per token", "per atom", "per epoch", and sentences plain', { skip }, () => {
  const paths = ["lib", "bench", "test", "jupyter", "setup", "data", ":(glob)*.md"];
  for (const phrase of PHRASES) assert.deepEqual(lines(phrase, paths), []);
});

test("notebooks too", { skip }, () => {
  const files = execFileSync("git", ["ls-files", "--", "notebooks/*.ipynb"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const file of files.trim().split("\n")) {
    const { cells } = JSON.parse(readFileSync(join(root, file), "utf8")) as {
      cells: { source: string[] | string }[];
    };
    const text = cells.map(({ source }) => [source].flat().join("")).join("\n");
    for (const phrase of PHRASES) assert.doesNotMatch(text, phrase, file);
    assert.doesNotMatch(text, new RegExp(`\\b(${GONE["lib bench test"].join("|")})\\(`), file);
  }
});
