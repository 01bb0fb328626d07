import type { Streams } from "../random/streams";
import type { EvaluationInput } from "./evaluation";
import type { FitContext } from "./task";

/**
 * A context for calling a task's functions outside the loop, with generation n = 1: it records,
 * reports and stores nothing and is never aborted, except where `given` says otherwise.
 */
export const standaloneContext = (
  streams: Streams,
  given: Partial<FitContext> = {},
): FitContext => ({
  streams,
  signal: given.signal ?? new AbortController().signal,
  generation: 1,
  progress: async () => {},
  record: () => {},
  checkpoint: async () => {},
  checkpointDue: () => false,
  ...given,
});

/** What an evaluation reads outside the loop: what is given; anything else throws. */
export const standaloneInput = (given: Partial<EvaluationInput>): EvaluationInput =>
  new Proxy(given as EvaluationInput, {
    get(target, name) {
      if (name in target) return Reflect.get(target, name);
      throw new Error(`The evaluation reads "${String(name)}", which was not given.`);
    },
  });
