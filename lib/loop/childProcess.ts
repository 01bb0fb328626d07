import { type ChildProcess, fork } from "node:child_process";
import type { Socket } from "node:net";
import * as path from "node:path";
import { projectRoot } from "../root";

/**
 * Node's flags of a child: TypeScript without the thread that ES modules would need, and little
 * JavaScript heap, since TensorFlow has memory of its own.
 */
export const CHILD_FLAGS = [
  "--require",
  "./lib/typescript.cjs",
  "--max-semi-space-size=1",
  "--optimize-for-size",
];

/** Environment variables of a child whose TensorFlow uses this many threads. */
export const childEnvironment = (threads: number): Record<string, string> => ({
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: "1",
  OMP_NUM_THREADS: String(threads),
  // glibc keeps a heap per thread, although one thread does nearly all the work: 10 MB less.
  MALLOC_ARENA_MAX: "1",
  // What a step frees the next one needs again: given back to the system and taken anew, it would be
  // filled with zeros each time, 3 to 20 % of a step.
  MALLOC_MMAP_THRESHOLD_: String(2 ** 30),
  MALLOC_TRIM_THRESHOLD_: String(2 ** 30),
});

/** Lines of a dead child's error output that are shown. */
const LAST_LINES = 12;

export type Environment = Readonly<Record<string, string>>;

export interface Child {
  readonly process: ChildProcess;
  /** What its job's task asked for when it was started. */
  readonly environment: Environment;
  generations: number;
  /** Last lines of its error output. */
  errors: string;
}

/** Starts a child that waits for orders. @param all holds it until it ends */
export function start(threads: number, environment: Environment, all: Set<Child>): Child {
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

/** Only a child at work keeps this process from ending. */
export function keepAlive({ process }: Child, alive: boolean): void {
  const errors = process.stderr as Socket | null;
  for (const handle of [process, process.channel, errors])
    if (alive) handle?.ref();
    else handle?.unref();
}
