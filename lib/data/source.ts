import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { messageOf, UserError } from "../errors";
import { projectRoot } from "../root";
import type { DownloadOptions } from "./download";
import { download } from "./download";

/** Environment variable with directories that mirror data sets, in the form of PATH. */
export const MIRRORS = "COLLAPSE_LAB_DATA";

/** One file of a data set: what it is, where it comes from and how to know it. */
export interface Source {
  /** Data set; also the folder it has in the cache and in mirrors: "mnist". */
  readonly set: string;
  /** Name of the unpacked file. A packed copy has ".gz" behind it. */
  readonly file: string;
  /** Official addresses, best first; one that ends in ".gz" is unpacked. */
  readonly addresses: readonly string[];
  /** SHA-256 of the unpacked bytes: mirrors may pack the same file differently. */
  readonly sha256: string;
}

export interface SourceOptions extends DownloadOptions {
  /** Where downloads are kept. @defaultValue `.cache/data` of the project */
  readonly cache?: string;
  /** Directories to search. @defaultValue those in {@link MIRRORS} */
  readonly mirrors?: readonly string[];
}

/**
 * The unpacked bytes of a source, always checked: from the project's cache, else from the first
 * mirror that has it, else downloaded into the cache.
 * @throws UserError if a copy has the wrong checksum, or if there is none and it cannot be had
 */
export async function readSource(source: Source, options: SourceOptions = {}): Promise<Uint8Array> {
  const found = findSource(source, options);
  if (found) {
    try {
      return checked(found, found.endsWith(".gz"), source);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(
        `${found} is not the official ${source.set} file: ${error.message}. Delete it and run again.`,
      );
    }
  }
  const failures: string[] = [];
  for (const address of source.addresses) {
    try {
      return await fetchSource(source, address, options);
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`${address}: ${messageOf(error)}`);
    }
  }
  throw new UserError(
    `The data file ${source.set}/${source.file} is not here. There are three ways to it:\n` +
      `  1. put it, or ${source.file}.gz, into ${cacheFolder(source, options)};\n` +
      `  2. set ${MIRRORS} to a directory that has it, there or under ${source.set}/;\n` +
      "  3. connect to the internet and run again; the download failed:\n" +
      failures.map((line) => `     ${line}`).join("\n"),
  );
}

/** The file that {@link readSource} would read, if there is one; nothing is downloaded. */
export function findSource(source: Source, options: SourceOptions = {}): string | undefined {
  const folders = [cacheFolder(source, options)];
  for (const mirror of options.mirrors ?? mirrorsOf(process.env[MIRRORS])) {
    if (!existsSync(mirror))
      throw new UserError(
        `${MIRRORS} names ${mirror}, which does not exist: correct it, or unset it to download.`,
      );
    folders.push(join(mirror, source.set), mirror);
  }
  for (const folder of folders)
    for (const name of [source.file, `${source.file}.gz`]) {
      const path = join(folder, name);
      if (existsSync(path) && statSync(path).isFile()) return path;
    }
  return undefined;
}

function mirrorsOf(value: string | undefined): string[] {
  return (value ?? "").split(delimiter).filter((folder) => folder !== "");
}

function cacheFolder(source: Source, options: SourceOptions): string {
  return join(options.cache ?? join(projectRoot(), ".cache", "data"), source.set);
}

async function fetchSource(
  source: Source,
  address: string,
  options: SourceOptions,
): Promise<Uint8Array> {
  const packed = address.endsWith(".gz");
  const target = join(cacheFolder(source, options), packed ? `${source.file}.gz` : source.file);
  const withProgress = { onProgress: progressOnTerminal, ...options };
  return download(address, target, withProgress, (path) => checked(path, packed, source));
}

/** The unpacked bytes of a file, if they are the right ones; else a UserError that says why not. */
function checked(path: string, packed: boolean, source: Source): Uint8Array {
  let bytes: Uint8Array = readFileSync(path);
  if (packed) {
    try {
      bytes = gunzipSync(bytes);
    } catch (error) {
      throw new UserError(`it is no whole gzip file (${messageOf(error)})`);
    }
  }
  const actual = createHash("sha256").update(bytes).digest("hex");
  if (actual !== source.sha256)
    throw new UserError(
      `the SHA-256 of its unpacked bytes is ${actual} instead of ${source.sha256}`,
    );
  return bytes;
}

function progressOnTerminal(file: string, done: number, total: number | undefined): void {
  if (!process.stderr.isTTY) return;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const of = total === undefined ? "" : ` of ${megabytes(total)}`;
  process.stderr.write(
    `\rDownloading ${file}: ${megabytes(done)}${of} MB${done === total ? "\n" : ""}`,
  );
}
