import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { engine, type Tensor } from "../../lib/engine/load";
import { Parameters } from "../../lib/engine/parameters";
import { tidy } from "../../lib/engine/tidy";
import { BatchNormAdam, isRunningStatistic } from "../../lib/models/vanillaVae/batchNormAdam";
import {
  PAPER_VANILLA_VAE,
  type VanillaVaeConfig,
  vanillaVaeConfig,
} from "../../lib/models/vanillaVae/config";
import { fromTorch, toTorch } from "../../lib/models/vanillaVae/layout";
import { vanillaVaeOperations } from "../../lib/models/vanillaVae/operations";
import { vanillaVae } from "../../lib/models/vanillaVae/vanillaVae";
import { Stream } from "../../lib/random/stream";
import type { Weights } from "../../lib/store/weights";

const { tf } = engine({ threads: 1 });

interface Numbers {
  readonly shape: number[];
  readonly data: number[];
}
type State = Record<string, Numbers>;

const fixture = JSON.parse(
  readFileSync(join(__dirname, "fixtures", "vanilla-vae.json"), "utf8"),
) as {
  config: VanillaVaeConfig;
  learningRate: number;
  images: Numbers;
  noise: Numbers;
  before: State;
  reconstruction: number;
  kl: number;
  gradients: State;
  after: State;
  evaluated: [reconstruction: number, kl: number];
  decoded: Numbers;
  codes: Numbers;
};
const { config } = fixture;
const model = vanillaVae(config);
const tensor = ({ shape, data }: Numbers): Tensor => tf.tensor(data, shape);
const images = tensor(fixture.images);
const noise = tensor(fixture.noise);

const weightsOf = (state: State): Weights =>
  Object.fromEntries(
    Object.entries(state).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float32Array.from(data) },
    ]),
  );
const saved = (values: Readonly<Record<string, Tensor>>): Weights =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      { shape: value.shape, data: value.dataSync<"float32">() },
    ]),
  );
/** The network with the state of the fixture. */
function withState<T>(state: State, work: (parameters: Parameters) => T): T {
  const parameters = new Parameters(fromTorch(config, weightsOf(state)));
  try {
    return work(parameters);
  } finally {
    parameters.dispose();
  }
}

function near(
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: number,
  what = "",
) {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i])),
      `${what}: number ${i} is ${actual[i]}, expected ${expected[i]}`,
    );
}

test("both losses and all gradients equal PyTorch's on the same weights, images and noise", () => {
  withState(fixture.before, (parameters) => {
    const { loss, gradients } = tidy(() => model.gradients(parameters.read(), { images, noise }));
    near([loss.reconstruction, loss.kl], [fixture.reconstruction, fixture.kl], 1e-5);
    const named = toTorch(config, saved(gradients));
    for (const [name, { shape, data }] of Object.entries(fixture.gradients)) {
      assert.deepEqual(named[name].shape, shape);
      near(named[name].data as Float32Array, data, 1e-5, name);
    }
    tf.dispose(gradients);
  });
});

test("one update gives PyTorch's parameters and running statistics", () => {
  const updated = withState(fixture.before, (parameters) => {
    const optimiser = new BatchNormAdam(parameters);
    const { gradients } = tidy(() => model.gradients(parameters.read(), { images, noise }));
    optimiser.apply(gradients, fixture.learningRate);
    optimiser.dispose();
    tf.dispose(gradients);
    return toTorch(config, parameters.save());
  });
  assert.deepEqual(Object.keys(updated).sort(), Object.keys(fixture.after).sort());
  for (const [name, { data }] of Object.entries(fixture.after)) {
    // A bias before a batch normalisation has no gradient but rounding, of which Adam makes full steps.
    const isVoid = /(encoder|decoder|final_layer)(\.\d)?\.0\.bias$/.test(name);
    near(
      updated[name].data as Float32Array,
      data,
      isVoid ? 2.1 * fixture.learningRate : 2e-5,
      name,
    );
  }
});

test("evaluation uses the running statistics: losses, codes and decoded images are PyTorch's", () => {
  withState(fixture.after, (parameters) =>
    tidy(() => {
      const values = parameters.read();
      const { reconstruction, kl } = model.loss(values, { images, noise });
      near([reconstruction, kl], fixture.evaluated, 1e-5);
      const { mean, logVariance } = model.encode(values, images);
      near(mean.concat(logVariance, 1).dataSync(), fixture.codes.data, 1e-5);
      const decoded = model.decode(values, noise);
      assert.deepEqual(decoded.shape, fixture.decoded.shape);
      near(decoded.dataSync(), fixture.decoded.data, 1e-5);
    }),
  );
});

test("micro-batches: statistics are means over them, weighted with their images", () => {
  withState(fixture.before, (parameters) =>
    tidy(() => {
      const values = parameters.read();
      const [n, first] = [5, 2];
      const part = (from: number, count: number, denominator: number) =>
        model.gradients(
          values,
          { images: images.slice([from], [count]), noise: noise.slice([from], [count]) },
          { denominator },
        ).gradients;
      for (const name of Object.keys(model.shapes).filter(isRunningStatistic)) {
        const whole = [part(0, first, first), part(first, n - first, n - first)].map(
          (one) => one[name],
        );
        const expected = whole[0].mul(first / n).add(whole[1].mul((n - first) / n));
        const found = part(0, first, n)[name].add(part(first, n - first, n)[name]);
        near(found.dataSync(), [...expected.dataSync()], 1e-6, name);
      }
    }),
  );
});

test("PyTorch's layout and the engine's are each other's inverse, tensor by tensor", () => {
  const weights = weightsOf(fixture.before);
  assert.deepEqual(toTorch(config, fromTorch(config, weights)), weights);
});

test("fresh values: within ±1/√fan-in, gains and variances 1, biases of norms and means 0", () => {
  const initial = model.initial(new Stream(["init"]));
  const expected = { "1.weight": 1, "1.running_var": 1, "1.bias": 0, "1.running_mean": 0 };
  for (const [end, value] of Object.entries(expected)) {
    const names = Object.keys(initial).filter((name) => name.endsWith(end));
    assert.equal(names.length, 2 * config.channels.length);
    for (const name of names)
      assert.ok(
        initial[name].data.every((x) => x === value),
        name,
      );
  }
  // PyTorch counts the inputs of a transposed convolution by its outputs: here both are 3.
  const filter = initial["final_layer.0.weight"].data as Float32Array;
  const bound = 1 / Math.sqrt(9 * 3);
  const largest = filter.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  assert.ok(largest <= bound && largest > 0.8 * bound);
});

test("the published network has 3,937,635 parameters, counted by PyTorch", () => {
  assert.equal(vanillaVae(PAPER_VANILLA_VAE).parameterCount, 3_937_635);
});

test("the published network takes 40.6 and 64.2 MFLOP an image, counted by PyTorch's FlopCounterMode", () => {
  const { encoder, decoder } = vanillaVaeOperations(PAPER_VANILLA_VAE);
  assert.deepEqual([encoder, decoder], [40_566_784, 64_225_280]);
});

test("a side that cannot be halved by every convolution is refused", () => {
  const faults = (change: object) =>
    vanillaVaeConfig.safeParse({ ...PAPER_VANILLA_VAE, ...change }).error?.issues ?? [];
  assert.deepEqual(faults({}), []);
  for (const side of [28, 48, 33]) {
    const [{ path, message }] = faults({ side });
    assert.deepEqual(
      [path, message],
      [["side"], "side must be divisible by 2 once for every convolution."],
    );
  }
});
