import type { Figure, Provenance } from "./figure";
import { MUTED, SIZE } from "./style";

/** A figure's provenance as the lines of small print under it. */
export function captionText(provenance: Provenance): string[] {
  const { versions: v } = provenance;
  const project = v["collapse-lab"] && `collapse-lab ${v["collapse-lab"]}`;
  const software = [
    [project, v.commit && `(${v.commit})`].filter(Boolean).join(" "),
    v.tensorflow && `TensorFlow ${v.tensorflow}`,
    v.node && `Node ${v.node}`,
    v.plotly && `Plotly ${v.plotly}`,
  ];
  const parts = [
    provenance.preset && `preset ${provenance.preset}`,
    provenance.dataset,
    seedText(provenance.seeds),
  ];
  const lines = [[...parts, ...software].filter(Boolean).join(" · ")];
  if (provenance.differs) lines.push(`Differs from the paper: ${provenance.differs}`);
  return lines;
}

/** "seeds 0–99 (n = 100)", "seed 3 (n = 1)", "seeds 0–2, 7 (n = 4)"; empty when nothing was drawn. */
export function seedText(seeds: readonly number[]): string {
  if (seeds.length === 0) return "";
  const sorted = [...new Set(seeds)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const seed of sorted) {
    const last = runs[runs.length - 1];
    if (last && seed === last[1] + 1) last[1] = seed;
    else runs.push([seed, seed]);
  }
  const list = runs.map(([a, b]) => (a === b ? `${a}` : `${a}–${b}`)).join(", ");
  return `seed${sorted.length > 1 ? "s" : ""} ${list} (n = ${sorted.length})`;
}

/** Name of the caption's annotation, so that it can be told from the figure's own. */
export const CAPTION = "caption";

/**
 * The figure with its caption under it, taller by the caption's height, and with its provenance in
 * `layout.meta`, which Plotly keeps.
 */
export function withCaption(figure: Figure): Figure {
  const { width = 1000, height = 450, margin = {}, annotations = [] } = figure.layout;
  // The average letter of a sans serif is about 0.53 em wide; wrapping needs no more than that.
  const letters = Math.floor((width - 40) / (0.54 * SIZE.caption));
  const lines = captionText(figure.provenance).flatMap((text) => wrap(keepTogether(text), letters));
  const room = Math.ceil(lines.length * SIZE.caption * 1.35) + 14;
  const bottom = margin.b ?? 80;
  return {
    ...figure,
    layout: {
      ...figure.layout,
      meta: figure.provenance,
      width,
      height: height + room,
      margin: { ...margin, b: bottom + room },
      annotations: [
        ...annotations,
        {
          name: CAPTION,
          text: lines.map(escapeText).join("<br>"),
          showarrow: false,
          align: "left",
          xref: "paper",
          x: 0,
          xanchor: "left",
          xshift: 16 - (margin.l ?? 80),
          yref: "paper",
          y: 0,
          yanchor: "top",
          yshift: -bottom,
          font: { size: SIZE.caption, color: MUTED },
        },
      ],
    },
  };
}

/** "Plotly 4.1.1 · Node 20" breaks between its parts only: spaces inside them do not break. */
function keepTogether(text: string): string {
  const parts = text.split(" · ");
  return parts.length === 1 ? text : parts.map((part) => part.replace(/ /g, "\u00a0")).join(" · ");
}

/** Breaks text after spaces, and hyphens if asked, into lines of at most `letters` where it can. */
export function wrap(text: string, letters: number, hyphens = false): string[] {
  const lines = [""];
  for (const part of text.split(hyphens ? /(?<= )|(?<=\w-)(?=\w)/ : /(?<= )/)) {
    const line = lines[lines.length - 1];
    if (line === "" || (line + part).trimEnd().length <= letters) lines[lines.length - 1] += part;
    else lines.push(part);
  }
  return lines.map((line) => line.trimEnd());
}

/** Plain text for Plotly, which reads a little HTML. */
export function escapeText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
