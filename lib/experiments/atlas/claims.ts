import {
  agreement,
  ENOUGH_CHAINS,
  largestAllowed,
  largestScore,
  notAbove,
  notBelow,
} from "../../claims/agreement";
import type { Claim } from "../../claims/claim";
import type { Row } from "../experiment";
import { type Curve, type Entry, variantName } from "./entries/entry";
import { ENTRIES } from "./entries/index";
import { estimateAt, iterationsOf } from "./estimates";
import { type AtlasPreset, variantConfig } from "./preset";

/** How sure a statement's wording is, as it is printed. */
const HOW = { read: "read in the paper", recalled: "recalled", derived: "derived here" } as const;

/**
 * One claim for every curve of every entry, at its last iteration, within 3 standard errors; and one for
 * all of them together, against Bonferroni's bound for that many.
 */
export function atlasClaims(rows: readonly Row[], preset: AtlasPreset): Claim[] {
  const claimed = ENTRIES.flatMap((entry) =>
    entry.curves
      .filter(({ claims }) => claims !== "shown")
      .map((curve) => ({ entry, curve, ...measuredEnd(rows, preset, entry, curve) })),
  );
  const scores = claimed.flatMap(({ curve, estimate, expected }) =>
    estimate && estimate.n >= ENOUGH_CHAINS && (curve.claims ?? "equal") === "equal"
      ? [Math.abs(estimate.mean - expected) / estimate.se]
      : [],
  );
  const bound = largestAllowed(Math.max(1, scores.length));
  return [
    ...claimed.map((one) => claimOf(one)),
    largestScore({
      id: "atlas.worst",
      statement: `No measured mean is further from its exact value than chance allows: the largest |z| of ${scores.length} is at most ${bound.toFixed(2)} (5 %, Bonferroni)`,
      runs: ["all entries"],
      scores,
    }),
  ];
}

/** The claim of one curve. */
export function curveClaim(
  rows: readonly Row[],
  preset: AtlasPreset,
  { entry, curve }: { readonly entry: Entry; readonly curve: Curve },
): Claim {
  return claimOf({ entry, curve, ...measuredEnd(rows, preset, entry, curve) });
}

type End = ReturnType<typeof measuredEnd> & { readonly entry: Entry; readonly curve: Curve };

function claimOf({ entry, curve, estimate, expected, iteration, variant }: End): Claim {
  const head = {
    id: `atlas.${entry.id}.${curve.id}`,
    runs: [`${variant} n=${iteration}`],
    published: expected,
    estimate,
  };
  const statement = (rule: string) =>
    `${entry.title}: ${curve.what}, n = ${iteration}: ${rule} (within 3 s.e.; ${entry.source.paper}; ${HOW[entry.source.how]})`;
  switch (curve.claims) {
    case "not-above":
      return notAbove({ ...head, statement: statement("not above the bound"), bound: expected });
    case "not-below":
      return notBelow({ ...head, statement: statement("not below the bound"), bound: expected });
    default:
      return agreement({ ...head, statement: statement("the exact value"), expected });
  }
}

/** A curve's last iteration: what was measured and what should be. */
function measuredEnd(rows: readonly Row[], preset: AtlasPreset, entry: Entry, curve: Curve) {
  const variant = variantName(entry, curve.run);
  const found = preset.variants.find(({ name }) => name === variant)!;
  const config = variantConfig(preset, found);
  const iteration = iterationsOf(rows, variant).at(-1) ?? found.chains[0].iterations;
  const expected = curve.exact(config, iteration)[iteration - 1];
  return {
    variant,
    iteration,
    expected,
    estimate: estimateAt(rows, variant, iteration, curve, config),
  };
}
