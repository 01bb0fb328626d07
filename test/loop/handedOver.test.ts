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
import { measure } from "../../lib/store/measure";
import { RunStore } from "../../lib/store/runStore";
import { temporaryFolder } from "../support/temporary";
import { walkTask } from "../support/walkTask";

interface Spread {
  readonly items: number;
  /** Concerns sampling alone. */
  readonly spread: number;
}

/** The Gaussian, with a tokenizer beside its data and a factor on what it samples. */
function gaussian(tokenizer: string, fits: number[], extra: Partial<Task<Spread>> = {}) {
  const { fit, sample, evaluate } = gaussianTask;
  return {
    name: "gaussian with a file",
    version: 1,
    config: { safeParse: (data: unknown) => ({ success: true, data }) },
    schema: () => ({ x: { dtype: "float64", shape: [] } }),
    dataKey: ({ items }: Spread) => ({ items, tokenizer }),
    loadReal: async (config: Spread, context) => ({
      ...(await gaussianTask.loadReal(config, context)),
      artefacts: { "tokenizer.json": Buffer.from(tokenizer) },
    }),
    fit: async (config, view, context) => {
      fits.push(context.test?.length ?? 0);
      return fit(config, view, context);
    },
    evaluate,
    sample: (config, weights, count, context) =>
      sample(config, { parameters: widened(weights.parameters, config.spread) }, count, context),
    ...extra,
  } as Task<Spread>;
}

const widened = (parameters: { readonly data: ArrayLike<number> }, spread: number) => ({
  shape: [2],
  data: Float64Array.of(parameters.data[0], parameters.data[1] * spread ** 2),
});

async function run(task: Task<Spread>, store: RunStore, spread = 1) {
  const config = { items: 5, spread };
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
  const store = RunStore.open(temporaryFolder());
  const [first] = await run(gaussian("{}", []), store);
  const { real } = store.read("generation", first.address).identity as { real: string };
  const file = path.join(store.folder("real", real), "tokenizer.json");
  assert.equal(fs.readFileSync(file, "utf8"), "{}");
  assert.deepEqual(store.read("real", real).files["tokenizer.json"], measure(file));

  fs.writeFileSync(file, "{} ");
  assert.throws(() => store.read("real", real), /tokenizer\.json has 3 bytes instead of 2/);
});

test("the file is part of what a generation's address depends on", async () => {
  const data = async (tokenizer: string) => {
    const store = RunStore.open(temporaryFolder());
    // The same key, so that nothing but the file differs.
    const task = gaussian(tokenizer, [], { dataKey: () => "same" });
    return store.read("generation", (await run(task, store))[0].address).identity.data;
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
    await assert.rejects(run(task, RunStore.open(temporaryFolder())), /cannot keep/);
  }
});

test("a fit may look at all held-out items", async () => {
  const fits: number[] = [];
  await run(gaussian("{}", fits), RunStore.open(temporaryFolder()));
  assert.deepEqual(fits, [1000, 1000]);
});

test("configs that differ in sampling alone share the fit on real data, and nothing after it", async () => {
  const store = RunStore.open(temporaryFolder());
  const fits: number[] = [];
  const task = gaussian("{}", fits, { fitKey: ({ items }) => ({ items }) });
  const one = await run(task, store);
  assert.equal(fits.length, 2);
  const two = await run(task, store, 2);
  assert.equal(fits.length, 3);
  assert.notEqual(two[0].address, one[0].address);
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
  const store = RunStore.open(temporaryFolder());
  await assert.rejects(once(watched(23), store), /stopped/);
  const [resumed] = await once(watched(-1), store);
  const [whole] = await once(watched(-1), RunStore.open(temporaryFolder()));
  const records = (folder: string) => fs.readFileSync(path.join(folder, "training.jsonl"), "utf8");
  assert.equal(records(resumed.generations[0].folder), records(whole.generations[0].folder));
  // Every step of either run once: the resumed one went on behind its last checkpoint.
  assert.equal(lengths.length, 40 + 40);
  assert.deepEqual([...new Set(lengths)], [50]);
});
