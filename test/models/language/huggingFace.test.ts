import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { engine } from "../../../lib/engine/load";
import { countLeaks } from "../../../lib/engine/memory";
import { tidy } from "../../../lib/engine/tidy";
import { type LanguageModelConfig, PAPER_MODELS } from "../../../lib/models/language/config";
import { exportHuggingFace } from "../../../lib/models/language/huggingFace";
import { configJson, parseConfigJson } from "../../../lib/models/language/huggingFaceConfig";
import { importHuggingFace } from "../../../lib/models/language/importHuggingFace";
import { languageModel } from "../../../lib/models/language/index";
import { pack } from "../../../lib/models/language/packed";
import { Stream } from "../../../lib/random/stream";
import { encodeSafetensors, readSafetensors } from "../../../lib/store/safetensors";
import type { Weights } from "../../../lib/store/weights";

const { tf } = engine({ threads: 1 });

const FAMILIES = ["gpt2", "llama2"] as const;
const fixture = (family: string): string => path.join(__dirname, "fixtures", family);

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "hugging-face-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const tensors = (weights: Weights) =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );

function near(actual: ArrayLike<number>, expected: ArrayLike<number>, size: number, what: string) {
  assert.equal(actual.length, expected.length, what);
  for (let i = 0; i < expected.length; i++)
    assert.ok(
      Math.abs(actual[i] - expected[i]) <= 1e-4 * size,
      `${what} ${i}: ${actual[i]}, expected ${expected[i]}`,
    );
}

const largest = (data: ArrayLike<number>): number => Math.max(...Array.from(data, Math.abs));

for (const family of FAMILIES) {
  const { config, weights } = importHuggingFace(fixture(family));
  const { weights: expected } = readSafetensors(path.join(fixture(family), "expected.safetensors"));
  const stories = [0, 1].map((s) => expected[`tokens.${s}`].data);
  const model = languageModel(config);

  test(`${family} saved by transformers has the logits that transformers computes`, () => {
    const values = tensors(weights);
    const logits = tidy(() => model.logits(values, pack(stories, config)).dataSync());
    const wanted = stories.flatMap((_, s) => Array.from(expected[`logits.${s}`].data));
    near(logits, wanted, 1, "logit");
    tf.dispose(values);
  });

  // Repeated, the stories fill more rows than go through the network together, and means stay.
  for (const copies of [1, 40])
    test(`${family}: loss and every gradient are PyTorch's, ${copies} times the stories`, () => {
      const values = tensors(weights);
      const batch = pack(Array.from({ length: copies }, () => stories).flat(), config);
      const pass = () =>
        tidy(() => {
          const { loss, gradients } = model.gradients(values, batch);
          near([loss], expected.loss.data, 1, "loss");
          assert.deepEqual(Object.keys(gradients).sort(), Object.keys(model.shapes).sort());
          for (const [name, gradient] of Object.entries(gradients)) {
            assert.deepEqual(gradient.shape, expected[name].shape, name);
            const { data } = expected[name];
            near(gradient.dataSync(), data, largest(data), `gradient of ${name}`);
          }
        });
      // The first pass makes constants that the engine keeps for good.
      pass();
      assert.deepEqual(countLeaks(pass), { tfjs: 0, native: 0 });
      tf.dispose(values);
    });

  test(`${family}: token by token, with a cache, the logits are those of transformers too`, () => {
    const values = tensors(weights);
    const walk = () => {
      const cache = model.cache(2);
      const [long, short] = stories;
      for (let i = 0; i < long.length; i++) {
        // When the short story is over, the long one goes on alone, from the second place.
        if (i === short.length) cache.retain(Int32Array.of(1));
        const going = i < short.length ? [1, 0] : [0];
        const inputs = going.map((s) => (i === 0 ? 0 : stories[s][i - 1]));
        const logits = model.step(values, Int32Array.from(inputs), cache);
        const wanted = going.flatMap((s) => {
          const { data, shape } = expected[`logits.${s}`];
          return Array.from(data.subarray(i * shape[1], (i + 1) * shape[1]));
        });
        near(logits.dataSync(), wanted, 1, `logit after token ${i}`);
        logits.dispose();
      }
      cache.dispose();
    };
    walk();
    assert.deepEqual(countLeaks(walk), { tfjs: 0, native: 0 });
    tf.dispose(values);
  });

  test(`${family}: nats of the targets average to PyTorch's loss`, () => {
    const values = tensors(weights);
    const losses = model.losses(values, pack(stories, config));
    near([losses.reduce((a, b) => a + b, 0) / losses.length], expected.loss.data, 1, "loss");
    tf.dispose(values);
  });

  test(`${family}: export, import: same config, same bits, and transformers' own config back`, () => {
    exportHuggingFace(folder, config, weights, '{"model":{}}');
    const back = importHuggingFace(folder);
    assert.deepEqual(back.config, config);
    assert.deepEqual({ ...back.weights }, { ...weights });
    assert.equal(fs.readFileSync(path.join(folder, "tokenizer.json"), "utf8"), '{"model":{}}');
    assert.deepEqual(fs.readdirSync(folder).sort(), [
      "README.md",
      "config.json",
      "generation_config.json",
      "model.safetensors",
      "tokenizer.json",
      "tokenizer_config.json",
    ]);
    const ours = JSON.parse(configJson(config));
    const theirs = JSON.parse(fs.readFileSync(path.join(fixture(family), "config.json"), "utf8"));
    for (const key of Object.keys(ours).filter((k) => k in theirs && !k.endsWith("_pdrop")))
      assert.deepEqual(ours[key], theirs[key], key);
  });
}

test("Parameter counts of the paper's models", () => {
  const counts = Object.entries(PAPER_MODELS).map(([name, config]) => [
    name,
    languageModel(config).parameterCount,
  ]);
  assert.deepEqual(Object.fromEntries(counts), {
    "gpt2-9m": 8_890_880,
    "llama2-12m": 12_488_960,
    "llama2-42m": 41_755_136,
    "llama2-126m": 125_553_408,
  });
});

test("Llama-2 begins with norms of 1 and matrices of deviation 0.02, from the stream alone", () => {
  const { config } = importHuggingFace(fixture("llama2"));
  const model = languageModel({ ...config, vocabulary: 1000 });
  const begin = () => model.initial(new Stream(["test", "initial"]));
  const initial = begin();
  assert.deepEqual(begin(), initial);
  for (const [name, { data }] of Object.entries(initial))
    if (/norm/.test(name)) assert.ok(data.every((number) => number === 1));
    else {
      const deviation = Math.sqrt(
        (data as Float32Array).reduce((a, b) => a + b * b, 0) / data.length,
      );
      assert.ok(Math.abs(deviation / 0.02 - 1) < 5 / Math.sqrt(2 * data.length), name);
    }
});

test("GPT-2 in the layout of the hub's checkpoints, with buffers and a stored head, is the same model", () => {
  const { config, weights } = importHuggingFace(fixture("gpt2"));
  const bare = Object.entries(weights).map(
    ([name, tensor]) => [name.replace(/^transformer\./, ""), tensor] as const,
  );
  const { context } = config;
  const mask = { shape: [1, 1, context, context], data: new Uint8Array(context ** 2).fill(1) };
  const embedding = weights["transformer.wte.weight"];
  const stored = {
    ...Object.fromEntries(bare),
    "h.0.attn.bias": mask,
    "h.0.attn.masked_bias": { shape: [1], data: Float32Array.of(-1e4) },
    "lm_head.weight": embedding,
  };
  exportHuggingFace(folder, config, weights);
  const file = path.join(folder, "model.safetensors");
  fs.writeFileSync(file, encodeSafetensors(stored));
  assert.deepEqual({ ...importHuggingFace(folder).weights }, { ...weights });
  const other = { ...embedding, data: Float32Array.from(embedding.data, (x) => 2 * x) };
  fs.writeFileSync(file, encodeSafetensors({ ...stored, "lm_head.weight": other }));
  assert.throws(() => importHuggingFace(folder), {
    name: "UserError",
    message: /lm_head\.weight that differs from the token embedding/,
  });
});

for (const [layout, family] of [
  ["gpt2-hub", "gpt2"],
  ["llama2-shards", "llama2"],
] as const)
  test(`${layout}: half precision, as other programs lay it out, is read as PyTorch widens it`, () => {
    const from = fixture(path.join("layouts", layout));
    const { config, weights } = importHuggingFace(from);
    assert.deepEqual(config, importHuggingFace(fixture(family)).config);
    const { weights: rounded } = readSafetensors(path.join(from, "rounded.safetensors"));
    assert.deepEqual({ ...weights }, { ...rounded });
  });

test("An exported folder has a pad token, samples plainly and tells how a story starts", () => {
  const { config, weights } = importHuggingFace(fixture("gpt2"));
  exportHuggingFace(folder, config, weights, "{}");
  const json = (name: string) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"));
  assert.equal(json("tokenizer_config.json").pad_token, "<|endoftext|>");
  assert.equal(json("tokenizer_config.json").padding_side, "left");
  const { max_length, ...generation } = json("generation_config.json");
  assert.equal(max_length, undefined);
  assert.deepEqual(generation, {
    ...{ bos_token_id: 0, eos_token_id: 0, pad_token_id: 0, do_sample: true },
    ...{ temperature: 1, top_k: 0, top_p: 1, max_new_tokens: config.context - 1 },
  });
  assert.match(fs.readFileSync(path.join(folder, "README.md"), "utf8"), /<\|endoftext\|>/);
});

const llama = importHuggingFace(fixture("llama2"));
const name = "model.layers.1.mlp.up_proj.weight";

/** A sound Llama folder whose weights file is then changed. */
function damaged(change: (file: Buffer) => Uint8Array): void {
  exportHuggingFace(folder, llama.config, llama.weights);
  const file = path.join(folder, "model.safetensors");
  fs.writeFileSync(file, change(fs.readFileSync(file)));
}

const headerChanged = (from: string | RegExp, to: string) => (file: Buffer) => {
  const length = Number(file.readBigUInt64LE(0));
  const before = file.toString("utf8", 8, 8 + length);
  const after = before.replace(from, to);
  assert.notEqual(after, before);
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(Buffer.byteLength(after)));
  return Buffer.concat([size, Buffer.from(after), file.subarray(8 + length)]);
};

const withWeights = (change: (weights: Record<string, Weights[string]>) => void) => () => {
  const changed = { ...llama.weights };
  change(changed);
  return encodeSafetensors(changed);
};

const BAD_WEIGHTS: Record<string, [(file: Buffer) => Uint8Array, RegExp]> = {
  truncated: [
    (file) => file.subarray(0, file.length - 100),
    /not a sound safetensors file: .*ends at/,
  ],
  "cut inside the header": [(file) => file.subarray(0, 50), /header claims/],
  "with a header that lies about a shape": [
    headerChanged(
      `"${name}":{"dtype":"F32","shape":[32,16]`,
      `"${name}":{"dtype":"F32","shape":[32,17]`,
    ),
    /needs 2176 bytes, not 2048/,
  ],
  "with a header longer than the file": [
    (file) => Buffer.concat([Buffer.alloc(8, 255), file.subarray(8)]),
    /header claims/,
  ],
  "with a matrix lying on its side": [
    withWeights((w) => {
      w[name] = { ...w[name], shape: [16, 32] };
    }),
    /tensor model\.layers\.1\.mlp\.up_proj\.weight of shape \[16,32\]; its config needs \[32,16\]/,
  ],
  "without some tensors": [
    withWeights((w) => {
      delete w[name];
      delete w["lm_head.weight"];
    }),
    /lacks tensor model\.layers\.1\.mlp\.up_proj\.weight and 1 more, which its config needs/,
  ],
  "with a tensor too many": [
    withWeights((w) => {
      w["model.layers.2.mlp.up_proj.weight"] = w[name];
    }),
    /has tensor model\.layers\.2\.mlp\.up_proj\.weight, which its config does not have/,
  ],
  "with a type that is half as wide": [
    headerChanged(/"F32"/, '"BF16"'),
    /needs \d+ bytes, not \d+/,
  ],
  "in eight bits": [headerChanged(/"F32"/, '"F8_E4M3"'), /has the dtype F8_E4M3/],
  "in double precision": [
    withWeights((w) => {
      w[name] = { shape: w[name].shape, data: Float64Array.from(w[name].data) };
    }),
    /tensor model\.layers\.1\.mlp\.up_proj\.weight that is not float32/,
  ],
};

for (const [what, [change, message]] of Object.entries(BAD_WEIGHTS))
  test(`Weights ${what} are refused with a sentence`, () => {
    damaged(change);
    assert.throws(() => importHuggingFace(folder), { name: "UserError", message });
  });

test("Missing files are named, and what lies there instead", () => {
  const refused = (message: RegExp) =>
    assert.throws(() => importHuggingFace(folder), { name: "UserError", message });
  refused(/There is no model config at .*config\.json/);
  fs.writeFileSync(path.join(folder, "config.json"), configJson(llama.config));
  refused(/There is no .*model\.safetensors\. Save the model/);
  fs.writeFileSync(path.join(folder, "pytorch_model.bin"), "");
  refused(/pickled/);
  const index = path.join(folder, "model.safetensors.index.json");
  const write = (json: unknown) => fs.writeFileSync(index, JSON.stringify(json));
  fs.writeFileSync(index, "");
  refused(/index of weights .* is damaged/);
  write(null);
  refused(/has no "weight_map"/);
  write({ weight_map: { a: "../b" } });
  refused(/places a in "\.\.\/b", which is no file name/);
  write({ weight_map: { a: "model-1.safetensors" } });
  refused(/There is no .*model-1\.safetensors, which model\.safetensors\.index\.json names/);
  fs.writeFileSync(path.join(folder, "model-1.safetensors"), encodeSafetensors({}));
  refused(/lacks tensor a, which model\.safetensors\.index\.json places there/);
  fs.writeFileSync(path.join(folder, "config.json"), "{");
  refused(/model config .* is damaged/);
});

test("Weights of another model are not exported", () => {
  const config = { ...llama.config, hidden: 48 };
  assert.throws(() => exportHuggingFace(folder, config, llama.weights), {
    name: "UserError",
    message: /The model to export has a tensor .* of shape \[32,16\]; its config needs \[48,16\]/,
  });
  assert.deepEqual(fs.readdirSync(folder), []);
});

test("A config that asks for what these models do not do is refused, key and value named", () => {
  const gpt2: LanguageModelConfig = { ...llama.config, family: "gpt2" };
  const cases: [LanguageModelConfig, Record<string, unknown>, RegExp][] = [
    [gpt2, { model_type: "bert" }, /type "bert".*"gpt2".*"llama"/],
    [gpt2, { model_type: undefined }, /type undefined/],
    [gpt2, { architectures: ["GPT2ForSequenceClassification"] }, /architectures/],
    [gpt2, { activation_function: "relu" }, /activation_function "relu".*"gelu_new"/],
    [gpt2, { layer_norm_epsilon: 1e-6 }, /layer_norm_epsilon 0\.000001/],
    [gpt2, { tie_word_embeddings: false }, /tie_word_embeddings false/],
    [gpt2, { n_embd: undefined }, /has no n_embd/],
    [gpt2, { n_embd: "16" }, /"width"/],
    [gpt2, { n_head: 3 }, /width of 16, which is not a multiple of its 3 heads/],
    [llama.config, { num_key_value_heads: 1 }, /num_key_value_heads 1.*only 2/],
    [llama.config, { head_dim: 4 }, /head_dim 4.*only 8/],
    [llama.config, { rms_norm_eps: undefined }, /rms_norm_eps 0\.000001.*only 0\.00001/],
    [llama.config, { rope_theta: 500_000 }, /rope_theta 500000.*only 10000/],
    [llama.config, { rope_parameters: { rope_type: "llama3" } }, /rope_type "llama3"/],
    [llama.config, { attention_bias: true }, /attention_bias true/],
  ];
  for (const [config, change, message] of cases)
    assert.throws(
      () => parseConfigJson({ ...JSON.parse(configJson(config)), ...change }, "config.json"),
      { name: "UserError", message },
    );
  const { n_inner, ...without } = JSON.parse(configJson({ ...gpt2, hidden: 64 }));
  assert.equal(n_inner, 64);
  assert.equal(parseConfigJson(without, "config.json").hidden, 64);
});
