import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { UserError } from "../errors";
import { withFileErrors } from "../store/fileErrors";

export interface DownloadOptions {
  readonly signal?: AbortSignal;
  /** Called as bytes arrive; `total` is undefined if the server does not tell it. */
  readonly onProgress?: (file: string, done: number, total: number | undefined) => void;
}

/** Number of requests for one file within one call. */
const ATTEMPTS = 3;

/**
 * Fetches a file. What has arrived is kept in `TARGET.….part`, one for each address; a broken
 * transfer, of this run or an earlier one, continues where it stopped. `TARGET` appears only when it
 * is complete and accepted.
 * @param accept checks the finished file; what it returns is returned. If it throws, the file is
 *   deleted
 * @throws UserError if the address is not https, or the server cannot be reached, refuses or breaks
 *   off again and again
 */
export async function download<T>(
  address: string,
  target: string,
  options: DownloadOptions,
  accept: (path: string) => T | Promise<T>,
): Promise<T> {
  if (!isSafe(address))
    throw new UserError(
      "it is not fetched, because without https anyone on the way could change it",
    );
  // Another server may compress the same file differently, so its part could not be continued.
  const mark = createHash("sha256").update(address).digest("hex").slice(0, 8);
  const part = `${target}.${mark}.part`;
  withFileErrors(target, () => mkdirSync(dirname(target), { recursive: true }));
  for (let attempt = 1; !(await transfer(address, part, basename(target), options)); attempt++)
    if (attempt === ATTEMPTS)
      throw new UserError(
        `the connection broke ${ATTEMPTS} times; ${statSync(part).size} bytes are kept and a rerun continues there`,
      );
  let accepted: T;
  try {
    accepted = await accept(part);
  } catch (error) {
    options.signal?.throwIfAborted();
    rmSync(part, { force: true });
    throw error instanceof UserError
      ? new UserError(`what it sent was discarded: ${error.message}`)
      : error;
  }
  renameSync(part, target);
  return accepted;
}

/** Some files have no checksum that is known beforehand. A server on this machine is this machine. */
function isSafe(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "https:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

/** One request for the missing bytes. @returns whether the file is complete */
async function transfer(
  address: string,
  part: string,
  name: string,
  { signal, onProgress }: DownloadOptions,
): Promise<boolean> {
  const have = existsSync(part) ? statSync(part).size : 0;
  // Without "identity" a server may compress the transfer, and byte positions would mean nothing.
  const headers: Record<string, string> = { "accept-encoding": "identity" };
  if (have > 0) headers.range = `bytes=${have}-`;
  const response = await request(address, headers, signal);
  if (response.status === 416) {
    // There is nothing after what we have: it is complete, which `accept` will check.
    await response.body?.cancel();
    return true;
  }
  if (!response.ok || !response.body)
    throw new UserError(`the server answered ${response.status} ${response.statusText}`.trim());
  const start = response.status === 206 ? startOf(response, have) : 0;
  const length = response.headers.get("content-length");
  const total = length === null ? undefined : start + Number(length);

  const fd = openSync(part, start === 0 ? "w" : "r+");
  let done = start;
  try {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      for (let k = 0; k < chunk.length; )
        k += withFileErrors(part, () => writeSync(fd, chunk, k, chunk.length - k, done + k));
      done += chunk.length;
      onProgress?.(name, done, total);
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof UserError) throw error;
    return false;
  } finally {
    fsyncSync(fd);
    closeSync(fd);
  }
  return total === undefined || done === total;
}

async function request(
  address: string,
  headers: Record<string, string>,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(address, { headers, ...(signal ? { signal } : {}) });
  } catch (error) {
    signal?.throwIfAborted();
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    throw new UserError(`no connection (${cause?.code ?? cause?.message ?? error})`);
  }
}

function startOf(response: Response, have: number): number {
  const range = response.headers.get("content-range") ?? "";
  const start = Number(/^bytes (\d+)-/.exec(range)?.[1] ?? Number.NaN);
  if (start !== have)
    throw new UserError(`the server was asked to continue from byte ${have} and sent "${range}"`);
  return start;
}
