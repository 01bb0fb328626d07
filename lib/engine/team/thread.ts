import * as path from "node:path";
import { type TransferListItem, Worker } from "node:worker_threads";
import { engine } from "../load";
import type { ThreadOrders } from "./messages";

/**
 * Starts a thread of this process. Its engine shares this one's TensorFlow, and so its number of
 * threads an operation. It waits for work most of the time and keeps no process alive.
 * @param entry name of the file in this folder that the thread runs
 */
export function startThread(
  entry: string,
  orders: ThreadOrders,
  transferList: readonly TransferListItem[] = [],
): Worker {
  // TensorFlow takes its settings from whoever starts it first.
  engine();
  const worker = new Worker(path.join(__dirname, entry), {
    workerData: orders,
    transferList: [...transferList],
    execArgv: ["--require", require.resolve("tsx/cjs")],
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  worker.unref();
  return worker;
}
