import type { Experiment } from "../experiment";
import { moleculesClaims } from "./claims/index";
import { describePreset } from "./describe";
import { moleculesFigures } from "./figures/index";
import { forecastMolecules } from "./forecast";
import { MoleculesPreset } from "./preset";
import { PRESETS_OF_MOLECULES } from "./presets";
import { runMolecules } from "./run";

/** Diffusion of molecular conformers with GeoDiff (paper, Figure 4). */
export const molecules: Experiment<MoleculesPreset> = {
  name: "molecules",
  title: "Molecule diffusion",
  notebooks: ["02-molecule-diffusion"],
  schema: MoleculesPreset,
  presets: PRESETS_OF_MOLECULES,
  forecast: forecastMolecules,
  run: runMolecules,
  figures: moleculesFigures,
  claims: moleculesClaims,
  describe: describePreset,
};

export * from "./figures/index";
export { moleculesTask } from "./task";
