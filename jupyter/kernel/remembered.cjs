// Checking the whole library takes seconds, and most kernels find it as the last one has left it. What
// was found without fault is remembered, by the contents of all that the check depends on.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("./project.cjs");

const FILE = path.join(root, ".cache", "jupyter", "sound.json");
/** Sets of files that are remembered: a few notebooks', and a few states of an edited file. */
const MOST = 32;

/**
 * What the check of these files depends on: themselves, the packages' types, the compiler and its options.
 * @param {string} compiler version and options @param {readonly { fileName: string, text: string }[]} files
 */
function keyOf(compiler, files) {
  const hash = createHash("sha256").update(compiler).update(process.versions.node);
  hash.update(fs.readFileSync(path.join(root, "package-lock.json")));
  const sorted = [...files].sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
  for (const { fileName, text } of sorted)
    hash
      .update(`${path.relative(root, fileName)}\0`)
      .update(text)
      .update("\0");
  return hash.digest("hex");
}

/** @returns {string[]} */
function read() {
  try {
    const keys = JSON.parse(fs.readFileSync(FILE, "utf8"));
    return Array.isArray(keys) ? keys : [];
  } catch {
    return [];
  }
}

/** @param {string} key */
const isRemembered = (key) => read().includes(key);

/** A folder that cannot be written to costs time only. @param {string} key */
function remember(key) {
  const keys = [key, ...read().filter((one) => one !== key)].slice(0, MOST);
  try {
    fs.mkdirSync(path.dirname(FILE), { recursive: true });
    fs.writeFileSync(`${FILE}.${process.pid}.tmp`, JSON.stringify(keys));
    fs.renameSync(`${FILE}.${process.pid}.tmp`, FILE);
  } catch {}
}

module.exports = { isRemembered, keyOf, remember };
