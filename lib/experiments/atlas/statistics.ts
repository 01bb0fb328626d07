import { median } from "../../metrics/median";
import { summarise } from "../../metrics/statistics";

/** How the columns of a measure are named: its mean over replicates, and what comes with it. */
export const seColumn = (measure: string): string => `${measure}Se`;
export const medianColumn = (measure: string): string => `${measure}Median`;

/** Mean, standard error and median of each measure over replicates, and their number. */
export function statisticsOf(
  measures: Readonly<Record<string, ArrayLike<number>>>,
): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [name, values] of Object.entries(measures)) {
    const { mean, se } = summarise(values, `the replicates' ${name}`);
    metrics[name] = mean;
    metrics[seColumn(name)] = se ?? 0;
    metrics[medianColumn(name)] = median(Array.from(values));
    metrics.replicates = values.length;
  }
  return metrics;
}
