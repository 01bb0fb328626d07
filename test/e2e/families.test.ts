import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Lab, ROOT, startLab, WORK, writeNotebook } from "./lab";
import { NotebookPage } from "./page";

/** Per family: its task and a config whose second model takes a few seconds. */
const FAMILIES = {
  language: [
    "languageTask",
    {
      data: { dataset: "grammar", trainItems: 150, testItems: 40, vocabulary: 300 },
      model: { family: "gpt2", width: 64, layers: 1, heads: 4, hidden: 256, context: 64 },
      training: { epochs: 3, batchSize: 8, learningRate: 6e-3, curve: { evaluations: 1 } },
      evaluation: { textItems: 40 },
    },
  ],
  molecules: [
    "moleculesTask",
    {
      data: {
        ...{ dataset: "offline", trainMolecules: 2, testMolecules: 1, maxAtoms: 13 },
        ...{ conformersPerMolecule: 2, testConformers: 2 },
      },
      model: {
        ...{ family: "geodiff", width: 16, interactions: 2, layers: 1, cutoff: 10, smooth: true },
        noiseSchedule: { steps: 50, betaStart: 1e-7, betaEnd: 0.02 },
      },
      training: { steps: 200, batchSize: 4 },
      sampling: { steps: 4 },
      evaluation: { levels: 4, molecules: 1 },
    },
  ],
  images: [
    "imagesTask",
    {
      data: { dataset: "strokes", trainItems: 600, testItems: 100 },
      model: { family: "vae" },
      training: { epochs: 4 },
    },
  ],
  linear: [
    "linearTask",
    {
      data: { d: 150, trainItems: 1500, sigma2: 1, testItems: 1000 },
      sampling: { sigma2: 1 },
    },
  ],
} as const;
/** A regression is fitted in no time, so it has more rounds. */
const ITERATIONS = { language: 2, molecules: 2, images: 2, linear: 8 };

let lab: Lab;
before(async () => {
  lab = await startLab({ COLLAPSE_LAB_RUNS: join(ROOT, WORK, "runs") });
});
after(async () => {
  await lab.stop();
  rmSync(join(ROOT, WORK), { recursive: true, force: true });
});

for (const family of ["language", "molecules", "images", "linear"] as const) {
  const [task, config] = FAMILIES[family];
  const iterations = ITERATIONS[family];
  const training = `import { chain, ${task}, regimes, withSession } from "./lib/index";
const config = ${task}.config.parse(${JSON.stringify(config)});
const work = chain({ task: ${task}, config, regime: regimes.accumulate, seed: 0, iterations: ${iterations} });
const [result] = await withSession((session) => session.chains("Training", [work]));
console.log("trained to iteration " + result.generations.length);`;

  test(`${family}: stopped in the middle, the next cell runs; a rerun goes on and finishes`, {
    timeout: 180_000,
  }, async (t) => {
    const book = await NotebookPage.open(lab, writeNotebook(family, [training, "6 * 7"]));
    if (!book) return t.skip("no Chromium was found");
    try {
      await book.run(0);
      await book.output(0).locator("progress").first().waitFor();
      await book.interrupt();
      await book.error(0).getByText("Interrupted: ").first().waitFor();
      await book.run(1);
      await book.output(1).getByText("42").waitFor();
      await book.run(0);
      await book.output(0).getByText(`trained to iteration ${iterations}`).waitFor();
      assert.deepEqual(await book.errors(), []);
    } finally {
      await book.page.screenshot({ path: join(ROOT, ".cache", "e2e", `stop-${family}.png`) });
      await book.close();
    }
  });
}
