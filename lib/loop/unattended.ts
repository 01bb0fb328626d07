import type { Streams } from "../random/streams";
import type { FitContext } from "./task";

/**
 * A context for a task's functions outside the loop, n = 1: it records, reports and keeps nothing
 * and is never aborted, but for what is given.
 */
export const unattended = (streams: Streams, given: Partial<FitContext> = {}): FitContext => ({
  streams,
  signal: new AbortController().signal,
  generation: 1,
  progress: async () => {},
  record: () => {},
  checkpoint: async () => {},
  checkpointDue: () => false,
  ...given,
});
