// The library's sources as they are on disk now, and a key of all that their declarations depend on.
"use strict";
const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("./project.cjs");

const LIBRARY = path.join(root, "lib");
const SOURCE = /\.(?:[cm]?[jt]sx?|json)$/;
/** What else the compiler's work depends on: its own version, the packages' and the options. */
const OTHERS = ["package-lock.json", "tsconfig.json"];

/** @param {string} file @returns {boolean} */
const isOfLibrary = (file) => file.startsWith(LIBRARY + path.sep);

/** @param {string} folder @returns {string[]} all sources below it */
function sourcesIn(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return sourcesIn(file);
    return SOURCE.test(entry.name) ? [file] : [];
  });
}

/** @param {string | Buffer} content */
const hashOf = (content) => createHash("sha256").update(content).digest("hex");

/** Contents as hashes; a file is read again only after an edit. */
class Contents {
  /** @type {Map<string, { time: number, size: number, hash: string }>} */
  #known = new Map();

  /** Undefined if there is no such file. @param {string} file */
  hash(file) {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    if (!stat) return undefined;
    const known = this.#known.get(file);
    if (known?.time === stat.mtimeMs && known.size === stat.size) return known.hash;
    const hash = hashOf(fs.readFileSync(file));
    this.#known.set(file, { time: stat.mtimeMs, size: stat.size, hash });
    return hash;
  }
}

/** The same for the same library, wherever the project lies. @param {Contents} contents */
function keyOfLibrary(contents) {
  const files = [...OTHERS.map((name) => path.join(root, name)), ...sourcesIn(LIBRARY).sort()];
  return hashOf(
    files.map((file) => `${path.relative(root, file)} ${contents.hash(file)}`).join("\n"),
  );
}

module.exports = { Contents, LIBRARY, hashOf, isOfLibrary, keyOfLibrary, sourcesIn };
