import type { SamplerOptions } from "./samplerOptions";
import type { NoiseSchedule } from "./schedule";

/** One step of a chain: x ← keep · x + force · F + noise · z, F the force, z standard normal. */
export interface StepRule {
  readonly keep: number;
  /** Å for a force of one unit of σ. */
  readonly force: number;
  /** Å. */
  readonly noise: number;
}

/**
 * The step from level t to a lower one, as GeoDiff's code has it.
 * @param next −1 for none: no noise is left
 */
export function stepRule(
  { sigma, alphaBar }: NoiseSchedule,
  options: Pick<SamplerOptions, "method" | "eta" | "stepScale">,
  t: number,
  next: number,
): StepRule {
  // ε in Song & Ermon (2019), for which σ = 0.01 is the smallest level.
  const step = options.stepScale * (sigma[t] / 0.01) ** 2;
  const langevin = { keep: 1, force: step / sigma[t], noise: Math.sqrt(2 * step) };
  if (options.method === "langevin") return langevin;
  const now = alphaBar[t];
  const after = next < 0 ? 1 : alphaBar[next];
  if (options.method === "ddpm") {
    const beta = 1 - now / after;
    const towards = (Math.sqrt(after) * beta) / (1 - now);
    return {
      keep: towards / Math.sqrt(now) + (Math.sqrt(1 - beta) * (1 - after)) / (1 - now),
      force: towards * sigma[t],
      noise: next < 0 ? 0 : Math.sqrt(beta),
    };
  }
  const fresh = options.eta * Math.sqrt(((1 - now / after) * (1 - after)) / (1 - now));
  const old = Math.sqrt(Math.max(0, 1 - after - fresh ** 2));
  return {
    keep: 1,
    force: Math.min(langevin.force, 5 * (sigma[t] - old / Math.sqrt(after))),
    noise: Math.min(langevin.noise, (3 * fresh) / Math.sqrt(after)),
  };
}
