import { hasFastBfloat16 } from "../../engine/fastBfloat16";
import { configOf, type LanguagePreset } from "./preset";

/** What to say where a preset asks for bfloat16 and this processor has no instructions for it. */
export function slowPrecision(
  preset: LanguagePreset,
  isFast = hasFastBfloat16(),
): string | undefined {
  const isAsked = preset.variants.some(
    (variant) => configOf(preset, variant).model.precision === "bfloat16",
  );
  if (isFast !== false || !isAsked) return undefined;
  return 'model.precision is "bfloat16", for which this processor has no fast instructions (AVX512-BF16 or AMX): the results are valid, but "float32" would be quicker here.';
}
