import assert from "node:assert/strict";
import { test } from "node:test";
import { minimise } from "../../../lib/data/molecules/index";
import { engine } from "../../../lib/engine/load";
import { Parameters } from "../../../lib/engine/parameters";
import { conditioningOf, saveConditioning } from "../../../lib/experiments/molecules/conditioning";
import {
  conformerMetrics,
  type GeneratedEnsemble,
  structureMetrics,
} from "../../../lib/experiments/molecules/conformerMetrics";
import {
  CONFORMERS,
  COVERAGE,
  generatedConformers,
} from "../../../lib/experiments/molecules/generatedConformers";
import { levelGrid, levelLosses } from "../../../lib/experiments/molecules/levelLosses";
import { LEVELS, testLoss } from "../../../lib/experiments/molecules/testLoss";
import { standaloneContext, standaloneInput } from "../../../lib/loop/standaloneContext";
import { batchGraph, molecularGraph } from "../../../lib/models/geodiff/graph";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { noiseSchedule } from "../../../lib/models/geodiff/schedule";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { blockOf, config, conformer, ITEMS, model, viewOfItems } from "./support";

engine({ threads: 1 });

const near = (a: number, b: number, relative = 1e-5) =>
  assert.ok(Math.abs(a - b) <= relative * Math.max(1, Math.abs(b)), `${a}, not ${b}`);

test("The grid of noise levels is even and its own mirror image", () => {
  assert.deepEqual(levelGrid(5000, 4), [625, 1875, 3124, 4374]);
  for (const count of [2, 6, 10]) {
    const grid = levelGrid(101, count);
    assert.deepEqual(grid.map((t) => 100 - t).reverse(), grid);
    assert.deepEqual(
      [...grid].sort((a, b) => a - b),
      grid,
    );
  }
});

test("The test loss is the mean over atoms, conformers and levels of the model's own, split in its parts", async () => {
  const task = config();
  const network = geoDiff(task.model);
  const values = new Parameters(network.initial(new Stream(["init"]))).read();
  const schedule = noiseSchedule(task.model.noiseSchedule);
  const noise = new Stream(["noise"]);
  const { loss, levels } = await levelLosses(network, values, schedule, blockOf(ITEMS), 4, noise);
  const sums = { global: 0, local: 0, atoms: 0 };
  for (const [i, { molecule, positions }] of ITEMS.entries()) {
    sums.atoms += positions.length / 3;
    for (const [k, t] of levelGrid(100, 4).entries()) {
      const one = network.loss(values, {
        ...batchGraph([molecularGraph(molecule)]),
        positions,
        noise: noise.at(i, k).normals(new Float32Array(positions.length)),
        sigma: [schedule.sigma[t]],
      });
      sums.global += (one.global * positions.length) / 3;
      sums.local += (one.local * positions.length) / 3;
    }
  }
  near(loss.global, sums.global / sums.atoms / 4);
  near(loss.local, sums.local / sums.atoms / 4);
  assert.deepEqual(
    levels.map(({ t, sigma }) => [t, sigma]),
    levelGrid(100, 4).map((t) => [t, schedule.sigma[t]]),
  );
  near(levels.reduce((sum, level) => sum + level.local, 0) / 4, loss.local);
});

const { molecule, positions } = conformer("CCO", 1);
// MMFF94's ethanol, which differs from itself in nothing.
const ethanol = Float32Array.from(minimise(molecule, positions, 2000).positions);
const scaled = (factor: number) => ethanol.map((x) => factor * x);
const compared = (...generated: Float32Array[]): GeneratedEnsemble => ({
  ...{ number: 1, molecule, generated },
  conformers: Array.from({ length: 5 }, () => ethanol),
});

test("Conformers that are the real ones cover them at every threshold, at no distance, in one piece", () => {
  const { metrics, curve } = conformerMetrics([compared(ethanol, ethanol)]);
  const { covR, covP, matR, matP, jsBonds, jsAngles, jsTorsions, ...rest } = metrics;
  assert.deepEqual([covR, covP], [1, 1]);
  for (const distance of [matR, matP, jsBonds, jsAngles, jsTorsions]) near(distance ?? 1, 0, 1e-5);
  near(rest.energy ?? 1, 0, 1e-9);
  assert.deepEqual([rest.clashes, rest.brokenBonds], [0, 0]);
  assert.ok(curve.every((point) => point.covR === 1 && point.covP === 1));
  assert.equal(curve.length, 60);
});

test("Blown up to twice their size all bonds break; shrunk to a third atoms clash; a median is not moved by one", () => {
  const large = structureMetrics([compared(scaled(2))]);
  assert.deepEqual([large.brokenBonds, large.clashes], [1, 0]);
  near(large.jsBonds ?? 0, 1);
  near(large.jsAngles ?? 1, 0, 1e-5);
  const small = structureMetrics([compared(scaled(1 / 3))]);
  assert.deepEqual([small.brokenBonds, small.clashes], [1, 1]);
  assert.ok((large.energy ?? 0) > 10 && (small.energy ?? 0) > (large.energy ?? 0));
  // Atoms that coincide have no energy; it counts as the cap.
  assert.equal(structureMetrics([compared(scaled(0.01))]).energy, 1e6);
  near(structureMetrics([compared(ethanol, ethanol, scaled(0.01))]).energy ?? 1, 0, 1e-9);
  const half = conformerMetrics([compared(ethanol, scaled(2))]).metrics;
  assert.deepEqual(
    [half.brokenBonds, half.covR, half.covP],
    [0.5, 1, 0.5 + (half.matP < 0.6 ? 0.5 : 0)],
  );
});

test("Kinds of bonds that are too rare are not compared; without any there is no distance", () => {
  const rare = structureMetrics([{ ...compared(ethanol), conformers: [ethanol] }]);
  assert.deepEqual([rare.jsBonds, rare.jsAngles], [undefined, undefined]);
  assert.equal(rare.brokenBonds, 0);
});

test("Other molecules' real conformers in the place of generated ones: the distance of two real samples", () => {
  const held = compared(ethanol);
  const self = structureMetrics([held], [{ ...held, conformers: [ethanol, scaled(2)] }]);
  assert.equal(self.brokenBonds, 0.5);
  assert.ok((self.jsBonds ?? 0) > 0.4 && (self.jsBonds ?? 1) < 0.7);
});

test("Evaluations: finite metrics, the same on every call and for every seed, with their three files", async () => {
  const task = config({
    model: model({ steps: 20, betaStart: 1e-7, betaEnd: 1e-4 }),
    evaluation: { levels: 4, molecules: 1 },
  });
  const weights = {
    ...geoDiff(task.model).initial(new Stream(["init"])),
    ...saveConditioning(conditioningOf(viewOfItems(ITEMS))),
  };
  const test = blockOf([conformer("CCO", 5), conformer("CCO", 5, 1), conformer("CC#N", 6)]);
  const run = async (seed: number) => {
    const context = standaloneContext(Streams.ofSeed(seed).generation(1));
    const [loss, generated] = await Promise.all(
      [testLoss, generatedConformers].map((evaluation) =>
        evaluation.run(task, standaloneInput({ weights, test }), context),
      ),
    );
    return {
      metrics: { ...loss.metrics, ...generated.metrics },
      artefacts: { ...loss.artefacts, ...generated.artefacts },
    };
  };
  const { metrics, artefacts } = await run(0);
  assert.deepEqual(await run(7), { metrics, artefacts });
  assert.deepEqual(Object.keys(metrics), [
    ...["loss", "global", "local", "covR", "covP", "matR", "matP"],
    ...["clashes", "brokenBonds", "energy", "diverged"],
  ]);
  for (const value of Object.values(metrics)) assert.ok(Number.isFinite(value));
  near(metrics.loss, metrics.global + metrics.local, 1e-12);
  const read = (name: string) => JSON.parse(Buffer.from(artefacts[name]).toString());
  assert.equal(read(LEVELS).length, 4);
  assert.equal(read(COVERAGE).length, 60);
  const [shown, ...more] = read(CONFORMERS);
  assert.deepEqual([shown.number, shown.positions.length, more.length], [5, 27, 0]);
});
