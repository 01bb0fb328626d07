import { mmff94Energy } from "../../data/molecules/index";
import { UserError } from "../../errors";
import {
  bondLimits,
  COVERAGE_THRESHOLDS,
  contactLimits,
  coverage,
  coverageCurve,
  GeometryHistograms,
  geometryDistance,
  rmsdMatrix,
  summariseCoverage,
  symmetryOf,
  violationShare,
} from "../../metrics/molecules/index";
import type { PoolEnsemble } from "./ensembles";

/** Generated conformers of a molecule beside its real ones. */
export interface Compared extends PoolEnsemble {
  readonly generated: readonly Float32Array[];
}

/** Kinds of bond, angle or torsion that the real conformers have less often are not compared. */
const LEAST = 20;
/** kcal/mol of a heavy atom beyond which one energy is as absurd as another. */
const ABSURD = 1e6;

/** Geometry of generated conformers against real ones, and what is wrong with them. */
export interface Likeness {
  /** Jensen–Shannon distances, 0 … 1; missing where no kind is frequent enough. */
  readonly jsBonds?: number;
  readonly jsAngles?: number;
  readonly jsTorsions?: number;
  /** Share of generated conformers with two atoms in each other's way. */
  readonly clashes: number;
  /** Share of generated conformers' bonds that are too short or too long. */
  readonly brokenBonds: number;
  /**
   * Median over generated conformers of the MMFF94 energy above the lowest real one of the molecule,
   * kcal/mol a heavy atom. The median, because near-noise structures have astronomical energies; one
   * that is larger than 10⁶, or cannot be computed since atoms coincide, counts as 10⁶. Missing
   * where the force field knows none of the molecules.
   */
  readonly energy?: number;
}

/** COV and MAT with it: means over molecules, ångström where they are lengths. */
export interface Quality extends Likeness {
  readonly covR: number;
  readonly covP: number;
  readonly matR: number;
  readonly matP: number;
}

/** Means over molecules at one threshold of the published grid. */
export interface ThresholdCoverage {
  readonly threshold: number;
  readonly covR: number;
  readonly covP: number;
}

/** All that is measured on generated conformers of held-out molecules, at 1.25 Å and over the grid. */
export function quality(compared: readonly Compared[]): {
  readonly metrics: Quality;
  readonly curve: ThresholdCoverage[];
} {
  const matched = compared.map(({ molecule, conformers, generated }) => {
    const rmsd = rmsdMatrix(generated, conformers, symmetryOf(molecule));
    return {
      at: coverage(rmsd, generated.length, conformers.length),
      curve: coverageCurve(rmsd, generated.length, conformers.length),
    };
  });
  const { mean } = summariseCoverage(matched.map(({ at }) => at));
  const curve = COVERAGE_THRESHOLDS.map((threshold, k) => {
    const average = (side: "covR" | "covP") =>
      matched.reduce((sum, molecule) => sum + molecule.curve[k][side], 0) / matched.length;
    return { threshold, covR: average("covR"), covP: average("covP") };
  });
  return { metrics: { ...mean, ...likeness(compared) }, curve };
}

/**
 * The part of {@link quality} that compares sets, not conformers one by one. With real conformers of
 * other molecules in the place of generated ones it tells what two real samples differ by.
 * @param generated of the molecules whose real conformers stand in `compared`, unless given
 */
export function likeness(
  compared: readonly Compared[],
  generated: readonly PoolEnsemble[] = compared.map((c) => ({ ...c, conformers: c.generated })),
): Likeness {
  const histograms = (ensembles: readonly PoolEnsemble[]) =>
    ensembles.reduce(
      (sum, { molecule, conformers }) => sum.add(molecule, conformers),
      new GeometryHistograms(),
    );
  const js = geometryDistance(histograms(compared), histograms(generated), LEAST);
  const share = (limits: typeof bondLimits) =>
    violationShare(
      generated.map(({ molecule, conformers }) => ({ limits: limits(molecule), conformers })),
    );
  return {
    ...known({
      jsBonds: js.bonds.mean,
      jsAngles: js.angles.mean,
      jsTorsions: js.torsions.mean,
    }),
    clashes: share(contactLimits).conformers,
    brokenBonds: share(bondLimits).pairs,
    ...known({ energy: median(compared.flatMap(energies)) }),
  };
}

/** Only the entries that are numbers. */
function known<K extends string>(values: Record<K, number>): Partial<Record<K, number>> {
  return Object.fromEntries(
    Object.entries<number>(values).filter(([, value]) => !Number.isNaN(value)),
  ) as Partial<Record<K, number>>;
}

/** Of each generated conformer, above the lowest real one; none if MMFF94 lacks parameters. */
function energies({ molecule, conformers, generated }: Compared): number[] {
  const real = conformers.map((positions) => energyOf(molecule, positions));
  const lowest = Math.min(...real);
  if (!Number.isFinite(lowest)) return [];
  const heavy = molecule.atomicNumbers.filter((number) => number > 1).length;
  return generated.map((positions) =>
    Math.min(ABSURD, (energyOf(molecule, positions) - lowest) / heavy),
  );
}

/** kcal/mol; infinite if atoms coincide or the force field lacks parameters. */
function energyOf(molecule: PoolEnsemble["molecule"], positions: Float32Array): number {
  try {
    const energy = mmff94Energy(molecule, positions);
    return Number.isFinite(energy) ? energy : Number.POSITIVE_INFINITY;
  } catch (error) {
    if (error instanceof UserError) return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** NaN of nothing. */
function median(values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
