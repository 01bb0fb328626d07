import { adjustable, adjustmentOf } from "../../figures/adjustable";
import type { Figure } from "../../figures/figure";
import { panelGrid } from "../../figures/layout";
import { regimeColour, regimeLabel } from "../../figures/style";
import { line } from "../../figures/traces";
import { versions } from "../../store/versions";
import { gaussianAccumulateVariance, gaussianShareVariance } from "../../theory/index";
import { requireShare, requireWhole } from "../../theory/ranges";

export interface GaussianCondition {
  /** T, items of a round. */
  readonly items: number;
  /** Share of a round's items that are real and new. */
  readonly realShare: number;
  readonly iterations: number;
}

const ITEMS = [5, 10, 20, 50, 100];
const SHARES = [0.05, 0.1, 0.2, 0.5, 1];

/**
 * Expected variance of a Gaussian that is fitted to its own draws, with sliders for the items of a round
 * and the share of new real ones: closed forms, nothing is sampled.
 * @throws UserError for numbers that are none of their kind
 */
export function adjustableGaussian(condition: GaussianCondition): Figure {
  const { items, realShare, iterations } = condition;
  requireWhole("items", "the items of a round; a variance needs two", items, 2);
  requireShare("realShare", realShare);
  requireWhole("iterations", "the number of model fits", iterations);
  const x = Array.from({ length: iterations }, (_, i) => i + 1);
  const curvesAt = ({ items: T, realShare: share }: GaussianCondition) => {
    const mixed = (real: number) => x.map((n) => gaussianShareVariance({ T, sigma2: 1, n, real }));
    const accumulate = x.map((n) => gaussianAccumulateVariance({ T, sigma2: 1, n }));
    return [mixed(0), mixed(Math.round(share * T)), accumulate];
  };
  const titleOf = (at: GaussianCondition) =>
    `A Gaussian fitted to its own draws: ${at.items} items, fresh real share ${at.realShare}`;
  const adjustment = (name: string, key: "items" | "realShare", usual: readonly number[]) => {
    const values = [...new Set([...usual, condition[key]])].sort((a, b) => a - b);
    return adjustmentOf(name, condition, key, values, (at) => ({
      title: titleOf(at),
      y: curvesAt(at),
    }));
  };
  const grid = panelGrid({
    title: titleOf(condition),
    x: { title: "Model-fitting iteration" },
    y: { title: "Expected fitted variance", range: [0, 1.02] },
    legend: "",
  });
  const names = ["replace", "fresh-real", "accumulate"];
  const first = curvesAt(condition);
  const data = names.map((name, i) =>
    line({ x, y: first[i], colour: regimeColour(name), name: regimeLabel(name) }, grid.panel(0, 0)),
  );
  const figure: Figure = {
    name: "gaussian-adjustable",
    data,
    layout: grid.layout,
    alt: `Expected fitted variance against iteration under ${names.join(", ")}, with sliders for items and real share.`,
    provenance: { preset: "", dataset: "closed forms", seeds: [], versions: versions() },
  };
  return adjustable(figure, [
    adjustment("items", "items", ITEMS),
    adjustment("real share", "realShare", SHARES),
  ]);
}
