export { CONFORMER_BENCHMARK, conformerBenchmark } from "./benchmark";
export { boltzmannWeights, ROOM_KT } from "./boltzmann";
export type { BuildOptions } from "./buildConformers";
export { CLOSEST_ATOMS, checkMolecule, checkPositions, MAX_ATOMS } from "./check";
export {
  atomicNumberOf,
  COVALENT_RADII,
  LAST_ELEMENT,
  SYMBOLS,
  VAN_DER_WAALS_RADII,
} from "./elements";
export { type Minimised, minimise, mmff94Energy } from "./energy";
export { fileChunks } from "./file";
export { fromSmiles } from "./fromSmiles";
export { conformersOfGeom, GEOM_REASONS } from "./geom";
export { GEOM_DRUGS } from "./geomDrugs";
export { conformersOfJsonLines, jsonLine } from "./jsonLines";
export { LeftOut } from "./leftOut";
export {
  LOAD_REASONS,
  loadMolecules,
  MOLECULE_SETS,
  type MoleculeCounts,
  type MoleculeSetName,
  type Molecules,
} from "./load";
export type { Bond, Conformer, Ensemble, Molecule } from "./molecule";
export { type OfflineOptions, offlineMolecules } from "./offline";
export { OFFLINE_SMILES } from "./offlineSmiles";
export { conformersOfSdf, structuresOfSdf } from "./sdf";
export { splitByMolecule } from "./split";
export { bondsToThirdOrder, EDGE_TYPES, type Edges } from "./thirdOrder";
export { sdfOf } from "./writeSdf";
export { BONDS_DIFFER, conformersOfXyz, type Frame, framesOfXyz } from "./xyz";
