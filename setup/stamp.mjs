import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** One short key for everything that a finished step depended on. @param {...string} parts */
export const keyOf = (...parts) =>
  createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 20);

/**
 * A stamp lies inside what it vouches for, so that deleting the thing deletes the stamp.
 * @param {string} path @param {string} key
 */
export function stamped(path, key) {
  try {
    return readFileSync(path, "utf8") === key;
  } catch {
    return false;
  }
}

/** @param {string} path @param {string} key */
export function stamp(path, key) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, key);
}
