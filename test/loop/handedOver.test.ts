import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { gaussianTask } from "../../lib/experiments/toy/gaussian";
import { chain } from "../../lib/loop/chain";
import { inProcess } from "../../lib/loop/inProcess";
import { runChains } from "../../lib/loop/runChains";
import type { Task } from "../../lib/loop/task";
import { replace } from "../../lib/pool/regimes";
import { fileDigest } from "../../lib/store/fileDigest";
import { RunStore } from "../../lib/store/runStore";
import { memoryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

interface Config {
  readonly data: { readonly trainItems: number; readonly tokenizer: string };
  readonly sampling: { readonly temperature: number };
}

/** The Gaussian, with a tokenizer beside its data. */
function gaussian(tokenizer: string, fits: number[], extra: Partial<Task<Config>> = {}) {
  const { fit, sample, evaluations } = gaussianTask;
  return {
    name: "gaussian with a file",
    version: { data: 1, fit: 1, sample: 1 },
    config: { safeParse: (data: unknown) => ({ success: true, data }) },
    schema: () => ({ x: { dtype: "float64", shape: [] } }),
    loadReal: async (config: Config, context) => ({
      ...(await gaussianTask.loadReal(config, context)),
      artefacts: { "tokenizer.json": Buffer.from(tokenizer) },
    }),
    fit: async (config, view, context) => {
      fits.push(context.test?.length ?? 0);
      return fit(config, view, context);
    },
    evaluations,
    sample,
    ...extra,
  } as Task<Config>;
}

async function run(task: Task<Config>, store: RunStore, temperature = 1, tokenizer = "") {
  const config = { data: { trainItems: 5, tokenizer }, sampling: { temperature } };
  const [result] = await runChains(
    [chain({ task, config, regime: replace, seed: 0, iterations: 2 })],
    {
      store,
      executor: inProcess(),
    },
  );
  return result.generations;
}

test("a file that belongs to the real data lies beside their blocks, under the manifest's checksums", async () => {
  const store = RunStore.open(memoryFolder());
  const [first] = await run(gaussian("{}", []), store);
  const { real } = store.read("fit", first.fit).identity as { real: string };
  const file = path.join(store.folder("real", real), "tokenizer.json");
  assert.equal(fs.readFileSync(file, "utf8"), "{}");
  assert.deepEqual(store.read("real", real).files["tokenizer.json"], fileDigest(file));

  fs.writeFileSync(file, "{} ");
  assert.throws(() => store.read("real", real), /tokenizer\.json has 3 bytes instead of 2/);
});

test("the file is part of what a fit's address depends on", async () => {
  const data = async (tokenizer: string) => {
    const store = RunStore.open(memoryFolder());
    // The same config, so that nothing but the file differs.
    return store.read("fit", (await run(gaussian(tokenizer, []), store))[0].fit).identity.data;
  };
  assert.equal(await data("{}"), await data("{}"));
  assert.notEqual(await data("{}"), await data("[]"));
});

test("a name that would leave the folder or hide the manifest is refused", async () => {
  for (const name of ["../tokenizer.json", "manifest.json", "train/x.json"]) {
    const task = gaussian("{}", [], {
      loadReal: async (config, context) => ({
        ...(await gaussianTask.loadReal(config, context)),
        artefacts: { [name]: Buffer.from("{}") },
      }),
    });
    await assert.rejects(run(task, RunStore.open(memoryFolder())), /cannot keep/);
  }
});

test("a fit may look at all held-out items", async () => {
  const fits: number[] = [];
  await run(gaussian("{}", fits), RunStore.open(memoryFolder()));
  assert.deepEqual(fits, [1000, 1000]);
});

test("configs that differ in sampling alone share the fit on real data, and nothing after it", async () => {
  const store = RunStore.open(memoryFolder());
  const fits: number[] = [];
  const task = gaussian("{}", fits);
  const one = await run(task, store);
  assert.equal(fits.length, 2);
  const two = await run(task, store, 2);
  assert.equal(fits.length, 3);
  assert.equal(two[0].fit, one[0].fit);
  assert.notEqual(two[0].block, one[0].block);
  assert.deepEqual(two[0].metrics, one[0].metrics);
  assert.notDeepEqual(two[1].metrics, one[1].metrics);
});

test("a fit that is resumed meets the same held-out items, and its records end the same", async () => {
  const lengths: number[] = [];
  const watched = (stopAt: number): Task<{ steps: number; pause: number }> => ({
    ...(walkTask as unknown as Task<{ steps: number; pause: number }>),
    fit: (config, view, context) =>
      walkTask.fit(config, view, {
        ...context,
        record(values) {
          const { data } = context.test!.range(0, context.test!.length).columns.x;
          lengths.push(data.length);
          context.record({ ...values, test: [...data].reduce((a, b) => a + b, 0) });
        },
        progress: async (done, total, values) => {
          if (done === stopAt) throw new Error("stopped");
          await context.progress(done, total, values);
        },
      }),
  });
  const config = { steps: 40, pause: 0 };
  const once = (task: ReturnType<typeof watched>, store: RunStore) =>
    runChains([chain({ task, config, regime: replace, seed: 0, iterations: 1 })], {
      store,
      executor: inProcess(),
      checkpointSeconds: 0,
    });
  const store = RunStore.open(memoryFolder());
  await assert.rejects(once(watched(23), store), /stopped/);
  const [resumed] = await once(watched(-1), store);
  const [whole] = await once(watched(-1), RunStore.open(memoryFolder()));
  const records = ({ generations: [first] }: typeof whole) =>
    fs.readFileSync(first.artefact("training.jsonl"), "utf8");
  assert.equal(records(resumed), records(whole));
  // Every step of either run once: the resumed one went on behind its last checkpoint.
  assert.equal(lengths.length, 40 + 40);
  assert.deepEqual([...new Set(lengths)], [50]);
});
