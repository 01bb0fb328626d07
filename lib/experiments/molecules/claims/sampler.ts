import type { Claim } from "../../../claims/claim";
import { compare } from "../../../claims/compare";
import type { Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedAt } from "./regimes";

/** What remains of Figure 4 if the sampling steps are chosen in another way. */
export function samplerClaims(measured: Measured, main: Variant, other: Variant): Claim[] {
  const { name, label } = other;
  const common = { measured, published: publishedAt };
  const place = (variant: string, regime: string, iteration: number) => ({
    ...{ variant, regime, iteration },
  });
  const jump = (variant: string, seed: number) =>
    measured.value(place(variant, "replace", 1), seed, "loss") /
    measured.value(place(variant, "replace", 0), seed, "loss");
  const n = Math.min(measured.last(name, "replace"), measured.last(name, "accumulate"));
  const claims = [
    compare({
      ...common,
      id: `molecules.${name}.replace-rises`,
      statement: `Figure 4 with ${label}: under replace the test loss rises at the first synthetic iteration (ratio of iteration 1 to iteration 0 > 1)`,
      metric: "loss",
      of: place(name, "replace", 1),
      to: place(name, "replace", 0),
      by: "ratio",
      above: 1,
    }),
    threshold({
      id: `molecules.${name}.smaller-jump`,
      statement: `The jump in Figure 4 is caused by the sampler: it is larger with ${main.label} than with ${label} (ratio of the jumps > 1)`,
      summary: measured.overSeeds((seed) => jump(main.name, seed) / jump(name, seed)),
      above: 1,
      runs: [...measured.runs(main.name, "replace", 1), ...measured.runs(name, "replace", 1)],
    }),
  ];
  if (n < 1) return claims;
  return [
    ...claims,
    compare({
      ...common,
      id: `molecules.${name}.replace-above-accumulate`,
      statement: `Figure 4 with ${label}: at iteration ${n} the test loss under replace is above that under accumulate (ratio > 1)`,
      metric: "loss",
      of: place(name, "replace", n),
      to: place(name, "accumulate", n),
      by: "ratio",
      above: 1,
    }),
    compare({
      measured,
      id: `molecules.${name}.bond-lengths`,
      statement: `With ${label}: at iteration ${n} bond lengths of generated conformers are farther from real ones under replace than under accumulate (difference of Jensen–Shannon distances > 0)`,
      metric: "jsBonds",
      of: place(name, "replace", n),
      to: place(name, "accumulate", n),
      by: "difference",
      above: 0,
    }),
  ];
}
