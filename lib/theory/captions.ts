import { formula } from "./formula";
import { requireIteration, requireWhole } from "./ranges";

/** A caption with a fixed number of items, whose images are redrawn every round. */
export interface Caption {
  /** Items of the caption. */
  readonly items: number;
  readonly n: number;
}

/** E σ_n²/σ₀² = (1 − 1/items)^n, divisor the items. Exact for two items or more (derived). */
export const captionVariance = formula<Caption>({
  title: "Variance of a caption's images under Replace, captions frozen",
  left: "\\mathbb{E}\\,\\sigma_n^2 / \\sigma_0^2",
  expression: "(1 - 1 / items)^n",
  check({ items, n }) {
    requireWhole("items", "of a caption; a variance needs two", items, 2);
    requireIteration(n);
  },
});
