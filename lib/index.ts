// The public surface: what notebooks import from "./lib/index".

export type { Claim } from "./claims/claim";
export { claimRows } from "./claims/rows";
export * as storyGrammar from "./data/grammar/stories";
export { Cancelled, UserError } from "./errors";
export { chainRows } from "./experiments/chainRows";
export type { Experiment, PresetName } from "./experiments/experiment";
export { images, imagesTask } from "./experiments/images/index";
export {
  calibration,
  exportGeneration,
  language,
  languageTask,
  table2,
  withAblations,
  withCalibration,
  withIterations,
} from "./experiments/language/index";
export {
  besidePublished,
  configOf as linearConfigOf,
  type Exploration,
  exactDraw,
  explore,
  exploreFigure,
  figure7,
  figure16,
  linear,
  linearTask,
  literalErrors,
} from "./experiments/linear/index";
export {
  conformerFigure,
  conformerScenes,
  molecules,
  moleculesTask,
} from "./experiments/molecules/index";
export { provenanceOf } from "./experiments/provenanceOf";
export { presetOf } from "./experiments/registry";
export type { Session } from "./experiments/session";
export { gaussianTask } from "./experiments/toy/gaussian";
export { curves } from "./figures/curves";
export type { Figure, Provenance } from "./figures/figure";
export { figureNamed } from "./figures/figureNamed";
export { mosaic } from "./figures/picture";
export { regimesFigure } from "./figures/regimes";
export { samples } from "./figures/samples";
export { type Chain, type ChainResult, chain } from "./loop/chain";
export type { Evaluation, EvaluationInput, EvaluationResult } from "./loop/evaluation";
export { runChains } from "./loop/runChains";
export type { Task } from "./loop/task";
export { toFrame } from "./metrics/frame";
export type { Row } from "./metrics/row";
export { summarise, summariseBy } from "./metrics/statistics";
export { exportHuggingFace, importHuggingFace } from "./models/language/huggingFace";
export { formula } from "./notebook/formula";
export { params } from "./notebook/params";
export { presetTables } from "./notebook/presetTables";
export { sampleViewer } from "./notebook/sampleViewer";
export { withSession } from "./notebook/session";
export { show } from "./notebook/show";
export { table } from "./notebook/table";
export { regime } from "./pool/parseRegime";
export type { Part, Plan, Regime } from "./pool/regime";
export * as regimes from "./pool/regimes";
export type { Batch, Schema } from "./pool/schema";
export { Stream } from "./random/stream";
export { Streams } from "./random/streams";
export { RunStore } from "./store/runStore";
export { versions } from "./store/versions";
export type { Weights } from "./store/weights";
export * as theory from "./theory/index";
