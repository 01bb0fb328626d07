// Repairs: (1) tslab polls every file it has read, so that an edit is noticed late; (2) an edited file
// stays stale behind a module that re-exports it; (3) a file created in a watched folder breaks the
// compiler's one timer. Here nothing is watched: before each cell the files are looked at.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { root } = require("./project.cjs");

const CHANGED = 1;
const NO_FILE = -1;

/** @param {string} file */
const modified = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? NO_FILE;

class ProjectFiles {
  /** @type {Set<{ file: string, changed: (file: string, kind: number) => void, time: number }>} */
  #files = new Set();
  /** @type {Set<{ folder: string, added: (file: string) => void, known: Set<string> }>} */
  #folders = new Set();

  /** Takes the place of the compiler's watchers. @param {Record<string, unknown>} system */
  replaceWatchers(system) {
    system.watchFile = (file, changed) => {
      const entry = { file, changed, time: modified(file) };
      this.#files.add(entry);
      return { close: () => this.#files.delete(entry) };
    };
    system.watchDirectory = (folder, added) => {
      if (!isOwn(folder)) return { close() {} };
      const entry = { folder, added, known: new Set(sourcesIn(folder)) };
      this.#folders.add(entry);
      return { close: () => this.#folders.delete(entry) };
    };
  }

  /** Tells the compiler of edited and of new files. */
  look() {
    for (const entry of [...this.#files]) {
      const time = modified(entry.file);
      if (time === entry.time) continue;
      entry.time = time;
      entry.changed(entry.file, CHANGED);
    }
    for (const entry of [...this.#folders]) {
      const added = sourcesIn(entry.folder).filter((file) => !entry.known.has(file));
      for (const file of added) {
        entry.known.add(file);
        entry.added(file);
      }
    }
  }
}

/** Folders whose files a reader writes. @param {string} folder */
function isOwn(folder) {
  const inside = path.relative(root, folder);
  return !inside.startsWith("..") && !/(^|[\\/])(node_modules|\.[^\\/]+)([\\/]|$)/.test(inside);
}

/** The compiler asks for whole trees, and only where an import has failed. @param {string} folder */
function sourcesIn(folder) {
  try {
    return fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|json)$/.test(name))
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

/**
 * tslab asks for one timer and throws on a second. The compiler's only other use of a timer, the
 * renewed look for imports that failed, can happen at once.
 */
function allowTwoTimers(sys) {
  const { setTimeout: one } = sys;
  sys.setTimeout = (callback, ...rest) =>
    callback.name === "invalidateResolutionsOfFailedLookup"
      ? void callback()
      : one.call(sys, callback, ...rest);
}

/**
 * tslab drops from its cache just the files that were compiled anew, not those that re-export them;
 * reporting every module of the project on a change drops them all.
 */
function reloadTogether() {
  const modules = new Map();
  return (outputs) => {
    for (const output of outputs) modules.set(output.path, output);
    return [...modules.values()];
  };
}

module.exports = { ProjectFiles, allowTwoTimers, reloadTogether };
