import type { Part, Plan } from "../pool/regime";

/** Items that a part takes from a block. */
export function itemsOf({ draw, range }: Part, blockItems: number): number {
  return draw ?? candidatesOf(range, blockItems);
}

/** Items that are there to be drawn from. */
const candidatesOf = (range: Part["range"], blockItems: number): number =>
  range ? range[1] - range[0] : blockItems;

/**
 * The same training set in the fewest words: without ranges that are the whole block, draws of all
 * that there is, and weights of 1. A fit's address contains its plan, so regimes that differ only in such words share it.
 * @param blockItems number of items in the block of each part
 */
export function simplifyPlan(
  { parts, subsample, ...plan }: Plan,
  blockItems: readonly number[],
): Plan {
  const simple = parts.map((part, i) => simplifyPart(part, blockItems[i]));
  const items = parts.reduce((sum, part, i) => sum + itemsOf(part, blockItems[i]), 0);
  const isWhole = subsample === undefined || subsample === items;
  return { parts: simple, ...(isWhole ? {} : { subsample }), ...plan };
}

function simplifyPart({ range, draw, weight, ...part }: Part, blockItems: number): Part {
  const candidates = candidatesOf(range, blockItems);
  return {
    ...part,
    ...(range && candidates < blockItems ? { range } : {}),
    ...(draw === undefined || draw === candidates ? {} : { draw }),
    ...(weight === undefined || weight === 1 ? {} : { weight }),
  };
}
