import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { configOf } from "../../../lib/experiments/linear/config";
import { exactDraw, literalErrors } from "../../../lib/experiments/linear/simulation/index";
import type { Regime } from "../../../lib/pool/regime";
import {
  accumulate,
  accumulateSubsample,
  growing,
  replace,
  replaceMultiple,
} from "../../../lib/pool/regimes";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { kolmogorovDistance, kolmogorovLimit } from "./support";

const CHAINS = 500;
const ITERATIONS = 5;
const condition = { d: 3, T: 12, sigma2: 0.7, sigmaLater2: 0.4 };
const exact = (regime: Regime, freshX: boolean): Float64Array[] =>
  Array.from({ length: CHAINS }, (_, seed) =>
    exactDraw(regime, { ...condition, freshX }, ITERATIONS, new Stream(["exact", seed])),
  );

/** The real items and the newest synthetic ones: a model is no move from an earlier one. */
const realAndNewest: Regime = {
  name: "real-and-newest",
  plan: (n, T) => ({ parts: n === 1 ? [{ block: 1 }] : [{ block: 1 }, { block: n }], produce: T }),
};

/** Every form of the exact draw: regime, and whether X is fresh. */
const FORMS: readonly [Regime, boolean][] = [
  [replace, false],
  [replaceMultiple, false],
  [accumulate, false],
  [accumulateSubsample, false],
  [realAndNewest, false],
  [replace, true],
  [replaceMultiple, true],
  [accumulate, true],
  [realAndNewest, true],
  [growing(1.5), true],
];

// What is compared: three marginals, and the growth within a chain, which sees the joint law.
const VIEWS: readonly [string, (path: Float64Array) => number][] = [
  ["E₁", (path) => path[0]],
  ["E₂", (path) => path[1]],
  ["E₅", (path) => path[4]],
  ["E₅/E₁", (path) => path[4] / path[0]],
];

const literal = new Map<string, Float64Array[]>();

async function literalPaths(regime: Regime, freshX: boolean): Promise<Float64Array[]> {
  const config = configOf({ ...condition, freshX }, { testItems: 1 });
  const paths: Float64Array[] = [];
  for (let seed = 0; seed < CHAINS; seed++)
    paths.push(await literalErrors(config, regime, ITERATIONS, Streams.ofSeed(seed)));
  return paths;
}

describe("the exact draw has the law of the literal simulation (Kolmogorov–Smirnov, 500 chains)", () => {
  before(async () => {
    for (const [regime, freshX] of FORMS)
      literal.set(`${regime.name} ${freshX}`, await literalPaths(regime, freshX));
  });

  for (const [regime, freshX] of FORMS)
    test(`${regime.name}, ${freshX ? "fresh" : "fixed"} X`, () => {
      const ours = exact(regime, freshX);
      const reference = literal.get(`${regime.name} ${freshX}`)!;
      for (const [what, of] of VIEWS) {
        const distance = kolmogorovDistance(ours.map(of), reference.map(of));
        assert.ok(distance < kolmogorovLimit(CHAINS), `${what}: ${distance}`);
      }
    });

  test("the same comparison tells neighbouring laws apart", () => {
    const wrong = exact(replaceMultiple, false);
    const reference = literal.get("accumulate false")!;
    const growth = VIEWS[3][1];
    const distance = kolmogorovDistance(wrong.map(growth), reference.map(growth));
    assert.ok(distance > kolmogorovLimit(CHAINS), `${distance}`);
  });
});
