import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { PresetName } from "../experiments/experiment";
import { presetFolder } from "../experiments/records";
import { projectRoot } from "../root";
import { addressOf } from "../store/address";
import { executeNotebook, notebookSource } from "./executeNotebook";
import { mapLimit } from "./mapLimit";
import { libraryHash, Stamps } from "./stamp";

/** Kernels at once: most of a notebook's time is one thread's, and a kernel takes half a gigabyte. */
const KERNELS = Math.min(2, os.availableParallelism());

/**
 * Executes notebooks under a preset, two at a time, unless nothing that they depend on has changed:
 * their cells, the library, the preset's records. `laptop` writes the committed notebooks in place;
 * other presets write next to their figures.
 * @param notebooks file names without extension
 * @param say receives one line per notebook
 */
export async function runNotebooks(
  notebooks: readonly string[],
  preset: PresetName,
  signal: AbortSignal,
  say: (text: string) => void,
): Promise<void> {
  const folder = path.join(projectRoot(), "notebooks");
  const executed = preset === "laptop" ? folder : path.join(presetFolder(preset), "notebooks");
  const stamps = new Stamps(path.join(projectRoot(), ".cache", `stamps-${preset}.json`));
  // Computed once: an edit while they run makes later notebooks stale, never falsely fresh.
  const [library, records] = [libraryHash(), recordsHash(preset)];
  await mapLimit(notebooks, KERNELS, async (notebook) => {
    const name = `${notebook}.ipynb`;
    const input = path.join(folder, name);
    const output = path.join(executed, name);
    const inputs = addressOf([notebookSource(input), library, records]);
    if (stamps.fresh(name, inputs, [output])) {
      say(`notebook ${name}: unchanged`);
      return;
    }
    const start = Date.now();
    await executeNotebook(input, output, { preset }, signal);
    stamps.set(name, inputs);
    say(`notebook ${name}: executed in ${((Date.now() - start) / 1000).toFixed(1)} s`);
  });
}

function recordsHash(preset: PresetName): string {
  const folder = path.join(presetFolder(preset), "records");
  if (!fs.existsSync(folder)) return "";
  const files = fs.readdirSync(folder).sort();
  return addressOf(files.map((file) => fs.readFileSync(path.join(folder, file), "utf8")));
}
