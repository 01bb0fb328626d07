import assert from "node:assert/strict";
import { test } from "node:test";
import { countLeaks } from "../../../lib/engine/memory";
import { tidy } from "../../../lib/engine/tidy";
import { PAPER_GEODIFF } from "../../../lib/models/geodiff/config";
import { batchGraph, molecularGraph } from "../../../lib/models/geodiff/graph";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { branchOf } from "../../../lib/models/geodiff/parameters";
import { Stream } from "../../../lib/random/stream";
import { molecule, parsed, scattered, TINY, tensors, tf } from "./made";

const model = geoDiff(TINY);
const values = tensors(model.initial(new Stream(["init"])));
const forces = (graph: Parameters<typeof batchGraph>[0], positions: ArrayLike<number>) =>
  model.forces(values, batchGraph(graph), positions);

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string, share = 1e-4) {
  assert.equal(actual.length, expected.length, what);
  const size = Math.max(1e-3, ...Array.from(expected, Math.abs));
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= share * size,
      `${what} ${i}: ${actual[i]}, expected ${expected[i]}`,
    );
}

const ALANINE = parsed("C[C@H](N)C(=O)O");
const graph = molecularGraph(ALANINE);
const ATOMS = graph.atomicNumbers.length;
const positions = scattered(ATOMS, "alanine");
const here = forces([graph], positions);

test("Turning and moving a molecule turns its forces", () => {
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const turned = (x: ArrayLike<number>) =>
    Float64Array.from({ length: x.length }, (_, i) => {
      const a = i - (i % 3);
      const [u, v, w] = [c * x[a] - s * x[a + 1], s * x[a] + c * x[a + 1], x[a + 2]];
      return [u, c * v - s * w, s * v + c * w][i % 3];
    });
  const moved = turned(positions).map((x, i) => x + [3, -2, 1][i % 3]);
  const there = forces([graph], moved);
  near(there.local, turned(here.local), "local");
  near(there.global!, turned(here.global!), "global");
  // Nothing of this would be noticed if all forces were nought.
  assert.ok(Math.max(...here.global!.map(Math.abs)) > 1e-2);
});

test("Reordering the atoms reorders their forces", () => {
  const order = [...new Stream(["order"]).permutation(ATOMS)];
  const place = order.map((_, i) => order.indexOf(i));
  const shuffled = molecularGraph({
    ...ALANINE,
    atomicNumbers: Uint8Array.from(order, (i) => ALANINE.atomicNumbers[i]),
    bonds: ALANINE.bonds.map(([a, b, kind]) => {
      const [x, y] = [place[a], place[b]];
      return [Math.min(x, y), Math.max(x, y), kind];
    }),
  });
  const pick = (x: ArrayLike<number>) => order.flatMap((i) => [0, 1, 2].map((c) => x[3 * i + c]));
  const there = forces([shuffled], pick(positions));
  near(there.local, pick(here.local), "local");
  near(there.global!, pick(here.global!), "global");
});

test("A mirror image has the mirror image's forces: the network does not see handedness", () => {
  const mirrored = (x: ArrayLike<number>) => Array.from(x, (v, i) => (i % 3 === 0 ? -v : v));
  near(forces([graph], mirrored(positions)).local, mirrored(here.local), "local");
});

test("Forces on a molecule add up to nothing", () => {
  for (const branch of [here.local, here.global!])
    for (const c of [0, 1, 2]) {
      const sum = branch.reduce((total, f, i) => (i % 3 === c ? total + f : total), 0);
      assert.ok(Math.abs(sum) < 1e-4);
    }
});

const MIX = ["CCO", "[Na+].[Cl-]", "C", "c1ccccc1O", "O=C=O"].map((s) => molecularGraph(parsed(s)));
const spread = MIX.map(({ atomicNumbers }, m) => scattered(atomicNumbers.length, `mix ${m}`));
const mixed = batchGraph(MIX);
const noisy = {
  positions: spread.flatMap((x) => [...x]),
  noise: new Stream(["noise"]).normals(new Float64Array(3 * mixed.atoms)),
  sigma: [0.1, 0.5, 1, 2, 8],
};

test("A batch of several molecules has the forces and losses of each alone", () => {
  const together = forces(MIX, noisy.positions);
  const { byMolecule } = model.loss(values, { ...mixed, ...noisy });
  MIX.forEach((graph, m) => {
    const [from, to] = [3 * mixed.offsets[m], 3 * mixed.offsets[m + 1]];
    const alone = forces([graph], spread[m]);
    near(together.local.subarray(from, to), alone.local, `local ${m}`);
    near(together.global!.subarray(from, to), alone.global!, `global ${m}`);
    const loss = model.loss(values, {
      ...batchGraph([graph]),
      positions: spread[m],
      noise: noisy.noise.subarray(from, to),
      sigma: [noisy.sigma[m]],
    });
    near([byMolecule.local[m]], [...loss.byMolecule.local], `local loss ${m}`);
    near([byMolecule.global[m]], [...loss.byMolecule.global], `global loss ${m}`);
  });
});

test("Local forces asked for alone are those of both branches", () => {
  const both = forces(MIX, noisy.positions);
  const local = model.forces(values, mixed, noisy.positions, "local");
  near(local.local, both.local, "local", 1e-6);
  assert.equal(local.global, undefined);
});

test("A batch that passes in parts has the loss and gradients of one that passes whole", () => {
  // A part has room for 2^20 / 8 pairs; a molecule of 400 atoms has 79,800.
  const chain = molecule(
    new Array(400).fill(6),
    Array.from({ length: 399 }, (_, a) => [a, a + 1]),
  );
  const long = batchGraph(new Array(3).fill(molecularGraph(chain)));
  const line = Float64Array.from({ length: 1200 }, (_, i) => (i % 3 === 0 ? i * 0.5 : 0));
  const positions = [...line, ...line, ...line];
  const noise = new Stream(["long"]).normals(new Float64Array(3600));
  const sigma = [0.1, 0.2, 0.3];
  const { loss, gradients } = tidy(() =>
    model.gradients(values, { ...long, positions, noise, sigma }),
  );
  const single = sigma.map((s, m) =>
    tidy(() =>
      model.gradients(values, {
        ...batchGraph(long.graphs.slice(0, 1)),
        positions: line,
        noise: noise.subarray(1200 * m, 1200 * (m + 1)),
        sigma: [s],
      }),
    ),
  );
  near([loss.local], [single.reduce((sum, { loss }) => sum + loss.local / 3, 0)], "loss");
  for (const name of Object.keys(gradients)) {
    const each = single.map(({ gradients }) => gradients[name].dataSync());
    const mean = Array.from(each[0], (_, i) => each.reduce((sum, g) => sum + g[i] / 3, 0));
    near(gradients[name].dataSync(), mean, name, 1e-3);
  }
  tf.dispose([gradients, ...single.map(({ gradients }) => gradients)]);
});

test("Gradients are the slopes of the loss along random directions", () => {
  const { gradients } = tidy(() => model.gradients(values, { ...mixed, ...noisy }));
  for (const part of ["edge_encoder_global", "encoder_global", "encoder_local", "grad_"]) {
    const stream = new Stream(["direction", part]);
    const direction = Object.fromEntries(
      Object.keys(values)
        .filter((name) => name.startsWith(part))
        .map((name) => {
          const { size, shape } = values[name];
          return [name, tf.tensor(stream.normals(new Float32Array(size)), shape)];
        }),
    );
    const names = Object.keys(direction);
    const h = 2e-3 / Math.sqrt(names.reduce((sum, name) => sum + values[name].size, 0));
    const at = (step: number): number =>
      tidy(() => {
        const moved = Object.fromEntries(
          names.map((name) => [name, values[name].add(direction[name].mul(step))]),
        );
        const { global, local } = model.loss({ ...values, ...moved }, { ...mixed, ...noisy });
        return global + local;
      });
    const slope = (at(h) - at(-h)) / (2 * h);
    const inner = tidy(() =>
      names.reduce(
        (sum, name) => sum + gradients[name].mul(direction[name]).sum().dataSync()[0],
        0,
      ),
    );
    assert.ok(Math.abs(slope / inner - 1) < 3e-2, `${part}: slope ${slope}, gradient ${inner}`);
    tf.dispose(direction);
  }
  tf.dispose(gradients);
});

test("A molecule of one atom has no forces, and one of two has them along its line", () => {
  const one = molecularGraph(molecule([2], []));
  const nothing = forces([one], [1, 2, 3]);
  assert.deepEqual([...nothing.local, ...nothing.global!], [0, 0, 0, 0, 0, 0]);
  const { loss, gradients } = tidy(() =>
    model.gradients(values, {
      ...batchGraph([one]),
      positions: [0, 0, 0],
      noise: [1, 1, 1],
      sigma: [1],
    }),
  );
  assert.deepEqual([loss.global, loss.local], [0, 0]);
  assert.deepEqual(Object.keys(gradients), Object.keys(model.shapes));
  assert.ok(Object.values(gradients).every((g) => g.dataSync().every((x: number) => x === 0)));
  tf.dispose(gradients);

  const two = forces([molecularGraph(molecule([1, 1], [[0, 1]]))], [0, 0, 0, 0, 0, 0.9]);
  near(two.local, [0, 0, two.local[2], 0, 0, -two.local[2]], "two atoms", 1e-6);
  assert.ok(two.local[2] !== 0);
});

test("Ions of a salt pull at each other by global pairs only, within the cutoff", () => {
  const salt = molecularGraph(parsed("[Na+].[Cl-]"));
  const [close, far] = [3, 5].map((x) => forces([salt], [0, 0, 0, x, 0, 0]));
  assert.ok(close.global![0] !== 0 && close.local.every((f) => f === 0));
  assert.ok(far.global!.every((f) => f === 0));
});

test("Atoms on one spot have finite forces", () => {
  const together = forces([graph], new Float64Array(3 * ATOMS));
  assert.ok([...together.local, ...together.global!].every(Number.isFinite));
});

test("The same call gives the same bits and leaks nothing", () => {
  const once = () => tidy(() => model.gradients(values, { ...mixed, ...noisy }));
  const [first, second] = [once(), once()];
  for (const name of Object.keys(values))
    assert.deepEqual(first.gradients[name].dataSync(), second.gradients[name].dataSync(), name);
  assert.deepEqual(first.loss, second.loss);
  tf.dispose([first.gradients, second.gradients]);
  const change = countLeaks(() => {
    tf.dispose(once().gradients);
    model.loss(values, { ...mixed, ...noisy });
    forces(MIX, noisy.positions);
    model.forces(values, mixed, noisy.positions, "local");
  });
  assert.deepEqual(change, { tfjs: 0, native: 0 });
});

test("Numbers that are none, or too few, are refused", () => {
  const broken = [...noisy.positions];
  broken[4] = Number.NaN;
  assert.throws(
    () => model.loss(values, { ...mixed, ...noisy, positions: broken }),
    /atom 1 has the y coordinate NaN in its positions; leave that conformer out/,
  );
  assert.throws(() => forces(MIX, broken), /coordinate NaN/);
  assert.throws(() => forces(MIX, [1, 2]), /was given 2 numbers as positions; it needs/);
  assert.throws(() => model.loss(values, { ...mixed, ...noisy, sigma: [1] }), /1 noise levels/);
  assert.throws(
    () => model.loss(values, { ...mixed, ...noisy, sigma: [1, 1, 0, 1, 1] }),
    /Molecule 3 of a batch has the noise level 0/,
  );
});

test("Fresh parameters: counts follow from the shapes, bounds from PyTorch's layers", () => {
  // Two tables of elements and one of types of 100 rows; layers of H² + H, heads of 2.5 H² + 2H + 1.
  const H = 128;
  const edges = 2 * H + (H * H + H);
  const schnet = 6 * (5 * H * H + 4 * H);
  const gin = 4 * 2 * (H * H + H);
  const heads = 2 * (2 * H * H + H + (H * H) / 2 + H / 2 + H / 2 + 1);
  assert.equal(geoDiff(PAPER_GEODIFF).parameterCount, 300 * H + edges + schnet + gin + heads);

  const wide = geoDiff(PAPER_GEODIFF);
  const start = wide.initial(new Stream(["a"]));
  assert.deepEqual(Object.keys(start), Object.keys(wide.shapes));
  assert.deepEqual(start, wide.initial(new Stream(["a"])));
  assert.notDeepEqual(start, wide.initial(new Stream(["b"])));
  const bound = (name: string) => Math.max(...(start[name].data as Float32Array).map(Math.abs));
  const most = 1 / Math.sqrt(H);
  assert.ok(bound("encoder_global.interactions.0.lin.weight") <= most);
  assert.ok(bound("encoder_global.interactions.0.lin.weight") > 0.99 * most);
  const glorot = Math.sqrt(3 / H);
  assert.ok(bound("encoder_global.interactions.0.conv.lin1.weight") <= glorot);
  assert.ok(bound("encoder_global.interactions.0.conv.lin1.weight") > 0.99 * glorot);
  assert.equal(bound("encoder_global.interactions.0.conv.lin2.bias"), 0);
  // Normal rows of 128 numbers are about 11.3 long; those of SchNet's table are cut to 10.
  const lengths = (name: string) =>
    Array.from({ length: 100 }, (_, row) =>
      Math.hypot(...(start[name].data as Float32Array).subarray(row * H, (row + 1) * H)),
    );
  assert.ok(Math.max(...lengths("encoder_global.embedding.weight")) < 10 + 1e-4);
  assert.ok(Math.max(...lengths("encoder_local.node_emb.weight")) > 11);
});

test("The edge encoder belongs to the global branch, which the local one borrows it from", () => {
  const branches = Object.keys(model.shapes).map((name) => [name.split(".")[0], branchOf(name)]);
  assert.deepEqual(Object.fromEntries(branches), {
    edge_encoder_global: "global",
    encoder_global: "global",
    grad_global_dist_mlp: "global",
    encoder_local: "local",
    grad_local_dist_mlp: "local",
  });
});
