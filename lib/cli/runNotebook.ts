import * as fs from "node:fs";
import * as path from "node:path";
import type { PresetName } from "../experiments/experiment";
import { presetFolder } from "../experiments/records";
import { projectRoot } from "../root";
import { addressOf } from "../store/address";
import { executeNotebook, notebookSource } from "./executeNotebook";
import { libraryHash, Stamps } from "./stamp";

/**
 * Executes a notebook under a preset unless nothing that it depends on has changed: its cells, the
 * library, the preset's records. `laptop` writes in place, so that the committed notebooks read
 * well where they are; other presets write beside their figures.
 * @param notebook file name without ending
 * @returns what was done, in a line
 */
export async function runNotebook(
  notebook: string,
  preset: PresetName,
  signal: AbortSignal,
): Promise<string> {
  const name = `${notebook}.ipynb`;
  const input = path.join(projectRoot(), "notebooks", name);
  const output = preset === "laptop" ? input : path.join(presetFolder(preset), "notebooks", name);
  const stamps = new Stamps(path.join(projectRoot(), ".cache", `stamps-${preset}.json`));
  const inputs = addressOf([notebookSource(input), libraryHash(), recordsHash(preset)]);
  if (stamps.fresh(name, inputs, [output])) return `notebook ${name}: unchanged`;
  const start = Date.now();
  await executeNotebook(input, output, { preset }, signal);
  stamps.set(name, inputs);
  return `notebook ${name}: executed in ${((Date.now() - start) / 1000).toFixed(1)} s`;
}

function recordsHash(preset: PresetName): string {
  const folder = path.join(presetFolder(preset), "records");
  if (!fs.existsSync(folder)) return "";
  const files = fs.readdirSync(folder).sort();
  return addressOf(files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")));
}
