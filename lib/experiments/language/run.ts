import type { Row } from "../experiment";
import { presetRows, runPreset } from "../runPreset";
import type { Session } from "../session";
import { curveRows, exampleRows, lossHistogramRow, surprisalRow } from "./artefactRows";
import type { LanguageConfig } from "./config";
import type { LanguagePreset } from "./preset";
import { slowPrecision } from "./slowPrecision";
import { languageTask } from "./task";

/** The seed whose example stories are recorded. */
const SHOWN = 0;

/**
 * Rows of every generation, each with its variant, regime, seed and iteration (1 = real data):
 *
 * - `metrics`: test metrics, and those of the sampled texts;
 * - `curve`: test loss during training (Figures 3 and 9 to 14);
 * - `histogram`: distribution of the held-out stories' losses;
 * - `surprisal` (grammar only): distribution of the sampled stories' surprisal under the grammar;
 * - `sample`, for the first seed: the same few stories of every model (Table 1).
 */
export async function runLanguage(preset: LanguagePreset, session: Session): Promise<Row[]> {
  const slow = slowPrecision(preset);
  if (slow !== undefined) session.notice(slow);
  const generations = await runPreset(session, "Language models", languageTask, preset, 1);
  return presetRows(session, "Records", generations, ({ chain, generation }) => {
    const grammar = (chain.config as LanguageConfig).data.dataset === "grammar";
    return {
      rows: [
        ...curveRows(generation),
        lossHistogramRow(generation),
        ...(grammar ? [surprisalRow(generation)] : []),
        ...(chain.seed === SHOWN ? exampleRows(generation) : []),
      ],
    };
  });
}
