import type { Provenance } from "../../figures/figure";
import { seedsOf } from "../preset";
import type { LinearPreset } from "./preset";

/** Data, seeds and the difference from the paper, for captions. */
export function describe(preset: LinearPreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const paper = preset.variants.filter(({ role }) => role === "paper");
  const drawn = paper.some(({ simulation }) => simulation === "exact-draw");
  const built = paper.some(({ simulation }) => simulation === "loop");
  const how = built ? "Figure 16's errors are" : "errors are";
  const repeats = "the paper's number of repeats is not stated";
  return {
    dataset: "generated linear regression",
    seeds: seedsOf(preset),
    differs: drawn
      ? `${how} drawn from the estimator's exact law instead of building X; ${repeats}`
      : repeats,
  };
}
