import type { Config, Data, Layout } from "plotly.js-dist";

/** A Plotly figure and its provenance. Plain data: drawing, export and display are elsewhere. */
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

/** Where a figure comes from; drawn as the small print under it. */
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
