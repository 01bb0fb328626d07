import type { Annotation, Data, Layout, Shape } from "plotly.js-dist";
import type { Figure, Provenance } from "./figure";
import { base } from "./layout";
import { INK, MUTED, regimeColour, SIZE } from "./style";
import { line } from "./traces";

const TRAINING = { line: "#2ca02c", fill: "rgba(44,160,44,0.08)" };
const COLOUR = {
  real: "#ffe08a",
  synthetic: "#b9d7f2",
  model: "#f7c1d4",
  discarded: "#ffffff",
} as const;

/** Everything stands on one grid of pixels, x to the right and y upwards. */
const WIDTH = 960;
const HEIGHT = 480;
const BOX = { width: 92, height: 32 };
const ITERATIONS = [1, 2, 3];
/** Lower edges of the rows. */
const ROW = { data: 300, model: 198, loss: 72 };
const LOSS_HEIGHT = 80;
const STEP = BOX.height + 6;

interface Drawing {
  readonly shapes: Partial<Shape>[];
  readonly notes: Partial<Annotation>[];
  readonly data: Data[];
}

/**
 * Figure 1 of the paper: what Replace and Accumulate train on. Data 1 is real; model i is fitted
 * to its training set (solid arrow) and data i+1 is sampled from it (dashed arrow). The curves
 * below are cartoons of the test loss, not measurements.
 */
export function regimesFigure(provenance: Provenance): Figure {
  const drawing: Drawing = { shapes: [], notes: [], data: [] };
  panel(drawing, "Replace", 40, false, (t) => 0.12 + 0.8 * t ** 0.7);
  panel(drawing, "Accumulate", 540, true, (t) => 0.12 + 0.1 * (1 - (1 - t) ** 3));
  key(drawing);
  const { shapes, notes, data } = drawing;
  const hidden = { visible: false, fixedrange: true } as const;
  const layout: Partial<Layout> = {
    ...base("Two ways for a model to meet its own samples (Figure 1)"),
    width: 1000,
    height: HEIGHT + 66,
    margin: { l: 20, r: 20, t: 56, b: 10 },
    xaxis: { ...hidden, range: [0, WIDTH] },
    yaxis: { ...hidden, range: [0, HEIGHT] },
    shapes,
    annotations: notes,
    showlegend: false,
  };
  return {
    name: "figure-01-regimes",
    data,
    layout,
    alt:
      "Schematic of two regimes over three iterations. Replace: each model is fitted only to the " +
      "data sampled from the model before it, and the test loss rises. Accumulate: each model is " +
      "fitted to the real data and all samples so far, and the test loss stays low.",
    provenance,
  };
}

function panel(
  drawing: Drawing,
  title: string,
  left: number,
  accumulate: boolean,
  loss: (t: number) => number,
): void {
  const { notes } = drawing;
  const centre = (i: number) => left + 50 + (i - 1) * 150;
  text(notes, `<b>${title}</b>`, centre(2), HEIGHT - 12, SIZE.panel + 3);
  for (const i of ITERATIONS) {
    const blocks = accumulate ? ITERATIONS.slice(0, i) : [i];
    outline(drawing, centre(i), ROW.data, blocks.length);
    for (const [level, block] of blocks.entries())
      box(
        drawing,
        `Data ${block}`,
        centre(i),
        ROW.data + level * STEP,
        block === 1 ? "real" : "synthetic",
      );
    for (let level = blocks.length; level < i; level++)
      box(drawing, `Data ${i - level}`, centre(i), ROW.data + level * STEP + 6, "discarded");
    box(drawing, `Model ${i}`, centre(i), ROW.model, "model");
    arrow(notes, [centre(i), ROW.data - 6], [centre(i), ROW.model + BOX.height]);
    if (i === ITERATIONS.length) continue;
    const from: Point = [centre(i) + BOX.width / 2, ROW.model + BOX.height / 2];
    const newest = ROW.data + (accumulate ? i * STEP : 0) + BOX.height / 2;
    dashedArrow(drawing, from, [centre(i + 1) - BOX.width / 2 - 6, newest]);
  }
  lossCartoon(drawing, [centre(1) - 20, centre(3) + 20], centre, loss, title);
}

type Point = readonly [number, number];

function box(
  { shapes, notes }: Drawing,
  label: string,
  x: number,
  y: number,
  kind: keyof typeof COLOUR,
): void {
  const discarded = kind === "discarded";
  shapes.push({
    type: "rect",
    x0: x - BOX.width / 2,
    x1: x + BOX.width / 2,
    y0: y,
    y1: y + BOX.height,
    fillcolor: COLOUR[kind],
    line: discarded ? { color: "#bbbbbb", width: 1, dash: "dot" } : { color: MUTED, width: 1 },
  });
  const colour = discarded ? "#aaaaaa" : INK;
  text(
    notes,
    `<span style="color:${colour}">${label}</span>`,
    x,
    y + BOX.height / 2,
    SIZE.tick + 1,
  );
}

/** The training set: everything that the model below is fitted to. */
function outline({ shapes }: Drawing, x: number, y: number, blocks: number): void {
  shapes.push({
    type: "rect",
    x0: x - BOX.width / 2 - 6,
    x1: x + BOX.width / 2 + 6,
    y0: y - 6,
    y1: y + blocks * STEP,
    line: { color: TRAINING.line, width: 2 },
    fillcolor: TRAINING.fill,
  });
}

function arrow(notes: Partial<Annotation>[], from: Point, to: Point): void {
  notes.push({
    text: "",
    showarrow: true,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    ax: from[0],
    ay: from[1],
    x: to[0],
    y: to[1],
    arrowhead: 2,
    arrowwidth: 1.6,
    arrowcolor: INK,
  });
}

/** Plotly's arrows are solid, so a dashed line carries a short one at its end. */
function dashedArrow({ shapes, notes }: Drawing, from: Point, to: Point): void {
  const share = 1 - 8 / Math.hypot(to[0] - from[0], to[1] - from[1]);
  const neck: Point = [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
  shapes.push({
    type: "line",
    x0: from[0],
    y0: from[1],
    x1: neck[0],
    y1: neck[1],
    line: { color: INK, width: 1.6, dash: "dash" },
  });
  arrow(notes, neck, to);
}

function lossCartoon(
  { shapes, notes, data }: Drawing,
  [from, to]: Point,
  centre: (i: number) => number,
  loss: (t: number) => number,
  title: string,
): void {
  const height = (x: number) => ROW.loss + LOSS_HEIGHT * loss((x - from) / (to - from));
  const steps = Array.from({ length: 41 }, (_, k) => from + ((to - from) * k) / 40);
  const colour = regimeColour(title.toLowerCase());
  const look = { colour, name: `${title} (cartoon)`, legend: false };
  data.push(
    { ...line({ x: steps, y: steps.map(height), ...look }), hoverinfo: "skip" } as Data,
    {
      ...line({ x: ITERATIONS.map(centre), y: ITERATIONS.map(centre).map(height), ...look }),
      mode: "markers",
      hoverinfo: "skip",
    } as Data,
  );
  const corner: Point[] = [
    [from - 14, ROW.loss + LOSS_HEIGHT],
    [from - 14, ROW.loss],
    [to + 14, ROW.loss],
  ];
  shapes.push({
    type: "path",
    path: `M${corner.map(([x, y]) => `${x},${y}`).join("L")}`,
    line: { color: MUTED, width: 1 },
  });
  for (const i of ITERATIONS) text(notes, `${i}`, centre(i), ROW.loss - 10, SIZE.tick);
  text(notes, "test loss", from - 24, ROW.loss + LOSS_HEIGHT / 2, SIZE.tick, -90);
  text(notes, "model-fitting iteration", (from + to) / 2, ROW.loss - 26, SIZE.tick);
}

function key({ shapes, notes }: Drawing): void {
  const y = 14;
  const boxes = [
    ["real data", COLOUR.real, MUTED, 1],
    ["sampled data", COLOUR.synthetic, MUTED, 1],
    ["training set", TRAINING.fill, TRAINING.line, 2],
    ["model", COLOUR.model, MUTED, 1],
    ["no longer used", COLOUR.discarded, "#bbbbbb", 1],
  ] as const;
  for (const [i, [label, fillcolor, color, width]] of boxes.entries()) {
    const x = 36 + i * 132;
    shapes.push({
      type: "rect",
      x0: x,
      x1: x + 22,
      y0: y - 7,
      y1: y + 7,
      fillcolor,
      line: { color, width },
    });
    leftText(notes, label, x + 28, y);
  }
  arrow(notes, [712, y], [752, y]);
  leftText(notes, "fit", 760, y);
  dashedArrow({ shapes, notes, data: [] }, [808, y], [850, y]);
  leftText(notes, "sample", 858, y);
}

function text(
  notes: Partial<Annotation>[],
  label: string,
  x: number,
  y: number,
  size: number,
  textangle = 0,
): void {
  const where = { xref: "x", yref: "y", x, y, xanchor: "center", yanchor: "middle" } as const;
  notes.push({ text: label, showarrow: false, ...where, textangle, font: { size } });
}

function leftText(notes: Partial<Annotation>[], label: string, x: number, y: number): void {
  const where = { xref: "x", yref: "y", x, y, xanchor: "left", yanchor: "middle" } as const;
  notes.push({ text: label, showarrow: false, ...where, font: { size: SIZE.legend } });
}
