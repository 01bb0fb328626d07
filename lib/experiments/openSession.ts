import * as fs from "node:fs";
import * as path from "node:path";
import type { Executor } from "../loop/executor";
import { ROWS } from "../loop/files";
import { formatLines, parseLines } from "../loop/jsonLines";
import { runChains } from "../loop/runChains";
import type { ProgressSink } from "../progress/sink";
import { addressOf } from "../store/address";
import { writeFileAtomic } from "../store/atomic";
import { RunStore } from "../store/runStore";
import type { Row } from "./experiment";
import type { Session } from "./session";

export interface SessionOptions {
  /** @defaultValue the store of `RunStore.open()` */
  readonly store?: RunStore;
  /** Where progress is shown. */
  readonly sink: ProgressSink;
  readonly signal: AbortSignal;
  /** @defaultValue child processes */
  readonly executor?: Executor;
  /** Seconds between checkpoints of a fit. */
  readonly checkpointSeconds?: number;
}

/**
 * A session on a run store, which shows its progress on a sink.
 * @example openSession({ sink: terminalProgress(), signal: new AbortController().signal })
 */
export function openSession(options: SessionOptions): Session {
  const { sink, signal, executor, checkpointSeconds } = options;
  const store = options.store ?? RunStore.open();
  return {
    store,
    signal,
    progress: (title, done, total, values) => sink.update(title, done, total, values),
    notice: (sentence) => sink.line(sentence),

    async chains(title, chains) {
      let generations = 0;
      const results = await runChains(chains, {
        store,
        signal,
        ...(executor ? { executor } : {}),
        ...(checkpointSeconds !== undefined ? { checkpointSeconds } : {}),
        onEvent(event) {
          if (event.type === "preparing")
            sink.update(title, event.done, event.total, {}, event.step);
          else if (event.type === "planned") generations = event.jobs;
          else if (event.type === "progress")
            sink.update(title, event.done, event.total, event.values);
          else if (event.type === "notice") sink.line(event.sentence);
        },
      });
      // The same words whether they were computed now or earlier, since notebooks keep them.
      sink.finish(title, `${generations} generations in the run store`);
      return results;
    },

    async rows(key, compute) {
      const identity = { what: "rows", ...key };
      const draft = await store.begin("rows", identity, signal, {
        onWait: (sentence) => sink.line(sentence),
      });
      if (draft) {
        try {
          const rows = await compute();
          writeFileAtomic(path.join(draft.folder, ROWS), formatLines(rows));
          draft.commit({ rows: rows.length });
        } finally {
          draft.release();
        }
      }
      const address = addressOf(identity);
      store.use("rows", address);
      const file = path.join(store.folder("rows", address), ROWS);
      return parseLines<Row>(fs.readFileSync(file, "utf8"));
    },
  };
}
