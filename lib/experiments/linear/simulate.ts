import { UserError } from "../../errors";
import { regime as regimeOf } from "../../pool/parseRegime";
import type { Stream } from "../../random/stream";
import { Streams } from "../../random/streams";
import { linearConfig } from "./config";
import { type Cell, noises } from "./settings";
import {
  fixedDesignErrors,
  freshAccumulateErrors,
  freshReplaceErrors,
  literalErrors,
  type Setting,
  STEPS,
  subsampleErrors,
} from "./simulation/index";

/** Test errors of one seed: a path of `cell.iterations` per noise level of the cell. */
export async function simulateSeed(
  cell: Cell,
  seed: number,
  method: "exact" | "literal",
): Promise<Float64Array[]> {
  if (method === "exact") return exactPaths(cell, seed);
  const { d, T, iterations, variant } = cell;
  const paths: Float64Array[] = [];
  for (const sigma2 of cell.sigma2) {
    const freshX = variant === "fresh-x";
    const config = linearConfig({ d, T, ...noises(variant, sigma2), freshX, testItems: 1 });
    const regime = regimeOf({ kind: cell.regime });
    const streams = new Streams([...streamOf(cell, seed).path, sigma2]);
    paths.push(await literalErrors(config, regime, iterations, streams));
  }
  return paths;
}

/** Settings and regimes draw from streams of their own, so that their means are independent. */
function streamOf({ regime, variant, d, T }: Cell, seed: number): Stream {
  return Streams.ofSeed(seed).get("linear").at(regime, variant, d, T);
}

function exactPaths(cell: Cell, seed: number): Float64Array[] {
  const { regime, variant, d, T, iterations } = cell;
  const stream = streamOf(cell, seed);
  if (regime === "accumulate-subsample")
    return subsampleErrors({ d, T, iterations }, cell.sigma2, stream);
  return cell.sigma2.map((sigma2) => {
    const setting: Setting = { d, T, iterations, ...noises(variant, sigma2) };
    const own = stream.at(sigma2);
    if (variant !== "fresh-x") return fixedDesignErrors(stepOf(regime), setting, own);
    if (regime === "accumulate") return freshAccumulateErrors(setting, own);
    return freshReplaceErrors((n) => (regime === "replace" ? T : n * T), setting, own);
  });
}

function stepOf(regime: string): (n: number) => number {
  const step = STEPS[regime];
  if (!step)
    throw new UserError(
      `There is no exact fast simulation of regime "${regime}"; there is one of ${Object.keys(STEPS).join(", ")}.`,
    );
  return step;
}
