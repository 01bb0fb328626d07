// The project's own files as JavaScript, made by esbuild, the compiler of the command line. What has not
// changed since an earlier kernel is taken as that has left it, without starting esbuild.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { Kept } = require("./kept.cjs");
const { fromTsx, root } = require("./project.cjs");
const { hashOf } = require("./sources.cjs");

/** @typedef {{ hash: string, code: string, map: string }} Made of a source with that hash */

const OPTIONS = {
  format: "cjs",
  target: "es2022",
  sourcemap: "external",
  sourcesContent: false,
};

class Compiled {
  /** How many files esbuild has compiled. */
  compilations = 0;
  #kept;
  /** @type {Record<string, Made> | undefined} */
  #known;
  #isNew = false;

  /** @param {string} [cache] the folder of what is kept */
  constructor(cache) {
    this.#kept = new Kept("compiled", cache);
  }

  /** @param {string} name path inside the project @param {string} source @returns {Made} */
  of(name, source) {
    this.#known ??= this.#kept.read(KEY) ?? {};
    const hash = hashOf(source);
    const known = this.#known[name];
    if (known?.hash === hash) return known;
    const loader = path.extname(name).slice(-2) === "sx" ? "tsx" : "ts";
    const options = { ...OPTIONS, sourcefile: name, loader };
    this.compilations++;
    const { code, map } = fromTsx("esbuild").transformSync(source, options);
    this.#known[name] = { hash, code, map };
    this.#isNew = true;
    return this.#known[name];
  }

  /** Leaves what was made to the next kernel. */
  keep() {
    if (!this.#isNew) return;
    this.#isNew = false;
    const there = Object.entries(this.#known).filter(([name]) =>
      fs.existsSync(path.join(root, name)),
    );
    this.#kept.write(KEY, Object.fromEntries(there));
  }
}

const KEY = hashOf(JSON.stringify([fromTsx("esbuild/package.json").version, OPTIONS]));

module.exports = { Compiled };
