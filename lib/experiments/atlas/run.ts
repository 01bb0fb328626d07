import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import type { AtlasPreset } from "./preset";
import { atlasTask } from "./task";

/**
 * A row of kind `metrics` of every generation of every entry's runs: each measure's mean over replicates,
 * its standard error (`…Se`) and its median (`…Median`), and the number of `replicates`. Iteration 1 is
 * the fit to real data.
 */
export async function runAtlas(preset: AtlasPreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Atlas", atlasTask, preset, 1);
  return presetRows(session, "Atlas", generations, () => ({}));
}
