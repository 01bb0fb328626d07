import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { linearConfig } from "../../../lib/experiments/linear/config";
import {
  fixedDesignErrors,
  freshAccumulateErrors,
  freshReplaceErrors,
  literalErrors,
  STEPS,
  subsampleErrors,
} from "../../../lib/experiments/linear/simulation/index";
import { regime } from "../../../lib/pool/parseRegime";
import { Stream } from "../../../lib/random/stream";
import { Streams } from "../../../lib/random/streams";
import { kolmogorovDistance, kolmogorovLimit } from "./support";

const CHAINS = 500;
const setting = { d: 3, T: 12, sigma2: 0.7, iterations: 5 };
const fast = (draw: (stream: Stream) => Float64Array): Float64Array[] =>
  Array.from({ length: CHAINS }, (_, seed) => draw(new Stream(["exact", seed])));

/** Name of the regime and whether X is fresh → fast form. */
const FORMS: readonly [string, boolean, (stream: Stream) => Float64Array][] = [
  ["replace", false, (s) => fixedDesignErrors(STEPS.replace, setting, s)],
  ["replace-multiple", false, (s) => fixedDesignErrors(STEPS["replace-multiple"], setting, s)],
  ["accumulate", false, (s) => fixedDesignErrors(STEPS.accumulate, setting, s)],
  ["accumulate-subsample", false, (s) => subsampleErrors(setting, [0.7], s)[0]],
  ["replace", true, (s) => freshReplaceErrors(() => 12, setting, s)],
  ["replace-multiple", true, (s) => freshReplaceErrors((n) => 12 * n, setting, s)],
  ["accumulate", true, (s) => freshAccumulateErrors(setting, s)],
];

// What is compared: three marginals, and the growth within a chain, which sees the joint law.
const VIEWS: readonly [string, (path: Float64Array) => number][] = [
  ["E₁", (path) => path[0]],
  ["E₂", (path) => path[1]],
  ["E₅", (path) => path[4]],
  ["E₅/E₁", (path) => path[4] / path[0]],
];

const literal = new Map<string, Float64Array[]>();

async function literalPaths(name: string, freshX: boolean): Promise<Float64Array[]> {
  const { iterations, ...shape } = setting;
  const config = linearConfig({ ...shape, freshX, testItems: 1 });
  const paths: Float64Array[] = [];
  for (let seed = 0; seed < CHAINS; seed++) {
    const streams = Streams.ofSeed(seed);
    paths.push(await literalErrors(config, regime({ kind: name }), iterations, streams));
  }
  return paths;
}

describe("the fast form has the law of the literal simulation (Kolmogorov–Smirnov, 500 chains)", () => {
  before(async () => {
    for (const [name, freshX] of FORMS)
      literal.set(`${name} ${freshX}`, await literalPaths(name, freshX));
  });

  for (const [name, freshX, draw] of FORMS)
    test(`${name}, ${freshX ? "fresh" : "fixed"} X`, () => {
      const ours = fast(draw);
      const reference = literal.get(`${name} ${freshX}`)!;
      for (const [what, of] of VIEWS) {
        const distance = kolmogorovDistance(ours.map(of), reference.map(of));
        assert.ok(distance < kolmogorovLimit(CHAINS), `${what}: ${distance}`);
      }
    });

  test("the same comparison tells neighbouring laws apart", () => {
    const wrong = fast((s) => fixedDesignErrors((n) => 1 / n ** 0.7, setting, s));
    const reference = literal.get("accumulate false")!;
    const growth = VIEWS[3][1];
    const distance = kolmogorovDistance(wrong.map(growth), reference.map(growth));
    assert.ok(distance > kolmogorovLimit(CHAINS), `${distance}`);
  });
});
