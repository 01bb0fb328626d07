import { Cancelled } from "../../errors";
import { chainRows } from "../chainRows";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { chainsOf } from "./chains";
import { curveRows } from "./curveRows";
import type { LanguagePreset } from "./preset";
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
  const planned = chainsOf(preset);
  const results = await session.chains(
    "Language models",
    planned.map(({ chain }) => chain),
  );
  const texts = textRows(session, preset.textStories);
  const total = results.reduce((sum, { generations }) => sum + generations.length, 0);
  const rows: Row[] = [];
  let done = 0;
  for (const [i, result] of results.entries()) {
    const { name } = planned[i].variant;
    for (const [k, row] of chainRows([result], 1).entries()) {
      const { regime, seed, iteration, run, ...metrics } = row;
      const place = { variant: name, regime, seed, iteration };
      const generation = result.generations[k];
      const found = await texts(result.chain, generation);
      const { kind: _, ...textual } = found.find((r) => r.kind === "texts") ?? {};
      rows.push({ kind: "metrics", ...place, ...metrics, ...textual, run });
      for (const { kind, ...rest } of [...curveRows(generation.folder), ...found])
        if (kind !== "texts" && (kind !== "sample" || seed === SHOWN))
          rows.push({ kind, ...place, ...rest });
      session.progress("Sampled stories", ++done, total);
      if (session.signal.aborted) throw new Cancelled();
    }
  }
  return rows;
}
