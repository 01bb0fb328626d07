import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import * as os from "node:os";
import * as path from "node:path";
import { Cancelled, UserError } from "../errors";
import { projectRoot } from "../root";
import type { RunStore } from "../store/runStore";
import type { Executor } from "./executor";
import type { Hooks } from "./hooks";
import type { Job } from "./jobs";
import type { FromChild, ToChild } from "./messages";

export interface ChildOptions {
  /** Child processes at once. @defaultValue one a core */
  readonly processes?: number;
  /** TensorFlow threads in each. @defaultValue 1, so that results do not depend on the machine's load */
  readonly threads?: number;
  /** Generations after which a child is replaced, returning all its memory. @defaultValue 20 */
  readonly generationsPerChild?: number;
}

/**
 * Node's flags of a child: TypeScript without the thread that ES modules would need, and little
 * JavaScript heap, which stands beside TensorFlow's memory.
 */
export const CHILD_FLAGS = [
  "--require",
  "tsx/cjs",
  "--max-semi-space-size=1",
  "--optimize-for-size",
];

/** Environment variables of a child whose TensorFlow uses so many threads. */
export const childEnvironment = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: "1",
  OMP_NUM_THREADS: String(threads),
  // glibc keeps a heap a thread, although one of them does nearly all the work: 10 MB less.
  MALLOC_ARENA_MAX: "1",
});

/** Milliseconds a cancelled child may take to stop by itself. */
const PATIENCE_MS = 10_000;
/** Lines of a dead child's error output that are shown. */
const LAST_LINES = 12;

type Environment = Readonly<Record<string, string>>;

interface Child {
  readonly process: ChildProcess;
  /** What its job's task asked for when it was started. */
  readonly environment: Environment;
  generations: number;
  /** What it printed last on its error output. */
  errors: string;
}

/**
 * Runs generations in child processes, as many at once as the cores serve. tfjs-node is
 * synchronous and native memory creeps; a child keeps its parent responsive, can be stopped, and
 * costs one generation if it dies.
 */
export function childProcesses(options: ChildOptions = {}): Executor {
  const concurrency = options.processes ?? os.availableParallelism();
  const lifetime = options.generationsPerChild ?? 20;
  const threads = options.threads ?? 1;
  const idle: Child[] = [];
  const all = new Set<Child>();

  return {
    concurrency,
    async run(job, store, hooks) {
      const environment = job.task.environment?.(job.generation.config) ?? {};
      const child = take(idle, environment) ?? start(threads, environment, all);
      keepAlive(child, true);
      try {
        await order(child, job, store, hooks);
      } catch (error) {
        if (child.process.connected) child.process.disconnect();
        throw error;
      } finally {
        keepAlive(child, false);
      }
      if (++child.generations >= lifetime) child.process.disconnect();
      else idle.push(child);
    },
    async close() {
      for (const { process } of all) if (process.connected) process.disconnect();
    },
  };
}

/** A child that waits for work and was started with this environment. */
function take(idle: Child[], environment: Environment): Child | undefined {
  const wanted = JSON.stringify(environment);
  for (let i = idle.length - 1; i >= 0; i--) {
    // An idle child may have died meanwhile, of memory for instance.
    if (!idle[i].process.connected) idle.splice(i, 1);
    else if (JSON.stringify(idle[i].environment) === wanted) return idle.splice(i, 1)[0];
  }
  // None serves, and those that wait hold memory.
  for (const { process } of idle.splice(0)) process.disconnect();
  return undefined;
}

function start(threads: number, environment: Environment, all: Set<Child>): Child {
  const root = projectRoot();
  const process_ = fork(path.join(root, "lib", "loop", "child.ts"), {
    cwd: root,
    execArgv: CHILD_FLAGS,
    env: { ...process.env, ...childEnvironment(threads), ...environment },
    serialization: "advanced",
    stdio: ["ignore", "inherit", "pipe", "ipc"],
  });
  const child: Child = { process: process_, environment, generations: 0, errors: "" };
  process_.stderr?.on("data", (text: Buffer) => {
    child.errors = (child.errors + text.toString()).split("\n").slice(-LAST_LINES).join("\n");
  });
  all.add(child);
  process_.once("exit", () => all.delete(child));
  return child;
}

/** Only a child that works keeps this process from ending. */
function keepAlive({ process }: Child, alive: boolean): void {
  const errors = process.stderr as Socket | null;
  for (const handle of [process, process.channel, errors])
    if (alive) handle?.ref();
    else handle?.unref();
}

function order(child: Child, job: Job, store: RunStore, hooks: Hooks): Promise<void> {
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
      settle(() => reject(hooks.signal.aborted ? new Cancelled() : died(job, child, code, signal)));
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

function died(job: Job, child: Child, code: number | null, signal: string | null): UserError {
  const how = signal ? `was killed by ${signal}` : `ended with code ${code}`;
  const hint = signal === "SIGKILL" ? " (often: out of memory)" : "";
  const said = child.errors.trim();
  return new UserError(
    `The process that made ${job.label} ${how}${hint}. Finished generations are kept; rerun to go on.` +
      (said ? `\nIts last words:\n${said}` : ""),
  );
}
