import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve, convolveBiased, plainBiased } from "../../lib/engine/convolution";
import { batchNorm, batchNormInference } from "../../lib/engine/fused/batchNorm";
import { bernoulliCrossEntropy } from "../../lib/engine/fused/bernoulli";
import { convolution, transposedConvolution } from "../../lib/engine/fused/convolution";
import { gaussianDivergence, gaussianDraw } from "../../lib/engine/fused/gaussian";
import { squaredErrorOfTanh } from "../../lib/engine/fused/squaredError";
import type { Tensor } from "../../lib/engine/load";
import { reshape } from "../../lib/engine/operations/reshape";
import { splitColumns } from "../../lib/engine/operations/splitColumns";
import { check, close, random, type Tensor4D, tf } from "./gradients";

const ACTIVATIONS = ["none", "relu", "leaky-relu"] as const;
type Activation = (typeof ACTIVATIONS)[number];
function act(x: Tensor, activation: Activation): Tensor {
  if (activation === "none") return x;
  return activation === "relu" ? tf.relu(x) : tf.leakyRelu(x, 0.01);
}

for (const activation of ACTIVATIONS) {
  for (const [height, width, stride, from, to] of [
    [6, 6, 2, 8, 9],
    [7, 5, 2, 3, 8],
    // Gradients of few outputs, and of many of few pixels, are products.
    [5, 4, 1, 1, 2],
    [4, 2, 2, 2, 256],
  ]) {
    const filter = random("filter", 3, 3, from, to);
    const name = `${height}×${width}, ${from} to ${to} channels, stride ${stride}, ${activation}`;

    test(`Convolution ${name}: value, gradients and slopes of act(x ∗ W + b)`, () => {
      check(
        convolution({ stride, activation }),
        (x, w, b) =>
          act(tf.conv2d(x as Tensor4D, w as Tensor4D, stride, "same").add(b), activation),
        [random("x", 2, height, width, from), filter, random("b", to)],
      );
    });

    test(`Transposed convolution ${name}: the same of its mirror`, () => {
      const small = [height, width].map((size) => Math.ceil(size / stride));
      check(
        transposedConvolution({ stride, size: [height, width], activation }),
        (x, w, b) =>
          act(
            tf
              .conv2dTranspose(
                x as Tensor4D,
                w as Tensor4D,
                [2, height, width, from],
                stride,
                "same",
              )
              .add(b),
            activation,
          ),
        [random("x", 2, ...small, to), filter, random("b", from)],
      );
    });
  }
}

test("A convolution of stride 2 over an even size pads at the bottom and right only", () => {
  const [height, width, kernel] = [4, 6, 3];
  const x = random("x", 1, height, width, 1);
  const filter = random("filter", kernel, kernel, 1, 1);
  const [image, weights] = [x.dataSync(), filter.dataSync()];
  const expected: number[] = [];
  for (let i = 0; i < height; i += 2)
    for (let j = 0; j < width; j += 2) {
      let sum = 0;
      for (let a = 0; a < kernel && i + a < height; a++)
        for (let b = 0; b < kernel && j + b < width; b++)
          sum += image[(i + a) * width + j + b] * weights[a * kernel + b];
      expected.push(sum);
    }
  close(convolve(x, filter, 2), tf.tensor(expected, [1, 2, 3, 1]), 1e-6, "value");
});

test("Bernoulli cross-entropy: Σ −x log p − (1−x) log(1−p), finite for logits of ±80", () => {
  const x = tf.sigmoid(random("pixels", 4, 7));
  check(
    bernoulliCrossEntropy,
    (logits, pixels) => {
      const p = tf.sigmoid(logits);
      const one = tf.scalar(1);
      return tf.neg(
        pixels
          .mul(p.log())
          .add(one.sub(pixels).mul(one.sub(p).log()))
          .sum(),
      );
    },
    [random("logits", 4, 7), x],
    1,
  );
  const extreme = bernoulliCrossEntropy.forward(tf.tensor([80, -80]), tf.tensor([0, 0.5])).output;
  assert.equal(extreme.dataSync()[0], 80 + 40);
});

test("Gaussian draw: z = μ + σ·ε and its gradients", () => {
  check(
    gaussianDraw,
    (mean, logVariance, noise) => mean.add(logVariance.exp().sqrt().mul(noise)),
    [random("mean", 4, 3), random("log variance", 4, 3), random("noise", 4, 3)],
    2,
  );
});

test("Gaussian divergence: KL to N(0, 1), ½ for μ = 1, σ = 1, and its gradients", () => {
  check(
    gaussianDivergence,
    (mean, logVariance) =>
      mean.square().add(logVariance.exp()).sub(1).sub(logVariance).sum().mul(0.5),
    [random("mean", 4, 3), random("log variance", 4, 3)],
  );
  const half = gaussianDivergence.forward(tf.tensor([1]), tf.tensor([0])).output;
  assert.equal(half.dataSync()[0], 0.5);
});

test("Halves of a code: a draw and a divergence of its columns, with one gradient for both", () => {
  const [code, noise] = [random("code", 4, 6), random("noise", 4, 3)];
  const halves = (x: Tensor) => tf.split(x, 2, 1);
  check(
    splitColumns(2, gaussianDraw),
    (code, noise) => {
      const [mean, logVariance] = halves(code);
      return mean.add(logVariance.exp().sqrt().mul(noise));
    },
    [code, noise],
    1,
  );
  check(
    splitColumns(2, gaussianDivergence),
    (code) => {
      const [mean, logVariance] = halves(code);
      return mean.square().add(logVariance.exp()).sub(1).sub(logVariance).sum().mul(0.5);
    },
    [code],
  );
});

test("Reshape: the same numbers in another shape, and their gradient in the first", () => {
  const x = random("x", 5, 3, 2, 4);
  check(reshape(6, 4), (x) => x.reshape([5, 6, 4]), [x]);
  check(reshape(-1), (x) => x.reshape([5, 24]), [x]);
});

test("A convolution that adds its bias at once is one that adds it afterwards, but for rounding", () => {
  const inputs = [random("x", 3, 7, 6, 5), random("w", 3, 3, 5, 24), random("b", 24)] as const;
  close(convolveBiased(...inputs, 2), plainBiased(...inputs, 2), 1e-6, "output");
});

for (const activation of ACTIVATIONS)
  test(`Batch normalisation, ${activation}: value, gradients, slopes; the variance handed over is unbiased`, () => {
    const [n, height, width, channels] = [3, 2, 4, 5];
    const x = random("x", n, height, width, channels).mul(3).add(1) as Tensor;
    const observed: Float32Array[] = [];
    check(
      batchNorm(
        ({ mean, variance }) => {
          observed.push(mean.dataSync<"float32">(), variance.dataSync<"float32">());
        },
        { activation },
      ),
      (x, gain, bias) => {
        const { mean, variance } = tf.moments(x, [0, 1, 2]);
        const normal = x.sub(mean).div(variance.add(1e-5).sqrt());
        return act(normal.mul(gain).add(bias), activation);
      },
      [x, random("gain", channels), random("bias", channels)],
    );
    const { mean, variance } = tf.moments(x, [0, 1, 2]);
    const values = n * height * width;
    close(tf.tensor(observed[0]), mean, 1e-5, "mean");
    close(tf.tensor(observed[1]), variance.mul(values / (values - 1)), 1e-5, "variance");
  });

test("Batch normalisation with given statistics is (x − mean)/√(variance + ε) · gain + bias", () => {
  const inputs = ["x", "gain", "bias", "mean"].map((name) =>
    name === "x" ? random(name, 2, 3, 3, 4) : random(name, 4),
  );
  const variance = random("variance", 4).square().add(0.1) as Tensor;
  const [x, gain, bias, mean] = inputs;
  const expected = x.sub(mean).div(variance.add(1e-5).sqrt()).mul(gain).add(bias);
  const { output } = batchNormInference().forward(...inputs, variance);
  close(output, expected as Tensor, 1e-5, "value");
  assert.throws(() => batchNormInference().backward(output, inputs, []), /for inference/);
});

test("Squared error of a tanh: value, gradient and slopes of Σ (tanh u − x)²", () => {
  check(
    squaredErrorOfTanh,
    (u, x) => u.tanh().sub(x).square().sum(),
    [random("u", 4, 3), random("x", 4, 3)],
    1,
  );
});
