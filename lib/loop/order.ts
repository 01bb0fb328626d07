import { Cancelled, UserError } from "../errors";
import type { RunStore } from "../store/runStore";
import type { Child } from "./childProcess";
import type { Hooks } from "./hooks";
import type { Job } from "./jobs";
import type { FromChild, ToChild } from "./messages";

/** Milliseconds a cancelled child may take to stop by itself. */
const PATIENCE_MS = 10_000;
/**
 * Has a child make a generation.
 * @throws UserError if the task cannot be loaded there, or the child dies; what the child threw
 */
export function order(child: Child, job: Job, store: RunStore, hooks: Hooks): Promise<void> {
  const { process } = child;
  const module = job.task.module;
  if (!module)
    throw new UserError(
      `Task "${job.task.name}" names no module, so a child process cannot load it. ` +
        "Set `module: __filename` in a file of its own, or run it with the in-process executor.",
    );
  return new Promise((resolve, reject) => {
    let killer: NodeJS.Timeout | undefined;
    const settle = (result: () => void) => {
      clearTimeout(killer);
      process.off("message", onMessage);
      process.off("exit", onExit);
      hooks.signal.removeEventListener("abort", onAbort);
      result();
    };
    const onMessage = (message: FromChild) => {
      if (message.type === "progress")
        hooks
          .progress(message.stage, message.done, message.total, message.values)
          .catch((error) => {
            // The child hears of a stop by "cancel"; until it does its progress is of no concern.
            if (!(error instanceof Cancelled)) settle(() => reject(error));
          });
      else if (message.type === "notice") hooks.notice(message.sentence);
      else if (message.type === "done") settle(resolve);
      else settle(() => reject(errorOf(message)));
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) =>
      settle(() =>
        reject(hooks.signal.aborted ? new Cancelled() : deathOf(job, child, code, signal)),
      );
    const onAbort = () => {
      if (process.connected) process.send({ type: "cancel" } satisfies ToChild);
      // A child deep in a native call does not listen; the store survives its death.
      killer = setTimeout(() => process.kill("SIGKILL"), PATIENCE_MS);
    };
    process.on("message", onMessage);
    process.once("exit", onExit);
    hooks.signal.addEventListener("abort", onAbort, { once: true });
    process.send({
      type: "run",
      module,
      generation: job.generation,
      storeRoot: store.root,
      checkpointSeconds: hooks.checkpointSeconds,
      threads: hooks.threads ?? 1,
    } satisfies ToChild);
    if (hooks.signal.aborted) onAbort();
  });
}

function errorOf(failure: Extract<FromChild, { type: "failed" }>): Error {
  if (failure.kind === "cancelled") return new Cancelled();
  if (failure.kind === "user") return new UserError(failure.message);
  const error = new Error(failure.message);
  if (failure.stack) error.stack = failure.stack;
  return error;
}

function deathOf(job: Job, child: Child, code: number | null, signal: string | null): UserError {
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
  const hint = signal === "SIGKILL" ? " (often: out of memory)" : "";
  const said = child.errors.trim();
  return new UserError(
    `The process that made ${job.label} ${how}${hint}. Finished generations are kept; rerun to go on.` +
      (said ? `\nLast lines of its error output:\n${said}` : ""),
  );
}
