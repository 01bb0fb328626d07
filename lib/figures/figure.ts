import type { Config, Data, Layout } from "plotly.js-dist";

/** A Plotly figure and what made it. Pure data: drawing, export and display live elsewhere. */
export interface Figure {
  /** File name without ending, e.g. "figure-07-linear-regression". */
  readonly name: string;
  readonly data: readonly Data[];
  readonly layout: Partial<Layout>;
  readonly config?: Partial<Config>;
  /** Plain-language sentence for the report and as alternative text. */
  readonly alt: string;
  readonly provenance: Provenance;
}

/** What every figure says about its making; drawn as a small caption line. */
export interface Provenance {
  readonly preset: string;
  /** Data set, e.g. "MNIST (60,000 / 10,000)" or "generated". */
  readonly dataset: string;
  readonly seeds: readonly number[];
  /** Difference from the paper in one clause, empty if there is none. */
  readonly differs?: string;
  /** Versions and commit; filled in by `versions()`. */
  readonly versions: Readonly<Record<string, string>>;
}
