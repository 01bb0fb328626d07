import { curves } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { rowsOf, variantsOf } from "./select";

/** What the loss does not show: the variety of the sampled stories, and their likeness to real ones. */
export function textFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return curves({
    name: "language-texts",
    title: "Sampled stories against iteration",
    alt: "Variety of the sampled stories against iteration: distinct 2-grams, self-BLEU, share of the real stories' rare 3-grams that still occur, share of known words, tokens per story.",
    provenance,
    rows: rowsOf(rows, "metrics", variantsOf(preset, "model", "temperature")),
    metrics: [
      { column: "distinct2", title: "Distinct-2" },
      { column: "selfBleu", title: "Self-BLEU" },
      { column: "tailCoverage", title: "Rare 3-grams" },
      { column: "knownWords", title: "Known words" },
      { column: "meanTokens", title: "Tokens per story" },
    ],
    panelBy: "label",
  });
}

/** On the grammar, where both are exact: divergence from the truth, and ungrammatical stories. */
export function grammarFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const selected = rowsOf(rows, "metrics", variantsOf(preset, "model", "temperature"));
  const metrics = [
    // Absent where stories are truncated at the context.
    { column: "kl", title: "KL (nats per story)" },
    { column: "ungrammatical", title: "Ungrammatical" },
  ].filter(({ column }) => selected.every((row) => column in row));
  return curves({
    name: "language-grammar",
    title: "On the story grammar: divergence from the truth, and ungrammatical stories",
    alt: "KL divergence of the model from the grammar in nats per story, and share of sampled stories that the grammar cannot produce, against iteration, for every regime.",
    provenance,
    rows: selected,
    metrics,
    panelBy: "label",
  });
}
