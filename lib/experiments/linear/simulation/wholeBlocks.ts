import { UserError } from "../../../errors";
import type { Plan, Regime } from "../../../pool/regime";
import type { Stream } from "../../../random/stream";
import { noiseOf, requireSetting, type Setting } from "./setting";
import { drawBidiagonal, squaredSolution } from "./spectrum";

/**
 * Exact draw for any regime that trains on whole blocks of whole multiples of T items, fixed X:
 * block k holds X repeated m_k times, and what a fit sees of it is w_{k−1} + X⁺E/√m_k; the model is
 * the mean of its blocks, weighted by m_k. O(d · blocks) an iteration, whatever T.
 * @throws UserError if the regime draws or cuts blocks; such a regime needs {@link literalErrors}
 */
export function wholeBlockErrors(regime: Regime, setting: Setting, stream: Stream): Float64Array {
  requireSetting(setting);
  const reason = reasonForLiteral(regime, setting);
  if (reason)
    throw new UserError(
      `Regime ${regime.name} has no exact fast form, because ${reason}. Use literalErrors, which takes any regime.`,
    );
  const { d, T, iterations } = setting;
  const b = drawBidiagonal(d, T, stream.at("design"));
  const noise = stream.at("label-noise");
  const blocks = new Map<number, Block>();
  const add = (n: number, items: number, around: Float64Array): void => {
    const scale = noiseOf(setting, n) / Math.sqrt(items / T);
    if (items === 0) return;
    blocks.set(n, { items, mean: around.map((v) => v + scale * noise.normal()) });
  };
  add(1, T, new Float64Array(d));
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const plan = regime.plan(n, T);
    const a = weightedMean(plan, blocks, d);
    errors[n - 1] = squaredSolution(b, a);
    add(n + 1, plan.produce, a);
  }
  return errors;
}

/** What keeps a regime from having the exact fast form at this setting; undefined if nothing does. */
export function reasonForLiteral(
  regime: Regime,
  { T, iterations }: Pick<Setting, "T" | "iterations">,
): string | undefined {
  for (let n = 1; n <= iterations; n++) {
    const { parts, subsample, produce } = regime.plan(n, T);
    if (subsample !== undefined) return "it subsamples the pool";
    const part = parts.find(({ range, draw }) => range !== undefined || draw !== undefined);
    if (part) return `it takes only a part of block ${part.block}`;
    if (produce % T !== 0)
      return `block ${n + 1} has ${produce} items, which is no multiple of T = ${T}`;
  }
  return undefined;
}

interface Block {
  readonly items: number;
  /** What the block says about w − w*, in the coordinates of {@link drawBidiagonal}. */
  readonly mean: Float64Array;
}

function weightedMean(plan: Plan, blocks: ReadonlyMap<number, Block>, d: number): Float64Array {
  const a = new Float64Array(d);
  let total = 0;
  for (const { block: number } of plan.parts) {
    const block = blocks.get(number);
    if (!block) throw new UserError(`The plan trains on block ${number}, which is empty.`);
    total += block.items;
    for (let j = 0; j < d; j++) a[j] += block.items * block.mean[j];
  }
  return a.map((value) => value / total);
}
