import assert from "node:assert/strict";
import { test } from "node:test";
import { countLeaks } from "../../../lib/engine/memory";
import { globalNorm } from "../../../lib/engine/norm";
import { Parameters } from "../../../lib/engine/parameters";
import { tidy } from "../../../lib/engine/tidy";
import { batchGraph, type Graph3D, molecularGraph } from "../../../lib/models/geodiff/graph";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { GeoDiffAdam } from "../../../lib/models/geodiff/optimiser";
import { sampleConformers } from "../../../lib/models/geodiff/sampler";
import { type SamplerOptions, samplerOptions } from "../../../lib/models/geodiff/samplerOptions";
import { antitheticLevels, DRUGS_1000, noiseSchedule } from "../../../lib/models/geodiff/schedule";
import { Stream } from "../../../lib/random/stream";
import { clipByGlobalNorm } from "../../../lib/training/clip";
import { molecule, parsed, TINY, tensors, tf } from "./made";

const schedule = noiseSchedule(DRUGS_1000);
const model = geoDiff({ ...TINY, cutoff: 30 });
const fresh = model.initial(new Stream(["init"]));
// Forces of a fresh network grow with the square of distances; chains of it would run away.
const calmed = Object.entries(fresh).map(([name, { shape, data }]) => {
  const factor = /^grad_.*layers.2.weight/.test(name) ? 1e-3 : 1;
  return [name, { shape, data: Float32Array.from(data, (x) => factor * x) }] as const;
});
const values = tensors(Object.fromEntries(calmed));
const graphs = ["CCO", "[Na+].[Cl-]", "C", "c1ccccc1"].map((s) => molecularGraph(parsed(s)));
const options = (given: Partial<SamplerOptions>) => samplerOptions.parse({ steps: 5, ...given });
const streamsFor = (wanted: readonly unknown[]) => wanted.map((_, i) => new Stream(["chain", i]));
const sample = (wanted: readonly Graph3D[], given: Partial<SamplerOptions>, from = values) =>
  sampleConformers(model, from, schedule, wanted, options(given), streamsFor(wanted));

function distance(x: ArrayLike<number>, a: number, b: number): number {
  return Math.hypot(...[0, 1, 2].map((c) => x[3 * a + c] - x[3 * b + c]));
}

test("Every method gives centred conformers, the same bits each time, and leaks nothing", () => {
  for (const method of ["langevin", "ddpm", "generalized"] as const)
    for (const pick of ["last", "even"] as const) {
      const first = sample(graphs, { method, pick });
      assert.deepEqual(sample(graphs, { method, pick }), first);
      first.forEach(({ positions, outcome }, i) => {
        assert.equal(outcome, "sampled", `${method} ${pick} ${i}`);
        assert.equal(positions!.length, 3 * graphs[i].atomicNumbers.length);
        for (const c of [0, 1, 2]) {
          const sum = positions!.reduce((total, x, k) => (k % 3 === c ? total + x : total), 0);
          assert.ok(Math.abs(sum) < 1e-3, `${method} ${pick}: centre ${sum}`);
        }
      });
    }
  const change = countLeaks(() => void sample(graphs, { method: "ddpm", pick: "even" }));
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});

test("A conformer depends on its own graph and stream, not on the others of its batch", () => {
  for (const method of ["langevin", "ddpm"] as const) {
    const together = sample(graphs, { method, pick: "even" });
    graphs.forEach((graph, i) => {
      const stream = [new Stream(["chain", i])];
      const given = options({ method, pick: "even" });
      const [alone] = sampleConformers(model, values, schedule, [graph], given, stream);
      alone.positions!.forEach((x, k) => {
        const other = together[i].positions![k];
        assert.ok(
          Math.abs(x - other) < 1e-3 * Math.max(1, Math.abs(x)),
          `${method}: ${x}, ${other}`,
        );
      });
    });
  }
});

test("The first Langevin step is the formula, from σ_T · z with the centre taken out", () => {
  const [graph] = graphs;
  const [{ positions }] = sampleConformers(
    model,
    values,
    schedule,
    [graph],
    options({ steps: 1 }),
    [new Stream(["chain", 0])],
  );
  const stream = new Stream(["chain", 0]);
  const size = 3 * graph.atomicNumbers.length;
  const sigma = schedule.sigma[999];
  const start = stream.normals(new Float64Array(size)).map((z) => sigma * z);
  const noise = stream.normals(new Float64Array(size));
  const { local } = model.forces(values, batchGraph([graph]), start, "local");
  const expected = start.map(
    (x, i) => x + 0.01 * sigma * local[i] + Math.sqrt(0.02) * sigma * noise[i],
  );
  const centre = [0, 1, 2].map(
    (c) => (3 * expected.reduce((sum, x, i) => (i % 3 === c ? sum + x : sum), 0)) / size,
  );
  expected.forEach((x, i) => {
    assert.ok(Math.abs(positions![i] - (x - centre[i % 3])) < 1e-3);
  });
});

test("Global pairs count below their σ alone, by their weight", () => {
  const ethanol = [graphs[0]];
  const { sigma } = schedule;
  const given = { steps: 20, pick: "even", method: "ddpm" } as const;
  const never = sample(ethanol, { ...given, globalSigma: 0 });
  assert.deepEqual(sample(ethanol, { ...given, globalSigma: sigma[0] / 2 }), never);
  assert.deepEqual(sample(ethanol, { ...given, globalSigma: 100, globalWeight: 0 }), never);
  assert.notDeepEqual(sample(ethanol, { ...given, globalSigma: 100 }), never);
});

test("A chain that runs away is tried again with clipped forces, and else has diverged", () => {
  const runaway = tensors(fresh);
  const [benzene, salt] = sample([graphs[3], graphs[1]], { steps: 8 }, runaway);
  // Its local forces grow until they overflow; clipped to 20 σ they cannot.
  assert.equal(benzene.outcome, "retried");
  assert.ok(benzene.positions!.every(Number.isFinite));
  // No bond, no local force.
  assert.equal(salt.outcome, "sampled");

  // Of a force that is no number, clipping makes none.
  const name = "grad_local_dist_mlp.layers.2.bias";
  const broken = { ...values, [name]: tf.fill([1], Number.NaN) };
  const [lost, kept] = sample([graphs[3], graphs[1]], { steps: 8 }, broken);
  assert.deepEqual(lost, { positions: undefined, outcome: "diverged" });
  assert.deepEqual(kept, sample([graphs[3], graphs[1]], { steps: 8 })[1]);
  tf.dispose([runaway, broken[name]]);
});

test("Wrong numbers of streams and steps are refused", () => {
  assert.throws(
    () => sampleConformers(model, values, schedule, graphs, options({}), []),
    /4 conformers need as many random streams, one each; there are 0/,
  );
  assert.throws(() => sample(graphs, { steps: 1001 }), /needs as many noise levels/);
  for (const wrong of [{ steps: 0 }, { steps: 5, eta: 2 }, { steps: 5, pick: "first" }])
    assert.throws(() => samplerOptions.parse(wrong));
});

test("A molecule of three atoms is learnt: its bonds and angle come out, by both ways of sampling", () => {
  const DEGREE = Math.PI / 180;
  const water = molecularGraph(
    molecule(
      [8, 1, 1],
      [
        [0, 1],
        [0, 2],
      ],
    ),
  );
  const real = (stream: Stream): number[] => {
    const [a, b] = [1 + 0.03 * stream.normal(), 1 + 0.03 * stream.normal()];
    const angle = (104.5 + 4 * stream.normal()) * DEGREE;
    return [0, 0, 0, a, 0, 0, b * Math.cos(angle), b * Math.sin(angle), 0];
  };
  const learner = geoDiff({ ...TINY, width: 16, interactions: 1 });
  const parameters = new Parameters(learner.initial(new Stream(["toy"])));
  const adam = new GeoDiffAdam(parameters);
  const STEPS = 300;
  const BATCH = 64;
  const batch = batchGraph(new Array(BATCH).fill(water));
  for (let step = 0; step < STEPS; step++) {
    const stream = new Stream(["toy", step]);
    const positions = Array.from({ length: BATCH }, () => real(stream)).flat();
    const noise = stream.normals(new Float64Array(positions.length));
    const sigma = Array.from(antitheticLevels(1000, BATCH, stream), (t) => schedule.sigma[t]);
    const read = parameters.read();
    const { gradients: whole } = tidy(() =>
      learner.gradients(read, { ...batch, positions, noise, sigma }),
    );
    tf.dispose(read);
    const gradients = clipByGlobalNorm(whole, globalNorm(Object.values(whole)), 1000);
    adam.apply(gradients, 3e-3 * (1 - step / STEPS));
    tf.dispose(gradients);
  }
  const trained = parameters.read();
  const measure = (given: Partial<SamplerOptions>) => {
    const wanted = new Array<Graph3D>(60).fill(water);
    const streams = streamsFor(wanted);
    const drawn = sampleConformers(learner, trained, schedule, wanted, options(given), streams);
    const conformers = drawn.map(({ positions }) => positions!);
    const bonds = conformers.flatMap((x) => [distance(x, 0, 1), distance(x, 0, 2)]);
    const angles = conformers.map((x) => {
      const [a, b, c] = [distance(x, 0, 1), distance(x, 0, 2), distance(x, 1, 2)];
      return Math.acos((a * a + b * b - c * c) / (2 * a * b)) / DEGREE;
    });
    const share = (list: number[], from: number, to: number) =>
      list.filter((v) => v > from && v < to).length / list.length;
    const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1];
    return {
      ...{ bond: median(bonds), goodBonds: share(bonds, 0.85, 1.15) },
      ...{ angle: median(angles), goodAngles: share(angles, 84.5, 124.5) },
    };
  };
  const few = measure({ method: "ddpm", pick: "even", steps: 50 });
  assert.ok(Math.abs(few.bond - 1) < 0.05 && few.goodBonds > 0.9, JSON.stringify(few));
  assert.ok(Math.abs(few.angle - 104.5) < 8 && few.goodAngles > 0.75, JSON.stringify(few));
  const all = measure({ method: "langevin", steps: 1000 });
  assert.ok(Math.abs(all.bond - 1) < 0.05 && all.goodBonds > 0.7, JSON.stringify(all));
  assert.ok(Math.abs(all.angle - 104.5) < 8 && all.goodAngles > 0.7, JSON.stringify(all));
  // The last fifty of a thousand levels leave almost all of the noise in.
  const noise = measure({ method: "langevin", steps: 50 });
  assert.ok(noise.bond > 2 && noise.goodBonds < 0.2, JSON.stringify(noise));
  tf.dispose(trained);
  adam.dispose();
  parameters.dispose();
});
