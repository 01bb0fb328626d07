export {
  atomicNumberOf,
  COVALENT_RADII,
  LAST_ELEMENT,
  SYMBOLS,
  VAN_DER_WAALS_RADII,
} from "../../metrics/molecules/elements";
export { CONFORMER_BENCHMARK, conformerBenchmark } from "./benchmark";
export { boltzmannWeights, ROOM_KT } from "./boltzmann";
export type { BuildOptions } from "./buildConformers";
export { checkMolecule, checkPositions, MAX_ATOMS, MIN_DISTANCE } from "./check";
export { type Minimised, minimise, mmff94Energy } from "./energy";
export { fromSmiles } from "./fromSmiles";
export { GEOM_REASONS, readGeom } from "./geom";
export { GEOM_DRUGS } from "./geomDrugs";
export { formatMoleculeLine, readMoleculeLines } from "./jsonLines";
export {
  LOAD_REASONS,
  loadMolecules,
  MOLECULE_SET_TITLES,
  MOLECULE_SETS,
  type MoleculeCounts,
  type MoleculeSetName,
  type Molecules,
} from "./load";
export type { Bond, Conformer, Ensemble, Molecule } from "./molecule";
export { type OfflineOptions, offlineMolecules } from "./offline";
export { OFFLINE_SMILES } from "./offlineSmiles";
export { readChunks } from "./readChunks";
export { readSdf, readSdfRecords } from "./sdf";
export { SkipCounts } from "./skipCounts";
export { splitByMolecule } from "./split";
export { bondsToThirdOrder, EDGE_TYPES, type Edges } from "./thirdOrder";
export { SDF_REASONS } from "./unusable";
export { formatSdf } from "./writeSdf";
export { BONDS_DIFFER, type Frame, readXyz, readXyzFrames } from "./xyz";
