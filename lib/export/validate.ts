import type { Data } from "plotly.js-dist";
import { UserError } from "../errors";
import type { Figure } from "../figures/figure";
import { plotlyObjections } from "./validator";

/** @throws UserError if Plotly would silently draw a figure wrongly or in part */
export function validate(figure: Figure): void {
  const problems = [
    ...figure.data.flatMap((trace, i) => dataProblems(trace, i)),
    ...plotlyObjections(figure.data, figure.layout).map((r) => r.msg),
  ];
  if (!/^[\w.-]+$/.test(figure.name))
    problems.push("its name must be a file name of letters, digits, dots, dashes and underscores");
  if (figure.alt.trim() === "") problems.push("it has no alternative text");
  if (problems.length === 0) return;
  const shown = problems.slice(0, 5).join("; ");
  const more = problems.length > 5 ? `; and ${problems.length - 5} more` : "";
  throw new UserError(`Figure "${figure.name}" cannot be drawn: ${shown}${more}.`);
}

const COORDINATES = ["x", "y", "z", "values"] as const;

/** Missing, empty and non-finite data, which Plotly silently skips. */
function dataProblems(trace: Data, index: number): string[] {
  const values = trace as unknown as Readonly<Record<string, unknown>>;
  const where = `trace ${index} (${values.name ?? values.type ?? "unnamed"})`;
  const given = COORDINATES.filter((key) => values[key] !== undefined);
  if (given.length === 0) return [`${where} has no data`];
  return given.flatMap((key) => {
    const list = values[key];
    if (!Array.isArray(list))
      return [`${where} holds ${key} as ${describe(list)}; give it as an array (Array.from)`];
    if (list.length === 0) return [`${where} has an empty ${key}`];
    const bad = list.flat().find((v) => typeof v === "number" && !Number.isFinite(v));
    return bad === undefined
      ? []
      : [`${where} has a ${bad} in ${key}; a missing point is written null`];
  });
}

function describe(value: unknown): string {
  return ArrayBuffer.isView(value) ? value.constructor.name : typeof value;
}
