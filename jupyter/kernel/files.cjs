// The files that a program is made of, on disk and in memory. Nothing is watched: before each cell all
// are looked at once, so that it sees every edit and every new file, and none changes while it compiles.
"use strict";
const fs = require("node:fs");
const { ts } = require("./compiler.cjs");

/** @param {string} file */
const modified = (file) => fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;

class SourceFiles {
  /** @type {Map<string, string>} */
  #versions = new Map();
  /** The compiler asks for all files in every cell. @type {Map<string, { version: string, snapshot: any }>} */
  #snapshots = new Map();
  /** How many have been read from disk. */
  reads = 0;

  /**
   * @param {(file: string) => string | undefined} textInMemory
   * @param {(file: string) => boolean} isHidden files on disk that the compiler must not find
   * @param {() => boolean} isStopped true ends the compiler's work at the next file it asks for
   */
  constructor(textInMemory, isHidden, isStopped) {
    const { sys } = ts;
    /** The part of a compiler's host that is about files. */
    this.host = {
      getScriptVersion: (file) => textInMemory(file) ?? this.#version(file),
      getScriptSnapshot: (file) => {
        if (isStopped()) throw new ts.OperationCanceledException();
        const text = textInMemory(file);
        return text === undefined ? this.#snapshot(file) : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (file) =>
        textInMemory(file) !== undefined || (!isHidden(file) && sys.fileExists(file)),
      readFile: (file) => textInMemory(file) ?? sys.readFile(file),
      directoryExists: sys.directoryExists,
      getDirectories: sys.getDirectories,
      readDirectory: sys.readDirectory,
      realpath: sys.realpath,
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    };
  }

  #version(file) {
    if (!this.#versions.has(file)) this.#versions.set(file, `${modified(file)}`);
    return this.#versions.get(file);
  }

  #snapshot(file) {
    const version = this.#version(file);
    const known = this.#snapshots.get(file);
    if (known?.version === version) return known.snapshot;
    const text = ts.sys.readFile(file);
    if (text !== undefined) this.reads++;
    const snapshot = text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    this.#snapshots.set(file, { version, snapshot });
    return snapshot;
  }

  /** From now on the files are as they are on disk at this moment. */
  look() {
    this.#versions.clear();
  }
}

module.exports = { SourceFiles, modified };
