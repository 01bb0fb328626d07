import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { engine, type Tensor } from "../../lib/engine/load";
import { Parameters } from "../../lib/engine/parameters";
import { normal, uniform } from "../../lib/engine/random";
import { tidy } from "../../lib/engine/tidy";
import type { VaeConfig } from "../../lib/models/vae/config";
import { fromTorch, toTorch } from "../../lib/models/vae/layout";
import { vae } from "../../lib/models/vae/vae";
import { Stream } from "../../lib/random/stream";
import type { Weights } from "../../lib/store/weights";

const { tf } = engine({ threads: 1 });

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}

const fixture = JSON.parse(readFileSync(join(__dirname, "fixtures", "vae.json"), "utf8")) as {
  config: VaeConfig;
  images: Numbers;
  noise: Numbers;
  decoded: Numbers;
  weights: Record<string, Numbers>;
  gradients: Record<string, Numbers>;
  reconstruction: number;
  kl: number;
};

const weights: Weights = Object.fromEntries(
  Object.entries(fixture.weights).map(([name, { shape, data }]) => [
    name,
    { shape, data: Float32Array.from(data) },
  ]),
);
const tensor = ({ shape, data }: Numbers): Tensor => tf.tensor(data, shape);

function near(actual: ArrayLike<number>, expected: readonly number[], tolerance: number): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
      `number ${i} is ${actual[i]}, expected ${expected[i]}`,
    );
}

test("Loss, its parts and all gradients equal PyTorch's on the same weights, images and noise", () => {
  const model = vae(fixture.config);
  const parameters = new Parameters(fromTorch(fixture.config, weights));
  const { loss, gradients } = tidy(() =>
    model.gradients(parameters.read(), {
      images: tensor(fixture.images),
      noise: tensor(fixture.noise),
    }),
  );
  near([loss.reconstruction, loss.kl], [fixture.reconstruction, fixture.kl], 1e-5);
  const saved: Weights = Object.fromEntries(
    Object.entries(gradients).map(([name, gradient]) => [
      name,
      { shape: gradient.shape, data: gradient.dataSync<"float32">() },
    ]),
  );
  const named = toTorch(fixture.config, saved);
  assert.deepEqual(Object.keys(named).sort(), Object.keys(fixture.gradients).sort());
  for (const [name, { shape, data }] of Object.entries(fixture.gradients)) {
    assert.deepEqual(named[name].shape, shape);
    near(named[name].data, data, 1e-4);
  }
  tf.dispose(gradients);
  parameters.dispose();
});

test("Decoding a posterior draw gives PyTorch's mean image", () => {
  const model = vae(fixture.config);
  const parameters = new Parameters(fromTorch(fixture.config, weights));
  const decoded = tidy(() => {
    const values = parameters.read();
    const { mean, logVariance } = model.encode(values, tensor(fixture.images));
    const z = mean.add(tensor(fixture.noise).mul(logVariance.mul(0.5).exp()));
    return model.decode(values, z);
  });
  assert.deepEqual(decoded.shape, fixture.decoded.shape);
  near(decoded.dataSync(), fixture.decoded.data, 1e-5);
  decoded.dispose();
  parameters.dispose();
});

test("PyTorch's layout and the engine's are each other's inverse, tensor by tensor", () => {
  const back = toTorch(fixture.config, fromTorch(fixture.config, weights));
  assert.deepEqual(Object.keys(back).sort(), Object.keys(weights).sort());
  for (const [name, { shape, data }] of Object.entries(weights)) {
    assert.deepEqual(back[name].shape, shape, name);
    assert.deepEqual(back[name].data, data, name);
  }
});

test("Weights of another model are refused with the tensor's name", () => {
  const { "fc_mu.bias": _, ...missing } = weights;
  assert.throws(() => fromTorch(fixture.config, missing), /no tensor "fc_mu\.bias"/);
  assert.throws(
    () => fromTorch({ ...fixture.config, latent: 3 }, weights),
    /Tensor ".*" has shape \[.*\]; this autoencoder needs/,
  );
});

const MNIST: VaeConfig = { height: 28, width: 28, depth: 1, channels: [32, 64], latent: 16 };

test("Parameter counts follow from the shapes: 191,265 for 28×28×1 with 32-64 and k = 16", () => {
  assert.equal(vae(MNIST).parameterCount, 191_265);
  // 452 of the fixture, counted by PyTorch.
  const counted = Object.values(fixture.weights).reduce((sum, { data }) => sum + data.length, 0);
  assert.equal(vae(fixture.config).parameterCount, counted);
});

test("Initial weights are within ±1/√fan-in, and come from the stream alone", () => {
  const model = vae(MNIST);
  const first = model.initial(new Stream(["a"]));
  const data = first["encoder.1.weight"].data as Float32Array;
  const bound = 1 / Math.sqrt(9 * 32);
  assert.ok(data.every((w) => Math.abs(w) <= bound));
  const variance = data.reduce((sum, w) => sum + w * w, 0) / data.length;
  assert.ok(Math.abs(variance / (bound ** 2 / 3) - 1) < 0.05);
  assert.deepEqual(first, model.initial(new Stream(["a"])));
  assert.notDeepEqual(first, model.initial(new Stream(["b"])));
});

test("The weighted loss falls along its gradient as fast as the gradient says, at any KL weight", () => {
  const config: VaeConfig = { height: 8, width: 8, depth: 3, channels: [4, 6], latent: 3 };
  const model = vae(config);
  const images = uniform([5, 8, 8, 3], new Stream(["x"]));
  const noise = normal([5, 3], new Stream(["noise"]));
  const start = model.initial(new Stream(["init"]));
  for (const klWeight of [0, 1, 4]) {
    const parameters = new Parameters(start);
    const { gradients } = tidy(() =>
      model.gradients(parameters.read(), { images, noise }, { klWeight }),
    );
    const squares = Object.values(gradients).reduce(
      (sum, g) => sum + g.dataSync<"float32">().reduce((a, b) => a + b * b, 0),
      0,
    );
    const along = (step: number): number =>
      tidy(() => {
        const values = parameters.read();
        const moved = Object.fromEntries(
          Object.entries(values).map(([name, v]) => [name, v.add(gradients[name].mul(step))]),
        );
        const { reconstruction, kl } = model.loss(moved, { images, noise });
        return reconstruction + klWeight * kl;
      });
    const h = 1e-2 / Math.sqrt(squares);
    const slope = (along(h) - along(-h)) / (2 * h);
    assert.ok(Math.abs(slope / squares - 1) < 5e-3, `${slope} instead of ${squares}`);
    tf.dispose(gradients);
    parameters.dispose();
  }
});
