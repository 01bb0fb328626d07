import type { Claim } from "../../../claims/claim";
import { finite, type Measured } from "../../../claims/measured";
import { threshold } from "../../../claims/threshold";
import type { Variant } from "../preset";
import { publishedLoss } from "../published";

/** What is left of Figure 4 where the sampling steps are understood in another way. */
export function stepsClaims(measured: Measured, main: Variant, other: Variant): Claim[] {
  const { name, label } = other;
  const loss = (variant: string, regime: string, seed: number, n: number) =>
    measured.at(variant, regime, seed, n, "loss");
  const jump = (variant: string, seed: number) =>
    loss(variant, "replace", seed, 1) / loss(variant, "replace", seed, 0);
  const runs = (regime: string, n: number) => measured.runs(name, regime, n);
  const n = Math.min(measured.last(name, "replace"), measured.last(name, "accumulate"));
  const claims = [
    threshold({
      id: `molecules.${name}.replace-rises`,
      statement: `Figure 4 with ${label}: under replace the test loss rises at the first synthetic iteration (ratio of iterations 1 and 0 > 1)`,
      summary: measured.overSeeds((seed) => jump(name, seed)),
      above: 1,
      published: finite(publishedLoss("replace", 1) / publishedLoss("replace", 0)),
      runs: runs("replace", 1),
    }),
    threshold({
      id: `molecules.${name}.smaller-jump`,
      statement: `The jump of Figure 4 comes of how conformers are sampled: it is larger with ${main.label} than with ${label} (ratio of the jumps > 1)`,
      summary: measured.overSeeds((seed) => jump(main.name, seed) / jump(name, seed)),
      above: 1,
      runs: [...measured.runs(main.name, "replace", 1), ...runs("replace", 1)],
    }),
  ];
  if (n < 1) return claims;
  return [
    ...claims,
    threshold({
      id: `molecules.${name}.replace-above-accumulate`,
      statement: `Figure 4 with ${label}: at iteration ${n} the test loss under replace is above accumulate's (ratio > 1)`,
      summary: measured.overSeeds(
        (seed) => loss(name, "replace", seed, n) / loss(name, "accumulate", seed, n),
      ),
      above: 1,
      published: finite(publishedLoss("replace", n) / publishedLoss("accumulate", n)),
      runs: [...runs("replace", n), ...runs("accumulate", n)],
    }),
    threshold({
      id: `molecules.${name}.bond-lengths`,
      statement: `With ${label}: at iteration ${n} bond lengths of generated conformers are farther from real ones under replace than under accumulate (difference of Jensen–Shannon distances > 0)`,
      summary: measured.overSeeds(
        (seed) =>
          measured.at(name, "replace", seed, n, "jsBonds") -
          measured.at(name, "accumulate", seed, n, "jsBonds"),
      ),
      above: 0,
      runs: [...runs("replace", n), ...runs("accumulate", n)],
    }),
  ];
}
