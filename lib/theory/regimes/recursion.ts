import { UserError } from "../../errors";
import type { Plan, Regime } from "../../pool/regime";

/** A block of the training set and its share of the items. */
export interface BlockShare {
  readonly block: number;
  readonly share: number;
}

/** Model `from` moved by `share` of what the labels of `block` say beyond it; 0 is w*. */
export interface Move {
  readonly from: number;
  readonly block: number;
  readonly share: number;
}

/** How model n follows from the blocks that it is trained on. */
export interface ModelStep {
  /** Items of the training set. */
  readonly items: number;
  /** The blocks, newest last. Their shares add up to 1. */
  readonly shares: readonly BlockShare[];
  /**
   * The same as one step from an earlier model, with any X: where the training set is one block, or
   * that of the model which labelled its newest block, and that block.
   */
  readonly move?: Move;
}

/** A regime of whole blocks, iteration by iteration. */
export interface Recursion {
  /** Model n at index n − 1. */
  readonly models: readonly ModelStep[];
  /** Items of block k at index k − 1; the blocks that models 1 … N are trained on at least. */
  readonly blockItems: readonly number[];
}

/** The plans of models 1 … `iterations`. */
export function plansOf(regime: Regime, T: number, iterations: number): Plan[] {
  return Array.from({ length: iterations }, (_, i) => regime.plan(i + 1, T));
}

/**
 * The recursion of a regime that trains on whole blocks, read off its plans alone; a sentence's
 * ending with the reason if it draws, cuts or otherwise treats them.
 * @throws UserError if a plan trains on an empty block
 */
export function recursionOf(plans: readonly Plan[], T: number): Recursion | string {
  const blockItems = [T, ...plans.map(({ produce }) => produce)];
  const models: ModelStep[] = [];
  for (const plan of plans) {
    const reason = reasonAgainst(plan);
    if (reason) return reason;
    const blocks = plan.parts.map(({ block }) => block).sort((a, b) => a - b);
    const empty = blocks.find((block) => !(blockItems[block - 1] > 0) || block > models.length + 1);
    if (empty !== undefined)
      throw new UserError(
        `The plan of model ${models.length + 1} trains on block ${empty}, which is empty.`,
      );
    const items = blocks.reduce((sum, block) => sum + blockItems[block - 1], 0);
    const shares = blocks.map((block) => ({ block, share: blockItems[block - 1] / items }));
    models.push({ items, shares, ...moveOf(shares, models) });
  }
  return { models, blockItems };
}

/** What a plan does besides training on whole blocks. */
function reasonAgainst({ parts, produce: _, ...rest }: Plan): string | undefined {
  if (rest.subsample !== undefined) return "it subsamples the pool";
  const [treatment] = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (treatment) return `its plan says "${treatment[0]}"`;
  for (const { block, ...selection } of parts) {
    const [how] = Object.entries(selection).filter(([, value]) => value !== undefined);
    if (how?.[0] === "range" || how?.[0] === "draw")
      return `it takes only a part of block ${block}`;
    if (how) return `its part of block ${block} says "${how[0]}"`;
  }
  return undefined;
}

function moveOf(shares: readonly BlockShare[], earlier: readonly ModelStep[]): { move?: Move } {
  const { block, share } = shares[shares.length - 1];
  const from = block - 1;
  const others = shares.slice(0, -1).map((other) => other.block);
  const before = from === 0 ? [] : earlier[from - 1].shares.map((other) => other.block);
  const nested = others.length === before.length && others.every((b, i) => b === before[i]);
  return nested || others.length === 0 ? { move: { from, block, share } } : {};
}
