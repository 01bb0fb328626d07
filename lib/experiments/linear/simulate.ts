import { UserError } from "../../errors";
import { regime as regimeOf } from "../../pool/parseRegime";
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
} from "./simulation";

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
    paths.push(await literalErrors(config, regime, iterations, Streams.ofSeed(seed)));
  }
  return paths;
}

/** Every setting, regime and noise level of a seed draws from a stream of its own. */
function exactPaths(cell: Cell, seed: number): Float64Array[] {
  const { regime, variant, d, T, iterations } = cell;
  const stream = Streams.ofSeed(seed).get("linear").at(regime, variant, d, T);
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
