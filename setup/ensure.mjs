import { SetupFailure } from "./failure.mjs";
import { withLock } from "./lock.mjs";
import { checkNode } from "./node-version.mjs";
import { addon } from "./steps/addon.mjs";
import { lab } from "./steps/lab.mjs";
import { library } from "./steps/library.mjs";
import { packages } from "./steps/packages.mjs";

/** @typedef {{ name: string, done: () => boolean, run: () => Promise<void> }} Step */

/** Each row needs the rows above; the steps of a row do not need each other. */
const ROWS = [[packages, lab], [library], [addon]];

/** @param {Step} step */
async function runStep(step) {
  if (step.done()) return;
  const start = performance.now();
  await step.run();
  if (!step.done())
    throw new SetupFailure(
      `${step.name}: the installation ended without an error and is not complete. Look for settings of npm or pip that leave packages out (npm config list, pip config list), then run the command again.`,
    );
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(`${step.name.padEnd(32)} ready (${seconds} s)`);
}

/** Installs what is missing, and only that. A step that failed is taken up again by the next run. */
export async function ensure() {
  checkNode(process.versions.node);
  if (ROWS.flat().every((step) => step.done())) return;
  console.log("Setting up what is missing (the first time takes a few minutes) …");
  await withLock(async () => {
    for (const row of ROWS) {
      const outcomes = await Promise.allSettled(row.map(runStep));
      const failed = outcomes.filter((outcome) => outcome.status === "rejected");
      if (failed.length > 0) throw combined(failed.map(({ reason }) => reason));
    }
  });
}

/** @param {unknown[]} reasons */
function combined(reasons) {
  const bug = reasons.find((reason) => !(reason instanceof SetupFailure));
  if (bug) return bug;
  return new SetupFailure(
    reasons.map((reason) => /** @type {Error} */ (reason).message).join("\n"),
  );
}
