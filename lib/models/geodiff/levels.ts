import { UserError } from "../../errors";
import type { SamplerOptions } from "./samplerOptions";

/**
 * The noise levels that a chain visits, from the noisiest down.
 * @param levels T, those of the schedule
 * @throws UserError for more steps than levels
 */
export function visitedLevels(
  levels: number,
  { steps, pick }: Pick<SamplerOptions, "steps" | "pick">,
): Int32Array {
  if (steps > levels)
    throw new UserError(
      `Sampling with ${steps} steps needs as many noise levels; the schedule has ${levels}. Ask for fewer steps.`,
    );
  const gap = pick === "last" || steps === 1 ? 1 : (levels - 1) / (steps - 1);
  return Int32Array.from({ length: steps }, (_, k) => Math.round(levels - 1 - k * gap));
}
