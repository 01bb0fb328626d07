import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { engine, type Tensor } from "../../../lib/engine/load";
import { alive } from "../../../lib/engine/memory";
import { tidy } from "../../../lib/engine/tidy";
import { UserError } from "../../../lib/errors";
import type { LanguageModelConfig } from "../../../lib/models/language/config";
import { type GenerateOptions, generate } from "../../../lib/models/language/generate";
import { languageModel } from "../../../lib/models/language/index";
import { END_OF_TEXT, pack } from "../../../lib/models/language/packed";
import { sampleTokens } from "../../../lib/models/language/sampleTokens";
import type { SamplingOptions } from "../../../lib/models/language/samplingOptions";
import { Stream } from "../../../lib/random/stream";

const { tf } = engine({ threads: 1 });

const SHAPE = { vocabulary: 30, width: 16, layers: 2, heads: 2, hidden: 32, context: 32 };

/** A tiny model whose tokens depend strongly on what came before. */
function tiny(family: LanguageModelConfig["family"], shape: Partial<typeof SHAPE> = {}) {
  const model = languageModel({ family, ...SHAPE, ...shape });
  const values: Record<string, Tensor> = {};
  for (const [name, { shape, data }] of Object.entries(model.initial(new Stream(["tiny", family]))))
    values[name] = tf.tensor(
      Float32Array.from(data, (x) => (shape.length > 1 ? 20 * x : x)),
      [...shape],
    );
  return { model, values };
}

const streams = (count: number, from = 0): Stream[] =>
  Array.from({ length: count }, (_, i) => new Stream(["stories", from + i]));

const drawn = async (
  { model, values }: ReturnType<typeof tiny>,
  count: number,
  options: Partial<GenerateOptions> = {},
  from = 0,
): Promise<number[][]> => {
  const stories = await generate(model, values, streams(count, from), {
    temperature: 1,
    ...options,
  });
  return stories.map((story) => [...story]);
};

for (const family of ["gpt2", "llama2"] as const) {
  const { model, values } = tiny(family);

  test(`${family}: step by step the logits are those of whole sequences, at every position`, () => {
    const stream = new Stream(["tokens"]);
    const stories = Array.from({ length: 5 }, () =>
      Array.from({ length: SHAPE.context }, () => stream.integer(SHAPE.vocabulary)),
    );
    const { inputs, offsets } = pack(stories, SHAPE);
    const whole = tidy(() => model.logits(values, { inputs, offsets }).dataSync());
    // A small logit is a difference of large terms: its rounding goes with their size, not with its own.
    let largest = 0;
    for (const logit of whole) largest = Math.max(largest, Math.abs(logit));
    // Sequences 1 and 3 leave on the way, so the others move up.
    let present = [0, 1, 2, 3, 4];
    const cache = model.cache(present.length);
    for (let position = 0; position < SHAPE.context; position++) {
      if (position === 16) {
        cache.retain(Int32Array.of(4, 0, 2));
        present = [4, 0, 2];
      }
      const last = Int32Array.from(present, (s) => inputs[offsets[s] + position]);
      const found = tidy(() => model.step(values, last, cache).dataSync());
      present.forEach((s, row) => {
        for (let token = 0; token < SHAPE.vocabulary; token++) {
          const actual = found[row * SHAPE.vocabulary + token];
          const expected = whole[(offsets[s] + position) * SHAPE.vocabulary + token];
          assert.ok(
            Math.abs(actual - expected) <= 1e-5 * largest,
            `sequence ${s}, position ${position}: ${actual}, expected ${expected}`,
          );
        }
      });
    }
    cache.dispose();
  });

  test(`${family}: temperature 0 takes the largest logit of the whole sequence`, async () => {
    const [story] = await drawn({ model, values }, 1, { temperature: 0 });
    const whole = tidy(() =>
      model
        .logits(values, pack([story], SHAPE))
        .argMax(1)
        .dataSync(),
    );
    assert.deepEqual(story, [...whole]);
  });

  test(`${family}: a story is the same whatever stands beside it or has to wait`, async () => {
    const alone: number[][] = [];
    for (let i = 0; i < 6; i++) alone.push(...(await drawn({ model, values }, 1, {}, i)));
    const ends = alone.filter((story) => story.at(-1) === END_OF_TEXT).length;
    assert.ok(ends > 0 && ends < alone.length, "some stories end, some are cut");
    const apart = [
      ...(await drawn({ model, values }, 4)),
      ...(await drawn({ model, values }, 2, {}, 4)),
    ];
    assert.deepEqual(apart, alone);
    assert.deepEqual(await drawn({ model, values }, 6), alone);
    assert.deepEqual(await drawn({ model, values }, 6, { cacheBytes: 10_000 }), alone);
  });

  test(`${family}: stories end with <|endoftext|>, which is nowhere else, or fill the context`, async () => {
    for (const story of await drawn({ model, values }, 40)) {
      const end = story.indexOf(END_OF_TEXT);
      assert.equal(story.length, end < 0 ? SHAPE.context : end + 1);
    }
  });

  test(`${family}: no tensor outlives its stories`, async () => {
    await drawn({ model, values }, 9);
    const before = alive();
    await drawn({ model, values }, 9, { cacheBytes: 20_000 });
    await drawn({ model, values }, 9, { topP: 0.5, temperature: 0.7 });
    const stop = new Error("stop");
    await assert.rejects(
      drawn({ model, values }, 9, {
        onProgress: async () => {
          throw stop;
        },
      }),
      stop,
    );
    assert.deepEqual(alive(), before);
  });
}

/** Probabilities that the options give to tokens, from their definition. */
function exact(logits: readonly number[], { temperature, topK, topP }: SamplingOptions): number[] {
  const order = logits.map((_, id) => id).sort((a, b) => logits[b] - logits[a] || a - b);
  const top = logits[order[0]];
  const weight = (id: number) => Math.exp((logits[id] - top) / temperature);
  let kept = order.slice(0, topK ?? order.length);
  if (topP !== undefined) {
    const mass = topP * kept.reduce((sum, id) => sum + weight(id), 0);
    let sum = 0;
    kept = kept.filter((id) => {
      const wanted = sum < mass;
      sum += weight(id);
      return wanted;
    });
  }
  const total = kept.reduce((sum, id) => sum + weight(id), 0);
  return logits.map((_, id) => (kept.includes(id) ? weight(id) / total : 0));
}

/** Tokens at uniforms evenly spread over [0, 1), how often each. */
function shares(logits: readonly number[], options: SamplingOptions, count: number): number[] {
  const uniforms = Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count);
  const chosen = tidy(() =>
    sampleTokens(tf.tensor2d([...logits], [1, logits.length]).tile([count, 1]), options, uniforms),
  );
  const found = logits.map(() => 0);
  for (const id of chosen) found[id] += 1 / count;
  return found;
}

test("tokens are chosen with exactly the probabilities of temperature, top-k and top-p", () => {
  const random = new Stream(["logits"]);
  const logits = Array.from({ length: 150 }, () => 2 * random.normal());
  // An even grid of uniforms misses each of the probabilities by at most one of its points.
  const count = 500;
  for (const temperature of [0.3, 2])
    for (const topK of [undefined, 1, 5, 1000])
      for (const topP of [undefined, 0.01, 0.9, 0.999]) {
        const options = { temperature, topK, topP };
        const expected = exact(logits, options);
        shares(logits, options, count).forEach((share, id) => {
          const what = `token ${id} at ${JSON.stringify(options)}: ${share}, expected ${expected[id]}`;
          assert.ok(Math.abs(share - expected[id]) <= 1.01 / count + 1e-5, what);
          assert.ok(expected[id] > 0 || share === 0, what);
        });
      }
});

test("of equal logits the lower ids are kept, and temperature 0 takes the lowest", () => {
  const logits = [0, 3, 1, 3, 3, 0];
  assert.deepEqual(shares(logits, { temperature: 0 }, 2), [0, 1, 0, 0, 0, 0]);
  assert.deepEqual(shares(logits, { temperature: 1, topK: 2 }, 4), [0, 0.5, 0, 0.5, 0, 0]);
  assert.deepEqual(shares(logits, { temperature: 1e-300 }, 3)[1].toFixed(4), "0.3333");
  const cold = shares(logits, { temperature: 1e-38 }, 3);
  assert.equal(cold[0] + cold[2] + cold[5], 0);
});

test("no uniform number of [0, 1) picks a token of probability 0", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(-1e9, -20, 0, 1, 5), { minLength: 2, maxLength: 300 }),
      fc.constantFrom(0, 2 ** -53, 0.5, 1 - 2 ** -53),
      fc.constantFrom(undefined, 3),
      fc.constantFrom(undefined, 0.9, 1),
      (logits, uniform, topK, topP) => {
        const options = { temperature: 1, topK, topP };
        const [id] = tidy(() =>
          sampleTokens(tf.tensor2d([logits]), options, Float64Array.of(uniform)),
        );
        assert.ok(exact(logits, options)[id] > 0);
      },
    ),
    { numRuns: 200 },
  );
});

test("sampled stories of two tokens come as often as the model says", async () => {
  const { model, values } = tiny("gpt2", { vocabulary: 5, context: 2 });
  const first = tidy(() =>
    model
      .logits(values, pack([[1]], model.config))
      .softmax()
      .dataSync(),
  );
  const expected = new Map<string, number>([["0", first[0]]]);
  for (let a = 1; a < 5; a++) {
    const batch = pack([[a, 0]], model.config);
    const second = tidy(() => model.logits(values, batch).softmax().dataSync()).slice(5);
    second.forEach((p, b) => {
      expected.set(`${a},${b}`, first[a] * p);
    });
  }
  const count = 4000;
  const found = new Map<string, number>();
  for (const story of await drawn({ model, values }, count))
    found.set(`${story}`, (found.get(`${story}`) ?? 0) + 1);
  let chiSquare = 0;
  let rareExpected = 0;
  let rareFound = count;
  for (const [story, p] of expected) {
    if (p * count < 5) rareExpected += p * count;
    else {
      const n = found.get(story) ?? 0;
      chiSquare += (n - p * count) ** 2 / (p * count);
      rareFound -= n;
    }
  }
  if (rareExpected > 0) chiSquare += (rareFound - rareExpected) ** 2 / Math.max(rareExpected, 1);
  // 20 outcomes, at most 20 degrees of freedom: 45.3 is the 99.9 % quantile.
  assert.ok(chiSquare < 45.3, `chi-square ${chiSquare}`);
});

test("a temperature, top-k or top-p out of range is refused with a sentence", async () => {
  const { model, values } = tiny("gpt2");
  for (const options of [
    { temperature: Number.NaN },
    { temperature: -0.1 },
    { temperature: 2.1 },
    { temperature: Number.POSITIVE_INFINITY },
    { topK: 0 },
    { topK: 1.5 },
    { topP: 0 },
    { topP: 1.1 },
    { topP: Number.NaN },
  ])
    await assert.rejects(drawn({ model, values }, 1, options), UserError, JSON.stringify(options));
});
