import type { Data } from "plotly.js-dist";
import {
  band,
  type Interval,
  line,
  type Panel,
  type Series,
  theory,
} from "../../../figures/traces";

/** A theory line with a colour and its own legend entry, where several must be told apart. */
export function guide(
  series: Series,
  panel?: Panel,
  dash: "dash" | "dot" | "dashdot" = "dash",
): Data {
  const { colour, ...rest } = series;
  return {
    ...theory({ legend: true, ...rest }, panel),
    line: { color: colour, width: 1.8, dash },
  } as Data;
}

/** A measured line thin enough to leave its band visible; no markers, however few the points. */
export function thinLine(series: Series, panel?: Panel): Data {
  return {
    ...line(series, panel),
    mode: "lines",
    line: { color: series.colour, width: 1.6 },
  } as Data;
}

/** The band of an interval; none where there are too few seeds for one. */
export function bandIfAny(interval: Interval, panel?: Panel): Data[] {
  return Array.from(interval.low).some((value) => value !== null) ? [band(interval, panel)] : [];
}
