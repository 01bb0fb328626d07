import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { before, describe, test } from "node:test";
import { logProbability } from "../../../lib/data/grammar/stories";
import { engine } from "../../../lib/engine/load";
import { Parameters } from "../../../lib/engine/parameters";
import { exportGeneration, language } from "../../../lib/experiments/language";
import type { LanguagePreset } from "../../../lib/experiments/language/preset";
import { lossPerToken, storyLosses } from "../../../lib/experiments/language/storyLosses";
import { readTokenizer, TOKENIZER } from "../../../lib/experiments/language/tokenizer";
import { realFolder } from "../../../lib/experiments/realFolder";
import { validate } from "../../../lib/export/validate";
import type { Row } from "../../../lib/metrics/row";
import { importHuggingFace } from "../../../lib/models/language/importHuggingFace";
import { languageModel } from "../../../lib/models/language/index";
import { DiskBlock } from "../../../lib/pool/diskBlock";
import { RunStore } from "../../../lib/store/runStore";
import { temporaryFolder } from "../../support/temporary";
import { runExperiment } from "../support";

engine({ threads: 1 });

const variant = { role: "model", changes: {} };
const SMALL: LanguagePreset = language.schema.parse({
  task: {
    data: { dataset: "grammar", trainItems: 16, testItems: 8, vocabulary: 300 },
    model: { family: "gpt2", width: 8, layers: 1, heads: 2, hidden: 16, context: 32 },
    training: { epochs: 1, batchSize: 4, learningRate: 0.01, curve: { evaluations: 2 } },
    evaluation: { textItems: 10 },
  },
  variants: [
    {
      ...{ ...variant, name: "main", label: "GPT-2" },
      chains: [
        { regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations: 2, seeds: 2 },
        { regimes: [{ kind: "replace-multiple" }], iterations: 2, seeds: 1 },
      ],
    },
    {
      ...{ ...variant, name: "cold", label: "cold", role: "temperature" },
      changes: { sampling: { temperature: 0.3 } },
      chains: [{ regimes: [{ kind: "replace" }], iterations: 2, seeds: 1 }],
    },
  ],
});

const run = (preset: LanguagePreset, store: RunStore) => runExperiment(language, preset, { store });

describe("language on a tiny preset", () => {
  let rows: Row[] = [];
  const store = RunStore.open(temporaryFolder());
  const of = (kind: string) => rows.filter((row) => row.kind === kind);
  const place = ({ variant, regime, seed, iteration }: Row) => [variant, regime, seed, iteration];
  before(async () => {
    ({ rows } = await run(SMALL, store));
  });

  test("one row of metrics per variant, regime, seed and iteration, counted from 1, every field finite", () => {
    const metrics = of("metrics");
    assert.deepEqual(metrics.map(place), [
      ...["replace", "accumulate"].flatMap((regime) =>
        [0, 1].flatMap((seed) => [1, 2].map((n) => ["main", regime, seed, n])),
      ),
      ...[1, 2].map((n) => ["main", "replace-multiple", 0, n]),
      ...[1, 2].map((n) => ["cold", "replace", 0, n]),
    ]);
    for (const row of metrics) {
      assert.deepEqual(Object.keys(row), [
        ...["kind", "variant", "regime", "seed", "iteration", "trainingItems", "realShare"],
        ...["loss", "storyLoss", "perplexity", "cutShare", "distinct2", "selfBleu"],
        ...["tailCoverage", "repetition", "knownWords", "meanTokens", "endedShare"],
        // No KL: stories that are truncated at the context have no probability.
        ...["entropy", "ungrammatical", "run"],
      ]);
      for (const value of Object.values(row))
        assert.ok(typeof value === "string" || Number.isFinite(value), JSON.stringify(row));
      assert.equal(row.perplexity, Math.exp(Number(row.loss)));
      assert.equal(store.has("fit", String(row.run)), true);
    }
    // Real stories are longer than 32 tokens; models that have seen little are near uniform.
    assert.equal(metrics[0].cutShare, 1);
    assert.ok(Math.abs(Number(metrics[0].loss) - Math.log(300)) < 1.5);
  });

  test("two temperatures share the first fit and differ afterwards", () => {
    const [main, cold] = ["main", "cold"].map((variant) =>
      of("metrics").filter((r) => r.variant === variant && r.regime === "replace" && r.seed === 0),
    );
    assert.equal(cold[0].loss, main[0].loss);
    assert.equal(cold[0].run, main[0].run);
    assert.notEqual(cold[1].run, main[1].run);
    assert.notEqual(cold[1].loss, main[1].loss);
  });

  test("learning curves: points every half epoch, the last one of the finished model", () => {
    const curves = of("curve").filter((r) => r.regime === "accumulate" && r.seed === 1);
    assert.deepEqual(
      curves.map(({ iteration, step, epoch }) => [iteration, step, epoch]),
      [...[1, 2].map((k) => [1, 2 * k, k / 2]), ...[1, 2].map((k) => [2, 4 * k, k / 2])],
    );
    const finals = of("metrics").filter((r) => r.regime === "accumulate" && r.seed === 1);
    assert.deepEqual(
      curves.filter((_, i) => i % 2 === 1).map(({ testLoss }) => testLoss),
      finals.map(({ loss }) => loss),
    );
  });

  test("the histogram has all held-out stories; surprisal the grammatical ones", () => {
    for (const row of of("histogram")) {
      const counts = String(row.counts).split(" ").map(Number);
      assert.equal(
        counts.reduce((a, b) => a + b),
        8,
      );
    }
    for (const row of of("surprisal")) assert.equal(row.counts, "");
  });

  test("of seed 0 the records keep four stories of every model, the same ones for the same model", () => {
    const samples = of("sample");
    assert.equal(samples.length, 4 * 2 * 4);
    const first = (variant: string, regime: string) =>
      samples
        .filter((r) => r.variant === variant && r.regime === regime && r.iteration === 1)
        .map(({ text }) => text);
    assert.deepEqual(first("main", "accumulate"), first("main", "replace"));
    assert.notDeepEqual(first("cold", "replace"), first("main", "replace"));
    assert.equal(new Set(first("main", "replace")).size, 4);
  });

  test("a generation exported as Hugging Face's folder has its tokenizer and the recorded loss", async () => {
    const { run, loss } = of("metrics")[3];
    const folder = path.join(temporaryFolder(), "exported");
    exportGeneration(store, String(run), folder);
    const { config, weights } = importHuggingFace(folder);
    const values = new Parameters(weights).read();
    const block = DiskBlock.open(path.join(realFolder(store, String(run)), "test"));
    assert.equal(lossPerToken(await storyLosses(languageModel(config), values, block, 8)), loss);
    block.close();
    assert.deepEqual(
      fs.readFileSync(path.join(folder, TOKENIZER)),
      fs.readFileSync(path.join(realFolder(store, String(run)), TOKENIZER)),
    );
  });

  test("the README of an exported generation says what made it", () => {
    const { run, seed, iteration } = of("metrics").filter((r) => r.regime === "accumulate")[1];
    const folder = path.join(temporaryFolder(), "exported");
    exportGeneration(store, String(run), folder, { regime: "accumulate" });
    const card = fs.readFileSync(path.join(folder, "README.md"), "utf8");
    const { identity, provenance } = store.read("fit", String(run));
    assert.equal(iteration, 2);
    for (const line of [
      "| Iteration | 2 |",
      "| Regime | accumulate |",
      "| Trained on | 16 stories of the real data; 16 stories sampled from model 1 |",
      "| Data | story grammar (16 / 8 stories) |",
      `| Seed | ${seed} |`,
      `| Fit | \`${run}\` |`,
      `| Version of node | ${process.versions.node} |`,
      ...(provenance.versions.commit ? [`| Commit | ${provenance.versions.commit} |`] : []),
    ])
      assert.ok(card.includes(`\n${line}\n`), `${line}\n${card}`);
    const json = /```json\n([\s\S]*?)\n```/.exec(card)?.[1] ?? "";
    assert.deepEqual(JSON.parse(json), identity.config);
  });

  test("the tokenizer beside the real data reads them as stories of the grammar", () => {
    const folder = realFolder(store, String(of("metrics")[0].run));
    const artefact = (file: string) => fs.readFileSync(path.join(folder, file));
    const tokenizer = readTokenizer({ artefact });
    assert.equal(tokenizer.vocabulary, 300);
    const text = "Once there was a little girl named Mia.";
    assert.equal(tokenizer.decode(tokenizer.encode(text)), text);
    assert.equal(logProbability(text), Number.NEGATIVE_INFINITY);
  });

  const KINDS = ["real", "fit", "block", "evaluation"] as const;
  const entries = () => Object.fromEntries(KINDS.map((kind) => [kind, store.list(kind).sort()]));

  test("text metrics of fewer stories are measured on the stored models and stories", async () => {
    const before = entries();
    const task = { ...SMALL.task, evaluation: { textItems: 5 } };
    const { rows: fewer } = await run({ ...SMALL, task }, store);
    const metrics = fewer.filter((row) => row.kind === "metrics");
    assert.deepEqual(
      metrics.map(({ run, loss }) => [run, loss]),
      of("metrics").map(({ run, loss }) => [run, loss]),
    );
    assert.notDeepEqual(
      metrics.map(({ meanTokens }) => meanTokens),
      of("metrics").map(({ meanTokens }) => meanTokens),
    );
    const { evaluation: _, ...made } = entries();
    const { evaluation: __, ...madeBefore } = before;
    assert.deepEqual(made, madeBefore);
  });

  test("a rerun reads everything from the store", async () => {
    const before = entries();
    const again = await run(SMALL, store);
    assert.deepEqual(again.rows, rows);
    assert.deepEqual(entries(), before);
  });

  test("another store gives the same rows to the last bit, whatever else is run beside them", async () => {
    const [main] = SMALL.variants;
    const chains = [{ regimes: [{ kind: "accumulate" }], iterations: 2, seeds: 1 }];
    const one = { ...SMALL, variants: [{ ...main, chains }] };
    const expected = rows.filter(
      (row) => row.variant === "main" && row.regime === "accumulate" && row.seed === 0,
    );
    const elsewhere = await run(one, RunStore.open(temporaryFolder()));
    assert.deepEqual(elsewhere.rows, expected);
    assert.equal(expected.filter(({ kind }) => kind === "metrics").length, 2);
  });

  test("Plotly draws every figure; claims rest on generations that are there", () => {
    const provenance = { preset: "quick", versions: { node: "1" }, ...language.describe(SMALL) };
    for (const figure of language.figures(rows, SMALL, provenance)) validate(figure);
    for (const claim of language.claims(rows, SMALL))
      for (const address of claim.runs) assert.equal(store.has("fit", address), true);
  });
});
