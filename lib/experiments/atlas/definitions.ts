import type { Row } from "../experiment";
import type { Entry } from "./entries/entry";
import { gaussianVariance } from "./entries/gaussianVariance";
import { PRICES, priceList } from "./entries/priceList";
import { tail } from "./entries/tail";
import { pointsOf } from "./points";
import type { AtlasPreset } from "./preset";

/** Columns of the table. */
export const REGIMES = ["replace", "replace-multiple", "accumulate"] as const;

/** What a definition says about a regime; undefined if no run tells. */
export interface Verdict {
  readonly collapses: boolean;
  /** The number that decides. */
  readonly value: string;
}

export interface Definition {
  readonly name: string;
  /** The rule, with its threshold. */
  readonly rule: string;
  readonly verdicts: readonly (Verdict | undefined)[];
}

/** First and last point of a curve, with how they differ. */
function ends(rows: readonly Row[], preset: AtlasPreset, entry: Entry, id: string) {
  const curve = entry.curves.find((one) => one.id === id);
  const points = curve ? pointsOf(rows, preset, entry, curve) : [];
  if (points.length < 2) return undefined;
  const [first, last] = [points[0], points[points.length - 1]];
  const rise = last.mean - first.mean;
  return { ratio: last.mean / first.mean, z: rise / Math.hypot(first.se, last.se), last };
}

/**
 * The definitions of collapse of the position paper "Model Collapse Does Not Mean What You Think",
 * applied to the same regimes: the risk is the squared error of an estimated mean, the variance that of
 * a fitted Gaussian, the tail the missing mass of a Zipf law. What no run tells stays open.
 */
export function definitions(rows: readonly Row[], preset: AtlasPreset): Definition[] {
  const each = (of: (regime: (typeof REGIMES)[number]) => Verdict | undefined) => REGIMES.map(of);
  const risk = (regime: string) => ends(rows, preset, priceList, regime);
  const times = (ratio: number) => `× ${ratio.toPrecision(3)}`;
  const unknown = each(() => undefined);
  return [
    {
      name: "Catastrophic rise of risk",
      rule: "at least 5 times the first",
      verdicts: each((regime) => {
        const found = risk(regime);
        return found && { collapses: found.ratio >= 5, value: times(found.ratio) };
      }),
    },
    {
      name: "Any rise of risk",
      rule: "by more than 3 s.e.",
      verdicts: each((regime) => {
        const found = risk(regime);
        return found && { collapses: found.z > 3, value: `${found.z.toFixed(0)} s.e.` };
      }),
    },
    {
      name: "Diverging risk",
      rule: "exact limit",
      verdicts: each((regime) => {
        const price = PRICES.find(({ name }) => name === regime);
        if (!price) return undefined;
        const diverges = !Number.isFinite(price.limit);
        return { collapses: diverges, value: diverges ? "∞" : price.limit.toFixed(3) };
      }),
    },
    {
      name: "Collapsing variance",
      rule: "below half of the first",
      verdicts: each((regime) => {
        const found = ends(rows, preset, gaussianVariance, regime);
        return found && { collapses: found.ratio < 0.5, value: times(found.ratio) };
      }),
    },
    {
      name: "Disappearing tails",
      rule: "missing mass up by a tenth",
      verdicts: each((regime) => {
        const ids: Partial<Record<string, string>> = { replace: "high", accumulate: "accumulate" };
        const found = ends(rows, preset, tail, ids[regime] ?? "");
        return found && { collapses: found.ratio > 1.1, value: times(found.ratio) };
      }),
    },
    { name: "Changed scaling law", rule: "not computed here", verdicts: unknown },
    { name: "Entangled modes", rule: "not computed here", verdicts: unknown },
    { name: "Hallucinated data", rule: "not computed here", verdicts: unknown },
  ];
}
