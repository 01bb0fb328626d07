import { curves, type PublishedCurve } from "../../../figures/curves";
import type { Figure, Provenance } from "../../../figures/figure";
import type { Row } from "../../experiment";
import type { LanguagePreset, Variant } from "../preset";
import { PUBLISHED } from "../published";
import { comparable, distinct, iterationsOf, rowsOf, variantsOf } from "./select";
import { trend } from "./trend";

const METRIC = { column: "loss", title: "Test cross-entropy (nats per token)" };

/**
 * Figure 2: final test cross-entropy against iteration, one panel per regime, with the
 * published points. Where the tokenizer or the stories differ from the paper's, every curve is divided
 * by its first value; {@link lossFigure} has the losses themselves.
 */
export function figure2(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const variants = variantsOf(preset, "model");
  const selected = rowsOf(rows, "metrics", variants);
  const relative = !comparable(preset);
  const published = publishedCurves(selected, variants);
  const beside = published.length > 0 ? ", with the published values" : "";
  return curves({
    name: "figure-02-language-models",
    title: `Figure 2: language models, test cross-entropy against iteration${relative ? ", relative to real data" : ""}`,
    alt: `Test cross-entropy of language models against model-fitting iteration${beside}. ${trend(selected, "loss")}`,
    provenance,
    rows: selected,
    metrics: [relative ? { ...METRIC, title: "Test cross-entropy" } : METRIC],
    colourBy: "label",
    relative,
    published,
  });
}

/** The losses of Figure 2 in nats per token, without the published ones. */
export function lossFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return curves({
    name: "language-loss",
    title: "Language models: test cross-entropy in nats per token",
    alt: "Test cross-entropy in nats per token against model-fitting iteration, for every model, temperature and regime.",
    provenance,
    rows: rowsOf(rows, "metrics", variantsOf(preset, "model", "temperature")),
    metrics: [METRIC],
    colourBy: "label",
  });
}

function publishedCurves(rows: readonly Row[], variants: readonly Variant[]): PublishedCurve[] {
  const last = Math.max(...iterationsOf(rows));
  return distinct(rows, "regime").flatMap((regime) =>
    variants.flatMap(({ label, published }) => {
      const losses = Object.entries(PUBLISHED[published ?? ""]?.[regime] ?? {})
        .map(([iteration, loss]) => [Number(iteration), loss] as const)
        .filter(([iteration]) => iteration <= last);
      if (losses.length < 2) return [];
      const [x, y] = [losses.map(([n]) => n), losses.map(([, loss]) => loss)];
      return [{ panel: regime, series: label, x, y }];
    }),
  );
}
