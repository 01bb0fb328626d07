import type { PresetName } from "../experiments/experiment";
import { versions } from "../store/versions";
import { type Bundle, display, escapeHtml } from "./kernel";
import { table } from "./table";

/**
 * Says at the top of a notebook what its results come from: preset and versions. Where the preset is not
 * the one that the committed notebook was run with, it says first that every number will be another.
 * @param committed the preset of the committed outputs; none if the notebook is committed without any
 * @example presetBanner(name, "laptop");
 */
export function presetBanner(preset: PresetName, committed?: PresetName): void {
  if (committed !== undefined && committed !== preset) display(notTheCommitted(preset, committed));
  table([{ preset, ...versions() }]);
}

function notTheCommitted(preset: PresetName, committed: PresetName): Bundle {
  const command = `NB_PARAMS='{"preset":"${committed}"}' npm run lab`;
  const before =
    `These are results of the preset ${preset}. The committed notebook shows those of ${committed}, ` +
    "which has other data, sizes and seeds: every number is another. For exactly those, start";
  const after = "and choose Run, Run All Cells.";
  return {
    "text/html": `${escapeHtml(before)} <code>${escapeHtml(command)}</code> ${after}`,
    "text/plain": `${before} ${command} ${after}`,
  };
}
