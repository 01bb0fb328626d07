/** The small worlds of the atlas: each says what an item is, and how a model is fitted and sampled. */
export const WORLDS = [
  "gaussian",
  "categorical",
  "selected-gaussian",
  "selected-categorical",
  "edited-labels",
  "detected",
  "labelled-gaussians",
  "rare-outlier",
  "weak-labels",
] as const;
export type WorldName = (typeof WORLDS)[number];
