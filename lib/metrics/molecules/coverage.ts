import { UserError } from "../../errors";
import { median } from "../median";
import { summarise } from "../statistics";

/** Thresholds of the published evaluation code in ångström: 0.05, 0.10 … 3.00. */
export const COVERAGE_THRESHOLDS: readonly number[] = Array.from(
  { length: 60 },
  (_, i) => (i + 1) / 20,
);

/** The threshold at which coverage of GEOM-Drugs is reported, ångström. */
export const DRUGS_THRESHOLD = 1.25;

/** How well the generated conformers of one molecule match its reference conformers. */
export interface Coverage {
  /** COV-R: share of reference conformers that have a generated one within δ. */
  readonly covR: number;
  /** COV-P: share of generated conformers that have a reference one within δ. */
  readonly covP: number;
  /** MAT-R: mean over references of the RMSD to the nearest generated conformer, Å. */
  readonly matR: number;
  /** MAT-P: mean over generated conformers of the RMSD to the nearest reference, Å. */
  readonly matP: number;
}

/**
 * Coverage and matching of one molecule (Xu et al., GeoDiff, ICLR 2022). The usual protocol generates
 * twice as many conformers as there are references. COV-R and MAT-R improve with the number of
 * generated conformers, so compare only values with the same counts. "Within δ" includes δ itself.
 * @param rmsd generated × reference, Å, as returned by {@link rmsdMatrix}
 * @throws UserError if either set is empty, the matrix has the wrong size or a value is not finite
 */
export function coverage(
  rmsd: ArrayLike<number>,
  generated: number,
  reference: number,
  threshold: number = DRUGS_THRESHOLD,
): Coverage {
  const { ofReferences, ofGenerated } = nearestDistances(rmsd, generated, reference);
  return {
    covR: shareWithin(ofReferences, threshold),
    covP: shareWithin(ofGenerated, threshold),
    matR: summarise(ofReferences).mean,
    matP: summarise(ofGenerated).mean,
  };
}

/** COV-R and COV-P of one molecule at each threshold. @throws as {@link coverage} */
export function coverageCurve(
  rmsd: ArrayLike<number>,
  generated: number,
  reference: number,
  thresholds: readonly number[] = COVERAGE_THRESHOLDS,
): { readonly threshold: number; readonly covR: number; readonly covP: number }[] {
  const { ofReferences, ofGenerated } = nearestDistances(rmsd, generated, reference);
  return thresholds.map((threshold) => ({
    threshold,
    covR: shareWithin(ofReferences, threshold),
    covP: shareWithin(ofGenerated, threshold),
  }));
}

/** Mean and median over molecules, each of which counts once however many conformers it has. */
export interface CoverageSummary {
  readonly mean: Coverage;
  readonly median: Coverage;
}

/** Summary over a set of molecules. @throws UserError if there are none */
export function summariseCoverage(molecules: readonly Coverage[]): CoverageSummary {
  const over = (statistic: (values: number[]) => number): Coverage => {
    const of = (key: keyof Coverage) => statistic(molecules.map((molecule) => molecule[key]));
    return { covR: of("covR"), covP: of("covP"), matR: of("matR"), matP: of("matP") };
  };
  return { mean: over((values) => summarise(values, "coverages").mean), median: over(median) };
}

/** RMSD of each conformer to the nearest one of the other set. */
function nearestDistances(rmsd: ArrayLike<number>, generated: number, reference: number) {
  if (!(generated > 0 && reference > 0 && rmsd.length === generated * reference))
    throw new UserError(
      `Coverage needs the RMSD of every generated and reference conformer; there are ${generated} generated and ${reference} reference conformers, but ${rmsd.length} RMSDs.`,
    );
  const ofReferences = new Float64Array(reference).fill(Number.POSITIVE_INFINITY);
  const ofGenerated = new Float64Array(generated).fill(Number.POSITIVE_INFINITY);
  for (let g = 0; g < generated; g++)
    for (let r = 0; r < reference; r++) {
      const value = rmsd[g * reference + r];
      if (!Number.isFinite(value))
        throw new UserError(
          `The RMSD of generated conformer ${g} and reference ${r} is ${value}. Leave diverged conformers out, and count them.`,
        );
      if (value < ofGenerated[g]) ofGenerated[g] = value;
      if (value < ofReferences[r]) ofReferences[r] = value;
    }
  return { ofReferences, ofGenerated };
}

function shareWithin(values: Float64Array, threshold: number): number {
  return values.filter((value) => value <= threshold).length / values.length;
}
