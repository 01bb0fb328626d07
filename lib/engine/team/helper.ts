// Entry of a helper thread: step after step, the contribution of one part of the batch.
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { loadCoreOnly } from "../coreOnly";
import { tidy } from "../tidy";
import { loadAddonsAsCopies } from "./addons";
import { Bell } from "./bell";
import { type Answer, failureOf, type HelperOrders } from "./messages";
import type { Recipe } from "./recipe";
import { SharedArrays } from "./sharedArrays";

function main(orders: HelperOrders): void {
  const { port, shapes } = orders;
  const [begin, end] = [new Bell(orders.begin), new Bell(orders.end)];
  const parameters = new SharedArrays(shapes, orders.parameters);
  const results = new SharedArrays(shapes, orders.gradients);
  // In the first step, so that a failure has a step to answer to.
  let contribution: ReturnType<Recipe<unknown, unknown>["prepare"]> | undefined;
  const prepare = () =>
    (require(orders.module)[orders.name] as Recipe<unknown, unknown>).prepare(orders.config);

  const answer = (part: unknown): Answer =>
    tidy(() => {
      contribution ??= prepare();
      const { sums, gradients } = contribution(parameters.tensors(), part);
      for (const [name, gradient] of Object.entries(gradients))
        results.view(name).set(gradient.dataSync<"float32">());
      return { sums };
    });

  for (let step = 0; ; step++) {
    begin.after(step);
    const { message: part } = receiveMessageOnPort(port)!;
    try {
      port.postMessage(answer(part));
    } catch (error) {
      port.postMessage(failureOf(error));
    }
    end.ring();
  }
}

loadAddonsAsCopies();
loadCoreOnly();
main(workerData as HelperOrders);
