export { automorphisms } from "./automorphisms";
export { bestRmsd, rmsdMatrix } from "./bestRmsd";
export {
  bondLimits,
  contactLimits,
  type DistanceLimits,
  type ViolationShare,
  violationShare,
  violations,
} from "./contacts";
export {
  COVERAGE_THRESHOLDS,
  type Coverage,
  type CoverageSummary,
  coverage,
  coverageCurve,
  DRUGS_THRESHOLD,
  summariseCoverage,
} from "./coverage";
export {
  atomicNumberOf,
  COVALENT_RADII,
  type Element,
  element,
  LAST_ELEMENT,
  requireElement,
  SYMBOLS,
  VAN_DER_WAALS_RADII,
} from "./elements";
export {
  type Bins,
  GEOMETRY_BINS,
  type GeometryDistance,
  GeometryHistograms,
  type GeometryPart,
  geometryDistance,
} from "./geometry";
export { AROMATIC, type Bond, heavyAtoms, type MolecularGraph } from "./graph";
export {
  angles,
  type InternalCoordinates,
  internalCoordinates,
  lengths,
  torsions,
} from "./internal";
export { jensenShannon } from "./jensenShannon";
export { rmsd, type Superposition, superpose } from "./rmsd";
export { type Factor, type Symmetry, type SymmetryOptions, symmetryOf } from "./symmetry";
