import assert from "node:assert/strict";
import { test } from "node:test";
import { tableClaims } from "../../../lib/experiments/table/claims";
import { tableConfig } from "../../../lib/experiments/table/config";
import { tableFigures } from "../../../lib/experiments/table/figures";
import { realFit, squares } from "../../../lib/experiments/table/realFit";
import { expectedDrifts } from "../../../lib/experiments/table/run";
import { tableData, tableTask } from "../../../lib/experiments/table/task";
import type { RealInput } from "../../../lib/loop/evaluation";
import { standaloneContext, standaloneInput } from "../../../lib/loop/standaloneContext";
import { leastSquares, predict } from "../../../lib/models/linear/leastSquares";
import { MemoryBlock } from "../../../lib/pool/memoryBlock";
import type { Batch } from "../../../lib/pool/schema";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import type { Weights } from "../../../lib/store/weights";

/** T training and 20 test rows of a constant and two inputs, one of which is no Gaussian. */
const [T, HELD, D] = [30, 20, 3];
const stream = new Stream(["table"]);
const rows = (count: number) => {
  const x = new Float64Array(count * D);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const [a, e] = stream.normals(new Float64Array(2));
    x.set([1, a, i % 4 === 0 ? 1.7 : -0.6], i * D);
    y[i] = 0.5 * a - 0.8 * x[i * D + 2] + 0.6 * e;
  }
  return { x, y };
};
const [train, held] = [rows(T), rows(HELD)];
const config = tableConfig.parse({
  data: {
    ...{ dataset: "own", own: { sha256: "0".repeat(64), target: "y", inputs: ["a", "b"] } },
    ...{ trainItems: T, testItems: HELD },
  },
  model: { family: "least-squares" },
  ...{ training: {}, sampling: {}, evaluation: {} },
});

const blockOf = ({ x, y }: typeof train) =>
  MemoryBlock.of(tableTask.schema(config), [
    { length: y.length, columns: { x: { data: x }, y: { data: y } } },
  ]);
const { artefacts = {} } = tableData(train, held);
const real: RealInput = {
  address: "",
  train: blockOf(train),
  artefact: (file) => artefacts[file],
};

async function all(batches: AsyncIterable<Batch>): Promise<Batch[]> {
  const found: Batch[] = [];
  for await (const batch of batches) found.push(batch);
  return found;
}

test("the real fit: least squares, RSS / (T − d), mean leverage of the test rows, error of the mean", () => {
  const { w, noise, leverage, meanError } = realFit(train, held);
  const design = { x: train.x, d: D };
  // The normal equations hold.
  const residual = predict(design, w).map((value, i) => train.y[i] - value);
  for (let j = 0; j < D; j++) {
    const dot = residual.reduce((sum, r, i) => sum + r * train.x[i * D + j], 0);
    assert.ok(Math.abs(dot) < 1e-10, `column ${j}: ${dot}`);
  }
  assert.ok(Math.abs(noise - residual.reduce((sum, r) => sum + r * r, 0) / (T - D)) < 1e-12);
  const mean = train.y.reduce((a, b) => a + b) / T;
  assert.ok(Math.abs(meanError - held.y.reduce((s, y) => s + (y - mean) ** 2, 0) / HELD) < 1e-12);
  // x'(X'X)⁻¹x is the variance of the prediction at x: the sum of squares of the hat row that gives it.
  const basis = Array.from({ length: T }, (_, t) => {
    const one = new Float64Array(T);
    one[t] = 1;
    return predict({ x: held.x, d: D }, leastSquares(design, one));
  });
  const sum = basis.reduce((total, row) => total + row.reduce((s, v) => s + v * v, 0), 0);
  assert.ok(Math.abs(leverage - sum / HELD) < 1e-12, `${leverage} and ${sum / HELD}`);
});

test("samples keep the real X, in its order and from its beginning, and have its residuals' variance", async () => {
  const { noise } = realFit(train, held);
  const w = { shape: [D], data: Float64Array.of(1, 2, 3) };
  const context = { ...standaloneContext(Streams.ofSeed(1)), real };
  const drawn = await all(tableTask.sample(config, { w }, 200 * T + 5, context));
  const x = drawn.flatMap(({ columns }) => [...columns.x.data]);
  const y = drawn.flatMap(({ columns }) => [...columns.y.data]);
  assert.equal(y.length, 200 * T + 5);
  assert.ok(x.every((value, i) => value === train.x[i % (T * D)]));
  const variance = squares(y, predict({ x: Float64Array.from(x), d: D }, w.data)) / y.length;
  // The standard deviation of a variance from n normals is √(2/n): 1.8 %.
  assert.ok(Math.abs(variance / noise - 1) < 0.07, `${variance / noise}`);
});

test("one round under replace adds on average d σ̂² / T: drift 1, and leverage · σ̂² on the test rows", async () => {
  const { w, noise, leverage } = realFit(train, held);
  const first: Weights = { w: { shape: [D], data: Float64Array.from(w) } };
  const evaluate = async (weights: Weights) => {
    const given = standaloneInput({ weights, test: blockOf(held), real });
    const { metrics } = await tableTask.evaluations["test-error"].run(
      config,
      given,
      standaloneContext(Streams.ofSeed(0)),
    );
    return metrics;
  };
  const before = await evaluate(first);
  assert.ok(before.drift < 1e-20);
  let [drift, error] = [0, 0];
  const rounds = 600;
  for (let k = 0; k < rounds; k++) {
    const context = { ...standaloneContext(Streams.ofSeed(k)), real };
    const [batch] = await all(tableTask.sample(config, first, T, context));
    const x = batch.columns.x.data as Float64Array;
    const after = leastSquares({ x, d: D }, batch.columns.y.data as Float64Array);
    const metrics = await evaluate({ w: { shape: [D], data: after } });
    drift += metrics.drift / rounds;
    error += (metrics.testError - before.testError) / rounds;
  }
  // The drift of a round is χ² with d degrees of freedom over d: its mean's deviation is √(2/d/rounds) = 0.033.
  assert.ok(Math.abs(drift - 1) < 0.12, `${drift}`);
  assert.ok(Math.abs(error / (noise * leverage) - 1) < 0.35, `${error / (noise * leverage)}`);
});

test("theory: n − 1 under replace, 1/2² + … + 1/n² under accumulate, none for the subsample", () => {
  const of = (kind: string) => expectedDrifts({ kind }, { d: 4, T: 30 }, 5);
  const near = (found: number[] | undefined, expected: readonly number[]) => {
    for (const [i, value] of expected.entries())
      assert.ok(Math.abs((found?.[i] ?? Number.NaN) - value) < 1e-12, `${found}`);
  };
  near(of("replace"), [0, 1, 2, 3, 4]);
  const squares = [2, 3, 4, 5].map((n) => 1 / n ** 2);
  const partial = squares.map((_, i) => squares.slice(0, i + 1).reduce((a, b) => a + b));
  near(of("accumulate"), [0, ...partial]);
  assert.equal(of("accumulate-subsample"), undefined);
});

/** Records of 40 seeds whose drift is exactly as theory expects, times a factor. */
const records = (factor: number) =>
  ["replace", "accumulate", "accumulate-subsample"].flatMap((regime) =>
    Array.from({ length: 40 }, (_, seed) => {
      const drifts = expectedDrifts({ kind: regime }, { d: D, T }, 3);
      return [1, 2, 3].map((iteration) => {
        const spread = 1 + ((seed % 5) - 2) / 20;
        const expectedDrift = drifts?.[iteration - 1];
        const drift = factor * spread * (expectedDrift ?? 0.9 * (iteration - 1));
        return {
          ...{ kind: "metrics", variant: "main", regime, seed, iteration, drift },
          ...{ testError: 0.5 + 0.03 * drift, meanError: 1, oneFit: 1, run: `${regime} ${seed}` },
          ...(expectedDrift === undefined
            ? {}
            : { expectedDrift, expected: 0.5 + 0.03 * expectedDrift }),
        };
      });
    }).flat(),
  );

test("claims hold where records are as theory says, and can fail", () => {
  const verdicts = (factor: number) =>
    Object.fromEntries(tableClaims(records(factor)).map(({ id, verdict }) => [id, verdict]));
  assert.ok(
    Object.values(verdicts(1)).every((verdict) => verdict === "holds"),
    `${JSON.stringify(verdicts(1))}`,
  );
  const wrong = verdicts(2);
  assert.equal(wrong["table.replace.closed-form"], "fails");
  assert.equal(wrong["table.accumulate.closed-form"], "fails");
  assert.equal(wrong["table.accumulate.bounded"], "fails");
  assert.equal(verdicts(-1)["table.replace.rises"], "fails");
  assert.ok(tableClaims([]).every(({ verdict }) => verdict === "undecided"));
});

test("figures show theory as dashes where it is known, the mean's error as dots, and nothing published", () => {
  const provenance = { preset: "own", dataset: "t.csv", seeds: [0], versions: {} };
  const [error, drift] = tableFigures(records(1), undefined, provenance);
  for (const { data, alt } of [error, drift]) {
    const lines = (dash: string) =>
      data.filter((trace) => (trace as { line?: { dash?: string } }).line?.dash === dash);
    // Replace and Accumulate, and the legend's entry.
    assert.equal(lines("dash").length, 3);
    assert.equal(lines("dot").length, 3);
    assert.match(
      alt,
      /At iteration 3 its mean over seeds is [\d.]+ under Replace, [\d.]+ under Acc/,
    );
  }
  assert.ok(!JSON.stringify([error, drift]).includes("published"));
});
