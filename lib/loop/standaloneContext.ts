import type { Streams } from "../random/streams";
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
  signal: new AbortController().signal,
  generation: 1,
  progress: async () => {},
  record: () => {},
  checkpoint: async () => {},
  checkpointDue: () => false,
  ...given,
});
