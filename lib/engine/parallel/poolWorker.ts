// Entry of a thread of a WorkerPool: runs one request of an inference job after another.
import { parentPort, workerData } from "node:worker_threads";
import { loadCoreOnly } from "../coreOnly";
import { engine } from "../load";
import type { Values } from "../parameters";
import { loadAddonsAsCopies } from "./addons";
import type { InferenceJob, Run } from "./inferenceJob";
import { failureOf, type PoolMessage, type ThreadOptions } from "./messages";
import { SharedArrays } from "./sharedArrays";

/** Milliseconds between two progress messages. */
const INTERVAL = 250;

const { module, name, config, shapes, parameters } = workerData as ThreadOptions;
let prepared: { readonly run: Run<unknown, unknown>; readonly values: Values } | undefined;

/** Called with the first request, so that a failure is the answer to a request. */
function prepare(): NonNullable<typeof prepared> {
  const job = require(module)[name] as InferenceJob<unknown, unknown, unknown>;
  const values = new SharedArrays(shapes, parameters).tensors();
  for (const value of Object.values(values)) engine().tf.keep(value);
  return { run: job.prepare(config), values };
}

async function answer(request: unknown): Promise<PoolMessage> {
  try {
    prepared ??= prepare();
    let reported = Date.now();
    const result = await prepared.run(prepared.values, request, async (done) => {
      if (Date.now() - reported < INTERVAL) return;
      reported = Date.now();
      parentPort!.postMessage({ done } satisfies PoolMessage);
    });
    return { result };
  } catch (error) {
    return failureOf(error);
  }
}

loadAddonsAsCopies();
loadCoreOnly();
parentPort!.on("message", async (request) => parentPort!.postMessage(await answer(request)));
