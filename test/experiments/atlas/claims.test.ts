import assert from "node:assert/strict";
import { test } from "node:test";
import type { Claim } from "../../../lib/claims/claim";
import { atlasClaims, curveClaim } from "../../../lib/experiments/atlas/claims";
import { type Curve, type Entry, variantName } from "../../../lib/experiments/atlas/entries/entry";
import { ENTRIES } from "../../../lib/experiments/atlas/entries/index";
import { variantConfig } from "../../../lib/experiments/atlas/preset";
import { PRESETS_OF_ATLAS } from "../../../lib/experiments/atlas/presets";
import { seColumn } from "../../../lib/experiments/atlas/statistics";
import type { Row } from "../../../lib/experiments/experiment";

const preset = PRESETS_OF_ATLAS.quick;
const claimed = ENTRIES.flatMap((entry) =>
  entry.curves.filter(({ claims }) => claims !== "shown").map((curve) => ({ entry, curve })),
);
const idOf = ({ entry, curve }: { entry: Entry; curve: Curve }) => `atlas.${entry.id}.${curve.id}`;

/** Records of a run's last iteration that give a curve its exact value moved by so many s.e. */
function rowsOf(moved: number, { entry, curve }: (typeof claimed)[number]): Row[] {
  const variant = variantName(entry, curve.run);
  const found = preset.variants.find(({ name }) => name === variant)!;
  const [{ iterations, seeds }] = found.chains;
  const config = variantConfig(preset, found);
  const exact = curve.exact(config, iterations)[iterations - 1];
  const scale = curve.scale?.(config) ?? 1;
  const se = 0.01 * Math.max(1, Math.abs(exact));
  return Array.from({ length: seeds }, (_, seed) => {
    // Seeds that scatter by this much have a mean with the standard error `se`.
    const scatter = curve.clustered ? (seed % 2 === 0 ? 1 : -1) * Math.sqrt(seeds - 1) : 0;
    return {
      ...{ kind: "metrics", variant, seed, iteration: iterations, replicates: 1000 },
      [curve.measure]: (exact + se * (moved + scatter)) / scale,
      [seColumn(curve.measure)]: se / scale,
    };
  });
}

const verdictsOf = (rows: readonly Row[]) =>
  new Map(atlasClaims(rows, preset).map(({ id, verdict }: Claim) => [id, verdict]));

test("there are at least 24 claims of as many entries; each holds where its records are exact", () => {
  assert.ok(ENTRIES.length >= 24 && claimed.length >= ENTRIES.length);
  assert.equal(new Set(claimed.map(idOf)).size, claimed.length);
  for (const one of claimed)
    assert.equal(curveClaim(rowsOf(0, one), preset, one).verdict, "holds", idOf(one));
});

test("every claim can fail: 2 s.e. off it holds, 5 s.e. off it does not, on the side that it forbids", () => {
  for (const { entry, curve } of claimed) {
    const { claims = "equal" } = curve;
    const id = idOf({ entry, curve });
    const moved = (by: number) =>
      curveClaim(rowsOf(by, { entry, curve }), preset, { entry, curve }).verdict;
    const side = claims === "not-below" ? -1 : 1;
    assert.equal(moved(2 * side), "holds", id);
    assert.equal(moved(5 * side), "fails", id);
    assert.equal(moved(-5 * side), claims === "equal" ? "fails" : "holds", id);
  }
});

test("records that are missing decide nothing", () => {
  for (const [id, verdict] of verdictsOf([])) assert.equal(verdict, "undecided", id);
});

test("all together: one of many that is 5 s.e. off is too far, 1 s.e. off is not", () => {
  const [one] = claimed;
  assert.equal(verdictsOf(rowsOf(5, one)).get("atlas.worst"), "fails");
  assert.equal(verdictsOf(rowsOf(1, one)).get("atlas.worst"), "holds");
});
