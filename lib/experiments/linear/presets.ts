import type { PresetName } from "../experiment";
import { configOf } from "./config";
import type { LinearPreset, Variant } from "./preset";

const PAPER = [{ kind: "replace" }, { kind: "accumulate" }];
const THREE = [{ kind: "replace" }, { kind: "replace-multiple" }, { kind: "accumulate" }];
const SUBSAMPLE = [{ kind: "accumulate-subsample" }];
const SEQUEL = [...PAPER, ...SUBSAMPLE];

const main: Variant = {
  name: "main",
  label: "Figure 7",
  role: "paper",
  published: "figure-07",
  changes: {},
  grid: { d: [32], T: [100, 316, 1000], sigma2: [0.01, 0.1, 1, 10, 100] },
  simulation: "exact-draw",
  chains: [{ regimes: PAPER, iterations: 10, seeds: 400 }],
};

const longRun: Variant = {
  name: "long-run",
  label: "Figure 16",
  role: "paper",
  published: "figure-16",
  changes: {},
  grid: { d: [10], T: [100, 316, 1000], sigma2: [0.1, 1, 10] },
  simulation: "exact-draw",
  chains: [{ regimes: THREE, iterations: 200, seeds: 400 }],
};

/** One thing that differs from the paper's loop, at a small T where it shows. */
function variation(name: string, label: string, changes: Variant["changes"]): Variant {
  return {
    ...{ name, label, role: "variation", changes },
    grid: { d: [10], T: [30], sigma2: [1] },
    simulation: "exact-draw",
    chains: [{ regimes: THREE, iterations: 50, seeds: 1000 }],
  };
}

const sweep: Variant = {
  name: "sweep",
  label: "every size and noise level",
  role: "sweep",
  changes: {},
  grid: { d: [1, 3, 10, 32, 100], T: [10, 32, 100, 316, 1000], sigma2: [0.1, 1, 10] },
  simulation: "exact-draw",
  chains: [{ regimes: SEQUEL, iterations: 100, seeds: 100 }],
};

const subsample: Variant = {
  name: "subsample",
  label: "Accumulate-Subsample, few items per dimension to many",
  role: "subsample",
  changes: {},
  grid: { d: [10], T: [20, 25, 32, 50, 100, 1000], sigma2: [1] },
  simulation: "exact-draw",
  chains: [{ regimes: SUBSAMPLE, iterations: 300, seeds: 200 }],
};

const loop: Variant = {
  name: "loop",
  label: "the model–data loop beside the exact draw",
  role: "loop",
  changes: {},
  grid: { d: [5], T: [60], sigma2: [1] },
  simulation: "loop",
  chains: [{ regimes: [...THREE, ...SUBSAMPLE], iterations: 4, seeds: 60 }],
};

const laptop: LinearPreset = {
  // The variants' grids replace d, T and σ².
  task: configOf({ d: 10, T: 100, sigma2: 1 }, { testItems: 100 }),
  variants: [
    main,
    longRun,
    variation("fresh-x", "new X every round", { sampling: { freshX: true } }),
    variation("clean-start", "noise-free real labels", { data: { sigma2: 0 } }),
    variation("clean-labels", "noise-free synthetic labels", { sampling: { sigma2: 0 } }),
    sweep,
    subsample,
    loop,
  ],
};

type Smaller = { readonly grid?: Partial<Variant["grid"]> } & Partial<Variant["chains"][number]>;

/** The preset with fewer seeds, sizes or iterations in variants of a name or a role. */
function smaller(preset: LinearPreset, changes: Readonly<Record<string, Smaller>>): LinearPreset {
  return {
    ...preset,
    variants: preset.variants.map((variant) => {
      const { grid, ...chains } = changes[variant.name] ?? changes[variant.role] ?? {};
      return {
        ...variant,
        grid: { ...variant.grid, ...grid },
        chains: variant.chains.map((given) => ({ ...given, ...chains })),
      };
    }),
  };
}

const quick = smaller(laptop, {
  paper: { seeds: 100 },
  variation: { seeds: 200 },
  sweep: { grid: { d: [1, 3, 10], T: [10, 32, 100, 316] }, iterations: 50 },
  subsample: { grid: { T: [20, 32, 100] }, iterations: 100, seeds: 100 },
  loop: { regimes: [{ kind: "accumulate" }, ...SUBSAMPLE], iterations: 3, seeds: 30 },
});

// The paper does not say how often it repeated; its bands imply about 40 times. Figure 7 runs
// through the loop. Figure 16 does not: under Replace-Multiple model 200 samples 200 T items, half
// a terabyte for all chains, to show what the exact draw shows.
const paper: LinearPreset = {
  ...laptop,
  variants: smaller(laptop, { paper: { seeds: 40 } }).variants.map((variant) =>
    variant.name === "main" ? { ...variant, simulation: "loop" } : variant,
  ),
};

export const PRESETS_OF_LINEAR: Readonly<Record<PresetName, LinearPreset>> = {
  quick,
  laptop,
  paper,
};
