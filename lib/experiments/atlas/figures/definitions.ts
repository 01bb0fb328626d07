import type { Figure, Provenance } from "../../../figures/figure";
import { base } from "../../../figures/layout";
import { MUTED, regimeLabel, SIZE } from "../../../figures/style";
import type { Row } from "../../experiment";
import { definitions, REGIMES } from "../definitions";
import type { AtlasPreset } from "../preset";

const COLOUR = { collapses: "#f4c7c3", holds: "#cfe2f3", open: "#eeeeee" } as const;
const ROW = 46;

/** Definition × regime: which of the meanings of "collapse" apply to which regime. */
export function definitionsFigure(
  rows: readonly Row[],
  preset: AtlasPreset,
  provenance: Provenance,
): Figure {
  const table = definitions(rows, preset);
  const columns = REGIMES.map(regimeLabel);
  const cells = table.map(({ verdicts }) =>
    verdicts.map((verdict) => {
      if (!verdict) return { text: "–", level: 1 };
      const { collapses, value } = verdict;
      return { text: `${collapses ? "yes" : "no"}, ${value}`, level: collapses ? 2 : 0 };
    }),
  );
  const names = table.map(
    ({ name, rule }) => `${name}<br><span style="font-size:11px;color:${MUTED}">${rule}</span>`,
  );
  const colours = [COLOUR.holds, COLOUR.open, COLOUR.collapses];
  return {
    name: "atlas-definitions",
    data: [
      {
        ...{ type: "heatmap", x: columns, y: names, z: cells.map((r) => r.map((c) => c.level)) },
        ...{ zmin: 0, zmax: 2, showscale: false, xgap: 3, ygap: 3, hoverinfo: "skip" },
        colorscale: colours.map((colour, i) => [i / 2, colour]),
        text: cells.map((r) => r.map((c) => c.text)),
        ...{ texttemplate: "%{text}", textfont: { size: 15 } },
      },
    ] as unknown as Figure["data"],
    layout: {
      ...base("Collapsed? It depends on the definition"),
      ...{ width: 620, height: ROW * table.length + 110, margin: { l: 210, r: 20, t: 84, b: 16 } },
      xaxis: { side: "top", tickfont: { size: SIZE.panel }, fixedrange: true },
      yaxis: { autorange: "reversed", tickfont: { size: SIZE.panel }, fixedrange: true },
    },
    alt: `Definitions of collapse by regime. ${table
      .map(
        ({ name, rule }, i) =>
          `${name} (${rule}): ${cells[i].map(({ text }, j) => `${columns[j]} ${text}`).join(", ")}`,
      )
      .join("; ")}.`,
    provenance,
  };
}
