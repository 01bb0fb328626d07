import { curves } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { rowsOf, variantsOf } from "./select";

/** What the loss does not show: how varied the sampled stories are, and how like real ones. */
export function textFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return curves({
    name: "language-texts",
    title: "Sampled stories against iteration",
    alt: "Variety of the sampled stories against iteration: distinct n-grams, self-BLEU, how much of the real stories' rare n-grams still occurs, length and share of known words.",
    provenance,
    rows: rowsOf(rows, "metrics", variantsOf(preset, "model", "temperature")),
    metrics: [
      { column: "distinct2", title: "Distinct-2" },
      { column: "selfBleu", title: "Self-BLEU" },
      { column: "tailCoverage", title: "Rare n-grams" },
      { column: "knownWords", title: "Known words" },
      { column: "meanTokens", title: "Tokens a story" },
    ],
    panelBy: "label",
  });
}

/** On the grammar, where both are exact: divergence from the truth, and stories it cannot make. */
export function grammarFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const own = rowsOf(rows, "metrics", variantsOf(preset, "model", "temperature"));
  const metrics = [
    // Missing where stories were cut at the context.
    { column: "kl", title: "KL (nats a story)" },
    { column: "ungrammatical", title: "Ungrammatical" },
  ].filter(({ column }) => own.every((row) => column in row));
  return curves({
    name: "language-grammar",
    title: "On the story grammar: divergence from the truth, and ungrammatical stories",
    alt: "KL divergence of the model from the grammar in nats a story and the share of sampled stories that the grammar cannot make, against iteration for every regime: both rise under replace.",
    provenance,
    rows: own,
    metrics,
    panelBy: "label",
  });
}
