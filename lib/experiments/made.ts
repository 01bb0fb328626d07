import type { Provenance } from "../figures/figure";
import { versions } from "../store/versions";
import type { Experiment, PresetName } from "./experiment";

/** What a figure of this family and preset says about its making. */
export function made<P>(experiment: Experiment<P>, name: PresetName, preset: P): Provenance {
  return { preset: name, versions: versions(), ...experiment.describe(preset) };
}
