import type { Provenance } from "../../lib/figures/figure";
import type { Row } from "../../lib/metrics/row";

/** A provenance for figures in tests; nothing in it depends on the machine. */
export const PROVENANCE: Provenance = {
  preset: "quick",
  dataset: "generated",
  seeds: [0, 1],
  versions: { "collapse-lab": "0.1.0", commit: "abc1234", node: "20", plotly: "4" },
};

/** Two seeds, three iterations, two regimes; loss = seed + iteration (+ 10 under replace). */
export const ROWS: readonly Row[] = ["replace", "accumulate"].flatMap((regime) =>
  [0, 1].flatMap((seed) =>
    [1, 2, 3].map((iteration) => ({
      regime,
      seed,
      iteration,
      loss: seed + iteration + (regime === "replace" ? 10 : 0),
      kl: 4 / iteration,
    })),
  ),
);
