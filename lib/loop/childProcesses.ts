import * as os from "node:os";
import { type Child, type Environment, keepAlive, start } from "./childProcess";
import type { Executor } from "./executor";
import { order } from "./order";

export interface ChildOptions {
  /** Child processes at once. @defaultValue one per core */
  readonly processes?: number;
  /** TensorFlow threads in each. @defaultValue 1, so that results do not depend on the machine's load */
  readonly threads?: number;
  /** Generations after which a child is replaced, returning all its memory. @defaultValue 20 */
  readonly generationsPerChild?: number;
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
  // None was started with it, and those that wait hold memory.
  for (const { process } of idle.splice(0)) process.disconnect();
  return undefined;
}
