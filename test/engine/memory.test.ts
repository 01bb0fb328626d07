import assert from "node:assert/strict";
import { test } from "node:test";
import { Adam } from "../../lib/engine/adam";
import { fromBytes } from "../../lib/engine/bytes";
import { leaked } from "../../lib/engine/memory";
import { Parameters } from "../../lib/engine/parameters";
import { normal } from "../../lib/engine/random";
import { tidy } from "../../lib/engine/tidy";
import { vae } from "../../lib/models/vae/vae";
import { Stream } from "../../lib/random/stream";
import { tf } from "./gradients";

const NONE = { tfjs: 0, native: 0 };

test("10,000 training steps leak no tensor, by tfjs's count and by TensorFlow's", () => {
  const model = vae({ height: 3, width: 3, depth: 1, channels: [2], latent: 1 });
  const images = Uint8Array.from({ length: 18 }, (_, i) => 14 * i);
  const noise = normal([2, 1], new Stream(["noise"]));
  const train = (steps: number) => {
    const parameters = new Parameters(model.initial(new Stream(["init"])));
    const adam = new Adam(parameters, { weightDecay: 0.01 });
    const step = () => {
      const { gradients } = tidy(() =>
        model.gradients(parameters.read(), fromBytes(images, [2, 3, 3, 1]).div(255), noise),
      );
      adam.apply(gradients, 1e-3);
      tf.dispose(gradients);
    };
    step();
    assert.deepEqual(
      leaked(() => {
        for (let i = 0; i < steps; i++) step();
      }),
      NONE,
    );
    adam.dispose();
    parameters.dispose();
  };
  assert.deepEqual(
    leaked(() => train(10_000)),
    NONE,
  );
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
