// tslab's converter (TypeScript → JavaScript) with fresh files, whole reloads and known positions.
"use strict";
const { reloadTogether } = require("./files.cjs");

/**
 * @param {(options: object) => any} createConverter tslab's
 * @param {{ look(): void }} files
 * @param {{ addModule(output: object): void }} positions
 * @param {(converted: any) => void} onConverted
 */
function createConverters(createConverter, files, positions, onConverted) {
  const together = reloadTogether();
  const tslab = createConverter({ isJS: false, isBrowser: false });
  const fresh =
    (method) =>
    (...args) => {
      files.look();
      return tslab[method](...args);
    };
  const convert = (...args) => {
    files.look();
    const converted = tslab.convert(...args);
    if (converted.sideOutputs?.length) {
      for (const output of converted.sideOutputs) positions.addModule(output);
      converted.sideOutputs = together(converted.sideOutputs);
    }
    onConverted(converted);
    return converted;
  };
  const node = {
    convert,
    inspect: fresh("inspect"),
    complete: fresh("complete"),
    addModule: fresh("addModule"),
    close: () => tslab.close(),
  };
  return { node, browser: node, close: () => tslab.close() };
}

module.exports = { createConverters };
