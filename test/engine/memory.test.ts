import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { fromBytes } from "../../lib/engine/bytes";
import { dense } from "../../lib/engine/fused/dense";
import { sequence } from "../../lib/engine/fused/sequence";
import type { Tensor } from "../../lib/engine/load";
import { leaked } from "../../lib/engine/memory";
import { Parameters } from "../../lib/engine/parameters";
import { normal } from "../../lib/engine/random";
import { tidy } from "../../lib/engine/tidy";
import { vae } from "../../lib/models/vae/vae";
import { Stream } from "../../lib/random/stream";
import type { Weights } from "../../lib/store/weights";
import { tf } from "./gradients";

const NONE = { tfjs: 0, native: 0 };

type Step = (values: Record<string, Tensor>) => Record<string, Tensor>;

/** What training for so many steps, each from new bytes, leaves behind. */
function leftBy(steps: number, start: Weights, gradients: Step): void {
  const train = () => {
    const parameters = new Parameters(start);
    const adam = new Adam(parameters);
    const step = () => {
      const made = tidy(() => gradients(parameters.read()));
      adam.apply(made, 1e-3);
      tf.dispose(made);
    };
    step();
    const during = leaked(() => {
      for (let i = 0; i < steps; i++) step();
    });
    assert.deepEqual(during, NONE);
    adam.dispose();
    parameters.dispose();
  };
  assert.deepEqual(leaked(train), NONE);
}

test("10,000 training steps leak no tensor, by tfjs's count and by TensorFlow's", () => {
  const layer = [{ operation: dense({ activation: "relu" }), parameters: ["w", "b"] }];
  const start = {
    w: { shape: [2, 3], data: Float32Array.of(1, -2, 3, -4, 5, -6) },
    b: { shape: [3], data: new Float32Array(3) },
  };
  leftBy(10_000, start, (values) => {
    const gradients: Record<string, Tensor> = {};
    const pass = sequence(layer, fromBytes(Uint8Array.of(1, 2, 3, 4), [2, 2]), values);
    pass.backward(pass.output.mul(2), gradients, true);
    return gradients;
  });
});

test("The autoencoder's training step leaks no tensor", () => {
  const model = vae({ height: 3, width: 3, depth: 1, channels: [2], latent: 1 });
  const images = Uint8Array.from({ length: 18 }, (_, i) => 14 * i);
  const noise = new Stream(["noise"]);
  leftBy(200, model.initial(new Stream(["init"])), (values) => {
    const x = fromBytes(images, [2, 3, 3, 1]).div(255);
    return model.gradients(values, x, normal([2, 1], noise)).gradients;
  });
});

test("Both counts see a tensor that is not disposed", () => {
  const x = tf.tensor([1, 2]);
  const doubled = () => x.mul(2);
  let result = x;
  assert.deepEqual(
    leaked(() => {
      result = doubled();
    }),
    { tfjs: 1, native: 2 },
  );
  result.dispose();
});
