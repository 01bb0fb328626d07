import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { handOverToNode } from "../hand-over.mjs";
import { inProject } from "../paths.mjs";
import { codeCells, replaceCode } from "./cells.mjs";
import { metadataFaults } from "./metadata.mjs";
import { presetFaults } from "./presets.mjs";
import { faultsOf } from "./rules.mjs";
import { sectionFaults } from "./sections.mjs";

const biome = inProject("node_modules", "@biomejs", "biome", "bin", "biome");
/** Cells as files, for Biome, which reads no notebooks. Each process has a folder of its own. */
const work = inProject(".cache", `notebook-cells-${process.pid}`);

/** @param {string} folder */
const notebooksIn = (folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(folder, name));

/** @param {string} notebook @param {number} index */
const fileOf = (notebook, index) =>
  join(work, basename(notebook, ".ipynb"), `cell-${String(index + 1).padStart(2, "0")}.ts`);

/** Writes every code cell to a file of its own. @param {string[]} notebooks */
function writeCells(notebooks) {
  rmSync(work, { recursive: true, force: true });
  for (const notebook of notebooks)
    for (const { index, code } of codeCells(notebook)) {
      const file = fileOf(notebook, index);
      mkdirSync(join(file, ".."), { recursive: true });
      // A notebook's cells have no last line break.
      writeFileSync(file, `${code}\n`);
    }
  cpSync(inProject("setup", "notebooks", "cells.json"), join(work, "biome.json"));
}

/** @param {string[]} options */
const runBiome = (options) =>
  existsSync(work)
    ? handOverToNode([biome, "check", `--config-path=${work}`, ...options, work])
    : Promise.resolve(0);

/**
 * Format, lint and our own rules for the code of the notebooks; changes nothing.
 * @returns exit code
 */
export async function checkNotebooks(folder = inProject("notebooks")) {
  const notebooks = notebooksIn(folder);
  const faults = notebooks.flatMap((notebook) =>
    faultsIn(notebook).map((fault) => `${basename(notebook)}${fault}.`),
  );
  for (const fault of faults) console.error(fault);
  writeCells(notebooks);
  const code = await runBiome(["--error-on-warnings"]);
  rmSync(work, { recursive: true, force: true });
  if (code) console.error("The files above are cells of notebooks; npm run format formats them.");
  return code || Number(faults.length > 0);
}

/** @param {string} notebook @returns {string[]} phrases that go on the notebook's name */
function faultsIn(notebook) {
  const inCells = codeCells(notebook).flatMap(({ index, code }) =>
    faultsOf(code).map((fault) => `, cell ${index + 1} ${fault}`),
  );
  const json = JSON.parse(readFileSync(notebook, "utf8"));
  return [...metadataFaults(json), ...presetFaults(json), ...sectionFaults(json), ...inCells];
}

/** Formats the code of the notebooks in place. @returns exit code */
export async function formatNotebooks(folder = inProject("notebooks")) {
  const notebooks = notebooksIn(folder);
  writeCells(notebooks);
  const code = await runBiome(["--write"]);
  for (const notebook of notebooks) {
    const changed = codeCells(notebook).flatMap(({ index, code }) => {
      const formatted = readFileSync(fileOf(notebook, index), "utf8").replace(/\n$/, "");
      return formatted === code ? [] : [/** @type {const} */ ([index, formatted])];
    });
    if (changed.length > 0) replaceCode(notebook, new Map(changed));
  }
  rmSync(work, { recursive: true, force: true });
  return code;
}
