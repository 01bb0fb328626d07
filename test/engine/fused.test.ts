import assert from "node:assert/strict";
import { test } from "node:test";
import { convolve, convolveBiased, plainBiased } from "../../lib/engine/convolution";
import { bernoulliCrossEntropy } from "../../lib/engine/fused/bernoulli";
import { convolution, transposedConvolution } from "../../lib/engine/fused/convolution";
import { gaussianDivergence, gaussianDraw } from "../../lib/engine/fused/gaussian";
import type { Tensor } from "../../lib/engine/load";
import { reshape } from "../../lib/engine/operations/reshape";
import { splitColumns } from "../../lib/engine/operations/splitColumns";
import { check, close, random, type Tensor4D, tf } from "./gradients";

const ACTIVATIONS = ["none", "relu"] as const;
const act = (x: Tensor, activation: string): Tensor => (activation === "relu" ? tf.relu(x) : x);

for (const activation of ACTIVATIONS) {
  for (const [height, width, stride, from, to] of [
    [6, 6, 2, 8, 9],
    [7, 5, 2, 3, 8],
    [5, 4, 1, 1, 2],
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
