import type { LanguagePreset, Variant } from "./preset";

const regimes = [{ kind: "replace" }, { kind: "accumulate" }];

/**
 * A preset with the paper's ablations at its own size, one seed each: a fifth of the stories, for 1
 * and 3 epochs (Table 2), and a first model that was trained for a quarter, half or the whole of an
 * epoch (Figure 14). What the preset has already stays as it is.
 */
export function withAblations(preset: LanguagePreset): LanguagePreset {
  const { trainStories } = preset.task;
  const fifth = trainStories === "all" ? {} : { trainStories: Math.ceil(trainStories / 5) };
  const { epochs } = preset.task.training;
  const smallData = (name: string, times: number, label: string): Variant => ({
    name,
    label,
    role: "small-data",
    published: name,
    changes: { ...fifth, training: { epochs: epochs * times } },
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
  const more = [
    ...(trainStories === "all"
      ? []
      : [
          smallData("small-data", 1, "a fifth of the data"),
          smallData("small-data-3-epochs", 3, "a fifth of the data, 3 epochs"),
        ]),
    ...[0.25, 0.5, 1].map(first),
  ];
  const names = new Set(preset.variants.map(({ name }) => name));
  return {
    ...preset,
    variants: [...preset.variants, ...more.filter(({ name }) => !names.has(name))],
  };
}

/** A preset whose chains all have so many model-fitting iterations: 10 and more, as in the sequel. */
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
