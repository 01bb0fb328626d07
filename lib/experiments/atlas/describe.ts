import type { Provenance } from "../../figures/figure";
import { seedsOf } from "../preset";
import type { AtlasPreset } from "./preset";

/** Data, seeds and the difference from the papers, for captions. */
export function describe(preset: AtlasPreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  return {
    dataset: "small worlds generated here, many replicates per seed",
    seeds: seedsOf(preset),
    differs: "each claim is shown at the smallest size that decides it",
  };
}
