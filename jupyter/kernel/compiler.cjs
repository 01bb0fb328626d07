// Repair: tslab fixes the compiler's options (not strict, ES2022, no source maps). They are set here,
// and each step of the compilation is shown to listeners, by wrapping the compiler that tslab loads.
"use strict";
const { fromTslab } = require("./project.cjs");
const { checkOnce } = require("./checking.cjs");
const { withoutMapComment, wrapBuilder } = require("./emit.cjs");

/**
 * @typedef {object} Listeners
 * @property {(sys: object) => void} onSystem the file system that the compiler is about to use
 * @property {(js: string, map: object) => void} onEmit TypeScript → ES modules
 * @property {(input: string, output: string, map: object) => void} onCommonJs ES modules → CommonJS
 * @property {(js: string, map: object) => void} onImported TypeScript → CommonJS, in one step
 */

/**
 * Must run before tslab's own modules are loaded: they copy the compiler's functions.
 * @param {Listeners} listeners
 */
function wrapCompiler(listeners) {
  const id = fromTslab.resolve("@tslab/typescript-for-tslab");
  const ts = fromTslab(id);

  /** Imported files on their way through tslab. @type {Set<string>} */
  const ready = new Set();
  const onImported = (js, map) => {
    ready.add(js);
    listeners.onImported(js, map);
  };

  /** @param {string[]} files @param {object} options @param {object} sys */
  const createWatchCompilerHost = (files, options, sys, ...rest) => {
    listeners.onSystem(sys);
    const strict = { ...options, strict: true, lib: ["lib.es2023.d.ts"], sourceMap: true };
    const host = ts.createWatchCompilerHost(files, strict, sys, ...rest);
    let receive;
    Object.defineProperty(host, "afterProgramCreate", {
      get: () => receive,
      set: (given) => {
        receive = (builder) => given(wrapBuilder(ts, builder, { ...listeners, onImported }));
      },
    });
    return host;
  };

  /** tslab takes every emitted file through this; imported ones are ready as they are. */
  const transpileModule = (input, options) => {
    if (ready.delete(input)) return { outputText: input };
    const compilerOptions = { ...options.compilerOptions, sourceMap: true };
    const result = ts.transpileModule(input, { ...options, compilerOptions });
    const outputText = withoutMapComment(result.outputText);
    listeners.onCommonJs(input, outputText, JSON.parse(result.sourceMapText));
    return { ...result, outputText };
  };

  const own = Object.getOwnPropertyDescriptors(ts);
  const check = checkOnce(ts.getPreEmitDiagnosticsOfFiles);
  own.getPreEmitDiagnosticsOfFiles = { enumerable: true, value: check };
  own.createWatchCompilerHost = { enumerable: true, value: createWatchCompilerHost };
  own.transpileModule = { enumerable: true, value: transpileModule };
  require.cache[id].exports = Object.create(Object.getPrototypeOf(ts), own);
  return ts;
}

module.exports = { wrapCompiler };
