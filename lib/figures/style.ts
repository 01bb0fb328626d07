/** Fonts, sizes and colours of all figures, after the paper's plot style. */

export const FONT = "Open Sans, Helvetica, Arial, sans-serif";
export const INK = "#222222";
export const MUTED = "#666666";
export const GRID = "#e6e6e6";

/** Font sizes in pixels at the figure's own width (900–1100 px). */
export const SIZE = {
  title: 18,
  panel: 14,
  axis: 14,
  tick: 12,
  legend: 12.5,
  caption: 11,
} as const;

/** Categorical colours (models in Figs 2–3). */
export const TAB10 = [
  "#1f77b4",
  "#ff7f0e",
  "#2ca02c",
  "#d62728",
  "#9467bd",
  "#8c564b",
  "#e377c2",
  "#7f7f7f",
  "#bcbd22",
  "#17becf",
] as const;

const REGIMES: Readonly<Record<string, string>> = {
  replace: "#d62728",
  accumulate: "#1f77b4",
  "replace-multiple": "#ff7f0e",
  "accumulate-subsample": "#9467bd",
};

/** Mixes are named by kind and amount ("keep-real-10%"), so they are recognised by how they begin. */
const MIXES: readonly (readonly [string, string])[] = [
  ["fresh-real", "#2ca02c"],
  ["keep-real", "#17becf"],
];

const OTHERS = ["#8c564b", "#e377c2", "#bcbd22", "#7f7f7f"] as const;

/** The colour of a data regime: the same in every figure; one of four others for a new regime. */
export function regimeColour(name: string): string {
  const mix = MIXES.find(([prefix]) => name.startsWith(prefix));
  const letters = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return REGIMES[name] ?? mix?.[1] ?? OTHERS[letters % OTHERS.length];
}

/** "accumulate-subsample" → "Accumulate-Subsample", as the paper writes it. */
export function regimeLabel(name: string): string {
  return name.replace(
    /(^|-)([a-z])/g,
    (_, dash: string, letter: string) => dash + letter.toUpperCase(),
  );
}

/** Light green to dark violet: the paper ends in black, which is kept for theory here. */
const MAKO = ["#6fd3b0", "#3497a9", "#395d9c", "#5a3f94"] as const;

/**
 * n colours along a sequential palette.
 * "copper": black to copper, for iterations (Figs 3, 9–14); "mako": light green to dark violet, for σ² (Figs 7 and 16).
 */
export function ramp(palette: "copper" | "mako", n: number): string[] {
  return Array.from({ length: n }, (_, i) => {
    const t = n === 1 ? 0.5 : i / (n - 1);
    return palette === "mako"
      ? between(MAKO, t)
      : hex([Math.min(1, 1.25 * t) * 255, 0.7812 * t * 255, 0.4975 * t * 255]);
  });
}

/** The colour with the given opacity, as Plotly reads it. */
export function translucent(colour: string, opacity: number): string {
  return `rgba(${channels(colour).join(",")},${opacity})`;
}

function between(anchors: readonly string[], t: number): string {
  const at = Math.min(t * (anchors.length - 1), anchors.length - 1 - 1e-9);
  const i = Math.floor(at);
  const [a, b] = [channels(anchors[i]), channels(anchors[i + 1])];
  return hex(a.map((v, k) => v + (b[k] - v) * (at - i)));
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((v) => Math.round(v).toString(16).padStart(2, "0")).join("")}`;
}
