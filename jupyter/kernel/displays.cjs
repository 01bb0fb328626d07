// How the value of a cell's last expression is shown: as Node prints it, and beside that as it shows
// itself (`Symbol.for("Jupyter.display")`, as in Deno's kernel), or as a table or a figure where it is
// known to be one. The library that draws these is loaded when the first of them is shown.
"use strict";
const { inspect } = require("node:util");

const DISPLAY = Symbol.for("Jupyter.display");

/** Rows that are looked at to find out whether a list is a table. */
const LOOKED_AT = 1000;
const NUMBERS_SHOWN = 6;

class Displays {
  #modules;
  #output;

  /**
   * @param {import("./modules.cjs").ProjectModules} modules
   * @param {import("./output.cjs").Output} output
   */
  constructor(modules, output) {
    this.#modules = modules;
    this.#output = output;
  }

  /** What is printed is printed at once, before a promise in it settles. @param {unknown} value of a cell */
  async show(value) {
    if (value === undefined) return;
    const figures = figuresOf(value);
    if (figures) {
      const { show } = await this.#modules.load("./lib/notebook/show");
      await show(...figures);
      return;
    }
    const display = this.#displayOf(value);
    const bundle = display && (await display());
    if (!isObject(bundle)) {
      console.log(value);
      return;
    }
    const data = { "text/plain": inspect(value), ...bundle };
    this.#output.cell?.send("display_data", { data, metadata: {}, transient: {} });
  }

  /** What makes representations beside the text; undefined if there are none. */
  #displayOf(value) {
    if (typeof value?.[DISPLAY] === "function") return () => value[DISPLAY]();
    if (isTensor(value)) return () => ({ "text/html": tensorHtml(value) });
    const rows = rowsOf(value);
    return (
      rows &&
      (async () => {
        const { tableBundle } = await this.#modules.load("./lib/notebook/table");
        return { "text/html": tableBundle(rows)["text/html"] };
      })
    );
  }
}

const isObject = (value) => typeof value === "object" && value !== null;

/** The library's figures are plain data. */
const isFigure = (value) =>
  isObject(value) &&
  Array.isArray(value.data) &&
  ["layout", "provenance"].every((name) => isObject(value[name])) &&
  ["name", "alt"].every((name) => typeof value[name] === "string");

/** @returns {object[] | undefined} */
function figuresOf(value) {
  if (isFigure(value)) return [value];
  return Array.isArray(value) && value.length > 0 && value.every(isFigure) ? value : undefined;
}

/** Packages may be there twice, so a class is known by its name and what it has. */
const isNamed = (value, names) => isObject(value) && names.has(value.constructor?.name);
const FRAMES = new Set(["DataFrame", "Series"]);
const TENSORS = new Set(["Tensor", "Variable"]);

const isTensor = (value) =>
  isNamed(value, TENSORS) && Array.isArray(value.shape) && typeof value.dataSync === "function";

/** A danfojs frame or series, or a list of plain records, as rows of a table. @returns {object[] | undefined} */
function rowsOf(value) {
  if (isNamed(value, FRAMES) && Array.isArray(value.columns) && Array.isArray(value.values))
    return frameRows(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.slice(0, LOOKED_AT).every(isRecord) && Object.keys(value[0]).length > 0
    ? value.map(cellsOf)
    : undefined;
}

function frameRows({ columns, index, values }) {
  return values.map((row, i) => {
    const cells = [row].flat().map((cell, k) => [String(columns[k]), cell]);
    return cellsOf({ "": index?.[i] ?? i, ...Object.fromEntries(cells) });
  });
}

/** An object literal whose values are no objects. */
function isRecord(value) {
  if (!isObject(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.values(value).every((cell) => !isObject(cell) && typeof cell !== "function");
}

/** What a table can hold: numbers and texts. */
function cellsOf(row) {
  const cell = (value) =>
    value === null || value === undefined || typeof value === "number" ? value : String(value);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));
}

function tensorHtml(tensor) {
  const { dtype, shape, isDisposed, size } = tensor;
  const head = `${dtype} [${shape.join(", ")}]`;
  if (isDisposed) return `<code>${head}</code>, disposed`;
  const numbers = Array.from(tensor.dataSync().slice(0, NUMBERS_SHOWN), (x) =>
    typeof x === "number" ? String(Number(x.toPrecision(6))) : escaped(String(x)),
  );
  const rest = size > NUMBERS_SHOWN ? ", …" : "";
  return `<code>${head}</code>: ${numbers.join(", ")}${rest}`;
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

module.exports = { Displays };
