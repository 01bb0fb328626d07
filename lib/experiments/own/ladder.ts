import type { Sized } from "./kind";

interface Limits {
  readonly least: number;
  readonly most: number;
}

/** Ratio of one size to the one before. */
const STEP = 1.3;

/**
 * Whole numbers that grow by about three tenths, from the least to the most, both included.
 * @example ladder(8, 20) // [8, 11, 14, 18, 20]
 */
export function ladder(least: number, most: number): number[] {
  const sizes: number[] = [];
  for (let size = least; size < most; size = Math.ceil(size * STEP)) sizes.push(size);
  return [...sizes, most];
}

/**
 * How many of `all` items are held out where `train` are for training: a quarter of these, at least and at
 * most the given numbers, but never more than a fifth of all, nor fewer than two.
 * @example heldOut(1000, 100, { least: 20, most: 200 }) // 25
 */
export function heldOut(all: number, train: number, { least, most }: Limits): number {
  const quarter = Math.min(most, Math.max(least, Math.round(train / 4)));
  return Math.max(2, Math.min(quarter, Math.floor(all / 5)));
}

/**
 * A preset for every size of the training set on a {@link ladder}, with the items {@link heldOut} beside it.
 * @param all items that there are
 * @param train least and most items for training
 * @param test least and most items held out
 */
export const presetsBySize = <P>(
  all: number,
  train: Limits,
  test: Limits,
  presetOf: (items: { readonly train: number; readonly test: number }) => P,
): Sized<P>[] =>
  ladder(train.least, train.most).map((items) => ({
    items,
    preset: presetOf({ train: items, test: heldOut(all, items, test) }),
  }));
