// All regimes, as values: what "regimes" means in notebooks.

export { accumulateFresh } from "./accumulateFresh";
export { curated } from "./curated";
export { type Ecosystem, ecosystem } from "./ecosystem";
export { growing, replaceGrowing } from "./growingRounds";
export { freshReal, keepReal, realAndLatest, type WeightedReal, weightedReal } from "./realShares";
export { accumulate, accumulateSubsample, replace, replaceMultiple } from "./wholeBlocks";
