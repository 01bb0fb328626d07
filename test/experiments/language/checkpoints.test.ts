import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { MIRRORS } from "../../../lib/data/obtain";
import { engine } from "../../../lib/engine/load";
import { tidy } from "../../../lib/engine/tidy";
import {
  importCheckpoint,
  importedTokenizer,
  initialWeights,
} from "../../../lib/experiments/language/checkpoints";
import { languageTask } from "../../../lib/experiments/language/task";
import { chain } from "../../../lib/loop/chain";
import { inProcess } from "../../../lib/loop/inProcess";
import { runChains } from "../../../lib/loop/runChains";
import { readCheckpoint } from "../../../lib/models/language/checkpoint";
import { exportHuggingFace } from "../../../lib/models/language/huggingFace";
import { importHuggingFace } from "../../../lib/models/language/importHuggingFace";
import { languageModel } from "../../../lib/models/language/index";
import { replace } from "../../../lib/pool/regimes";
import { RunStore } from "../../../lib/store/runStore";
import { readSafetensors } from "../../../lib/store/safetensors";
import { reorderedTokenizer, toTokenizerJson, trainBpe } from "../../../lib/tokenizer/index";
import { memoryFolder } from "../../support/temporary";

const { tf } = engine({ threads: 1 });
const LAYOUTS = path.join(__dirname, "../../models/language/fixtures/layouts");
const GPT2 = path.join(LAYOUTS, "gpt2-tokenizer");
// What JSON.parse gives.
type Json = ReturnType<typeof JSON.parse>;
const TEXT = 'Once upon a time, there was a cat. The cat said: "I\'m 7!"';

/** A copy of a fixture whose files can be changed. */
function copyOf(folder: string): string {
  const copy = path.join(memoryFolder(), "copy");
  fs.cpSync(folder, copy, { recursive: true });
  return copy;
}

test("a GPT-2 whose <|endoftext|> is its last token: ids and logits are transformers', in the order of this project", () => {
  const { config, weights, tokenizer } = readCheckpoint(GPT2);
  const { weights: expected } = readSafetensors(path.join(GPT2, "expected.safetensors"));
  const json = path.join(GPT2, "tokenizer.json");
  const { ids } = reorderedTokenizer(fs.readFileSync(json, "utf8"), json);
  const tokens = Int32Array.of(tokenizer.endOfText, ...tokenizer.encode(TEXT));
  assert.deepEqual(
    tokens.map((id) => ids[id]),
    expected.ids.data,
  );
  assert.equal(ids[0], config.vocabulary - 1);
  const values = Object.fromEntries(
    Object.entries(weights).map(([name, { shape, data }]) => [
      name,
      tf.tensor(data as Float32Array, [...shape]),
    ]),
  );
  const batch = { inputs: tokens, offsets: Int32Array.of(0, tokens.length) };
  const logits = tidy(() => languageModel(config).logits(values, batch).dataSync());
  const V = config.vocabulary;
  for (let row = 0; row < tokens.length; row++)
    for (let id = 0; id < V; id++) {
      const wanted = expected.logits.data[row * V + ids[id]];
      assert.ok(Math.abs(logits[row * V + id] - wanted) < 1e-4, `row ${row}, token ${id}`);
    }
  tf.dispose(values);
});

test("every fit of a chain starts from the checkpoint, with its tokenizer; addresses of other configs stay", async () => {
  const cache = memoryFolder();
  const start = importCheckpoint(GPT2, { cache });
  assert.deepEqual(importCheckpoint(GPT2, { cache }), start);
  const before = process.env[MIRRORS];
  process.env[MIRRORS] = cache;
  try {
    const training = { epochs: 1, learningRate: 1e-12, batchSize: 8 };
    const data = { dataset: "grammar", trainItems: 8, testItems: 2, ...start.data };
    const model = { ...start.model, context: 24 };
    const config = { data, model, training, evaluation: { textItems: 2 } };
    const store = RunStore.open(memoryFolder());
    const one = chain({
      ...{ task: languageTask as never, config, regime: replace, seed: 0, iterations: 2 },
    });
    const [{ generations }] = await runChains([one], { store, executor: inProcess() });
    const { weights } = readCheckpoint(GPT2);
    for (const { artefact } of generations) {
      const { weights: fitted } = readSafetensors(artefact("model.safetensors"));
      for (const [name, { data }] of Object.entries(weights)) {
        const kept = name === "transformer.wpe.weight" ? data.subarray(0, 24 * 8) : data;
        const size = Math.max(...Array.from(kept, Math.abs));
        kept.forEach((x, i) => {
          assert.ok(Math.abs(fitted[name].data[i] - x) <= 1e-6 * size, `${name} ${i}`);
        });
      }
    }
    const fresh = { ...model, initial: undefined };
    const parsed = languageTask.config.parse({
      ...{ training, model: JSON.parse(JSON.stringify(fresh)) },
      data: { dataset: "grammar", trainItems: 8, testItems: 2, vocabulary: 300 },
    });
    assert.ok(!("initial" in parsed.model) && !("tokenizer" in parsed.data));
  } finally {
    if (before === undefined) delete process.env[MIRRORS];
    else process.env[MIRRORS] = before;
  }
});

test("the same weights have the same name whatever their layout; Llama-2 exported here comes back", async () => {
  const cache = memoryFolder();
  const { config, weights } = importHuggingFace(path.join(LAYOUTS, "llama2-shards"));
  const tokenizer = await trainBpe([TEXT], 280);
  const shape = { ...config, vocabulary: 280 };
  const model = languageModel(shape);
  const table = {
    shape: [280, config.width],
    data: new Float32Array(280 * config.width).fill(0.5),
  };
  const tables = { "model.embed_tokens.weight": table, "lm_head.weight": table };
  const folder = path.join(memoryFolder(), "exported");
  exportHuggingFace(folder, shape, { ...weights, ...tables }, toTokenizerJson(tokenizer));
  const start = importCheckpoint(folder, { cache });
  const { tokenizer: name, vocabulary } = start.data;
  assert.equal(vocabulary, 280);
  assert.deepEqual((await importedTokenizer(name, { cache })).tokens, tokenizer.tokens);
  const initial = await initialWeights(start.model.initial, shape, name, { cache });
  assert.deepEqual(Object.keys(initial).sort(), Object.keys(model.shapes).sort());
  assert.deepEqual(initial["model.norm.weight"], weights["model.norm.weight"]);
});

test("what cannot be started from is refused in a sentence", async () => {
  const cache = memoryFolder();
  const start = importCheckpoint(GPT2, { cache });
  const refused = (work: () => unknown, message: RegExp) =>
    assert.rejects(async () => work(), { name: "UserError", message });
  const config = { ...start.model, vocabulary: start.data.vocabulary };
  const { initial, ...shape } = config;
  const begin = (changes: object, tokenizer?: string) =>
    initialWeights(initial, { ...shape, ...changes }, tokenizer ?? start.data.tokenizer, { cache });
  await refused(() => begin({ width: 16 }), /has width 8, and the config 16; they must agree/);
  await refused(() => begin({ context: 65 }), /has context 64, and the config 65; it can only be/);
  await refused(() => begin({}, "0".repeat(64)), /trained with the tokenizer [0-9a-f]{64}: set/);
  await refused(
    () => initialWeights("1".repeat(64), shape, start.data.tokenizer, { cache, mirrors: [] }),
    /^The checkpoint file checkpoints\/1{64}\.safetensors is not here\. Import/,
  );
  const training = { epochs: 1 };
  const data = { dataset: "grammar", trainItems: 8, testItems: 2, vocabulary: 281 };
  const { vocabulary: _, ...own } = shape;
  await refused(
    () => languageTask.config.parse({ data, training, model: { ...own, initial } }),
    /wrong at "model\.initial": .*needs its tokenizer, data\.tokenizer/,
  );
  await refused(
    () => languageTask.config.parse({ data, training, model: { ...own, initial: "gpt2" } }),
    /wrong at "model\.initial": must be a SHA-256/,
  );
  const changed = copyOf(GPT2);
  const edit = (file: string, change: (json: Json) => void) => {
    const at = path.join(changed, file);
    const json = JSON.parse(fs.readFileSync(path.join(GPT2, file), "utf8"));
    change(json);
    fs.writeFileSync(at, JSON.stringify(json));
  };
  edit("config.json", (json) => {
    json.model_type = "gpt_neo";
  });
  await refused(
    () => importCheckpoint(changed, { cache }),
    /model of type "gpt_neo"; supported are/,
  );
  edit("config.json", () => {});
  edit("tokenizer.json", (json) => {
    json.pre_tokenizer = { type: "Metaspace" };
  });
  await refused(() => importCheckpoint(changed, { cache }), /is not a byte-level BPE tokenizer/);
  edit("tokenizer.json", (json) => {
    delete json.model.vocab["<|endoftext|>"];
    const merged = json.model.merges.pop();
    delete json.model.vocab[merged.join("")];
    json.added_tokens[0].id -= 1;
  });
  await refused(() => importCheckpoint(changed, { cache }), /has 280 tokens, and the model 281/);
  fs.rmSync(path.join(changed, "tokenizer.json"));
  await refused(
    () => importCheckpoint(changed, { cache }),
    /There is no .*tokenizer\.json\. Save the/,
  );
});
