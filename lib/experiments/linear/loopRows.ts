import { type ChainResult, chain } from "../../loop/chain";
import { chainRows } from "../chainRows";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { conditionsOf, withSizes } from "./conditions";
import { type LinearPreset, type Variant, variantConfig } from "./preset";
import { testErrorRows } from "./rows";
import { linearTask } from "./task";

/**
 * A variant through the model–data loop: rows of kind "metrics", one per generation, and their
 * statistics over seeds as of an exact draw.
 */
export async function loopRows(
  preset: LinearPreset,
  variant: Variant,
  session: Session,
): Promise<Row[]> {
  const { points, chains } = loopChains(preset, variant);
  const results = await session.chains("Linear regression, loop", chains);
  let at = 0;
  return points.flatMap(({ conditions, condition, sigma2 }) => {
    const ofSeeds = results.slice(at, at + conditions.seeds);
    at += conditions.seeds;
    const { d, T } = condition;
    const place = { variant: variant.name, d, T, sigma2, simulation: "loop" } as const;
    const paths = ofSeeds.map(pathOf);
    const iterations = paths[0].map((_, i) => i + 1);
    return [
      ...chainRows(ofSeeds, 1, variant.name),
      ...testErrorRows(place, conditions.regime, condition, paths, iterations),
    ];
  });
}

/** The chains of a variant that runs through the loop, and the conditions that they belong to. */
export function loopChains(preset: LinearPreset, variant: Variant) {
  const base = variantConfig(preset, variant);
  const points = conditionsOf(preset, variant).flatMap((conditions) =>
    conditions.each.map((condition, level) => {
      const { d, T } = condition;
      const sigma2 = conditions.sigma2[level];
      return { conditions, condition, sigma2, config: withSizes(base, { d, T, sigma2 }) };
    }),
  );
  const chains = points.flatMap(({ conditions: { regime, iterations, seeds }, config }) =>
    Array.from({ length: seeds }, (_, seed) =>
      chain({ task: linearTask, config, regime, seed, iterations }),
    ),
  );
  return { points, chains };
}

function pathOf({ generations }: ChainResult): number[] {
  return generations.map(({ metrics }) => metrics.testError);
}
