import type { PresetName } from "../experiment";
import { MAIN, type Variant } from "../preset";
import { atlasConfig } from "./config";
import { type Run, type Size, variantName } from "./entries/entry";
import { ENTRIES } from "./entries/index";
import type { AtlasPreset } from "./preset";

/** All entries' runs as variants; those of the first run are the preset's task. */
function presetOf(size: Size): AtlasPreset {
  const [first] = ENTRIES[0].runs(size);
  return {
    task: atlasConfig.parse({
      ...first.changes,
      data: { dataset: "gaussian", ...(first.changes.data as object) },
    }),
    variants: ENTRIES.flatMap((entry) =>
      entry.runs(size).map((run): Variant => {
        const name = variantName(entry, run.name);
        return {
          name,
          label: `${entry.title}: ${run.name}`,
          role: entry.id,
          changes: name === MAIN ? {} : run.changes,
          chains: [chainsOf(run)],
        };
      }),
    ),
  };
}

const chainsOf = ({ regime, iterations, seeds = 1 }: Run) => ({
  regimes: [regime],
  iterations,
  seeds,
});

const laptop = presetOf({ pick: (_quick, laptop) => laptop });

export const PRESETS_OF_ATLAS: Readonly<Record<PresetName, AtlasPreset>> = {
  quick: presetOf({ pick: (quick) => quick }),
  laptop,
  // The claims come from many papers, whose own settings decide no more than these.
  paper: laptop,
};
