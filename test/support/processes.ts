import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { projectRoot } from "../../lib/root";

/** Whether a process runs. One that ended and that nobody has waited for yet does not. */
export function runs(pid: number): boolean {
  if (process.platform === "linux") {
    const status = readStatus(`/proc/${pid}/stat`);
    // The state follows the program's name, which stands in parentheses and may contain any character.
    return status !== undefined && status[status.lastIndexOf(")") + 2] !== "Z";
  }
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" });
  return stdout.trim() !== "" && !stdout.startsWith("Z");
}

function readStatus(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Resolves when the process is gone; a test fails by its own time limit if it stays. */
export async function gone(pid: number): Promise<void> {
  while (runs(pid)) await sleep(50);
}

/**
 * Starts a program of Node's in the project's folder, and waits for a line of its output.
 * @param code of an ES module
 * @returns the process and the line, which usually names processes that it has started
 */
export async function startModule(
  code: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ child: ChildProcess; line: string }> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: projectRoot(),
    env: { ...process.env, npm_lifecycle_event: undefined, COLLAPSE_LAB_PARENT: undefined, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A test that ran out of time must not leave it behind.
  process.once("exit", () => child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout! })) return { child, line };
  throw new Error("The program ended without a line.");
}
