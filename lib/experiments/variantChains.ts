import { type Chain, chain } from "../loop/chain";
import type { Task } from "../loop/task";
import { regime } from "../pool/parseRegime";
import type { ChainsSpec } from "./variants";

/** All chains of a preset's variants, each with the variant that it belongs to. */
export function variantChains<C, V extends { readonly chains: readonly ChainsSpec[] }>(
  task: Task<C>,
  variants: readonly V[],
  configOf: (variant: V) => C,
): { variant: V; chain: Chain }[] {
  return variants.flatMap((variant) =>
    variant.chains.flatMap(({ regimes, iterations, seeds }) =>
      regimes.flatMap((spec) =>
        Array.from({ length: seeds }, (_, seed) => ({
          variant,
          chain: chain({ task, config: configOf(variant), regime: regime(spec), seed, iterations }),
        })),
      ),
    ),
  );
}
