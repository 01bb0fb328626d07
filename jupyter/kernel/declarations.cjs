// Cells see the library by its declarations: its public types alone, without what its sources import,
// which the compiler of the cells would read for seconds. They are made anew when the library has changed,
// by the native compiler, which checks it on the way.
"use strict";
const path = require("node:path");
const { BuildInfo, faultsIn } = require("./emitted.cjs");
const { Kept } = require("./kept.cjs");
const { emitDeclarations } = require("./native.cjs");
const { root } = require("./project.cjs");
const { Contents, isOfLibrary, keyOfLibrary } = require("./sources.cjs");

/** Of what is kept: another format has another number. */
const FORMAT = 1;
/** Edits while the compiler works make it begin again; who never stops editing gets what there is. */
const TRIES = 5;
/** An import was not found: it may be there now. */
const NOT_FOUND = 2307;

/**
 * One state of the library.
 * @typedef {object} Declared
 * @property {number} format
 * @property {string} key
 * @property {Record<string, string>} texts of declarations, by path inside the project
 * @property {string[]} undeclared files whose types have no name that could be written
 * @property {import("./emitted.cjs").Fault[]} faults that its check found
 * @property {Record<string, string[]>} importers of the files at fault, which are at fault with them
 * @property {Record<string, string>} outside files of the project that it imports, and their contents
 * @property {string} buildInfo of the compiler
 */

class Declarations {
  /** How often the compiler was started. */
  compilations = 0;
  /** Counts the times that other files have declarations: what could not be found may be there now. */
  generation = 0;
  #contents = new Contents();
  #kept;
  /** @type {Declared | undefined} */
  #declared;
  /** The state of the library for which the compiler has failed. @type {string | undefined} */
  #failed;
  /** @type {{ done: Promise<void>, stop: AbortController } | undefined} */
  #making;

  /** @param {string} [cache] the folder of what is kept */
  constructor(cache) {
    this.#kept = new Kept("declarations", cache);
  }

  /** Files of the library that stand for themselves, because declarations cannot. @returns {string[]} */
  get undeclared() {
    return this.#declared?.undeclared ?? [];
  }

  /** @param {string} file @returns {string | undefined} the text of a file of declarations */
  text(file) {
    return this.#declared?.texts[path.relative(root, file)];
  }

  /** Whether declarations stand for this source. @param {string} file */
  hides(file) {
    return isOfLibrary(file) && this.text(declarationsOf(file)) !== undefined;
  }

  /** Faults of the sources that a program comes upon by way of these declarations. @param {string[]} files */
  faultsBehind(files) {
    const { faults, importers } = this.#declared ?? { faults: [], importers: {} };
    if (faults.length === 0) return [];
    const reached = new Set(files.map((file) => path.relative(root, file)));
    const isReached = (name) => reached.has(name) || reached.has(declarationsOf(name));
    return faults.filter(({ file }) => importers[file].some(isReached));
  }

  /**
   * Resolves when the declarations are those of the library as it is now. Without the native compiler the
   * sources stand for themselves.
   * @param {AbortSignal} [signal] ends the wait, and the compiler
   * @param {() => void} [meanwhile] is called when the compiler has begun
   */
  async refresh(signal, meanwhile) {
    if (!this.#making && !this.#lookUp()) this.#begin();
    const making = this.#making;
    if (!making) return;
    const stop = () => making.stop.abort(signal.reason);
    if (signal?.aborted) stop();
    signal?.addEventListener("abort", stop);
    try {
      meanwhile?.();
      await making.done;
    } catch (error) {
      making.stop.abort(error);
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  }

  /** Whether nothing has to be made. */
  #lookUp() {
    const key = keyOfLibrary(this.#contents);
    if (key === this.#failed) return true;
    if (this.#stands(this.#declared, key)) return true;
    const kept = this.#kept.read(key);
    if (!this.#stands(kept, key)) return false;
    this.#use(kept);
    return true;
  }

  /** Whether this is the state of the library, and of what it imports from outside of it. */
  #stands(declared, key) {
    return (
      declared?.format === FORMAT &&
      declared.key === key &&
      declared.faults.every(({ code }) => code !== NOT_FOUND) &&
      Object.entries(declared.outside).every(
        ([name, hash]) => this.#contents.hash(path.join(root, name)) === hash,
      )
    );
  }

  #begin() {
    const stop = new AbortController();
    const done = this.#make(stop.signal).finally(() => {
      this.#making = undefined;
    });
    // Whoever waits is told.
    done.catch(() => {});
    this.#making = { done, stop };
  }

  /** @param {AbortSignal} signal */
  async #make(signal) {
    for (let left = TRIES; left > 0; left--) {
      const key = keyOfLibrary(this.#contents);
      this.compilations++;
      const made = await this.#compile(key, signal).catch(() => undefined);
      signal.throwIfAborted();
      const isCurrent = key === keyOfLibrary(this.#contents);
      if (!isCurrent && left > 1) continue;
      this.#failed = made ? undefined : key;
      this.#use(made);
      if (made && isCurrent) this.#kept.write(key, made);
      return;
    }
  }

  /** @param {string} key @param {AbortSignal} signal @returns {Promise<Declared>} */
  #compile(key, signal) {
    return this.#kept.inFolder(async (folder, isOwn) => {
      const latest = this.#declared ?? this.#kept.latest();
      const before = isOwn && latest?.format === FORMAT ? latest : undefined;
      const { buildInfo, written, output } = await emitDeclarations(
        folder,
        before?.buildInfo,
        signal,
      );
      const program = new BuildInfo(buildInfo, folder);
      const files = program.files();
      const undeclared = program.undeclared();
      const declared = files
        .filter((name) => isOfLibrary(path.join(root, name)) && !undeclared.has(name))
        .map(declarationsOf);
      const texts = { ...before?.texts, ...written };
      const faults = faultsIn(output).filter(({ file, code }) => !undeclared.get(file)?.has(code));
      const outside = files.filter((name) => !isOfLibrary(path.join(root, name)));
      return {
        format: FORMAT,
        key,
        texts: Object.fromEntries(
          declared.filter((name) => name in texts).map((name) => [name, texts[name]]),
        ),
        undeclared: [...undeclared.keys()],
        faults,
        importers: Object.fromEntries(faults.map(({ file }) => [file, program.importers(file)])),
        outside: Object.fromEntries(
          outside.map((name) => [name, this.#contents.hash(path.join(root, name))]),
        ),
        buildInfo,
      };
    });
  }

  /** @param {Declared | undefined} declared */
  #use(declared) {
    const names = (one) => Object.keys(one?.texts ?? {}).join();
    if (names(declared) !== names(this.#declared)) this.generation++;
    this.#declared = declared;
  }
}

/** `lib/a.ts` → `lib/a.d.ts` @param {string} file */
const declarationsOf = (file) => file.replace(/(?<!\.d)\.([cm]?)[jt]sx?$/, ".d.$1ts");

module.exports = { Declarations };
