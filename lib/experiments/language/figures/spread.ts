import type { Data, Layout, LayoutAxis } from "plotly.js-dist";
import type { Figure, Provenance } from "../../../figures/figure";
import { panelGrid } from "../../../figures/layout";
import { withRanges } from "../../../figures/range";
import { ramp, regimeLabel } from "../../../figures/style";
import { legendOnce, line } from "../../../figures/traces";
import type { Row } from "../../experiment";
import { shares } from "../histogram";
import type { LanguagePreset } from "../preset";
import { distinct, iterationsOf, rowsOf } from "./select";

/** How the losses of validation stories are spread: the stories that models give up on. */
export function histogramFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return spread(rows, preset, {
    kind: "histogram",
    name: "language-story-losses",
    title: "Losses of single validation stories",
    alt: "Distribution of the validation stories' losses for every iteration: under replace it moves right and its right tail grows, so that some real stories become very improbable.",
    x: "nats a token of a validation story",
    provenance,
  });
}

/** On the grammar: how improbable sampled stories are. Rare stories leave first. */
export function surprisalFigure(
  rows: readonly Row[],
  preset: LanguagePreset,
  provenance: Provenance,
): Figure {
  return spread(rows, preset, {
    kind: "surprisal",
    name: "language-surprisal",
    title: "How improbable the sampled stories are under the grammar (those that it can make)",
    alt: "Distribution of the negative log probability of sampled stories under the grammar that the real ones come from, for every iteration and regime.",
    x: "nats a sampled story",
    provenance,
  });
}

interface Options extends Pick<Figure, "name" | "alt"> {
  readonly kind: string;
  readonly title: string;
  readonly x: string;
  readonly provenance: Provenance;
}

function spread(rows: readonly Row[], preset: LanguagePreset, options: Options): Figure {
  const own = rowsOf(rows, options.kind, [preset.variants[0]]);
  const regimes = distinct(own, "regime");
  const iterations = iterationsOf(own);
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
      const { x, y } = shares(own.filter((r) => r.regime === regime && r.iteration === iteration));
      if (x.length === 0) return;
      const series = { x, y, colour: hues[hue], name: `iteration ${iteration}` };
      data.push({ ...line(series, panels[column]), mode: "lines" } as Data);
    });
  });
  const layout = decades(withRanges(grid.layout, data, [[panels, true]]));
  const { name, alt, provenance } = options;
  return { name, data: legendOnce(data), layout, alt, provenance };
}

/** Ticks at powers of ten alone: the finer ones of several decades would write over each other. */
function decades(layout: Partial<Layout>): Partial<Layout> {
  const axes = Object.entries(layout as Readonly<Record<string, Partial<LayoutAxis>>>)
    .filter(([key]) => key.startsWith("yaxis"))
    .map(([key, axis]) => [key, { ...axis, dtick: 1 }]);
  return { ...layout, ...Object.fromEntries(axes) };
}
