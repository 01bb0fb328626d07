import type { Values } from "../parameters";

/**
 * An inference job made of independent requests. Any thread can load it from its module, so `C`
 * (which model), requests and results are plain values and typed arrays.
 */
export interface InferenceJob<C, Request, Result> {
  /** Absolute path of the file that exports it (`__filename`). */
  readonly module: string;
  /** Name under which it is exported. */
  readonly name: string;
  /** The function for a model; `values` are the parameters, which remain the caller's. */
  prepare(config: C): Run<Request, Result>;
}

/** @param onProgress takes the number of finished items; may be called often, may throw to stop */
export type Run<Request, Result> = (
  values: Values,
  request: Request,
  onProgress: (done: number) => Promise<void>,
) => Promise<Result>;
