import type { Experiment } from "../experiment";
import { atlasClaims } from "./claims";
import { describe } from "./describe";
import { atlasFigures } from "./figures/index";
import { forecastAtlas } from "./forecast";
import { AtlasPreset } from "./preset";
import { PRESETS_OF_ATLAS } from "./presets";
import { runAtlas } from "./run";

/** What the neighbouring papers claim, each at the smallest size that decides it. */
export const atlas: Experiment<AtlasPreset> = {
  name: "atlas",
  title: "Atlas of neighbouring claims",
  notebooks: ["05-atlas"],
  schema: AtlasPreset,
  presets: PRESETS_OF_ATLAS,
  forecast: forecastAtlas,
  run: runAtlas,
  figures: atlasFigures,
  claims: atlasClaims,

  describe,
};

export type { AtlasConfig } from "./config";
export { atlasEntry } from "./entries/atlasEntry";
export type { Entry } from "./entries/entry";
export { ENTRIES as atlasEntries } from "./entries/index";
export { entryFigure } from "./figures/index";
export { atlasTask } from "./task";
export { type Trial, tryWorld } from "./tryWorld";
