// The project's own files as JavaScript, made by esbuild, the compiler of the command line. What has not
// changed since an earlier kernel is taken as that has left it, without starting esbuild; if nothing is
// left, the whole library is compiled at once, which costs a quarter of doing it file by file.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { Kept } = require("./kept.cjs");
const { fromTsx, root } = require("./project.cjs");
const { LIBRARY, hashOf, sourcesIn } = require("./sources.cjs");

/** @typedef {{ hash: string, code: string, map: string }} Made of a source with that hash */

const OPTIONS = {
  format: "cjs",
  target: "es2022",
  sourcemap: "external",
  sourcesContent: false,
  // Those of tsconfig.json that esbuild knows are about other things than cells.
  tsconfigRaw: "{}",
};
const WITH_TYPES = /(?<!\.d)\.[cm]?tsx?$/;

class Compiled {
  /** How often esbuild has compiled something. */
  compilations = 0;
  #kept;
  /** By path inside the project. @type {Record<string, Made> | undefined} */
  #known;
  #isNew = false;

  /** @param {string} [cache] the folder of what is kept */
  constructor(cache) {
    this.#kept = new Kept("compiled", cache);
  }

  /** @param {string} name path inside the project @param {string} source @returns {Made} */
  of(name, source) {
    this.#known ??= this.#kept.read(KEY) ?? this.#library();
    const hash = hashOf(source);
    const known = this.#known[name];
    if (known?.hash === hash) return known;
    const loader = path.extname(name).slice(-2) === "sx" ? "tsx" : "ts";
    const options = { ...OPTIONS, sourcefile: name, loader };
    this.compilations++;
    const { code, map } = fromTsx("esbuild").transformSync(source, options);
    this.#isNew = true;
    this.#known[name] = { hash, code, map };
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

  /** All that can be compiled; what cannot says why when it is asked for. @returns {Record<string, Made>} */
  #library() {
    const sources = sourcesIn(LIBRARY).filter((file) => WITH_TYPES.test(file));
    const hashes = sources.map((file) => hashOf(fs.readFileSync(file)));
    const places = { entryPoints: sources, outbase: root, outdir: root, absWorkingDir: root };
    const quietly = { write: false, bundle: false, logLevel: "silent" };
    try {
      this.compilations++;
      const { outputFiles } = fromTsx("esbuild").buildSync({ ...OPTIONS, ...places, ...quietly });
      const texts = new Map(outputFiles.map(({ path, text }) => [path, text]));
      const made = sources.map((file, i) => {
        const script = file.replace(/\.([cm]?)tsx?$/, ".js");
        const parts = { code: texts.get(script), map: texts.get(`${script}.map`) };
        return [path.relative(root, file), { hash: hashes[i], ...parts }];
      });
      this.#isNew = true;
      return Object.fromEntries(made.filter(([, { code, map }]) => code && map));
    } catch {
      return {};
    }
  }
}

const KEY = hashOf(JSON.stringify([fromTsx("esbuild/package.json").version, OPTIONS]));

module.exports = { Compiled };
