import { setImmediate } from "node:timers/promises";
import { Cancelled } from "../../errors";
import { Streams } from "../../random/streams";
import type { Conditions } from "./conditions";
import { exactDraws } from "./simulation/index";

/**
 * Test errors of one seed by exact draw: a path of `iterations` errors for each noise level.
 * Conditions and regimes draw from streams of their own, so that their means are independent.
 */
export function exactPaths(conditions: Conditions, seed: number): Float64Array[] {
  const { variant, regime, each, sigma2, iterations } = conditions;
  const { d, T } = each[0];
  const stream = Streams.ofSeed(seed).get("linear").at(variant, regime.name, d, T);
  const streams = sigma2.map((level) => stream.at(level));
  return exactDraws(regime, each, iterations, streams, stream);
}

/**
 * {@link exactPaths} of all seeds.
 * @param progress told how many seeds are done, a few times a second
 * @throws Cancelled when the signal is aborted
 */
export async function exactPathsOfSeeds(
  conditions: Conditions,
  signal: AbortSignal,
  progress: (seeds: number) => void,
): Promise<Float64Array[][]> {
  const paths: Float64Array[][] = [];
  let reported = Date.now();
  for (let seed = 0; seed < conditions.seeds; seed++) {
    paths.push(exactPaths(conditions, seed));
    if (Date.now() - reported < 100) continue;
    progress(seed + 1);
    await setImmediate(); // lets an interrupt and the screen get through
    if (signal.aborted) throw new Cancelled();
    reported = Date.now();
  }
  return paths;
}
