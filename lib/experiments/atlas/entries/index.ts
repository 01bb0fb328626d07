import { batches } from "./batches";
import { adversaries, bestOf } from "./bestOf";
import { captions } from "./captions";
import { detector } from "./detector";
import { ecosystem } from "./ecosystem";
import { editing } from "./editing";
import type { Entry } from "./entry";
import { extrapolation } from "./extrapolation";
import { gaussianVariance } from "./gaussianVariance";
import { keepTop } from "./keepTop";
import { logVariance } from "./logVariance";
import { medianEntry } from "./median";
import { outlier } from "./outlier";
import { priceList } from "./priceList";
import { freshShare, goldenRatio, growingRounds, realAndLatestEntry } from "./shares";
import { survival } from "./survival";
import { tail } from "./tail";
import { temperature } from "./temperature";
import { urn } from "./urn";
import { verifier } from "./verifier";
import { weakLabeller } from "./weakLabeller";

/** Every entry, in the order of the notebook. The first begins with the preset's main variant. */
export const ENTRIES: readonly Entry[] = [
  gaussianVariance,
  priceList,
  logVariance,
  growingRounds,
  freshShare,
  realAndLatestEntry,
  goldenRatio,
  medianEntry,
  temperature,
  extrapolation,
  survival,
  tail,
  urn,
  batches,
  bestOf,
  adversaries,
  keepTop,
  verifier,
  detector,
  editing,
  weakLabeller,
  captions,
  ecosystem,
  outlier,
];
