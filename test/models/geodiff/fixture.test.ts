import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import type { Molecule } from "../../../lib/data/molecules/molecule";
import { engine } from "../../../lib/engine/load";
import { tidy } from "../../../lib/engine/tidy";
import type { GeoDiffConfig } from "../../../lib/models/geodiff/config";
import { batchGraph, molecularGraph } from "../../../lib/models/geodiff/graph";
import { geoDiff } from "../../../lib/models/geodiff/index";
import { readSafetensors } from "../../../lib/store/safetensors";
import type { Weights } from "../../../lib/store/weights";

const { tf } = engine({ threads: 1 });

const FOLDER = path.join(__dirname, "fixtures");
const { weights: stored } = readSafetensors(path.join(FOLDER, "geodiff.safetensors"));
const expected = JSON.parse(fs.readFileSync(path.join(FOLDER, "geodiff.json"), "utf8"));

const plain = (atomicNumbers: number[], bonds: [number, number][]): Molecule => ({
  smiles: "",
  atomicNumbers: Uint8Array.from(atomicNumbers),
  formalCharges: new Int8Array(atomicNumbers.length),
  bonds: bonds.map(([a, b]) => [a, b, 1]),
  aromaticBonds: [],
});
const ETHANOL = plain(
  [6, 6, 8, 1, 1, 1, 1, 1, 1],
  [
    [0, 1],
    [1, 2],
    [0, 3],
    [0, 4],
    [0, 5],
    [1, 6],
    [1, 7],
    [2, 8],
  ],
);
const SALT = plain([11, 17], []);
const batch = batchGraph([molecularGraph(ETHANOL), molecularGraph(SALT)]);
const noisy = {
  positions: stored.positions.data,
  noise: stored.noise.data,
  sigma: [0.35, 0.8],
};

const tensors = (weights: Weights) =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );

/** Within a share of the largest of the expected numbers. */
function near(actual: ArrayLike<number>, wanted: ArrayLike<number>, what: string, share = 2e-5) {
  assert.equal(actual.length, wanted.length, what);
  const size = Math.max(...Array.from(wanted, Math.abs));
  for (let i = 0; i < wanted.length; i++)
    assert.ok(
      Math.abs(actual[i] - wanted[i]) <= share * size,
      `${what} ${i}: ${actual[i]}, expected ${wanted[i]}`,
    );
}

for (const kind of ["smooth", "sharp"] as const) {
  const config: GeoDiffConfig = {
    width: 8,
    interactions: 2,
    layers: 3,
    cutoff: 3.5,
    smooth: kind === "smooth",
  };
  const model = geoDiff(config);
  const values = tensors(
    Object.fromEntries(Object.keys(model.shapes).map((name) => [name, stored[name]])),
  );
  const numbers = expected[kind];

  test(`Loss (${kind} cutoff), its parts, by molecule, equal PyTorch's on directed pairs`, () => {
    const loss = model.loss(values, { ...batch, ...noisy });
    near([loss.global], [numbers.global], "global");
    near([loss.local], [numbers.local], "local");
    near(loss.byMolecule.global, numbers.globalByMolecule, "global by molecule");
    near(loss.byMolecule.local, numbers.localByMolecule, "local by molecule");
  });

  test(`Gradients of all parameters (${kind} cutoff) equal those of PyTorch's autograd`, () => {
    const { loss, gradients } = tidy(() => model.gradients(values, { ...batch, ...noisy }));
    near([loss.global + loss.local], [numbers.global + numbers.local], "loss");
    const gradientNames = Object.keys(stored).filter((name) => name.startsWith(`${kind}.gradient`));
    assert.deepEqual(
      Object.keys(gradients)
        .map((name) => `${kind}.gradient.${name}`)
        .sort(),
      gradientNames.sort(),
    );
    for (const [name, gradient] of Object.entries(gradients)) {
      const wanted = stored[`${kind}.gradient.${name}`];
      assert.deepEqual(gradient.shape, wanted.shape, name);
      near(gradient.dataSync(), wanted.data, name, 1e-4);
    }
    tf.dispose(gradients);
  });

  test(`Forces (${kind} cutoff) on every atom equal PyTorch's`, () => {
    const { positions, noise, sigma } = noisy;
    const moved = Array.from(positions, (x, i) => x + sigma[i < 27 ? 0 : 1] * noise[i]);
    const { global, local } = model.forces(values, batch, moved);
    near(global!, stored[`${kind}.force.global`].data, "global force");
    near(local, stored[`${kind}.force.local`].data, "local force");
  });
}

test("A network has as many parameters as PyTorch counts in its plain form", () => {
  const model = geoDiff({ width: 8, interactions: 2, layers: 3, cutoff: 3.5, smooth: true });
  assert.equal(model.parameterCount, expected.parameters);
});
