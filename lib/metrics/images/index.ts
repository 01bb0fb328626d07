export { activeUnits } from "./activeUnits";
export { meanPairwiseDistance } from "./pairwiseDistance";
export { type ImageSize, meanGradient } from "./sharpness";
