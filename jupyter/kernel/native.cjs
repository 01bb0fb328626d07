// TypeScript 7 as a child process: it checks the whole library and writes its declarations in seconds,
// where the compiler of the cells takes a quarter of a minute. What it wrote for an earlier state of the
// library is where it begins.
"use strict";
const { spawn } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { LIBRARY } = require("./sources.cjs");
const { fromRoot, root } = require("./project.cjs");

const BUILD_INFO = "declarations.tsbuildinfo";
/** Collecting garbage would be a third of the work of a program that ends in seconds. */
const MEMORY = { GOGC: "off", GOMEMLIMIT: "1200MiB" };

/**
 * What the compiler made of the library.
 * @typedef {object} Emitted
 * @property {Record<string, string>} written declarations that are new, by path inside the project
 * @property {string} output its diagnostics as it prints them
 * @property {string} buildInfo with which it can go on from here
 */

/** @param {string} folder an empty one @param {string} output of the declarations */
function configuration(folder, output) {
  return {
    extends: path.join(root, "tsconfig.json"),
    include: [path.join(LIBRARY, "**", "*.ts"), path.join(LIBRARY, "**", "*.tsx")],
    compilerOptions: {
      typeRoots: [path.join(root, "node_modules", "@types")],
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, noEmitOnError: false },
      ...{ rootDir: root, outDir: output, incremental: true },
      tsBuildInfoFile: path.join(folder, BUILD_INFO),
      // A half-edited library may be tried out.
      ...{ noUnusedLocals: false, noUnusedParameters: false },
    },
  };
}

/**
 * @param {string} folder an empty one, for the compiler's work @param {string | undefined} buildInfo of an
 *   earlier state, whose paths are relative to such a folder
 * @param {AbortSignal} signal ends the compiler @returns {Promise<Emitted>}
 * @throws if it cannot be started or leaves nothing
 */
async function emitDeclarations(folder, buildInfo, signal) {
  const output = path.join(folder, "out");
  const config = path.join(folder, "tsconfig.json");
  fs.writeFileSync(config, JSON.stringify(configuration(folder, output)));
  if (buildInfo !== undefined) fs.writeFileSync(path.join(folder, BUILD_INFO), buildInfo);
  const printed = await run(["-p", config, "--pretty", "false"], signal);
  return {
    written: fs.existsSync(output) ? filesIn(output, "") : {},
    output: printed,
    buildInfo: fs.readFileSync(path.join(folder, BUILD_INFO), "utf8"),
  };
}

/** @param {string[]} options @param {AbortSignal} signal @returns {Promise<string>} what it printed */
function run(options, signal) {
  const { promise, resolve, reject } = withResolvers();
  signal.throwIfAborted();
  const tsc = path.join(path.dirname(fromRoot.resolve("typescript/package.json")), "bin", "tsc");
  // A group of its own: before Node 22.15 the program of that name starts another one, the compiler.
  const child = spawn(process.execPath, [tsc, ...options], {
    cwd: root,
    detached: true,
    env: { ...process.env, ...MEMORY },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {}
  };
  const stop = () => {
    kill();
    reject(signal.reason);
  };
  signal.addEventListener("abort", stop);
  process.on("exit", kill);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  child.on("error", reject);
  child.on("close", () => resolve(printed));
  return promise.finally(() => {
    signal.removeEventListener("abort", stop);
    process.off("exit", kill);
  });
}

/** @returns {{ promise: Promise<any>, resolve: (value: any) => void, reject: (error: any) => void }} */
function withResolvers() {
  const made = /** @type {any} */ ({});
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

/** @param {string} folder @param {string} inside @returns {Record<string, string>} texts by path */
function filesIn(folder, inside) {
  return Object.assign(
    {},
    ...fs.readdirSync(path.join(folder, inside), { withFileTypes: true }).map((entry) => {
      const name = path.join(inside, entry.name);
      if (entry.isDirectory()) return filesIn(folder, name);
      return { [name]: fs.readFileSync(path.join(folder, name), "utf8") };
    }),
  );
}

module.exports = { emitDeclarations };
