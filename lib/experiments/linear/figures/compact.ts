import type { Data } from "plotly.js-dist";

/** Five digits of every coordinate: a figure's file is read, and compared, by people too. */
export function compact(data: readonly Data[]): Data[] {
  return data.map((trace) => {
    const { x, y } = trace as { x?: unknown; y?: unknown };
    return {
      ...trace,
      ...(x ? { x: roundValues(x) } : {}),
      ...(y ? { y: roundValues(y) } : {}),
    } as Data;
  });
}

/** Whether an iteration is drawn: all up to 20, every fifth after that. */
export function isDrawn({ iteration }: { readonly iteration: number }): boolean {
  return iteration <= 20 || iteration % 5 === 0;
}

function roundValues(values: unknown): unknown {
  if (!Array.isArray(values)) return values;
  return values.map((value) => (typeof value === "number" ? Number(value.toPrecision(5)) : value));
}
