// Entry of a thread of DataParallel: computes the gradients of one micro-batch per step.
import { receiveMessageOnPort, workerData } from "node:worker_threads";
import { loadCoreOnly } from "../coreOnly";
import { tidy } from "../tidy";
import { loadAddonsAsCopies } from "./addons";
import type { GradientFunction } from "./gradientFunction";
import { failureOf, type GradientReply, type GradientWorkerOptions } from "./messages";
import { SharedArrays } from "./sharedArrays";
import { SharedCounter } from "./sharedCounter";

function main(options: GradientWorkerOptions): void {
  const { port, shapes } = options;
  const started = new SharedCounter(options.started);
  const finished = new SharedCounter(options.finished);
  const parameters = new SharedArrays(shapes, options.parameters);
  const results = new SharedArrays(shapes, options.gradients);
  // Prepared in the first step, so that a failure is the answer to a step.
  let gradientsOf: ReturnType<GradientFunction<unknown, unknown>["prepare"]> | undefined;
  const prepare = () =>
    (require(options.module)[options.name] as GradientFunction<unknown, unknown>).prepare(
      options.config,
    );

  const answer = (microBatch: unknown): GradientReply =>
    tidy(() => {
      gradientsOf ??= prepare();
      const { losses, gradients } = gradientsOf(parameters.tensors(), microBatch);
      for (const [name, gradient] of Object.entries(gradients))
        results.view(name).set(gradient.dataSync<"float32">());
      return { losses };
    });

  for (let step = 0; ; step++) {
    started.waitBeyond(step);
    const { message: microBatch } = receiveMessageOnPort(port)!;
    try {
      port.postMessage(answer(microBatch));
    } catch (error) {
      port.postMessage(failureOf(error));
    }
    finished.increment();
  }
}

loadAddonsAsCopies();
loadCoreOnly();
main(workerData as GradientWorkerOptions);
