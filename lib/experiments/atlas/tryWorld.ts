import { interval } from "../../claims/agreement";
import { type ChainResult, chain } from "../../loop/chain";
import type { Regime } from "../../pool/regime";
import { chainRows } from "../chainRows";
import type { Row } from "../experiment";
import type { Session } from "../session";
import { type AtlasInput, atlasConfig } from "./config";
import { estimateAt } from "./estimates";
import { atlasTask } from "./task";

export interface Trial {
  readonly config: AtlasInput;
  readonly regimes: readonly Regime[];
  readonly iterations: number;
  /** One of the world's measures: "variance", "squaredDrift", … */
  readonly measure: string;
  /** Multiplies it. Default 1. */
  readonly scale?: number;
}

/**
 * A world of one's own choosing under some regimes: a row for each regime and iteration, with the measure's
 * mean over replicates and its 95 % interval.
 * @example tryWorld({ config: { data: { dataset: "gaussian", trainItems: 10, replicates: 200 } },
 *   regimes: [regimes.accumulate], iterations: 5, measure: "variance" }, session)
 */
export async function tryWorld(
  { config, regimes, iterations, measure, scale = 1 }: Trial,
  session: Session,
): Promise<Row[]> {
  const parsed = atlasConfig.parse(config);
  const chains = regimes.map((regime) =>
    chain({ task: atlasTask, config: parsed, regime, seed: 0, iterations }),
  );
  const results = await session.chains("A world of your own", chains);
  return results.flatMap((result) => rowsOf(result, measure, scale, parsed));
}

function rowsOf(
  result: ChainResult,
  measure: string,
  scale: number,
  config: Parameters<typeof estimateAt>[4],
): Row[] {
  const regime = result.chain.regime.name;
  const rows = chainRows([result], 1, regime);
  return rows.flatMap(({ iteration }) => {
    const curve = { measure, scale: () => scale };
    const estimate = estimateAt(rows, regime, Number(iteration), curve, config);
    if (!estimate) return [];
    const { low, high } = interval(estimate);
    return [{ regime, iteration, mean: estimate.mean, low, high }];
  });
}
