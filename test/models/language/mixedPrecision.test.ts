import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { engine, type Tensor } from "../../../lib/engine/load";
import { countLeaks } from "../../../lib/engine/memory";
import { tidy } from "../../../lib/engine/tidy";
import { generate } from "../../../lib/models/language/generate";
import { importHuggingFace } from "../../../lib/models/language/importHuggingFace";
import { languageModel } from "../../../lib/models/language/index";
import { pack } from "../../../lib/models/language/packed";
import { Stream } from "../../../lib/random/stream";
import { readSafetensors } from "../../../lib/store/safetensors";
import type { Weights } from "../../../lib/store/weights";

const { tf } = engine({ threads: 1 });

const FIXTURES = path.join(__dirname, "fixtures");
/** Distance of PyTorch's autocast to bfloat16 from float32, of the loss and of each gradient. */
const AUTOCAST: Record<string, Record<string, number>> = JSON.parse(
  readFileSync(path.join(FIXTURES, "autocast.json"), "utf8"),
);

const tensors = (weights: Weights): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );

const norm = (x: ArrayLike<number>): number => Math.hypot(...Array.from(x));

for (const family of ["gpt2", "llama2"]) {
  const folder = path.join(FIXTURES, family);
  const { config, weights } = importHuggingFace(folder);
  const { weights: expected } = readSafetensors(path.join(folder, "expected.safetensors"));
  const batch = pack(
    [0, 1].map((s) => expected[`tokens.${s}`].data),
    config,
  );
  const model = languageModel(config, "bfloat16");

  test(`${family} in bfloat16: loss and gradients are about as far from float32's as PyTorch's under autocast`, () => {
    const values = tensors(weights);
    const { loss, gradients } = model.gradients(values, batch);
    assert.ok(Math.abs(loss / expected.loss.data[0] - 1) < 0.01);
    const ratios: number[] = [];
    for (const [name, gradient] of Object.entries(gradients)) {
      const data = gradient.dataSync<"float32">();
      const exact = expected[name].data as Float32Array;
      const distance = norm(data.map((value, i) => value - exact[i])) / norm(exact);
      const ratio = distance / AUTOCAST[family][name];
      // Rounding is there: in float32 they agree to 10⁻⁴.
      assert.ok(distance > 1e-4 && ratio < 2, `${name}: ${distance}, ${ratio} times PyTorch's`);
      ratios.push(ratio);
    }
    assert.ok(ratios.reduce((a, b) => a + b) / ratios.length < 1.2, `${ratios}`);
    tf.dispose([values, gradients]);
  });

  test(`${family} in bfloat16: the same bits every time, and the logits of a step are those of the whole sequence`, () => {
    const values = tensors(weights);
    const once = () => tidy(() => model.logits(values, batch).dataSync<"float32">());
    assert.deepEqual(once(), once());
    const length = 9;
    const whole = tidy(() =>
      model
        .logits(values, {
          inputs: batch.inputs.subarray(0, length),
          offsets: Int32Array.of(0, length),
        })
        .dataSync<"float32">(),
    );
    const cast = model.cast(values);
    const cache = model.cache(32);
    const V = config.vocabulary;
    const scale = Math.max(...whole.map(Math.abs));
    for (let i = 0; i < length; i++) {
      const logits = model.step(cast, new Int32Array(32).fill(batch.inputs[i]), cache);
      const first = logits.dataSync<"float32">().subarray(0, V);
      const worst = Math.max(...first.map((value, k) => Math.abs(value - whole[i * V + k])));
      // A few roundings to 8 bits of numbers of this size.
      assert.ok(worst <= 0.03 * scale, `position ${i}: ${worst} of ${scale}`);
      logits.dispose();
    }
    cache.dispose();
    tf.dispose([values, cast]);
  });

  test(`${family} in bfloat16: training and sampling leave no tensor behind`, async () => {
    const values = tensors(weights);
    const pass = () => tf.dispose(model.gradients(values, batch).gradients);
    pass();
    assert.deepEqual(countLeaks(pass), { tfjs: 0, native: 0 });
    const streams = [new Stream(["story"])];
    await generate(model, values, streams, { temperature: 1 });
    const before = tf.memory().numTensors;
    await generate(model, values, streams, { temperature: 1 });
    assert.equal(tf.memory().numTensors, before);
    tf.dispose(values);
  });
}
