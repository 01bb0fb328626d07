import { type Summary, summarise } from "../metrics/statistics";
import type { Row } from "./experiment";

/** Test metrics of a preset's generations, looked up for claims; what was not run is NaN. */
export class Measured {
  readonly #rows: readonly Row[];

  constructor(records: readonly Row[]) {
    this.#rows = records.filter((row) => row.measure === "metrics");
  }

  at(variant: string, regime: string, seed: number, iteration: number, metric: string): number {
    const row = this.#of(variant, regime).find((r) => r.seed === seed && r.iteration === iteration);
    const value = row?.[metric];
    return typeof value === "number" ? value : Number.NaN;
  }

  /** Last iteration of a variant under a regime; 0 if it was not run. */
  last(variant: string, regime: string): number {
    return Math.max(0, ...this.#of(variant, regime).map((row) => Number(row.iteration)));
  }

  /** Whether any generation has the metric. */
  has(metric: string): boolean {
    return this.#rows.some((row) => typeof row[metric] === "number");
  }

  /** Addresses of the generations at an iteration. */
  runs(variant: string, regime: string, iteration: number): string[] {
    return this.#of(variant, regime)
      .filter((row) => row.iteration === iteration)
      .map((row) => String(row.run));
  }

  /** Statistics over the seeds for which `of` gives a number. */
  overSeeds(of: (seed: number) => number): Summary | undefined {
    const seeds = [...new Set(this.#rows.map((row) => Number(row.seed)))];
    const values = seeds.map(of).filter(Number.isFinite);
    return values.length > 0 ? summarise(values) : undefined;
  }

  #of(variant: string, regime: string): Row[] {
    return this.#rows.filter((row) => row.variant === variant && row.regime === regime);
  }
}

/** Null for what is not known. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
