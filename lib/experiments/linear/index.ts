import type { Experiment } from "../experiment";
import { linearClaims } from "./claims";
import { linearFigures, seedList } from "./figures/index";
import { LinearPreset, PRESETS_OF_LINEAR } from "./presets";
import { runLinear } from "./run";

/** Linear regression (paper §3, Figures 7 and 16, and the sequel's sweep). */
export const linear: Experiment<LinearPreset> = {
  name: "linear",
  title: "Linear theory",
  notebook: "04-linear-theory",
  schema: LinearPreset,
  presets: PRESETS_OF_LINEAR,
  run: runLinear,
  figures: linearFigures,
  claims: linearClaims,

  describe({ figure7, figure16, variants, sweep, subsample, method }) {
    const parts = [figure7, figure16, variants, sweep, subsample];
    const seeds = Math.max(...parts.map((part) => part.seeds));
    return {
      dataset: "generated linear regression",
      seeds: seedList(seeds),
      differs:
        method === "exact"
          ? "errors are drawn from the estimator's exact law instead of building X; the paper's number of repeats is not stated"
          : "the paper's number of repeats is not stated",
    };
  },
};

export { LinearConfig, linearConfig } from "./config";
export { explore, exploreFigure, type Question } from "./explore";
export * from "./figures/index";
export { besidePublished } from "./tables";
export { linearTask } from "./task";
