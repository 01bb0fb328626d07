import type { Row } from "../metrics/row";
import { type Summary, summarise } from "../metrics/statistics";

/** One model of every seed: a variant under a regime at an iteration. */
export interface Place {
  readonly variant: string;
  readonly regime: string;
  /** Counted as in the paper's figure of the family. */
  readonly iteration: number;
}

/** Test metrics of a preset's models, looked up for claims; NaN where a model was not run. */
export class Measured {
  readonly #rows: readonly Row[];
  readonly #seeds: readonly number[];

  /** @param records all rows of a family; those of kind "metrics" are looked up */
  constructor(records: readonly Row[]) {
    this.#rows = records.filter((row) => row.kind === "metrics");
    this.#seeds = [...new Set(this.#rows.map((row) => Number(row.seed)))];
  }

  /** A metric of one seed's model; NaN if that was not run. */
  value(place: Place, seed: number, metric: string): number {
    return this.at(place.variant, place.regime, seed, place.iteration, metric);
  }

  /** The same with its coordinates one by one. */
  at(variant: string, regime: string, seed: number, iteration: number, metric: string): number {
    const row = this.#of(variant, regime).find((r) => r.seed === seed && r.iteration === iteration);
    const value = row?.[metric];
    return typeof value === "number" ? value : Number.NaN;
  }

  /** Last iteration of a variant under a regime; 0 if it was not run. */
  last(variant: string, regime: string): number {
    return Math.max(0, ...this.#of(variant, regime).map((row) => Number(row.iteration)));
  }

  /** Whether any model has the metric. */
  has(metric: string): boolean {
    return this.#rows.some((row) => typeof row[metric] === "number");
  }

  /** Addresses of the models at an iteration, one per seed. */
  runs(variant: string, regime: string, iteration: number): string[] {
    return this.#of(variant, regime)
      .filter((row) => row.iteration === iteration)
      .map((row) => String(row.run));
  }

  /** Statistics over the seeds for which `of` gives a number; undefined if it gives none. */
  overSeeds(of: (seed: number) => number): Summary | undefined {
    const values = this.#seeds.map(of).filter(Number.isFinite);
    return values.length > 0 ? summarise(values) : undefined;
  }

  #of(variant: string, regime: string): Row[] {
    return this.#rows.filter((row) => row.variant === variant && row.regime === regime);
  }
}

/** The number, or undefined if it is not finite. */
export function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
