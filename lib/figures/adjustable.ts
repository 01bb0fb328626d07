import type { Data, Layout } from "plotly.js-dist";
import type { Figure } from "./figure";
import { INK, SIZE } from "./style";

/** One number that a slider changes, and what the figure then shows. */
export interface Adjustment {
  /** What stands before the value: "T". */
  readonly name: string;
  readonly steps: readonly AdjustedStep[];
  /** Which of the steps is the figure as it is first drawn. */
  readonly start: number;
}

export interface AdjustedStep {
  /** The value, as it stands at its tick. */
  readonly label: string;
  /** The figure's title then. */
  readonly title: string;
  /** y of every trace, in their order. */
  readonly y: readonly (readonly number[])[];
}

/**
 * What a slider for one number of a condition shows: a step for each of these values, all else as it is.
 * @param view the figure at a condition
 */
export function adjustmentOf<C, K extends keyof C>(
  name: string,
  condition: C,
  key: K,
  values: readonly C[K][],
  view: (at: C) => Pick<AdjustedStep, "title" | "y">,
): Adjustment {
  const steps = values.map((value) => ({
    label: String(value),
    ...view({ ...condition, [key]: value }),
  }));
  return { name, start: values.indexOf(condition[key]), steps };
}

/** Room for a slider and a row of buttons, in pixels. */
const ROOM = 110;

/**
 * A figure with a slider under it for one of several numbers; buttons choose for which, and the others
 * stand at their first values. It works wherever Plotly is live, without the kernel, because all of it is
 * computed beforehand; a still image shows the first state.
 */
export function adjustable(figure: Figure, adjustments: readonly Adjustment[]): Figure {
  const { height = 450, margin = {} } = figure.layout;
  const bottom = margin.b ?? 80;
  const inner = height - (margin.t ?? 80) - bottom;
  const sliders = adjustments.map(({ name, steps, start }, i) => ({
    active: start,
    visible: i === 0,
    currentvalue: { prefix: `${name} = `, font: { size: SIZE.axis } },
    ...{ x: 0.28, len: 0.72, y: -(bottom + 4) / inner, yanchor: "top" as const },
    pad: { t: 0, b: 0 },
    font: { size: SIZE.tick, color: INK },
    steps: steps.map(({ label, title, y }) => ({
      ...{ label, value: label, method: "update" as const },
      args: [{ y }, { "title.text": title }],
    })),
  }));
  const buttons = adjustments.map(({ name, steps, start }, chosen) => ({
    ...{ label: name, method: "update" as const },
    args: [
      { y: steps[start].y },
      {
        "title.text": steps[start].title,
        ...Object.fromEntries(
          adjustments.flatMap((other, i) => [
            [`sliders[${i}].visible`, i === chosen],
            [`sliders[${i}].active`, other.start],
          ]),
        ),
      },
    ],
  }));
  const menu = {
    ...{ type: "buttons" as const, direction: "right" as const, showactive: true, buttons },
    ...{ x: 0, xanchor: "left" as const, y: -(bottom + 22) / inner, yanchor: "top" as const },
    font: { size: SIZE.axis, color: INK },
  };
  const layout: Partial<Layout> = {
    ...figure.layout,
    height: height + ROOM,
    margin: { ...margin, b: bottom + ROOM },
    sliders,
    ...(adjustments.length > 1 ? { updatemenus: [menu] } : {}),
  };
  return { ...figure, layout, data: figure.data as readonly Data[] };
}
