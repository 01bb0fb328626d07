import { openSession } from "../experiments/openSession";
import type { Session } from "../experiments/session";
import { interruptSignal } from "./kernel";
import { notebookProgress } from "./progress";

/**
 * Runs work of an experiment in a cell: its progress is drawn under the cell and the notebook's
 * stop button stops it. What was finished stays in the run store.
 *
 * `const rows = await withSession((session) => images.run(images.presets.quick, session));`
 */
export async function withSession<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const sink = notebookProgress();
  try {
    return await work(openSession({ sink, signal: interruptSignal() }));
  } finally {
    sink.close();
  }
}
