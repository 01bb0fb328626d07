import { openSession } from "../experiments/openSession";
import type { Session } from "../experiments/session";
import { interruptSignal } from "./kernel";
import { notebookProgress } from "./progress";

/**
 * Runs an experiment in a cell: its progress is drawn under the cell and the notebook's stop button stops
 * it. Finished generations stay in the run store.
 * @example
 * const rows = await withSession((session) => images.run(presetOf(images, "quick"), session));
 */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const sink = notebookProgress();
  try {
    return await work(openSession({ sink, signal: interruptSignal() }));
  } finally {
    sink.close();
  }
}
