import * as path from "node:path";
import { type TransferListItem, Worker } from "node:worker_threads";
import { engine } from "../load";
import type { ThreadOptions } from "./messages";

/**
 * Starts a thread of this process. Its engine shares this process's TensorFlow and therefore the
 * number of threads per operation. The thread mostly waits for work and does not keep the process
 * alive.
 * @param entry name of the file in this folder that the thread runs
 */
export function startThread(
  entry: string,
  options: ThreadOptions,
  transferList: readonly TransferListItem[] = [],
): Worker {
  // TensorFlow takes its settings from the thread that starts it first.
  engine();
  const worker = new Worker(path.join(__dirname, entry), {
    workerData: options,
    transferList: [...transferList],
    execArgv: ["--require", path.join(__dirname, "..", "..", "typescript.cjs")],
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  return worker;
}
