// The imported library is checked as well, but not in every cell, which would take seconds: a file is
// checked once, by this kernel or an earlier one, and all are checked again when one was edited.
"use strict";
const { isCell } = require("./project.cjs");
const { isRemembered, keyOf, remember } = require("./remembered.cjs");

class Checked {
  /** Files found without fault, by path; an unchanged file is the same object in the next program. */
  #sound = new Map();
  /** @type {Set<string>} */
  #faulty = new Set();
  #ts;

  /** @param {any} ts */
  constructor(ts) {
    this.#ts = ts;
  }

  /** @param {string} file */
  isFaulty(file) {
    return this.#faulty.has(file);
  }

  /** Faults of a cell and of the project's files that it and earlier cells import. */
  check(program, cell) {
    const imported = program.getSourceFiles().filter((file) => this.#isOwn(program, file));
    if (imported.some((file) => (this.#sound.get(file.fileName) ?? file) !== file))
      this.#sound.clear();
    this.#faulty.clear();
    const faults = faultsOf(program, cell);
    const unchecked = imported.filter(({ fileName }) => !this.#sound.has(fileName));
    if (unchecked.length === 0) return faults;
    const key = keyOf(
      `${this.#ts.version} ${JSON.stringify(program.getCompilerOptions())}`,
      imported,
    );
    const known = isRemembered(key);
    for (const file of unchecked) {
      const found = known ? [] : faultsOf(program, file);
      if (found.length === 0) this.#sound.set(file.fileName, file);
      else this.#faulty.add(file.fileName);
      faults.push(...found);
    }
    if (!known && this.#faulty.size === 0) remember(key);
    return faults;
  }

  #isOwn(program, file) {
    return (
      !file.isDeclarationFile &&
      !isCell(file.fileName) &&
      !program.isSourceFileFromExternalLibrary(file) &&
      !this.#ts.isJsonSourceFile(file)
    );
  }
}

/** What stands in a text that cannot be parsed is not checked. */
function faultsOf(program, file) {
  const syntactic = program.getSyntacticDiagnostics(file);
  return syntactic.length > 0 ? [...syntactic] : [...program.getSemanticDiagnostics(file)];
}

module.exports = { Checked };
