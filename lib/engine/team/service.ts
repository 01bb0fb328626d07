import type { Values } from "../fused/sequence";

/**
 * Something that a model is asked for piece by piece, each by itself. Any thread can load it by its
 * module, so `C` (what the model is), questions and answers are plain values and typed arrays.
 */
export interface Service<C, Question, Answer> {
  /** Absolute path of the file that exports this service (`__filename`). */
  readonly module: string;
  /** Name under which it is exported. */
  readonly name: string;
  /** The function for a model; `values` are the parameters, which remain the caller's. */
  open(config: C): Serve<Question, Answer>;
}

/** @param tell how much of the question is done; may be called often, and may throw to stop */
export type Serve<Question, Answer> = (
  values: Values,
  question: Question,
  tell: (done: number) => Promise<void>,
) => Promise<Answer>;
