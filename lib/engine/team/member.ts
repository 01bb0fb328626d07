// Entry of a crew's thread: question after question, the answer of a service.
import { parentPort, workerData } from "node:worker_threads";
import { loadCoreOnly } from "../coreOnly";
import { engine, type Tensor } from "../load";
import { loadAddonsAsCopies } from "./addons";
import { type FromMember, failureOf, type ThreadOrders } from "./messages";
import type { Serve, Service } from "./service";
import { SharedArrays } from "./sharedArrays";

/** Milliseconds between two words on how much is done. */
const TELL = 250;

const { module, name, config, shapes, parameters } = workerData as ThreadOrders;
let open: { serve: Serve<unknown, unknown>; values: Record<string, Tensor> } | undefined;

/** In the first question, so that a failure has a question to answer to. */
function opened(): NonNullable<typeof open> {
  const service = require(module)[name] as Service<unknown, unknown, unknown>;
  const values = new SharedArrays(shapes, parameters).tensors();
  for (const value of Object.values(values)) engine().tf.keep(value);
  return { serve: service.open(config), values };
}

async function answer(question: unknown): Promise<FromMember> {
  try {
    open ??= opened();
    let told = Date.now();
    const answer = await open.serve(open.values, question, async (done) => {
      if (Date.now() - told < TELL) return;
      told = Date.now();
      parentPort!.postMessage({ done } satisfies FromMember);
    });
    return { answer };
  } catch (error) {
    return failureOf(error);
  }
}

loadAddonsAsCopies();
loadCoreOnly();
parentPort!.on("message", async (question) => parentPort!.postMessage(await answer(question)));
