import type { Experiment } from "../experiment";
import { linearClaims } from "./claims/index";
import { describe } from "./describe";
import { linearFigures } from "./figures/index";
import { forecastLinear } from "./forecast";
import { LinearPreset } from "./preset";
import { PRESETS_OF_LINEAR } from "./presets";
import { runLinear } from "./run";

/** Linear regression (paper §3, Figures 7 and 16, and the sequel's sweep). */
export const linear: Experiment<LinearPreset> = {
  name: "linear",
  title: "Linear theory",
  notebooks: ["04-linear-theory", "05-linear-beyond"],
  schema: LinearPreset,
  presets: PRESETS_OF_LINEAR,
  forecast: forecastLinear,
  run: runLinear,
  figures: linearFigures,
  claims: linearClaims,

  describe,
};

export { besidePublished } from "./besidePublished";
export { configOf, type LinearConfig, linearConfig } from "./config";
export { type Exploration, explore } from "./explore";
export * from "./figures/index";
export { exactDraw, literalErrors } from "./simulation/index";
export { linearTask } from "./task";
