import type { Data, LayoutAxis } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { regimeColour, regimeLabel } from "../../../figures/style";
import { legendKey, legendOnce, published } from "../../../figures/traces";
import { summarise } from "../../../metrics/statistics";
import type { Row } from "../../experiment";
import type { LanguagePreset } from "../preset";
import { publishedLoss, TABLE_2 } from "../published";
import { distinct, iterationsOf, rowsOf } from "./select";

/**
 * Table 2: loss of the first model, and its change by a later iteration (nats per token, mean over
 * seeds with its 95 % interval), with the published values.
 */
export function table2(rows: readonly Row[], preset: LanguagePreset): Row[] {
  const all = rowsOf(rows, "metrics", preset.variants);
  return preset.variants.flatMap(({ label, published }) => {
    const selected = all.filter((row) => row.label === label);
    const last = Math.max(0, ...iterationsOf(selected));
    const times = last < 2 ? [] : [...new Set([Math.min(TABLE_2, last), last])];
    return distinct(selected, "regime").flatMap((regime) =>
      times.flatMap((iteration) => {
        const of = selected.filter((row) => row.regime === regime);
        const change = changes(of, iteration);
        if (change.length === 0) return [];
        const [first, now] = [1, iteration].map((n) => publishedLoss(published, regime, n));
        const { n, mean, low, high } = summarise(change);
        const start = of.filter((row) => row.iteration === 1).map((row) => Number(row.loss));
        return [
          {
            ...{ configuration: label, regime, iteration, seeds: n },
            ...{ "loss at 1": summarise(start).mean, mean, low, high },
            "published at 1": first ?? null,
            "published change": first === undefined || now === undefined ? null : now - first,
          },
        ];
      }),
    );
  });
}

/** Loss at an iteration minus the same seed's at iteration 1. */
function changes(rows: readonly Row[], iteration: number): number[] {
  return rows
    .filter((row) => row.iteration === iteration)
    .flatMap((row) => {
      const first = rows.find((r) => r.seed === row.seed && r.iteration === 1);
      return first ? [Number(row.loss) - Number(first.loss)] : [];
    });
}

/** Table 2 as a figure: one line per configuration, the change of the loss by regime. */
export function table2Figure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  const entries = table2(rows, preset);
  const iteration = Math.min(...entries.map((row) => Number(row.iteration)));
  const shown = entries.filter((row) => row.iteration === iteration);
  const labels = distinct(shown, "configuration");
  const height = (row: Row) => labels.length - 1 - labels.indexOf(String(row.configuration));
  const grid = panelGrid({
    title: `Table 2: change of the test cross-entropy from iteration 1 to ${iteration}`,
    x: { title: "nats per token" },
    y: { title: "", ticks: labels.map((_, i) => i), range: [-0.6, labels.length - 0.4] },
    panelHeight: 90 + 46 * labels.length,
    legend: "",
    legendWidth: 190,
  });
  const place = grid.panel(0, 0);
  const regimes = distinct(shown, "regime");
  const data: Data[] = regimes.map((regime) => dots(shown, regime, height, place));
  for (const regime of regimes) {
    const withPublished = shown.filter(
      (r) => r.regime === regime && r["published change"] !== null,
    );
    if (withPublished.length === 0) continue;
    const x = withPublished.map((row) => Number(row["published change"]));
    data.push(published({ x, y: withPublished.map(height), colour: regimeColour(regime) }, place));
  }
  if (data.length > regimes.length) data.push(legendKey("published", place));
  const { yaxis, margin } = grid.layout;
  return {
    name: "table-02-language-models",
    data: legendOnce(data),
    layout: {
      ...grid.layout,
      margin: { ...margin, l: 210 },
      yaxis: { ...yaxis, ticktext: [...labels].reverse() } as Partial<LayoutAxis>,
    },
    alt: `Change of the test cross-entropy from iteration 1 to ${iteration} for each configuration and regime${data.some(({ name }) => name === "published") ? ", with the published changes" : ""}.`,
    provenance,
  };
}

function dots(
  rows: readonly Row[],
  regime: string,
  height: (row: Row) => number,
  place: ReturnType<ReturnType<typeof panelGrid>["panel"]>,
): Data {
  const selected = rows.filter((row) => row.regime === regime);
  const colour = regimeColour(regime);
  const reach = selected.map((r) => (r.high === null ? 0 : Number(r.high) - Number(r.mean)));
  return {
    type: "scatter",
    mode: "markers",
    name: regimeLabel(regime),
    legendgroup: regime,
    x: selected.map((row) => Number(row.mean)),
    y: selected.map(height),
    error_x: { type: "data", array: reach, color: colour, thickness: 1.5, width: 4 },
    marker: { color: colour, size: 9 },
    ...place,
  } as Data;
}
