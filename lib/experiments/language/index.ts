import type { Experiment } from "../experiment";
import { languageClaims } from "./claims/index";
import { describePreset } from "./describe";
import { languageFigures } from "./figures/index";
import { forecastLanguage } from "./forecast";
import { LanguagePreset } from "./preset";
import { PRESETS_OF_LANGUAGE } from "./presets";
import { runLanguage } from "./run";

/** Language models on short stories (paper §4.1, Figures 2, 3, 9–14, Tables 1 and 2). */
export const language: Experiment<LanguagePreset> = {
  name: "language",
  title: "Language models",
  notebooks: ["01-language-models"],
  schema: LanguagePreset,
  presets: PRESETS_OF_LANGUAGE,
  forecast: forecastLanguage,
  run: runLanguage,
  figures: languageFigures,
  claims: languageClaims,
  describe: describePreset,
};

export { withAblations, withIterations } from "./ablations";
export { withCalibration } from "./calibration";
export { type ImportedCheckpoint, importCheckpoint } from "./checkpoints";
export { exportGeneration } from "./exportGeneration";
export { calibration, table2 } from "./figures/index";
export { languageTask } from "./task";
