export { activeUnits } from "./activeUnits";
export { effectiveRank } from "./effectiveRank";
export { frechetDistance } from "./frechet";
export { divergenceFromStandardNormal } from "./gaussianDivergence";
export { type Moments, momentsOf } from "./moments";
export { meanPairwiseDistance } from "./pairwiseDistance";
export { pixelEntropy } from "./pixelEntropy";
export { type ImageSize, meanGradient } from "./sharpness";
