import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { before, describe, test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { Cancelled } from "../../../lib/errors";
import { molecules } from "../../../lib/experiments/molecules";
import { conformersIn } from "../../../lib/experiments/molecules/conformers";
import type { MoleculesPreset } from "../../../lib/experiments/molecules/preset";
import { realFolder } from "../../../lib/experiments/realFolder";
import { validate } from "../../../lib/export/validate";
import type { Executor } from "../../../lib/loop/executor";
import { inProcess } from "../../../lib/loop/inProcess";
import type { Row } from "../../../lib/metrics/row";
import { DiskBlock } from "../../../lib/pool/diskBlock";
import { RunStore } from "../../../lib/store/runStore";
import { temporaryFolder } from "../../support/temporary";
import { runExperiment } from "../support";
import { model } from "./support";

engine({ threads: 1 });

const kinds = (...names: string[]) => names.map((kind) => ({ kind }));
const SMALL: MoleculesPreset = molecules.schema.parse({
  task: {
    // The first three molecules of the list that are this small.
    data: {
      ...{ dataset: "offline", trainMolecules: 2, testMolecules: 1, maxAtoms: 13 },
      ...{ conformersPerMolecule: 2, testConformers: 2 },
    },
    model: model({ steps: 50, betaStart: 1e-7, betaEnd: 0.02 }),
    training: { steps: 40, batchSize: 3 },
    sampling: { steps: 4 },
    evaluation: { levels: 4, molecules: 1 },
  },
  variants: [
    {
      ...{ name: "main", label: "last 4 levels", role: "sampler", changes: {} },
      chains: [
        { regimes: kinds("replace", "accumulate"), iterations: 2, seeds: 2 },
        { regimes: kinds("replace-multiple", "accumulate-subsample"), iterations: 2, seeds: 1 },
      ],
    },
    {
      ...{ name: "even-levels", label: "4 levels over all", role: "sampler" },
      changes: { sampling: { method: "ddpm", pick: "even" } },
      chains: [{ regimes: kinds("replace"), iterations: 2, seeds: 1 }],
    },
  ],
});

const run = (
  preset: MoleculesPreset,
  store: RunStore,
  update: (done: number, total: number) => void = () => {},
  signal = new AbortController().signal,
  options: { readonly executor?: Executor } = {},
) =>
  runExperiment(molecules, preset, {
    ...{ store, signal, checkpointSeconds: 0, ...options },
    update: (title, done, total, _values, step) => {
      if (title === "Molecule diffusion" && step === undefined) update(done, total);
    },
  });

describe("molecules on a tiny preset", () => {
  let rows: Row[] = [];
  const store = RunStore.open(temporaryFolder());
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const place = ({ variant, regime, seed, iteration }: Row) => [variant, regime, seed, iteration];
  before(async () => {
    ({ rows } = await run(SMALL, store));
  });

  test("one row of metrics per variant, regime, seed and iteration, counted from 0, every field finite", () => {
    const metrics = of("metrics");
    assert.deepEqual(metrics.map(place), [
      ...["replace", "accumulate"].flatMap((regime) =>
        [0, 1].flatMap((seed) => [0, 1].map((n) => ["main", regime, seed, n])),
      ),
      ...["replace-multiple", "accumulate-subsample"].flatMap((regime) =>
        [0, 1].map((n) => ["main", regime, 0, n]),
      ),
      ...[0, 1].map((n) => ["even-levels", "replace", 0, n]),
    ]);
    for (const row of metrics) {
      for (const value of Object.values(row))
        assert.ok(typeof value === "string" || Number.isFinite(value), JSON.stringify(row));
      assert.ok(Math.abs(Number(row.loss) - Number(row.global) - Number(row.local)) < 1e-6);
      for (const key of ["covR", "matP", "clashes", "brokenBonds", "diverged", "poolDiverged"])
        assert.ok(key in row, key);
      assert.equal(store.has("fit", String(row.run)), true);
    }
  });

  test("replace trains on as many conformers as there are real ones, replace-multiple on twice as many", () => {
    const real = of("metrics")[0].trainingItems;
    const second = of("metrics").filter(
      (r) => r.iteration === 1 && r.seed === 0 && r.variant === "main",
    );
    assert.deepEqual(
      second.map(({ trainingItems, realShare }) => [
        Number(trainingItems) / Number(real),
        realShare,
      ]),
      [
        [1, 0],
        [2, 0.5],
        [2, 0],
        [1, second[3].realShare],
      ],
    );
  });

  test("a sampled set has as many conformers of each molecule as the real one; the split is by molecule", () => {
    const { run } = of("metrics")[0];
    const folder = realFolder(store, String(run));
    const numbers = (block: string) => {
      const disk = DiskBlock.open(block);
      const found = conformersIn(disk.range(0, disk.length));
      disk.close();
      return { found, numbers: found.map(({ number }) => number).sort() };
    };
    const [train, held] = ["train", "test"].map((part) => numbers(path.join(folder, part)));
    // The fit's other block is twice as large: replace-multiple shares the first model.
    const block = store.list("block").find((address) => {
      const { identity } = store.read("block", address);
      return identity.fit === run && identity.produce === train.numbers.length;
    });
    assert.ok(block);
    const drawn = numbers(path.join(store.folder("block", block), "items"));
    assert.deepEqual(drawn.numbers, train.numbers);
    assert.ok(drawn.found.every(({ draws }) => draws >= 1));
    assert.ok(train.found.every(({ draws }) => draws === 0));
    assert.deepEqual(new Set(train.numbers), new Set([0, 1]));
    assert.deepEqual(new Set(held.numbers), new Set([2]));
  });

  test("samplers share the first model and its test loss, and differ afterwards", () => {
    const [main, even] = ["main", "even-levels"].map((variant) =>
      of("metrics").filter((r) => r.variant === variant && r.regime === "replace" && r.seed === 0),
    );
    assert.equal(even[0].loss, main[0].loss);
    assert.equal(even[0].run, main[0].run);
    assert.notEqual(even[1].run, main[1].run);
    assert.notEqual(even[0].matR, main[0].matR);
    assert.notEqual(even[1].loss, main[1].loss);
    const evaluated = store
      .list("evaluation")
      .map((address) => String(store.read("evaluation", address).identity.name));
    const count = (name: string) => evaluated.filter((other) => other === name).length;
    assert.equal(count("test-loss"), new Set(of("metrics").map((row) => row.run)).size);
    assert.ok(count("conformers") > count("test-loss"));
    // The real conformers are measured once for all chains.
    assert.equal(count("real-conformers"), 1);
  });

  test("levels, thresholds, and of seed 0 a conformer of every model beside the real one", () => {
    const generations = of("metrics").length;
    assert.equal(of("level").length, 4 * generations);
    assert.equal(of("coverage").length, 60 * generations);
    const first = of("metrics")[0];
    const levels = of("level").slice(0, 4);
    const mean = levels.reduce((sum, l) => sum + Number(l.global) + Number(l.local), 0) / 4;
    assert.ok(Math.abs(mean - Number(first.loss)) < 1e-9 * mean);
    assert.equal(of("conformer").length, of("metrics").filter((row) => row.seed === 0).length);
    const [reference] = of("reference");
    assert.equal(of("reference").length, 1);
    assert.match(String(reference.smiles), /^[A-Za-z()=@[\]]+$/);
    const atoms = String(reference.atomicNumbers).split(" ").length;
    for (const row of [...of("conformer"), reference])
      assert.equal(String(row.positions).split(" ").length, 3 * atoms);
    const [baseline] = of("baseline");
    assert.deepEqual([baseline.brokenBonds, of("baseline").length], [0, 1]);
  });

  test("where the sampler diverged a sentence says so, and only there", () => {
    const troubled = of("metrics").filter((r) => Number(r.diverged) + Number(r.poolDiverged) > 0);
    assert.deepEqual(of("warning").map(place), troubled.map(place));
    for (const { text } of of("warning"))
      assert.match(String(text), /^The sampler diverged \d+ times/);
  });

  test("a rerun reads everything from the store", async () => {
    const before = [...store.list("fit"), ...store.list("rows")].sort();
    const again = await run(SMALL, store);
    assert.deepEqual(again.rows, rows);
    assert.deepEqual([...store.list("fit"), ...store.list("rows")].sort(), before);
  });

  test("stopped in the middle of a fit and run again, another store ends with the same rows to the last bit", async () => {
    const [main] = SMALL.variants;
    const chains = [{ regimes: kinds("accumulate"), iterations: 2, seeds: 1 }];
    const one = { ...SMALL, variants: [{ ...main, chains }] };
    const expected = rows.filter(({ variant, regime, seed }) =>
      variant === undefined ? true : variant === "main" && regime === "accumulate" && seed === 0,
    );
    const elsewhere = RunStore.open(temporaryFolder());
    const controller = new AbortController();
    const stop = () => {
      // In the fit of the second generation, behind its first checkpoint.
      const drafts = fs.readdirSync(elsewhere.drafts, { recursive: true, encoding: "utf8" });
      const isBehind = drafts.some((name) => path.basename(name).startsWith("checkpoint-"));
      if (isBehind && elsewhere.list("fit").length === 1) controller.abort();
    };
    // In this process, which hears of every step: a child tells of some, and may be done before it is
    // stopped.
    const options = { executor: inProcess() };
    await assert.rejects(run(one, elsewhere, stop, controller.signal, options), Cancelled);
    assert.equal(elsewhere.list("fit").length, 1);
    const { rows: resumed } = await run(one, elsewhere);
    assert.deepEqual(resumed, expected);
    assert.equal(expected.filter(({ kind }) => kind === "metrics").length, 2);
  });

  test("Plotly draws every figure; claims rest on generations that are there", () => {
    const provenance = { preset: "quick", versions: { node: "1" }, ...molecules.describe(SMALL) };
    for (const figure of molecules.figures(rows, SMALL, provenance)) validate(figure);
    for (const claim of molecules.claims(rows, SMALL))
      for (const address of claim.runs) assert.equal(store.has("fit", address), true);
  });
});
