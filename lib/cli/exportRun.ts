import * as fs from "node:fs";
import * as path from "node:path";
import { suggestion, UserError } from "../errors";
import { exportItems } from "../experiments/exportItems";
import { exportGeneration } from "../experiments/language/exportGeneration";
import { TABLE_ENDINGS, writeTable } from "../export/writeTable";
import { countOf } from "../format";
import { MODEL, ROWS, TRAINING } from "../loop/files";
import { parseLines } from "../loop/jsonLines";
import type { Row } from "../metrics/row";
import type { RunStore } from "../store/runStore";
import { calledFrom } from "./calledFrom";
import { entryAt } from "./explainRun";

/**
 * Writes what an entry of the run store, or a file of records, holds in a format of other programs.
 * @param source an address or the start of one, or the path of a file of JSON lines
 * @throws UserError when there is no such entry, the target exists, or its format does not fit
 */
export function exportRun(
  store: RunStore,
  source: string | undefined,
  target: string | undefined,
): void {
  if (!source || !target)
    throw new UserError("runs export needs an address and the file or folder to be written.");
  const from = calledFrom();
  const to = path.resolve(from, target);
  if (fs.existsSync(to))
    throw new UserError(`${to} exists already: remove it, or give another name.`);
  const file = path.resolve(from, source);
  const written = source.endsWith(".jsonl")
    ? table(file, to)
    : exportEntry(store, entryAt(store, source), to);
  console.log(`${to}: ${written}`);
}

function exportEntry(
  store: RunStore,
  { kind, address }: ReturnType<typeof entryAt>,
  to: string,
): string {
  const folder = store.folder(kind, address);
  if (kind === "block" || kind === "real") return exportItems(store, address, to);
  if (kind === "evaluation")
    throw new UserError(`${address} is an evaluation; its files are in ${folder}.`);
  const manifest = store.use(kind, address);
  if (kind === "rows") return table(path.join(folder, ROWS), to);
  if (path.extname(to) !== "") return table(path.join(folder, TRAINING), to);
  if (manifest.identity.task !== "language")
    throw new UserError(
      `A model of task "${manifest.identity.task}" has no form of other programs but its safetensors, ${path.join(folder, MODEL)}. Its training records are written to ${TABLE_ENDINGS.join(", ")}.`,
    );
  exportGeneration(store, address, to);
  return "a model for transformers";
}

/** A file of JSON lines as a table. */
function table(file: string, to: string): string {
  const ending = path.extname(to).toLowerCase();
  if (!TABLE_ENDINGS.includes(ending))
    throw new UserError(`Records are written as a table.${suggestion(ending, TABLE_ENDINGS)}`);
  if (!fs.existsSync(file)) throw new UserError(`There is no file ${file}.`);
  const rows = recordsOf(fs.readFileSync(file, "utf8"), file);
  writeTable(to, rows);
  return countOf(rows.length, "row");
}

function recordsOf(text: string, file: string): Row[] {
  let rows: unknown[];
  try {
    rows = parseLines<unknown>(text);
  } catch {
    throw new UserError(`${file} does not consist of JSON lines.`);
  }
  const isCell = (x: unknown) => x === null || typeof x === "number" || typeof x === "string";
  const bad = rows.findIndex(
    (row) => typeof row !== "object" || row === null || !Object.values(row).every(isCell),
  );
  if (bad >= 0)
    throw new UserError(
      `Line ${bad + 1} of ${file} is no row of a table: an object of numbers, texts and nulls.`,
    );
  return rows as Row[];
}
