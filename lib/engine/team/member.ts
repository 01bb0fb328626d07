// Entry of a crew's thread: question after question, the answer of a service.
import { parentPort, workerData } from "node:worker_threads";
import { messageOf, UserError } from "../../errors";
import { loadCoreOnly } from "../coreOnly";
import type { Tensor } from "../load";
import { engine } from "../load";
import { loadAddonsAsCopies } from "./addons";
import type { FromMember, MemberOrders } from "./messages";
import type { Serve, Service } from "./service";
import { SharedArrays } from "./sharedArrays";

/** Milliseconds between two words on how much is done. */
const TELL = 250;

const { module, name, config, shapes, parameters } = workerData as MemberOrders;
let open: { serve: Serve<unknown, unknown>; values: Record<string, Tensor> } | undefined;

/** In the first question, so that a failure has a question to answer to. */
function opened(): NonNullable<typeof open> {
  const service = require(module)[name] as Service<unknown, unknown, unknown>;
  const { tf } = engine();
  const shared = new SharedArrays(shapes, parameters);
  const values = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      tf.keep(tf.tensor(shared.view(name), [...shape])),
    ]),
  );
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
    return { error: messageOf(error), user: error instanceof UserError };
  }
}

loadAddonsAsCopies();
loadCoreOnly();
parentPort!.on("message", async (question) => parentPort!.postMessage(await answer(question)));
