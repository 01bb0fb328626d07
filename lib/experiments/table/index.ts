import { formatCount } from "../../format";
import type { Experiment } from "../experiment";
import { seedsOf } from "../preset";
import { tableClaims } from "./claims";
import { dimensionOf } from "./config";
import { tableFigures } from "./figures";
import { forecastTable } from "./forecast";
import { TablePreset } from "./preset";
import { runTable } from "./run";

const WHY = "it runs on a table of the user's own alone";

/** Least squares on a table of the user's own (paper §3, with the table's X instead of a Gaussian one). */
export const table: Experiment<TablePreset> = {
  name: "table",
  title: "Linear regression",
  notebooks: [],
  schema: TablePreset,
  presets: {},
  missing: { quick: WHY, laptop: WHY, paper: WHY },
  forecast: forecastTable,
  run: runTable,
  figures: tableFigures,
  claims: tableClaims,
  describe(preset) {
    const { trainItems, testItems } = preset.task.data;
    return {
      dataset: `own table (${formatCount(trainItems)} / ${formatCount(testItems)} rows)`,
      seeds: seedsOf(preset),
      differs: `X is the table's, with ${dimensionOf(preset.task)} coefficients instead of Gaussian inputs; the truth is not known, so errors are on held-out rows; the labels' noise is that of the real fit's residuals`,
    };
  },
};
