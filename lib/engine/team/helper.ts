// Entry of a helper thread: step after step, the contribution of one part of the batch.
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { messageOf, UserError } from "../../errors";
import { loadCoreOnly } from "../coreOnly";
import { engine } from "../load";
import { tidy } from "../tidy";
import { loadAddonsAsCopies } from "./addons";
import { Bell } from "./bell";
import type { Answer, Orders } from "./messages";
import type { Recipe } from "./recipe";
import { SharedArrays } from "./sharedArrays";

function main(orders: Orders): void {
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
      const { tf } = engine();
      contribution ??= prepare();
      const values = Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => [
          name,
          tf.tensor(parameters.view(name), [...shape]),
        ]),
      );
      const { sums, gradients } = contribution(values, part);
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
      port.postMessage({ error: messageOf(error), user: error instanceof UserError });
    }
    end.ring();
  }
}

loadAddonsAsCopies();
loadCoreOnly();
main(workerData as Orders);
