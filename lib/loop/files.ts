// Names of files and folders in the entries of the run store.

/** The model, in a fit. */
export const MODEL = "model.safetensors";
/** Training records, in a fit. */
export const TRAINING = "training.jsonl";
/** Folder of the sampled items, in a block. */
export const ITEMS = "items";
/** Rows of records, in an entry of the kind "rows". */
export const ROWS = "rows.jsonl";
