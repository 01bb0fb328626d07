import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Cancelled, UserError } from "../../../lib/errors";
import type { Row } from "../../../lib/experiments/experiment";
import { figure7, figure16 } from "../../../lib/experiments/linear/figures/index";
import { configOf, linear } from "../../../lib/experiments/linear/index";
import type { LinearPreset, Variant } from "../../../lib/experiments/linear/preset";
import { select, variantRecords } from "../../../lib/experiments/linear/records";
import { validate } from "../../../lib/export/validate";
import { parsed } from "../../../lib/loop/config";
import { RunStore } from "../../../lib/store/runStore";
import { accumulateRatioLimit } from "../../../lib/theory/index";
import { temporaryFolder } from "../../support/temporary";
import { runExperiment } from "../support";

const PAPER = [{ kind: "replace" }, { kind: "accumulate" }];
const THREE = [{ kind: "replace" }, { kind: "replace-multiple" }, { kind: "accumulate" }];

function variant(
  name: string,
  change: Pick<Variant, "role" | "grid"> & Partial<Variant>,
  iterations: number,
  regimes = THREE,
): Variant {
  return {
    ...{ name, label: name, changes: {}, simulation: "exact-draw" },
    chains: [{ regimes, iterations, seeds: 60 }],
    ...change,
  };
}

const noise = { d: [4], T: [20], sigma2: [1] };
const SUBSAMPLE = [{ kind: "accumulate-subsample" }];

const small: LinearPreset = {
  task: configOf({ d: 4, T: 20, sigma2: 1 }, { testItems: 5 }),
  variants: [
    variant(
      "main",
      { role: "paper", published: "figure-07", grid: { d: [6], T: [20, 60], sigma2: [1, 10] } },
      10,
      PAPER,
    ),
    variant(
      "long-run",
      { role: "paper", published: "figure-16", grid: { d: [4], T: [20, 60], sigma2: [1, 10] } },
      30,
    ),
    variant(
      "fresh-x",
      { role: "variation", grid: noise, changes: { sampling: { freshX: true } } },
      12,
    ),
    variant(
      "clean-start",
      { role: "variation", grid: noise, changes: { data: { sigma2: 0 } } },
      12,
    ),
    variant(
      "clean-labels",
      { role: "variation", grid: noise, changes: { sampling: { sigma2: 0 } } },
      12,
    ),
    variant("sweep", { role: "sweep", grid: { d: [1, 4], T: [5, 100], sigma2: [0.1, 1] } }, 12, [
      ...PAPER,
      ...SUBSAMPLE,
    ]),
    variant(
      "subsample",
      { role: "subsample", grid: { d: [3], T: [6, 50], sigma2: [1] } },
      12,
      SUBSAMPLE,
    ),
    variant(
      "loop",
      {
        ...{ role: "loop", simulation: "loop", grid: { d: [5], T: [60], sigma2: [1] } },
        chains: [{ regimes: SUBSAMPLE, iterations: 2, seeds: 30 }],
      },
      2,
    ),
  ],
};

/** The preset with the variant of a name changed. */
function withChanges(name: string, change: Partial<Variant>): LinearPreset {
  const variants = small.variants.map((v) => (v.name === name ? { ...v, ...change } : v));
  return { ...small, variants };
}

const provenance = { preset: "quick", dataset: "generated", seeds: [0], versions: {} };

describe("linear family on a small preset", () => {
  let rows: Row[] = [];
  before(async () => {
    ({ rows } = await runExperiment(linear, small, {}));
  });

  test("there is one row per condition, regime and iteration, over all seeds; T ≤ d + 1 is left out of the sweep", () => {
    assert.equal(select(rows, { variant: "main" }).length, 2 * 2 * 2 * 10);
    assert.equal(select(rows, { variant: "long-run" }).length, 3 * 2 * 2 * 30);
    assert.equal(select(rows, { variant: "long-run", kind: "slope" }).length, 3 * 2 * 2);
    for (const name of ["fresh-x", "clean-start", "clean-labels"])
      assert.equal(select(rows, { variant: name }).length, 3 * 12);
    // (1, 5), (1, 100), (4, 100) × three regimes × two noises × iterations 1 … 10 and 12.
    assert.equal(select(rows, { variant: "sweep" }).length, 3 * 3 * 2 * 11);
    assert.equal(select(rows, { variant: "sweep", d: 4, T: 5 }).length, 0);
    assert.equal(select(rows, { variant: "subsample" }).length, 2 * 11);
    const drawn = rows.filter(({ variant }) => variant !== "loop");
    assert.ok(drawn.every((row) => row.n === 60 && row.seed === "0-59"));
    for (const [simulation, seed] of [
      ["loop", "0-29"],
      ["exact draw", "0-299"],
    ] as const)
      assert.deepEqual(
        select(rows, { variant: "loop", simulation }).map((row) => row.seed),
        [seed, seed],
      );
  });

  test("every row begins with kind, variant, regime, seed, iteration; the loop's models have one each", () => {
    const columns = ["kind", "variant", "regime", "seed", "iteration"];
    for (const row of rows) assert.deepEqual(Object.keys(row).slice(0, 5), columns);
    const metrics = rows.filter(({ kind }) => kind === "metrics");
    assert.equal(metrics.length, 2 * 30);
    for (const row of metrics) assert.equal(Object.keys(row).at(-1), "run");
  });

  test("rows have the exact expected error where it is known, else the leading order's, and medians", () => {
    const [replace] = select(rows, { variant: "main", regime: "replace", T: 20, iteration: 7 });
    assert.ok(Math.abs((replace.expected ?? 0) / ((7 * 6) / 13) - 1) < 1e-5);
    const [fresh] = select(rows, { variant: "fresh-x", regime: "accumulate", iteration: 2 });
    assert.ok(Math.abs((fresh.expected ?? 0) / (4 * (1 / 15 + 1 / (2 * 35))) - 1) < 1e-5);
    for (const row of select(rows, { variant: "clean-labels" }))
      assert.ok(Math.abs((row.expected ?? 0) / (4 / 15) - 1) < 1e-5);
    for (const row of select(rows, { variant: "subsample" })) {
      assert.equal(row.expected, undefined);
      assert.ok((row.leadingOrder ?? 0) > 0);
      assert.ok((row.medianLow ?? 0) < row.median && row.median < (row.medianHigh ?? 0));
    }
  });

  test("the same preset gives the same rows, the second time without computing", async () => {
    const preset = { ...small, variants: small.variants.slice(0, 1) };
    const store = RunStore.open(temporaryFolder());
    const first = await runExperiment(linear, preset, { store });
    assert.deepEqual(
      first.rows,
      rows.filter(({ variant }) => variant === "main"),
    );
    const entries = store.list("rows");
    assert.deepEqual((await runExperiment(linear, preset, { store })).rows, first.rows);
    assert.deepEqual(store.list("rows"), entries);
  });

  test("Figure 7 through the loop has the same kind of rows and holds the same agreement claims", async () => {
    const literal = withChanges("main", {
      simulation: "loop",
      grid: { d: [6], T: [20], sigma2: [1] },
      chains: [{ regimes: PAPER, iterations: 2, seeds: 30 }],
    });
    const preset = { ...literal, variants: literal.variants.slice(0, 1) };
    const run = await runExperiment(linear, preset, {});
    assert.equal(variantRecords(run.rows, { variant: "main" }).length, 2 * 2);
    const claims = linear.claims(run.rows, preset);
    const agreement = claims.filter(({ id }) => id.startsWith("linear.theory."));
    assert.equal(agreement.length, 3);
    for (const claim of agreement) assert.equal(claim.verdict, "holds", claim.id);
    const figures = linear.figures(run.rows, preset, provenance).map(({ name }) => name);
    assert.deepEqual(figures, ["figure-07-linear-regression", "linear-exact-versus-bound"]);
  });

  test("Plotly draws every figure as it is meant, with and without the published lines", () => {
    const figures = linear.figures(rows, small, { ...provenance, ...linear.describe(small) });
    assert.equal(new Set(figures.map(({ name }) => name)).size, 8);
    const options = { theory: "as-published", published: false, log: true } as const;
    for (const figure of [
      ...figures,
      figure7(rows, small, provenance, options),
      figure16(rows, small, provenance, options),
    ])
      validate(figure);
  });

  test("the option of the published dashed lines draws (n+1) v instead of n v", () => {
    const at = (which: "exact" | "as-published") => {
      const { data } = figure7(rows, small, provenance, { theory: which });
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
    const wrong = rows.map((row) =>
      row.kind === "metrics" ? row : { ...row, mean: 1.3 * (row.mean as number) },
    );
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

  test("the loop's claim fails when the loop's errors are twice the exact draw's", () => {
    const verdicts = (of: Row[]) =>
      linear
        .claims(of, small)
        .filter(({ id }) => id.startsWith("linear.loop."))
        .map(({ verdict }) => verdict);
    assert.deepEqual(verdicts(rows), ["holds"]);
    const twice = rows.map((row) =>
      row.simulation === "loop" ? { ...row, mean: 2 * (row.mean as number) } : row,
    );
    assert.deepEqual(verdicts(twice), ["fails"]);
  });

  test("without records every claim that remains says that there is undecided", () => {
    for (const claim of linear.claims([], small))
      assert.equal(claim.verdict, "undecided", claim.id);
  });
});

test("a stop request ends a run with Cancelled", async () => {
  const controller = new AbortController();
  controller.abort();
  const long = withChanges("sweep", {
    grid: { d: [10], T: [1000], sigma2: [1] },
    chains: [{ regimes: SUBSAMPLE, iterations: 100, seeds: 100 }],
  });
  await assert.rejects(runExperiment(linear, long, { signal: controller.signal }), Cancelled);
});

const refused: [string, object, RegExp][] = [
  [
    "T = d + 1",
    withChanges("main", { grid: { d: [6], T: [7], sigma2: [1] } }),
    /variants\.0\.grid\.T.*T = 7 is too small.*at least d \+ 2 = 8/,
  ],
  [
    "σ² < 0",
    withChanges("long-run", { grid: { d: [4], T: [20], sigma2: [-1] } }),
    /variants\.1\.grid\.sigma2/,
  ],
  [
    "no iterations",
    withChanges("sweep", { chains: [{ regimes: PAPER, iterations: 0, seeds: 5 }] }),
    /iterations/,
  ],
  [
    "one seed",
    withChanges("fresh-x", { chains: [{ regimes: PAPER, iterations: 2, seeds: 1 }] }),
    /seeds.*at least 2/,
  ],
  ["an unknown key", { ...small, variant: [] }, /variant.*variants/],
  ["an unknown simulation", withChanges("main", { simulation: "exactly" as never }), /simulation/],
  ["an unknown change", withChanges("main", { changes: { sampling: { freshx: true } } }), /freshx/],
];

for (const [what, preset, sentence] of refused)
  test(`a preset with ${what} is refused with a sentence`, () => {
    assert.throws(
      () => parsed(linear.schema, preset, "The preset"),
      (error: unknown) => error instanceof UserError && sentence.test(error.message),
    );
  });

test("the presets are valid, and quick differs from laptop in sizes, iterations and seeds alone", () => {
  for (const preset of Object.values(linear.presets)) parsed(linear.schema, preset, "The preset");
  const shape = (preset: LinearPreset | undefined) =>
    preset?.variants.map(({ name, role, simulation, changes }) => [
      name,
      role,
      simulation,
      changes,
    ]);
  assert.deepEqual(shape(linear.presets.quick), shape(linear.presets.laptop));
});
