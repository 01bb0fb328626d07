import {
  accumulateFreshError,
  accumulateTwoNoises,
  replaceMultipleFreshError,
  replaceMultipleTwoNoises,
  replaceTwoNoises,
  subsampleError,
} from "../../theory/index";
import { type Cell, noises } from "./settings";

/** A cell at one noise level and iteration. */
export interface Point extends Pick<Cell, "regime" | "variant" | "d" | "T"> {
  readonly sigma2: number;
  readonly iteration: number;
}

/** The closed form of a record: exact, but for Accumulate-Subsample (leading order in d/T). */
export function expectedError({ regime, variant, d, T, sigma2, iteration: n }: Point): number {
  const one = { d, T, sigma2, n };
  const real = noises(variant, sigma2);
  const two = { d, T, n, sigmaReal2: real.sigma2, sigmaLater2: real.sigmaLater2 };
  if (regime === "accumulate-subsample") return subsampleError(one);
  if (regime === "replace") return replaceTwoNoises(two);
  if (regime === "replace-multiple")
    return variant === "fresh-x" ? replaceMultipleFreshError(one) : replaceMultipleTwoNoises(two);
  return variant === "fresh-x" ? accumulateFreshError(one) : accumulateTwoNoises(two);
}
