import type { AtlasConfig } from "../config";
import type { WorldName } from "../worldNames";
import { categorical } from "./categorical";
import { detected } from "./detected";
import { editedLabels } from "./editedLabels";
import { gaussian } from "./gaussian";
import { labelledGaussians } from "./labelledGaussians";
import { rareOutlier } from "./rareOutlier";
import { selectedCategorical, selectedGaussian } from "./selected";
import { weakLabels } from "./weakLabels";
import type { World } from "./world";

const WORLD: Readonly<Record<WorldName, World>> = {
  gaussian,
  categorical,
  "selected-gaussian": selectedGaussian,
  "selected-categorical": selectedCategorical,
  "edited-labels": editedLabels,
  detected,
  "labelled-gaussians": labelledGaussians,
  "rare-outlier": rareOutlier,
  "weak-labels": weakLabels,
};

/** The world that a config names. */
export const worldOf = ({ data }: Pick<AtlasConfig, "data">): World => WORLD[data.dataset];
