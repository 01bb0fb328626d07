import type { Preset } from "../experiments/preset";
import type { Row } from "../metrics/row";
import { table } from "./table";

/** Shows a preset: its task's config, one table per section, and what is run. */
export function presetTables(preset: Preset<object>): void {
  for (const [section, settings] of Object.entries(preset.task)) {
    const row = flatten(settings);
    if (Object.keys(row).length > 0) table([row], { caption: section });
  }
  table(chainTable(preset), { caption: "What is run" });
}

/** One row per variant and its chains: label, changes to the task, regimes, iterations, seeds. */
export function chainTable({ variants }: Pick<Preset<object>, "variants">): Row[] {
  return variants.flatMap(({ label, changes, chains }) =>
    chains.map(({ regimes, iterations, seeds }) => ({
      variant: label,
      changes: Object.entries(flatten(changes))
        .map(([key, value]) => `${key}: ${value}`)
        .join(", "),
      regimes: regimes.map(({ kind }) => kind).join(", "),
      iterations,
      seeds,
    })),
  );
}

/** Nested settings by dotted names, such as "schedule.kind"; lists and true or false as text. */
export function flatten(settings: object, prefix = ""): Row {
  return Object.assign(
    {},
    ...Object.entries(settings).map(([key, value]) => {
      const name = prefix + key;
      if (Array.isArray(value)) return { [name]: value.join(", ") };
      if (typeof value === "object" && value !== null) return flatten(value, `${name}.`);
      return { [name]: typeof value === "boolean" ? String(value) : value };
    }),
  );
}
