import type { Provenance } from "../figures/figure";
import { versions } from "../store/versions";
import type { Experiment, PresetName } from "./experiment";

/** What the figures of a family under a preset state about their making: the caption's content. */
export function provenanceOf<P>(
  experiment: Experiment<P>,
  name: PresetName,
  preset: P,
): Provenance {
  return { preset: name, versions: versions(), ...experiment.describe(preset) };
}
