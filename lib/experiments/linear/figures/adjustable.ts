import { UserError } from "../../../errors";
import { adjustable, adjustmentOf } from "../../../figures/adjustable";
import type { Figure } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { regimeColour, regimeLabel } from "../../../figures/style";
import { line } from "../../../figures/traces";
import type { Regime } from "../../../pool/regime";
import { versions } from "../../../store/versions";
import { expectedErrors } from "../../../theory/index";
import { type Ols, requireOls, requireWhole } from "../../../theory/ranges";

/** A condition to start from, and N, model-fitting iterations. */
export interface AdjustableCondition extends Ols {
  readonly iterations: number;
}

const TIMES = [0.1, 0.2, 0.5, 1, 2, 5, 10];

/**
 * Expected test errors of regimes of whole blocks, with sliders for d, T and σ² around a condition: nothing
 * is simulated. A regime is switched off and on by a click on its name in the legend.
 * @throws UserError for T ≤ d + 1, or a regime without an exact expected error
 * @example await show(adjustableFigure({ d: 10, T: 100, sigma2: 1, iterations: 50 }, [regimes.replace]));
 */
export function adjustableFigure(
  { iterations, ...condition }: AdjustableCondition,
  regimes: readonly Regime[],
): Figure {
  requireOls(condition);
  requireWhole("iterations", "the number of model fits", iterations);
  const curvesAt = (at: Ols) =>
    regimes.map((regime) => {
      const expected = expectedErrors(regime, at, iterations);
      if (expected?.exact) return [...expected.errors];
      throw new UserError(
        `The exact expected error of ${regime.name} is not known: leave it out here, or simulate it with explore.`,
      );
    });
  const view = (at: Ols) => ({ title: titleOf(at), y: curvesAt(at) });
  const steps = (name: keyof Ols, values: readonly number[]) =>
    adjustmentOf(name === "sigma2" ? "σ²" : name, condition as Ols, name, values, view);
  const { d, T, sigma2 } = condition;
  // Up to T − 2 dimensions, from d + 2 items on: beyond, the expected error is infinite.
  const around = (value: number, fits: (v: number) => boolean) => [
    ...new Set(TIMES.map((times) => Math.round(times * value)).filter((v) => v > 0 && fits(v))),
  ];
  const adjustments = [
    steps(
      "T",
      around(T, (value) => value >= d + 2),
    ),
    steps(
      "d",
      around(d, (value) => value <= T - 2),
    ),
    ...(sigma2 > 0
      ? [
          steps(
            "sigma2",
            TIMES.map((times) => Number((times * sigma2).toPrecision(6))),
          ),
        ]
      : []),
  ];
  const all = adjustments.flatMap(({ steps }) => steps.flatMap(({ y }) => y.flat()));
  const positive = all.filter((error) => error > 0);
  const grid = panelGrid({
    title: titleOf(condition),
    x: { title: "iteration" },
    y: {
      title: "expected test error",
      ...(positive.length > 0
        ? { log: true, range: [Math.min(...positive) / 1.5, Math.max(...positive) * 1.5] as const }
        : {}),
    },
    legend: "",
    legendWidth: 190,
    panelHeight: 340,
  });
  const x = Array.from({ length: iterations }, (_, i) => i + 1);
  const first = curvesAt(condition);
  const figure: Figure = {
    name: "linear-adjustable",
    data: regimes.map(({ name }, i) =>
      line(
        { x, y: first[i], colour: regimeColour(name), name: regimeLabel(name) },
        grid.panel(0, 0),
      ),
    ),
    layout: grid.layout,
    alt:
      `Expected test error against iteration under ${regimes.map(({ name }) => name).join(", ")} at ` +
      `d = ${d}, T = ${T}, σ² = ${sigma2}; a slider changes one of the three.`,
    provenance: { preset: "", dataset: "closed forms", seeds: [], versions: versions() },
  };
  return adjustable(figure, adjustments);
}

function titleOf({ d, T, sigma2 }: Ols): string {
  return `Expected errors at d = ${d}, T = ${T}, σ² = ${sigma2}`;
}
