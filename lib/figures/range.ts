import type { Data, Layout, LayoutAxis, ScatterData } from "plotly.js-dist";
import type { Panel } from "./traces";

/**
 * A y range that shows all points, with room above and below, and as much of the intervals as is
 * near them: with two seeds a 95 % interval is 18 times as wide as the points are apart, and
 * would leave nothing of the curves.
 */
export function rangeOf(
  points: readonly number[],
  ends: readonly (number | null)[],
  log: boolean,
): [number, number] {
  const on = log ? Math.log : (v: number) => v;
  const off = log ? Math.exp : (v: number) => v;
  const shown = (log ? points.filter((v) => v > 0) : points).map(on);
  const [low, high] = [Math.min(...shown), Math.max(...shown)];
  // Equal values may differ in their last digits, as means of the same numbers do.
  const apart = high - low > 1e-9 * Math.abs(high);
  const span = apart ? high - low : Math.abs(high) || 1;
  const reach = ends.filter((v): v is number => v !== null && (!log || v > 0)).map(on);
  const margin = 0.06 * span;
  const from = Math.max(low - 0.5 * span, Math.min(low, ...reach)) - margin;
  const to = Math.min(high + 0.5 * span, Math.max(high, ...reach)) + margin;
  return [off(from), off(to)];
}

/** The layout with a {@link rangeOf} for each group of panels that share a y axis. */
export function withRanges(
  layout: Partial<Layout>,
  data: readonly Data[],
  groups: readonly (readonly [panels: readonly Panel[], log: boolean])[],
): Partial<Layout> {
  const axes: Record<string, Partial<LayoutAxis>> = {};
  const all = layout as Readonly<Record<string, Partial<LayoutAxis>>>;
  for (const [panels, log] of groups) {
    const names = panels.map((panel) => panel.yaxis as string);
    const own = data
      .map((t) => t as Partial<ScatterData>)
      .filter((t) => names.includes(t.yaxis ?? ""));
    const values = (filled: boolean) =>
      own.filter((t) => (t.fill !== undefined) === filled).flatMap((t) => t.y as number[]);
    const range = rangeOf(values(false), values(true), log).map(log ? Math.log10 : Number);
    for (const name of names) {
      const key = `yaxis${name.slice(1)}`;
      axes[key] = { ...all[key], range: range as [number, number] };
    }
  }
  return { ...layout, ...axes };
}
