import { mmff94Energy } from "../../data/molecules/index";
import { UserError } from "../../errors";
import { median } from "../../metrics/median";
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

/** A molecule with real and generated conformers. */
export interface GeneratedEnsemble extends PoolEnsemble {
  readonly generated: readonly Float32Array[];
}

/** Minimum count in the real set for a bond, angle or torsion type to be compared. */
const MIN_COUNT = 20;
/** Cap on energies, kcal/mol per heavy atom. */
const MAX_ENERGY = 1e6;

/** How the geometry of generated conformers compares with that of real ones, and its defects. */
export interface StructureMetrics {
  /** Jensen–Shannon distances, 0 … 1; missing if no kind is frequent enough. */
  readonly jsBonds?: number;
  readonly jsAngles?: number;
  readonly jsTorsions?: number;
  /** Share of generated conformers with at least one pair of clashing atoms. */
  readonly clashes: number;
  /** Share of generated conformers' bonds that are too short or too long. */
  readonly brokenBonds: number;
  /**
   * Median over generated conformers of the MMFF94 energy above the lowest real one of the molecule,
   * kcal/mol per heavy atom. The median, because structures close to noise have astronomical energies;
   * an energy above 10⁶, or undefined because atoms coincide, counts as 10⁶. Missing if the force field
   * has parameters for none of the molecules.
   */
  readonly energy?: number;
}

/** These and coverage and matching: means over molecules, COV as a share, MAT in ångström. */
export interface ConformerMetrics extends StructureMetrics {
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

/** All metrics of generated conformers of test molecules; coverage at 1.25 Å and over the grid. */
export function conformerMetrics(compared: readonly GeneratedEnsemble[]): {
  readonly metrics: ConformerMetrics;
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
  return { metrics: { ...mean, ...structureMetrics(compared) }, curve };
}

/**
 * The part of {@link conformerMetrics} that compares sets instead of single conformers. Given real
 * conformers of other molecules instead of generated ones, it is the distance between two real samples.
 * @param generated default: the generated conformers in `compared`
 */
export function structureMetrics(
  compared: readonly GeneratedEnsemble[],
  generated: readonly PoolEnsemble[] = compared.map((c) => ({ ...c, conformers: c.generated })),
): StructureMetrics {
  const histograms = (ensembles: readonly PoolEnsemble[]) =>
    ensembles.reduce(
      (sum, { molecule, conformers }) => sum.add(molecule, conformers),
      new GeometryHistograms(),
    );
  const js = geometryDistance(histograms(compared), histograms(generated), MIN_COUNT);
  const share = (limits: typeof bondLimits) =>
    violationShare(
      generated.map(({ molecule, conformers }) => ({ limits: limits(molecule), conformers })),
    );
  return {
    ...finiteEntries({
      jsBonds: js.bonds.mean,
      jsAngles: js.angles.mean,
      jsTorsions: js.torsions.mean,
    }),
    clashes: share(contactLimits).conformers,
    brokenBonds: share(bondLimits).pairs,
    ...finiteEntries({ energy: median(compared.flatMap(energies)) }),
  };
}

/** The entries that are not NaN. */
function finiteEntries<K extends string>(values: Record<K, number>): Partial<Record<K, number>> {
  return Object.fromEntries(
    Object.entries<number>(values).filter(([, value]) => !Number.isNaN(value)),
  ) as Partial<Record<K, number>>;
}

/** Energy of each generated conformer above the lowest real one; empty if MMFF94 lacks parameters. */
function energies({ molecule, conformers, generated }: GeneratedEnsemble): number[] {
  const real = conformers.map((positions) => energyOf(molecule, positions));
  const lowest = Math.min(...real);
  if (!Number.isFinite(lowest)) return [];
  const heavy = molecule.atomicNumbers.filter((number) => number > 1).length;
  return generated.map((positions) =>
    Math.min(MAX_ENERGY, (energyOf(molecule, positions) - lowest) / heavy),
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
