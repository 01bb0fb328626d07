// Preloaded (`--require`) by every process and thread that runs this project's TypeScript: tsx for the
// sources. Packages are loaded as Node does it: tsx would look through each of their files for import
// statements, and Node through their source maps, which takes longer than running them.
"use strict";
const fs = require("node:fs");
const Module = require("node:module");
const path = require("node:path");
const fromHere = Module.createRequire(__filename);
keepNamesAsWritten();
fromHere("tsx/cjs");

/** @typedef {{ _compile(code: string, file: string): void }} Compiled */
/** @type {Record<string, (module: Compiled, file: string) => void>} */
const loaders = /** @type {any} */ (Module)._extensions;
const withTsx = loaders[".js"];

loaders[".js"] = (module, file) => {
  if (!isCommonJs(file)) return withTsx(module, file);
  module._compile(withoutMap(fs.readFileSync(file, "utf8")), file);
};

/** Whether a file of a package is a CommonJS module; files of the project are tsx's. @param {string} file */
function isCommonJs(file) {
  if (!file.includes(`${path.sep}node_modules${path.sep}`)) return false;
  if (file.endsWith(".cjs")) return true;
  return file.endsWith(".js") && typeOf(path.dirname(file)) !== "module";
}

/** Types of modules by folder. @type {Map<string, string>} */
const types = new Map();

/** What the nearest package.json says about the modules in a folder. @param {string} folder @returns {string} */
function typeOf(folder) {
  const type = types.get(folder) ?? readType(folder);
  types.set(folder, type);
  return type;
}

/** @param {string} folder */
function readType(folder) {
  const manifest = path.join(folder, "package.json");
  if (fs.existsSync(manifest)) return JSON.parse(fs.readFileSync(manifest, "utf8")).type ?? "";
  const parent = path.dirname(folder);
  return path.basename(parent) === "node_modules" || parent === folder ? "" : typeOf(parent);
}

/** @param {string} code */
function withoutMap(code) {
  return code.replace(/\n\/\/# sourceMappingURL=\S*\s*$/, "\n");
}

/**
 * tsx has esbuild note the name of every function when it is made, for bundles in which identifiers are
 * shortened. Nothing is shortened here, and a function that is made in a loop would pay for it each time.
 */
function keepNamesAsWritten() {
  const file = Module.createRequire(fromHere.resolve("tsx/cjs")).resolve("esbuild");
  const esbuild = fromHere(file);
  /** @param {object | undefined} options */
  const plain = (options) => ({ ...options, keepNames: false });
  const changed = {
    // Part of the key under which tsx keeps what was compiled.
    version: `${esbuild.version} without names`,
    transformSync: (/** @type {string} */ code, /** @type {object} */ options) =>
      esbuild.transformSync(code, plain(options)),
    transform: (/** @type {string} */ code, /** @type {object} */ options) =>
      esbuild.transform(code, plain(options)),
  };
  const cached = require.cache[file];
  if (cached) cached.exports = { ...esbuild, ...changed };
}
