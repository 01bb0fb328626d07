// Loaded before every test file. Property tests draw the same cases in every run, so that a passing
// suite passes again; `npm test -- --random` draws fresh ones, and a failure says how to replay it.
import { readFileSync } from "node:fs";
import * as path from "node:path";

/** The seed of an ordinary run. Any number would do. */
const FIXED = 1;

const file = process.argv[1] ?? "";
const random = process.env.COLLAPSE_LAB_PROPERTY_SEED;

// Loading fast-check takes longer than many a test file without properties.
if (file.endsWith(".test.ts") && readFileSync(file, "utf8").includes('"fast-check"')) {
  const fc = require("fast-check") as typeof import("fast-check");
  fc.configureGlobal({
    seed: random === undefined ? FIXED : Number(random),
    reporter: (details) => {
      if (!details.failed) return;
      const option = random === undefined ? "" : `--random=${random} `;
      throw new Error(
        `${fc.defaultReportMessage(details)}\n\n` +
          `Replay it with: npm test -- ${option}${path.relative(process.cwd(), file)}`,
        { cause: details.errorInstance },
      );
    },
  });
}
