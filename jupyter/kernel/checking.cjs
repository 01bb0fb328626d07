// Repair: tslab checks the whole imported library again in every cell, which takes seconds. A file is
// checked once, and all are checked again when one was edited.
"use strict";

/**
 * Takes the place of the compiler's `getPreEmitDiagnosticsOfFiles`; the cell is the first file.
 * @param {(program: object, files: readonly { fileName: string }[]) => { file?: object }[]} check
 */
function checkOnce(check) {
  /** Files found without fault; an unchanged file is the same object in the next program. */
  const sound = new Map();
  return (program, [cell, ...imported]) => {
    if (imported.some((file) => sound.has(file.fileName) && sound.get(file.fileName) !== file)) {
      sound.clear();
    }
    const unchecked = imported.filter((file) => !sound.has(file.fileName));
    const found = check(program, [cell, ...unchecked]);
    const faulty = new Set(found.map(({ file }) => file));
    for (const file of unchecked) if (!faulty.has(file)) sound.set(file.fileName, file);
    return found;
  };
}

module.exports = { checkOnce };
