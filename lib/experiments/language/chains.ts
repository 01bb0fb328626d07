import { type Chain, chain } from "../../loop/chain";
import { regime } from "../../pool/parseRegime";
import { configOf, type LanguagePreset, type Variant } from "./preset";
import { languageTask } from "./task";

/** All chains of a preset, each with the variant that it belongs to. */
export function chainsOf(preset: LanguagePreset): { variant: Variant; chain: Chain }[] {
  return preset.variants.flatMap((variant) =>
    variant.chains.flatMap(({ regimes, iterations, seeds }) =>
      regimes.flatMap((spec) =>
        Array.from({ length: seeds }, (_, seed) => ({
          variant,
          chain: chain({
            task: languageTask,
            config: configOf(preset, variant),
            regime: regime(spec),
            seed,
            iterations,
          }),
        })),
      ),
    ),
  );
}
