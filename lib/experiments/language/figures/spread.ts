import type { Data, Layout, LayoutAxis } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { withRanges } from "../../../figures/range";
import { ramp, regimeLabel } from "../../../figures/style";
import { legendOnce, line } from "../../../figures/traces";
import type { Row } from "../../experiment";
import { binShares } from "../histogram";
import type { LanguagePreset } from "../preset";
import { distinct, iterationsOf, rowsOf } from "./select";

/** Distribution of the losses of single held-out stories. */
export function histogramFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return spreadFigure(rows, preset, {
    kind: "histogram",
    name: "language-story-losses",
    title: "Losses of single held-out stories",
    alt: "Distribution of the losses of the held-out stories, one curve per iteration, one panel per regime.",
    x: "nats per token of a held-out story",
    provenance,
  });
}

/** On the grammar: how improbable sampled stories are. Rare stories disappear first. */
export function surprisalFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return spreadFigure(rows, preset, {
    kind: "surprisal",
    name: "language-surprisal",
    title: "Surprisal of the sampled stories under the grammar (those that it can produce)",
    alt: "Distribution of the negative log probability of sampled stories under the grammar that generated the real ones, one curve per iteration, one panel per regime.",
    x: "nats per sampled story",
    provenance,
  });
}

interface Options extends Pick<Figure, "name" | "alt"> {
  readonly kind: string;
  readonly title: string;
  readonly x: string;
  readonly provenance: Provenance;
}

function spreadFigure(rows: readonly Row[], preset: LanguagePreset, options: Options): Figure {
  const selected = rowsOf(rows, options.kind, [preset.variants[0]]);
  const regimes = distinct(selected, "regime");
  const iterations = iterationsOf(selected);
  const hues = ramp("copper", iterations.length);
  const grid = panelGrid({
    title: options.title,
    columns: regimes.length,
    columnTitles: regimes.map(regimeLabel),
    x: { title: options.x },
    y: { title: "share of stories", log: true },
    panelHeight: 320,
    legend: "",
    legendWidth: 120,
  });
  const panels = regimes.map((_, column) => grid.panel(0, column));
  const data: Data[] = [];
  regimes.forEach((regime, column) => {
    iterations.forEach((iteration, hue) => {
      const { x, y } = binShares(
        selected.filter((r) => r.regime === regime && r.iteration === iteration),
      );
      if (x.length === 0) return;
      const series = { x, y, colour: hues[hue], name: `iteration ${iteration}` };
      data.push({ ...line(series, panels[column]), mode: "lines" } as Data);
    });
  });
  const layout = decades(withRanges(grid.layout, data, [[panels, true]]));
  const { name, alt, provenance } = options;
  return { name, data: legendOnce(data), layout, alt, provenance };
}

/** Ticks at powers of ten only: finer ones would overlap over several decades. */
function decades(layout: Partial<Layout>): Partial<Layout> {
  const axes = Object.entries(layout as Readonly<Record<string, Partial<LayoutAxis>>>)
    .filter(([key]) => key.startsWith("yaxis"))
    .map(([key, axis]) => [key, { ...axis, dtick: 1 }]);
  return { ...layout, ...Object.fromEntries(axes) };
}
