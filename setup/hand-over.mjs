import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { followNpm } from "./parent.mjs";
import { root } from "./paths.mjs";

/** Node's own folder comes first, so that kernels and children run on the Node that set up. */
export const environment = {
  ...process.env,
  PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? "2",
};

/** How long a program may take to stop when nobody waits for it any more. */
const GRACE_MS = 15_000;

/**
 * Runs a program in this one's place: same terminal, and its exit code or signal becomes ours.
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function handOver(command, args, env = environment) {
  return new Promise((resolve, reject) => {
    // The program may watch this process (lib/cli/parent.ts).
    const watched = { ...env, COLLAPSE_LAB_PARENT: String(process.pid) };
    const child = spawn(command, args, { cwd: root, env: watched, stdio: "inherit" });
    // The terminal sends Ctrl-C to both; the child decides what it means.
    const ignore = () => {};
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    const unfollow = followNpm(() => {
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
    });
    process.on("SIGINT", ignore);
    process.on("SIGTERM", forward);
    process.on("SIGHUP", forward);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      unfollow();
      process.off("SIGINT", ignore);
      process.off("SIGTERM", forward);
      process.off("SIGHUP", forward);
      if (signal) process.kill(process.pid, signal);
      resolve(code ?? 1);
    });
  });
}

/** @param {string[]} args */
export const handOverToNode = (args) => handOver(process.execPath, args);
