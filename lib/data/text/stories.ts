import type { SourceOptions } from "../obtain";

/** Number of stories to take from each split, from the start of the file, or all of them. */
export interface StoryCounts {
  readonly train: number | "all";
  readonly validation: number | "all";
}

/** Training and held-out stories. Each can be iterated any number of times, in the same order. */
export interface Stories {
  train(): AsyncIterable<string>;
  validation(): AsyncIterable<string>;
  /** Stories in each split. */
  readonly counts: { readonly train: number; readonly validation: number };
  /** SHA-256 of each file's unpacked bytes, as read; empty for grammar stories. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "TinyStories excerpt (10,139 / 3,117 stories)". */
  readonly description: string;
}

export interface LoadOptions extends SourceOptions {
  /**
   * What to do with training stories that are also in the validation split (compared by letters and
   * digits, ignoring case): stop with an error, or leave them out of training and say so.
   * @defaultValue "refuse"
   */
  readonly overlap?: "refuse" | "leave out";
}
