import { Stream } from "../../random/stream";

/** Independent of seed and generation: every model is evaluated with the same random numbers. */
export const EVALUATION_STREAM = new Stream(["molecules", "evaluation"]);
