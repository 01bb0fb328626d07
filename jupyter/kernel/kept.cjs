// What a kernel has made is kept for the next ones, in files under keys. Kernels that run side by side do
// not disturb each other: a file appears whole, and is replaced as a whole. A folder that cannot be
// written to costs time only.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { root } = require("./project.cjs");

/** Files for one purpose: the states of an edited library, and of a few branches. */
const MOST = 8;
/** A folder for work that a killed kernel left. */
const ABANDONED_MS = 3_600_000;

class Kept {
  /** @param {string} purpose name of a folder @param {string} [cache] the folder that it is in */
  constructor(purpose, cache = path.join(root, ".cache", "jupyter")) {
    this.folder = path.join(cache, purpose);
  }

  /** @param {string} key @returns {any} undefined if nothing is kept by that key, or it cannot be read */
  read(key) {
    const file = path.join(this.folder, `${key}.json`);
    try {
      const content = JSON.parse(fs.readFileSync(file, "utf8"));
      this.#touch(file);
      return content;
    } catch {
      return undefined;
    }
  }

  /** What was made or used last, whatever its key. @returns {any} */
  latest() {
    const [file] = this.#byAge();
    return file && this.read(path.basename(file, ".json"));
  }

  /** @param {string} key @param {object} content */
  write(key, content) {
    const file = path.join(this.folder, `${key}.json`);
    const draft = `${file}.${process.pid}.tmp`;
    try {
      fs.mkdirSync(this.folder, { recursive: true });
      fs.writeFileSync(draft, JSON.stringify(content));
      fs.renameSync(draft, file);
      for (const old of this.#byAge().slice(MOST)) remove(old);
    } catch {
      remove(draft);
    }
  }

  /**
   * Work in an empty folder, which is removed afterwards. Its place relative to the project is always of
   * the same depth, but for that in the system's folder, where this one cannot be written to.
   * @template T @param {(folder: string, isOwn: boolean) => Promise<T>} work @returns {Promise<T>}
   */
  async inFolder(work) {
    this.#removeAbandoned();
    const { folder, isOwn } = this.#makeFolder();
    try {
      return await work(folder, isOwn);
    } finally {
      remove(folder);
    }
  }

  #makeFolder() {
    try {
      fs.mkdirSync(this.folder, { recursive: true });
      return { folder: fs.mkdtempSync(path.join(this.folder, "work-")), isOwn: true };
    } catch {
      return { folder: fs.mkdtempSync(path.join(os.tmpdir(), "collapse-lab-")), isOwn: false };
    }
  }

  #removeAbandoned() {
    for (const { file, age } of this.#entries())
      if (/work-|\.tmp$/.test(path.basename(file)) && age > ABANDONED_MS) remove(file);
  }

  /** The latest first. */
  #byAge() {
    return this.#entries()
      .filter(({ file }) => file.endsWith(".json"))
      .sort((a, b) => a.age - b.age)
      .map(({ file }) => file);
  }

  #entries() {
    try {
      return fs.readdirSync(this.folder).map((name) => {
        const file = path.join(this.folder, name);
        const time = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
        return { file, age: Date.now() - time };
      });
    } catch {
      return [];
    }
  }

  #touch(file) {
    const now = new Date();
    try {
      fs.utimesSync(file, now, now);
    } catch {}
  }
}

/** What cannot be removed stays. @param {string} file or folder */
function remove(file) {
  try {
    fs.rmSync(file, { recursive: true, force: true });
  } catch {}
}

module.exports = { Kept };
