import fs from "node:fs";
import { SetupFailure } from "./failure.mjs";
import { root } from "./paths.mjs";

/**
 * Stops before a half-written installation does.
 * @param {string} what @param {number} gigabytes
 */
export function needDisk(what, gigabytes) {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = (bavail * bsize) / 1e9;
  if (free >= gigabytes) return;
  throw new SetupFailure(
    `${what} needs about ${gigabytes} GB and ${root} has ${free.toFixed(1)} GB free: make room and run the command again.`,
  );
}
