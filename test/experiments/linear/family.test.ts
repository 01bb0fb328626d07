import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Cancelled, UserError } from "../../../lib/errors";
import type { Row } from "../../../lib/experiments/experiment";
import { figure7, figure16 } from "../../../lib/experiments/linear/figures/index";
import { linear } from "../../../lib/experiments/linear/index";
import type { LinearPreset } from "../../../lib/experiments/linear/presets";
import { select } from "../../../lib/experiments/linear/records";
import type { Session } from "../../../lib/experiments/session";
import { validate } from "../../../lib/export/validate";
import { parsed } from "../../../lib/loop/config";
import { RunStore } from "../../../lib/store/runStore";
import { accumulateRatioLimit } from "../../../lib/theory/index";
import { temporaryFolder } from "../../support/temporary";

const small: LinearPreset = {
  method: "exact",
  figure7: { d: 6, T: [20, 60], sigma2: [1, 10], iterations: 10, seeds: 60 },
  figure16: { d: 4, T: [20, 60], sigma2: [1, 10], iterations: 30, seeds: 60 },
  variants: { d: 4, T: [20], sigma2: [1], iterations: 12, seeds: 60 },
  sweep: { d: [1, 4], T: [5, 100], sigma2: [0.1, 1], iterations: 12, seeds: 60 },
  subsample: { d: 3, T: [6, 50], sigma2: [1], iterations: 12, seeds: 60 },
};

function session(signal = new AbortController().signal): Session {
  return {
    store: RunStore.open(temporaryFolder()),
    signal,
    progress: () => {},
    chains: () => Promise.reject(new Error("the linear family runs no chains")),
    rows: async (_key, compute) => compute(),
  };
}

const provenance = { preset: "quick", dataset: "generated", seeds: [0], versions: {} };

describe("linear family on a small preset", () => {
  let rows: Row[] = [];
  before(async () => {
    rows = await linear.run(small, session());
  });

  test("there is one row per setting, regime and iteration, over all seeds; T ≤ d + 1 is left out of the sweep", () => {
    assert.equal(select(rows, { part: "figure-07" }).length, 2 * 2 * 2 * 10);
    assert.equal(select(rows, { part: "figure-16" }).length, 3 * 2 * 2 * 30);
    assert.equal(select(rows, { part: "figure-16", kind: "slope" }).length, 3 * 2 * 2);
    assert.equal(select(rows, { part: "variants" }).length, 3 * 3 * 12);
    // (1, 5), (1, 100), (4, 100) × three regimes × two noises × iterations 1 … 10 and 12.
    assert.equal(select(rows, { part: "sweep" }).length, 3 * 3 * 2 * 11);
    assert.equal(select(rows, { part: "sweep", d: 4, T: 5 }).length, 0);
    assert.equal(select(rows, { part: "subsample" }).length, 2 * 11);
    assert.ok(rows.every((row) => row.n === 60));
  });

  test("the same preset gives the same rows", async () => {
    assert.deepEqual(await linear.run(small, session()), rows);
  });

  test("the literal method gives the same kind of rows and holds the same agreement claims", async () => {
    const literal: LinearPreset = {
      ...small,
      method: "literal",
      figure7: { ...small.figure7, T: [20], iterations: 4 },
      figure16: { ...small.figure16, T: [20], iterations: 4 },
      variants: { ...small.variants, iterations: 2 },
    };
    const claims = linear.claims(await linear.run(literal, session()), literal);
    const agreement = claims.filter(({ id }) => id.startsWith("linear.theory."));
    assert.equal(agreement.length, 6);
    for (const claim of agreement) assert.equal(claim.verdict, "holds", claim.id);
  });

  test("Plotly draws every figure as it is meant, with and without the published lines", () => {
    const figures = linear.figures(rows, small, { ...provenance, ...linear.describe(small) });
    assert.equal(new Set(figures.map(({ name }) => name)).size, 8);
    const options = { theory: "as-published", published: false, log: true } as const;
    for (const figure of [
      ...figures,
      figure7(rows, provenance, options),
      figure16(rows, provenance, options),
    ])
      validate(figure);
  });

  test("the option of the published dashed lines draws (n+1) v instead of n v", () => {
    const at = (which: "exact" | "as-published") => {
      const { data } = figure7(rows, provenance, { theory: which });
      const traces = data as { line?: { dash?: string }; y: number[] }[];
      return traces.find(({ line }) => line?.dash === "dash")!.y[0];
    };
    const v = 6 / (20 - 6 - 1);
    assert.ok(Math.abs(at("exact") / v - 1) < 1e-4);
    assert.ok(Math.abs(at("as-published") / v - 2) < 1e-4);
  });

  test("all claims that have data hold; published means do not belong to this setting", () => {
    const claims = linear.claims(rows, small);
    assert.equal(new Set(claims.map(({ id }) => id)).size, claims.length);
    for (const claim of claims) {
      const ours = !claim.id.startsWith("linear.published");
      // The subsample claim is about d/T ≤ 0.01, which d = 1, T = 100 just is.
      if (ours) assert.equal(claim.verdict, "holds", `${claim.id}: ${claim.estimate}`);
    }
    const bound = claims.find(({ id }) => id === "linear.accumulate.bound");
    assert.equal(bound?.published, accumulateRatioLimit);
  });

  test("claims fail when the measured errors are 30 % too large", () => {
    const wrong = rows.map((row) => ({ ...row, mean: 1.3 * (row.mean as number) }));
    const failing = linear.claims(wrong, small).filter(({ verdict }) => verdict === "fails");
    const ids = failing.map(({ id }) => id);
    for (const id of [
      "linear.theory.worst-point",
      "linear.theory.figure-07.replace",
      "linear.theory.figure-16.accumulate",
      "linear.replace.slope",
      "linear.accumulate.limit",
      "linear.accumulate.bound",
    ])
      assert.ok(ids.includes(id), id);
  });

  test("without records every claim that remains says that there is undecided", () => {
    for (const claim of linear.claims([], small))
      assert.equal(claim.verdict, "undecided", claim.id);
  });
});

test("a stop request ends a run with Cancelled", async () => {
  const controller = new AbortController();
  controller.abort();
  const long = { ...small, sweep: { ...small.sweep, d: [10], T: [1000], iterations: 100 } };
  await assert.rejects(linear.run(long, session(controller.signal)), Cancelled);
});

const refused: [string, object, RegExp][] = [
  ["T = d + 1", { figure7: { ...small.figure7, T: [7] } }, /figure7.*at least d \+ 2/],
  ["σ² < 0", { figure16: { ...small.figure16, sigma2: [-1] } }, /sigma2/],
  ["no iterations", { sweep: { ...small.sweep, iterations: 0 } }, /sweep\.iterations/],
  ["one seed", { variants: { ...small.variants, seeds: 1 } }, /seeds/],
  ["an unknown key", { figur7: small.figure7 }, /figur7.*figure7/],
  ["an unknown method", { method: "exactly" }, /method/],
];

for (const [what, change, sentence] of refused)
  test(`a preset with ${what} is refused with a sentence`, () => {
    assert.throws(
      () => parsed(linear.schema, { ...small, ...change }, "The preset"),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
    );
  });
