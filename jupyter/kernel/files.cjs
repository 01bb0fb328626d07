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

  /**
   * @param {(file: string) => string | undefined} textInMemory
   * @param {() => boolean} isStopped true ends the compiler's work at the next file it asks for
   */
  constructor(textInMemory, isStopped) {
    const { sys } = ts;
    const onDisk = (file) => modified(file)?.toString() ?? "none";
    /** The part of a compiler's host that is about files. */
    this.host = {
      getScriptVersion: (file) => {
        if (textInMemory(file) !== undefined) return textInMemory(file);
        if (!this.#versions.has(file)) this.#versions.set(file, onDisk(file));
        return this.#versions.get(file);
      },
      getScriptSnapshot: (file) => {
        if (isStopped()) throw new ts.OperationCanceledException();
        const text = textInMemory(file) ?? sys.readFile(file);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      fileExists: (file) => textInMemory(file) !== undefined || sys.fileExists(file),
      readFile: (file) => textInMemory(file) ?? sys.readFile(file),
      directoryExists: sys.directoryExists,
      getDirectories: sys.getDirectories,
      readDirectory: sys.readDirectory,
      realpath: sys.realpath,
      useCaseSensitiveFileNames: () => sys.useCaseSensitiveFileNames,
    };
  }

  /** From now on the files are as they are on disk at this moment. */
  look() {
    this.#versions.clear();
  }
}

module.exports = { SourceFiles, modified };
