// The public surface, by topic: what notebooks and the README import from "./lib/index".

// Families: presets, runs, figures and claims of the paper's experiments.

export {
  atlas,
  atlasEntries,
  atlasEntry,
  atlasTask,
  type Entry as AtlasEntry,
  entryFigure,
  tryWorld,
} from "./experiments/atlas/index";
export type { Experiment, PresetName } from "./experiments/experiment";
export { images, imagesTask } from "./experiments/images/index";
export {
  calibration,
  language,
  languageTask,
  table2,
  withAblations,
  withCalibration,
  withIterations,
} from "./experiments/language/index";
export {
  adjustableFigure,
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
export { adjustableGaussian } from "./experiments/toy/adjustable";
export { categoricalTask } from "./experiments/toy/categorical";
export { gaussianTask } from "./experiments/toy/gaussian";

// Presets: a task's config and variants of it.

export { withChanges } from "./experiments/changes";
export { chainsOf, type Preset, type Variant } from "./experiments/preset";
export { provenanceOf } from "./experiments/provenanceOf";
export { loadRecords } from "./experiments/records";
export { presetOf } from "./experiments/registry";

// The loop: chains, executors, sessions, and the rows that they give.

export { chainRows } from "./experiments/chainRows";
export { openSession } from "./experiments/openSession";
export type { Session } from "./experiments/session";
export { type Chain, type ChainResult, chain } from "./loop/chain";
export { childProcesses } from "./loop/childProcesses";
export type { Edit, Score } from "./loop/curator";
export type { Evaluation, EvaluationInput, EvaluationResult } from "./loop/evaluation";
export type { Executor } from "./loop/executor";
export { inProcess } from "./loop/inProcess";
export { runChains } from "./loop/runChains";
export type { Context, FitContext, RealData, Task } from "./loop/task";
export { RunStore } from "./store/runStore";
export type { Weights } from "./store/weights";

// Regimes and pools: which items a model is trained on.

export type { Block } from "./pool/block";
export type { Curation } from "./pool/curation/spec";
export { regime } from "./pool/parseRegime";
export type { Part, Plan, Regime } from "./pool/regime";
export * as regimes from "./pool/regimes";
export type { Batch, Schema } from "./pool/schema";
export type { View } from "./pool/view";

// Randomness: named streams.

export { Stream } from "./random/stream";
export { Streams } from "./random/streams";

// Data: readers of each modality's sets and of the user's own files.

export * as storyGrammar from "./data/grammar/stories";
export { loadImages } from "./data/images/load";
export {
  formatMoleculeLine,
  formatSdf,
  fromSmiles,
  loadMolecules,
  mmff94Energy,
  readChunks,
  readGeom,
  readMoleculeLines,
  readSdf,
  readSdfRecords,
  readXyz,
  SkipCounts,
} from "./data/molecules/index";
export { loadStories } from "./data/text/index";

// Hugging Face: models and tokenizers in its formats.

export {
  exportGeneration,
  type ImportedCheckpoint,
  importCheckpoint,
} from "./experiments/language/index";
export { exportHuggingFace } from "./models/language/huggingFace";
export { importHuggingFace } from "./models/language/importHuggingFace";
export { fromTokenizerJson, Tokenizer, toTokenizerJson, trainBpe } from "./tokenizer/index";

// Out: items, stories, molecules, images and tables in the formats of other programs.

export { exportItems } from "./experiments/exportItems";
export { writeImages } from "./export/writeImages";
export { writeMolecules } from "./export/writeMolecules";
export { writeStories } from "./export/writeStories";
export { writeTable } from "./export/writeTable";

// Metrics of molecular conformers.

export {
  automorphisms,
  bestRmsd,
  coverage,
  rmsd,
  rmsdMatrix,
  summariseCoverage,
  superpose,
  symmetryOf,
} from "./metrics/molecules/index";

// Statistics and tables.

export { toFrame } from "./metrics/frame";
export type { Row } from "./metrics/row";
export { type Summary, summarise, summariseBy } from "./metrics/statistics";

// Claims: statements with estimate, interval and verdict.

export type { Claim, Verdict } from "./claims/claim";
export { compare } from "./claims/compare";
export { everyStep } from "./claims/everyStep";
export { Measured } from "./claims/measured";
export { claimRows } from "./claims/rows";
export { threshold } from "./claims/threshold";

// Closed forms.

export * as theory from "./theory/index";

// Figures: rows in, Plotly out.

export { saveFigures } from "./export/export";
export { curves } from "./figures/curves";
export type { Figure, Provenance } from "./figures/figure";
export { figureNamed } from "./figures/figureNamed";
export { mosaic } from "./figures/picture";
export { regimesFigure } from "./figures/regimes";
export { samples } from "./figures/samples";

// Notebooks.

export { formula } from "./notebook/formula";
export { ownData } from "./notebook/ownData";
export { params } from "./notebook/params";
export { presetBanner } from "./notebook/presetBanner";
export { presetTables } from "./notebook/presetTables";
export { sampleViewer } from "./notebook/sampleViewer";
export { withSession } from "./notebook/session";
export { show } from "./notebook/show";
export { table } from "./notebook/table";
export { versions } from "./store/versions";

// Errors: one sentence for the reader.

export { Cancelled, UserError } from "./errors";
