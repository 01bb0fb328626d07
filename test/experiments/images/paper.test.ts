// The published setting begins on a folder in CelebA's form, with its own network at its own size.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import sharp from "sharp";
import { engine } from "../../../lib/engine/load";
import { withChanges } from "../../../lib/experiments/changes";
import { imagesTask } from "../../../lib/experiments/images";
import { PRESETS_OF_IMAGES } from "../../../lib/experiments/images/presets";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import { accumulate } from "../../../lib/pool/regimes";
import { Stream } from "../../../lib/random/stream";
import { RunStore } from "../../../lib/store/runStore";
import { memoryFolder, temporaryFolder } from "../../support/temporary";

engine({ threads: 1 });

const [TRAIN, TEST, BATCH, STEPS] = [20, 4, 4, 10];

/** 178 × 218 pixels of three plain stripes, in colours of their own. */
function face(index: number): Promise<Buffer> {
  const stream = new Stream(["face", index]);
  const [width, height] = [178, 218];
  const colours = Array.from({ length: 9 }, () => Math.floor(256 * stream.uniform()));
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const stripe = Math.floor((at / 3 / width / height) * 3);
    return colours[3 * stripe + (at % 3)];
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

async function celebA(): Promise<string> {
  const mirror = temporaryFolder();
  const folder = join(mirror, "celeba", "img_align_celeba");
  mkdirSync(folder, { recursive: true });
  const names = Array.from(
    { length: TRAIN + TEST },
    (_, i) => `${String(i + 1).padStart(6, "0")}.jpg`,
  );
  for (const [i, name] of names.entries()) writeFileSync(join(folder, name), await face(i));
  const list = names.map((name, i) => `${name} ${i < TRAIN ? 0 : 2}\n`).join("");
  writeFileSync(join(mirror, "celeba", "list_eval_partition.txt"), list);
  return mirror;
}

test("the preset paper trains its first ten steps and is evaluated", async () => {
  process.env.COLLAPSE_LAB_DATA = await celebA();
  const { task } = PRESETS_OF_IMAGES.paper;
  const config = imagesTask.config.parse(
    withChanges(task, {
      data: { trainItems: TRAIN, testItems: TEST },
      training: { epochs: (STEPS * BATCH) / TRAIN, batchSize: BATCH },
      evaluation: { priorSamples: 10, gridImages: 4 },
    }),
  );
  assert.deepEqual(config.model, task.model);
  const [{ generations }] = await runChains(
    [chain({ task: imagesTask, config, regime: accumulate, seed: 0, iterations: 1 })],
    { store: RunStore.open(memoryFolder()), executor: inProcess() },
  );
  const [{ metrics }] = generations;
  const { mse, kl, loss, reconstruction } = metrics;
  assert.ok(mse > 0 && mse < 0.5, `${mse}`);
  assert.ok(Math.abs(loss - (reconstruction + 0.00025 * kl)) < 1e-9 * loss);
});
