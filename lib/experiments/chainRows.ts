import type { ChainResult, GenerationResult } from "../loop/chain";
import { isRealBlock } from "../pool/regime";
import type { Row } from "./experiment";
import { MAIN } from "./preset";

/** Which model a row is about: the columns that every row of a deep family begins with. */
export interface RowPlace {
  readonly variant: string;
  readonly regime: string;
  readonly seed: number;
  readonly iteration: number;
}

/**
 * One row of kind "metrics" per model: variant, regime, seed, iteration, what it was trained on,
 * every test metric, and `run`, the address of its fit in the run store.
 * @param iterationOfReal how the paper's figure labels the model of real data: 1 in text and theory,
 *   0 in molecules and images
 * @example chainRows(await session.chains("My question", chains), 0)
 */
export function chainRows(
  results: readonly ChainResult[],
  iterationOfReal: 0 | 1,
  variant = MAIN,
): Row[] {
  return results.flatMap(({ chain, generations }) =>
    generations.map((generation) => ({
      kind: "metrics",
      ...placeOf(chain, generation, iterationOfReal, variant),
      ...metricsOf(generation),
    })),
  );
}

export function placeOf(
  { regime, seed }: ChainResult["chain"],
  { n }: GenerationResult,
  iterationOfReal: 0 | 1,
  variant = MAIN,
): RowPlace & Row {
  return { variant, regime: regime.name, seed, iteration: n - 1 + iterationOfReal };
}

/** Items that a model was trained on, the real ones' share, its test metrics, its address. */
export function metricsOf({ fit, metrics, trainedOn, curated }: GenerationResult): Row {
  const trainingItems = Object.values(trainedOn).reduce((a, b) => a + b, 0);
  const real = Object.entries(trainedOn).reduce(
    (sum, [block, n]) => sum + (isRealBlock(block) ? n : 0),
    0,
  );
  return {
    trainingItems,
    realShare: real / trainingItems,
    ...curated,
    ...metrics,
    run: fit,
  };
}
