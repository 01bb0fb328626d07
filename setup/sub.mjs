import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { finished } from "node:stream/promises";
import { SetupFailure } from "./failure.mjs";
import { logDir, root } from "./paths.mjs";

/** What a failing tool says → the sentence its user needs. @type {[RegExp, string][]} */
const KNOWN = [
  [
    /No space left on device|ENOSPC/,
    "The disk is full: free some space (about 3 GB are needed) and run the command again.",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|NewConnectionError|ConnectTimeoutError|Temporary failure in name resolution|Max retries exceeded/,
    "A package registry could not be reached: check the network connection or the proxy and mirror settings of npm and pip, then run the command again.",
  ],
];

/**
 * Runs a tool with its output in `.cache/setup/<name>.log`; a failure names the log and shows its end.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, hint?: (log: string) => string | undefined }} [options]
 * @returns {Promise<string>} what the tool printed
 */
export async function runLogged(name, command, args, options = {}) {
  mkdirSync(logDir, { recursive: true });
  const path = join(logDir, `${name}.log`);
  const log = createWriteStream(path);
  log.write(`$ ${[command, ...args].join(" ")}\n`);
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    child.on("error", (error) => {
      log.write(`${error}\n`);
      resolve(127);
    });
    child.on("close", resolve);
  });
  log.end();
  await finished(log);
  const text = await readFile(path, "utf8");
  if (code === 0) return text;
  const sentence = options.hint?.(text) ?? KNOWN.find(([pattern]) => pattern.test(text))?.[1];
  const end = text.trimEnd().split("\n").slice(-12).join("\n    ");
  throw new SetupFailure(
    `${sentence ?? `"${name}" failed (exit ${code}).`}\n  The full output is in ${relative(root, path)}; it ends with:\n    ${end}`,
  );
}
