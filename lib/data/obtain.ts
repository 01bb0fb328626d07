import { existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { messageOf, UserError } from "../errors";
import { projectRoot } from "../root";
import type { DownloadOptions } from "./download";
import { download } from "./download";

/** Environment variable with directories that mirror data sets, in the form of PATH. */
export const MIRRORS = "COLLAPSE_LAB_DATA";

/** One file of a data set: what it is and where it comes from. */
export interface SourceFile {
  /** Data set; also the folder it has in the cache and in mirrors: "mnist". */
  readonly set: string;
  /** Name of the decompressed file. A compressed copy has ".gz" at the end. */
  readonly file: string;
  /** Official addresses, best first; one that ends in ".gz" is decompressed. None: mirrors only. */
  readonly addresses: readonly string[];
}

export interface SourceOptions extends DownloadOptions {
  /** Where downloads are kept. @defaultValue `.cache/data` of the project */
  readonly cache?: string;
  /** Directories to search. @defaultValue those in {@link MIRRORS} */
  readonly mirrors?: readonly string[];
  /** Called as a file of a data set is read: bytes of the file on disk, "train.txt.gz". */
  readonly onRead?: (file: string, done: number, total: number) => void;
  /** Told each file that is read although its checksum is not known beforehand. */
  readonly onUnknown?: (source: SourceFile, path: string) => void;
}

/** A copy of a source on this machine, and what `accept` returned for it. */
export interface Obtained<T> {
  readonly path: string;
  /** Whether it is a gzip file. */
  readonly packed: boolean;
  readonly accepted: T;
}

/**
 * Finds a source: in the project's cache, else in the first mirror that has it, else downloads it
 * into the cache.
 * @param accept checks the copy before it is used; to refuse it, it throws a UserError whose message
 *   is a phrase that says what is wrong
 * @throws UserError if the copy is refused, or if there is no copy and it cannot be downloaded
 */
export async function obtain<T>(
  source: SourceFile,
  options: SourceOptions,
  accept: (path: string, packed: boolean) => T | Promise<T>,
): Promise<Obtained<T>> {
  const found = findSource(source, options);
  if (found) {
    const packed = found.endsWith(".gz");
    try {
      return { path: found, packed, accepted: await accept(found, packed) };
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      throw new UserError(
        `${found} is not the official ${source.set} file: ${error.message}. Delete it and run again.`,
      );
    }
  }
  const failures: string[] = [];
  for (const address of source.addresses) {
    try {
      return await fetchSource(source, address, options, accept);
    } catch (error) {
      options.signal?.throwIfAborted();
      failures.push(`${address}: ${messageOf(error)}`);
    }
  }
  throw new UserError(missing(source, options, failures));
}

/** The file that {@link obtain} would use, if there is one; nothing is downloaded. */
export function findSource(source: SourceFile, options: SourceOptions = {}): string | undefined {
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

/** Where the files of a source's data set are kept. */
export function cacheFolder(source: SourceFile, options: SourceOptions = {}): string {
  return join(options.cache ?? join(projectRoot(), ".cache", "data"), source.set);
}

async function fetchSource<T>(
  source: SourceFile,
  address: string,
  options: SourceOptions,
  accept: (path: string, packed: boolean) => T | Promise<T>,
): Promise<Obtained<T>> {
  const packed = address.endsWith(".gz");
  const path = join(cacheFolder(source, options), packed ? `${source.file}.gz` : source.file);
  const withProgress = { onProgress: progressOnTerminal, ...options };
  const accepted = await download(address, path, withProgress, (part) => accept(part, packed));
  return { path, packed, accepted };
}

function missing(source: SourceFile, options: SourceOptions, failures: readonly string[]): string {
  const download = failures.length > 0;
  return (
    `The data file ${source.set}/${source.file} is not here. ` +
    `There are ${download ? "three" : "two"} ways to get it:\n` +
    `  1. put it, or ${source.file}.gz, into ${cacheFolder(source, options)};\n` +
    `  2. set ${MIRRORS} to a directory that has it, there or under ${source.set}/` +
    (download
      ? ";\n  3. connect to the internet and run again; the download failed:\n" +
        failures.map((line) => `     ${line}`).join("\n")
      : ".\nIt has no address of its own: data/README.md says what it is made from.")
  );
}

function progressOnTerminal(file: string, done: number, total: number | undefined): void {
  if (!process.stderr.isTTY) return;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const of = total === undefined ? "" : ` of ${megabytes(total)}`;
  process.stderr.write(
    `\rDownloading ${file}: ${megabytes(done)}${of} MB${done === total ? "\n" : ""}`,
  );
}
