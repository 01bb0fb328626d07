import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "../errors";
import { formatLines, parseLines } from "../loop/jsonLines";
import { projectRoot } from "../root";
import { writeFileAtomic } from "../store/atomic";
import type { PresetName, Row } from "./experiment";

/**
 * Folder of everything that a preset produces: figures, records, executed notebooks, report; inside
 * `$COLLAPSE_LAB_FIGURES`, by default the project's `figures`.
 */
export function presetFolder(preset: PresetName): string {
  return path.join(process.env.COLLAPSE_LAB_FIGURES || path.join(projectRoot(), "figures"), preset);
}

function recordFile(preset: PresetName, experiment: string): string {
  return path.join(presetFolder(preset), "records", `${experiment}.jsonl`);
}

/** Writes an experiment's records as JSON lines beside its figures. */
export function saveRecords(preset: PresetName, experiment: string, rows: readonly Row[]): void {
  const file = recordFile(preset, experiment);
  const text = formatLines(rows);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  writeFileAtomic(file, text);
}

export function hasRecords(preset: PresetName, experiment: string): boolean {
  return fs.existsSync(recordFile(preset, experiment));
}

/** Records as written by the last `npm run reproduce` of that preset (laptop's are committed). */
export function loadRecords(preset: PresetName, experiment: string): Row[] {
  const file = recordFile(preset, experiment);
  if (!fs.existsSync(file))
    throw new UserError(
      `There are no ${preset} records of ${experiment} (${file}). Make them with: npm run reproduce -- --preset ${preset} --only ${experiment}`,
    );
  try {
    return parseLines<Row>(fs.readFileSync(file, "utf8"));
  } catch {
    throw new UserError(
      `The records ${file} are damaged. Remove the file and run: npm run reproduce -- --preset ${preset} --only ${experiment}`,
    );
  }
}
