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
  const { d, T, iterations } = setting;
  const b = drawBidiagonal(d, T, stream.at("design"));
  const noise = stream.at("label-noise");
  const blocks = new Map<number, Block>();
  const add = (n: number, items: number, around: Float64Array): void => {
    const copies = items / T;
    if (!Number.isInteger(copies))
      throw needsLiteral(regime, `block ${n} has ${items} items, not a multiple of T = ${T}`);
    const scale = noiseOf(setting, n) / Math.sqrt(copies);
    if (copies > 0) blocks.set(n, { copies, mean: around.map((v) => v + scale * noise.normal()) });
  };
  add(1, T, new Float64Array(d));
  const errors = new Float64Array(iterations);
  for (let n = 1; n <= iterations; n++) {
    const plan = regime.plan(n, T);
    const a = weightedMean(regime, plan, blocks, d);
    errors[n - 1] = squaredSolution(b, a);
    add(n + 1, plan.produce, a);
  }
  return errors;
}

interface Block {
  /** m_k. */
  readonly copies: number;
  /** What the block says about w − w*, in the coordinates of {@link drawBidiagonal}. */
  readonly mean: Float64Array;
}

function weightedMean(
  regime: Regime,
  plan: Plan,
  blocks: ReadonlyMap<number, Block>,
  d: number,
): Float64Array {
  if (plan.subsample !== undefined) throw needsLiteral(regime, "it subsamples the pool");
  const a = new Float64Array(d);
  let total = 0;
  for (const part of plan.parts) {
    if (part.range || part.draw !== undefined)
      throw needsLiteral(regime, `it takes only a part of block ${part.block}`);
    const block = blocks.get(part.block);
    if (!block)
      throw new UserError(`Regime ${regime.name} trains on block ${part.block}, which is empty.`);
    total += block.copies;
    for (let j = 0; j < d; j++) a[j] += block.copies * block.mean[j];
  }
  return a.map((value) => value / total);
}

function needsLiteral(regime: Regime, because: string): UserError {
  return new UserError(
    `Regime ${regime.name} has no exact fast form, because ${because}. Use literalErrors, which takes any regime.`,
  );
}
