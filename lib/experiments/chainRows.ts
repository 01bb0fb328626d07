import type { ChainResult } from "../loop/chain";
import type { Row } from "./experiment";

/** One row a generation: regime, seed, iteration, what it was trained on, every test metric. */
export function chainRows(results: readonly ChainResult[], iterationOfReal: 0 | 1): Row[] {
  return results.flatMap(({ chain, generations }) =>
    generations.map(({ n, address, metrics, trainedOn }) => {
      const items = Object.values(trainedOn).reduce((a, b) => a + b, 0);
      return {
        regime: chain.regime.name,
        seed: chain.seed,
        // The paper counts from 1 in text and theory, from 0 in molecules and images.
        iteration: n - 1 + iterationOfReal,
        trainingItems: items,
        realShare: (trainedOn[1] ?? 0) / items,
        ...metrics,
        run: address,
      };
    }),
  );
}
