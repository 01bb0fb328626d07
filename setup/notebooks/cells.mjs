import { readFileSync, writeFileSync } from "node:fs";

/** @typedef {{ cell_type: string, source: string[] | string }} Cell */
/** @typedef {{ index: number, code: string }} CodeCell `index` counts all cells, from 0 */

/** @param {Cell} cell */
const sourceOf = (cell) => [cell.source].flat().join("");

/** The code cells of a notebook. @param {string} file @returns {CodeCell[]} */
export function codeCells(file) {
  /** @type {Cell[]} */
  const cells = JSON.parse(readFileSync(file, "utf8")).cells;
  return cells.flatMap((cell, index) =>
    cell.cell_type === "code" ? [{ index, code: sourceOf(cell) }] : [],
  );
}

/** A cell's source as nbformat writes it: one string per line, three levels deep. @param {string} code */
function sourceJson(code) {
  const lines = code === "" ? [] : code.split(/(?<=\n)/);
  return `"source": ${JSON.stringify(lines, null, 1).replace(/\n/g, "\n   ")}`;
}

/**
 * Replaces the code of some cells and nothing else: outputs keep every byte, as Python wrote them.
 * @param {string} file @param {ReadonlyMap<number, string>} codes new code by the cell's index
 */
export function replaceCode(file, codes) {
  let text = readFileSync(file, "utf8");
  /** @type {Cell[]} */
  const cells = JSON.parse(text).cells;
  let at = 0;
  cells.forEach((cell, index) => {
    const before = sourceJson(sourceOf(cell));
    const start = text.indexOf(before, at);
    if (start < 0)
      throw new Error(`${file} is not written as nbformat writes it, at cell ${index}.`);
    const code = codes.get(index);
    const after = code === undefined ? before : sourceJson(code);
    text = text.slice(0, start) + after + text.slice(start + before.length);
    at = start + after.length;
  });
  writeFileSync(file, text);
}
