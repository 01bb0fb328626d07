import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import { curveRows } from "./curveRows";
import type { LanguagePreset } from "./preset";
import { languageTask } from "./task";
import { textRows } from "./texts";

/** The seed whose stories and text histograms are kept. */
const SHOWN = 0;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (1 = real data):
 *
 * - `metrics`: test metrics, and those of the sampled texts;
 * - `curve`: test loss while it was trained (Figures 3 and 9 to 14);
 * - `histogram`: how the validation stories' losses are spread;
 * - `surprisal` (grammar alone): how improbable sampled stories are under the grammar;
 * - `sample`, of the first seed: the same few stories of every model (Table 1).
 */
export async function runLanguage(preset: LanguagePreset, session: Session): Promise<Row[]> {
  const generations = await runPreset(session, "Language models", languageTask, preset, 1);
  const texts = textRows(session, preset.textStories);
  return presetRows(session, "Sampled stories", generations, async ({ chain, generation }) => {
    const found = await texts(chain, generation);
    const { kind: _, ...metrics } = found.find((row) => row.kind === "texts") ?? {};
    const others = found.filter(
      ({ kind }) => kind !== "texts" && (kind !== "sample" || chain.seed === SHOWN),
    );
    return { metrics, rows: [...curveRows(generation), ...others] };
  });
}
