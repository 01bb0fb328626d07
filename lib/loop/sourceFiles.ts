import * as fs from "node:fs";
import { findSource, type SourceFile } from "../data/obtain";
import { fileDigest } from "../store/fileDigest";
import type { SourceRecord } from "../store/manifest";

/** What a file of data is at this moment, for a later comparison. */
export function recordOf({ set, file }: SourceFile, path: string): SourceRecord {
  return { set, file, path, modified: fs.statSync(path).mtimeMs, ...fileDigest(path) };
}

/**
 * Compares files that data were loaded from with those that would be read today. A file of the same
 * place, size and time is taken to be the same; only others are read.
 * @returns SHA-256 by file if one differs; a file that is not there any more does not
 */
export function changedSources(
  records: readonly SourceRecord[],
): Readonly<Record<string, string>> | undefined {
  let changed = false;
  const now = records.map((record): [string, string] => {
    const sha256 = currentSha256(record) ?? record.sha256;
    changed ||= sha256 !== record.sha256;
    return [`${record.set}/${record.file}`, sha256];
  });
  return changed ? Object.fromEntries(now) : undefined;
}

function currentSha256({ set, file, path, bytes, modified, sha256 }: SourceRecord) {
  const found = findSource({ set, file, addresses: [] });
  if (!found) return undefined;
  const { size, mtimeMs } = fs.statSync(found);
  if (found === path && size === bytes && mtimeMs === modified) return sha256;
  return fileDigest(found).sha256;
}
