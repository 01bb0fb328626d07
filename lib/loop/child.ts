// Entry of a child process: makes one generation at a time, as its parent asks.
import { loadCoreOnly } from "../engine/coreOnly";
import { Cancelled, messageOf, UserError } from "../errors";
import { RunStore } from "../store/runStore";
import { runGeneration } from "./generation";
import type { FromChild, ToChild } from "./messages";
import type { Task } from "./task";

const PROGRESS_MS = 100;
let running: AbortController | undefined;

function send(message: FromChild): void {
  process.send?.(message);
}

async function run(order: Extract<ToChild, { type: "run" }>): Promise<void> {
  const controller = new AbortController();
  running = controller;
  let reported = 0;
  try {
    await runGeneration(
      loadTask(order.module, order.generation.task),
      order.generation,
      RunStore.open(order.storeRoot),
      {
        signal: controller.signal,
        checkpointSeconds: order.checkpointSeconds,
        threads: order.threads,
        async progress(stage, done, total, values) {
          const now = Date.now();
          if (now - reported >= PROGRESS_MS) {
            reported = now;
            send({ type: "progress", stage, done, total, values });
            // Lets a "cancel" message in: training itself never yields to the event loop.
            await new Promise((resolve) => setImmediate(resolve));
          }
          if (controller.signal.aborted) throw new Cancelled();
        },
        notice: (sentence) => send({ type: "notice", sentence }),
      },
    );
    send({ type: "done" });
  } catch (error) {
    const kind =
      error instanceof Cancelled ? "cancelled" : error instanceof UserError ? "user" : "internal";
    const stack = error instanceof Error ? error.stack : undefined;
    send({ type: "failed", kind, message: messageOf(error), stack });
  } finally {
    running = undefined;
  }
}

function loadTask(module: string, name: string): Task<unknown> {
  const exports = require(module) as Record<string, unknown>;
  for (const value of Object.values(exports))
    if (typeof value === "object" && value !== null && (value as Task<unknown>).name === name)
      if ("fit" in value) return value as Task<unknown>;
  throw new UserError(`${module} exports no task named "${name}".`);
}

loadCoreOnly();
process.on("message", (message: ToChild) => {
  if (message.type === "cancel") running?.abort();
  else void run(message);
});
// Without a parent there is nobody to work for; drafts and checkpoints stay.
process.on("disconnect", () => process.exit(1));
// Ctrl-C and `timeout` reach the whole process group; the parent decides and sends "cancel".
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
