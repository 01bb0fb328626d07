import { FAMILY_NAMES } from "../../models/language/config";
import { accumulate, replace } from "../regimeSpecs";
import { configOf, type LanguagePreset, type Variant } from "./preset";

const regimes = [replace, accumulate];

/** The paper's families, each with its smallest published series. */
const FAMILIES = [
  { family: "gpt2", published: "gpt2-9m" },
  { family: "llama2", published: "llama2-12m" },
] as const;

/**
 * Adds the paper's ablations to a preset at its own size, one seed each: the other family, GPT-2 or
 * Llama-2, with the same shape (Figures 2 and 3); a low temperature under accumulate (Figure 13); a
 * fifth of the stories, for 1 and 3 epochs (Table 2); a first model trained for a quarter, half or the
 * whole of an epoch (Figure 14); and the sequel's accumulate-subsample. Variants that the preset
 * already has are kept.
 */
export function withAblations(preset: LanguagePreset): LanguagePreset {
  const { trainItems } = preset.task.data;
  const { epochs } = preset.task.training;
  const smallData = (
    name: string,
    label: string,
    items: number,
    training: { epochs?: number },
  ): Variant => ({
    name,
    label,
    role: "small-data",
    published: name,
    changes: { data: { trainItems: items }, training },
    chains: [{ regimes, iterations: 4, seeds: 1 }],
  });
  const first = (share: number): Variant => ({
    name: `first-${share}`,
    label: `${share} epoch${share === 1 ? "" : "s"} of real data`,
    role: "first-iteration",
    published: `first-${share}`,
    changes: share === 1 ? {} : { training: { firstEpochs: epochs * share } },
    chains: [{ regimes, iterations: 3, seeds: 1 }],
  });
  const [other] = FAMILIES.filter(({ family }) => family !== preset.task.model.family);
  const otherFamily: Variant = {
    name: other.family,
    label: FAMILY_NAMES[other.family],
    role: "model",
    published: other.published,
    changes: { model: { family: other.family } },
    chains: [{ regimes, iterations: 5, seeds: 1 }],
  };
  const also = (variant: Variant, kind: string, iterations: number): Variant =>
    variant.chains.some((chains) => chains.regimes.some((regime) => regime.kind === kind))
      ? variant
      : { ...variant, chains: [...variant.chains, { regimes: [{ kind }], iterations, seeds: 1 }] };
  const present = preset.variants.map((variant, i) => {
    if (variant.role === "temperature") return also(variant, "accumulate", 5);
    return i === 0 ? also(variant, "accumulate-subsample", 5) : variant;
  });
  const hasBoth = preset.variants.some(
    (variant) => configOf(preset, variant).model.family === other.family,
  );
  const more = [
    ...(hasBoth ? [] : [otherFamily]),
    ...(trainItems === "all"
      ? []
      : [
          smallData("small-data", "a fifth of the data", Math.ceil(trainItems / 5), {}),
          smallData(
            "small-data-3-epochs",
            "a fifth of the data, 3 epochs",
            Math.ceil(trainItems / 5),
            {
              epochs: 3 * epochs,
            },
          ),
        ]),
    ...[0.25, 0.5, 1].map(first),
  ];
  const names = new Set(preset.variants.map(({ name }) => name));
  return {
    ...preset,
    variants: [...present, ...more.filter(({ name }) => !names.has(name))],
  };
}

/** Sets the number of model-fitting iterations of all chains, such as 10 or more as in the sequel. */
export function withIterations(preset: LanguagePreset, iterations: number): LanguagePreset {
  return {
    ...preset,
    variants: preset.variants.map((variant) => ({
      ...variant,
      chains:
        variant.role === "calibration"
          ? variant.chains
          : variant.chains.map((chains) => ({ ...chains, iterations })),
    })),
  };
}
