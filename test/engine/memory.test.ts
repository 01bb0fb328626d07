import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { fromBytes } from "../../lib/engine/bytes";
import { linear } from "../../lib/engine/fused/linear";
import { leaves, Tape } from "../../lib/engine/graph";
import type { Tensor } from "../../lib/engine/load";
import { countLeaks } from "../../lib/engine/memory";
import { Parameters } from "../../lib/engine/parameters";
import { normal } from "../../lib/engine/random";
import { tidy } from "../../lib/engine/tidy";
import { vae } from "../../lib/models/vae/vae";
import { Stream } from "../../lib/random/stream";
import type { Weights } from "../../lib/store/weights";
import { tf } from "./gradients";

const NONE = { tfjs: 0, native: 0 };

type Step = (values: Record<string, Tensor>) => Record<string, Tensor>;

/** Asserts that training for this many steps, each from new bytes, leaves no tensor behind. */
function leavesNothing(steps: number, start: Weights, gradients: Step): void {
  const train = () => {
    const parameters = new Parameters(start);
    const adam = new Adam(parameters);
    const step = () => {
      const made = tidy(() => gradients(parameters.read()));
      adam.apply(made, 1e-3);
      tf.dispose(made);
    };
    step();
    const during = countLeaks(() => {
      for (let i = 0; i < steps; i++) step();
    });
    assert.deepEqual(during, NONE);
    adam.dispose();
    parameters.dispose();
  };
  // The first time, constants are made that operations share from then on.
  train();
  assert.deepEqual(countLeaks(train), NONE);
}

test("2,000 training steps leak no tensor, by tfjs's count and by TensorFlow's", () => {
  const layer = linear({ layout: "in-out", activation: "relu" });
  const start = {
    w: { shape: [2, 3], data: Float32Array.of(1, -2, 3, -4, 5, -6) },
    b: { shape: [3], data: new Float32Array(3) },
  };
  leavesNothing(2000, start, (values) => {
    const tape = new Tape();
    const { w, b } = leaves(tape, values);
    const x = { value: fromBytes(Uint8Array.of(1, 2, 3, 4), [2, 2]) };
    const y = tape.apply(layer, x, w, b);
    tape.backward({ node: y, gradient: y.value.mul(2) });
    return { w: tape.gradient(w)!, b: tape.gradient(b)! };
  });
});

test("The autoencoder's training step leaks no tensor", () => {
  const model = vae({ height: 3, width: 3, depth: 1, channels: [2], latent: 1 });
  const images = Uint8Array.from({ length: 18 }, (_, i) => 14 * i);
  const noise = new Stream(["noise"]);
  leavesNothing(200, model.initial(new Stream(["init"])), (values) => {
    const batch = {
      images: fromBytes(images, [2, 3, 3, 1]).div(255),
      noise: normal([2, 1], noise),
    };
    return model.gradients(values, batch).gradients;
  });
});

test("Both counts see a tensor that is not disposed", () => {
  const x = tf.tensor([1, 2]);
  const doubled = () => x.mul(2);
  let result = x;
  assert.deepEqual(
    countLeaks(() => {
      result = doubled();
    }),
    { tfjs: 1, native: 2 },
  );
  result.dispose();
});
