import { element } from "./elements";
import { AROMATIC, bondsOf, type MolecularGraph } from "./graph";
import { angles, internalCoordinates, lengths, torsions } from "./internal";
import { jensenShannon } from "./jensenShannon";

/** Equal bins from `low` to `high`; values outside count in the first or last bin. */
export interface Bins {
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** Bond lengths 0.8 … 2.8 Å by 0.02 Å, angles 0 … 180° by 2°, torsions without sign by 5°. */
export const GEOMETRY_BINS = {
  bonds: { low: 0.8, high: 2.8, count: 100 },
  angles: { low: 0, high: 180, count: 90 },
  torsions: { low: 0, high: 180, count: 36 },
} as const satisfies Record<string, Bins>;

export type GeometryPart = keyof typeof GEOMETRY_BINS;
const PARTS = Object.keys(GEOMETRY_BINS) as GeometryPart[];

/**
 * Histograms of bond lengths, angles and torsions over conformers of many molecules, by kind: bonds
 * by elements and order ("C-N", "C=O", "C:C"), angles by the three elements ("C-C-O"), torsions by
 * the bond they turn about. Torsions are taken without sign, because a network that sees only distances
 * cannot tell mirror images apart. Undefined angles (of atoms that coincide or are collinear) and
 * values that are not finite are left out and counted in `undefinedValues`.
 */
export class GeometryHistograms {
  readonly bonds = new Map<string, Float64Array>();
  readonly angles = new Map<string, Float64Array>();
  readonly torsions = new Map<string, Float64Array>();
  undefinedValues = 0;

  /** @param hydrogens whether to count bonds, angles and torsions that include hydrogen */
  constructor(readonly hydrogens: boolean = true) {}

  /**
   * Adds conformers of one molecule, 3N coordinates each, Å.
   * @throws UserError for an element that is not in the table, or too few coordinates
   */
  add(graph: MolecularGraph, conformers: Iterable<ArrayLike<number>>): this {
    const internal = internalCoordinates(graph, this.hydrogens);
    const kinds = kindsOf(graph, internal);
    for (const positions of conformers) {
      this.#count("bonds", kinds.bonds, lengths(positions, internal.bonds));
      this.#count("angles", kinds.angles, angles(positions, internal.angles));
      this.#count("torsions", kinds.torsions, torsions(positions, internal.torsions).map(Math.abs));
    }
    return this;
  }

  #count(part: GeometryPart, kinds: readonly string[], values: Float64Array): void {
    const { low, high, count } = GEOMETRY_BINS[part];
    const histograms = this[part];
    for (let k = 0; k < values.length; k++) {
      if (!Number.isFinite(values[k])) {
        this.undefinedValues++;
        continue;
      }
      const bin = Math.floor(((values[k] - low) / (high - low)) * count);
      let histogram = histograms.get(kinds[k]);
      if (histogram === undefined) {
        histogram = new Float64Array(count);
        histograms.set(kinds[k], histogram);
      }
      histogram[Math.min(count - 1, Math.max(0, bin))]++;
    }
  }
}

export interface GeometryDistance {
  /** Mean over the kinds, weighted by how often each occurs in the real set. */
  readonly mean: number;
  readonly kinds: ReadonlyMap<string, number>;
}

/**
 * Jensen–Shannon distances between real and generated bond lengths, angles and torsions, 0 … 1. Kinds
 * that occur less than `minCount` times in the real set are left out; a kind that the generated set
 * lacks is at distance 1. Two real samples are not at distance 0, so report that of held-out conformers
 * beside it. `mean` is NaN if no kind is left.
 */
export function geometryDistance(
  real: GeometryHistograms,
  generated: GeometryHistograms,
  minCount = 100,
): Readonly<Record<GeometryPart, GeometryDistance>> {
  const distances = PARTS.map((part): [GeometryPart, GeometryDistance] => {
    const kinds = new Map<string, number>();
    let sum = 0;
    let weight = 0;
    for (const [kind, histogram] of real[part]) {
      const values = histogram.reduce((a, b) => a + b, 0);
      if (values < minCount) continue;
      const other = generated[part].get(kind);
      const distance = other === undefined ? 1 : jensenShannon(histogram, other);
      kinds.set(kind, distance);
      sum += values * distance;
      weight += values;
    }
    return [part, { mean: sum / weight, kinds }];
  });
  return Object.fromEntries(distances) as Record<GeometryPart, GeometryDistance>;
}

/** The kind of each bond, angle and torsion. */
function kindsOf(
  graph: MolecularGraph,
  internal: { readonly [Part in GeometryPart]: Int32Array },
): Record<GeometryPart, string[]> {
  const size = graph.atomicNumbers.length;
  const symbols = Array.from(graph.atomicNumbers, (number) => element(number).symbol);
  const named = new Map<number, string>();
  for (const [i, j, order] of bondsOf(graph)) {
    const sign = order === AROMATIC ? ":" : order === 2 ? "=" : order === 3 ? "#" : "-";
    const name =
      symbols[i] < symbols[j] ? symbols[i] + sign + symbols[j] : symbols[j] + sign + symbols[i];
    named.set(i * size + j, name).set(j * size + i, name);
  }
  const kinds = { bonds: [] as string[], angles: [] as string[], torsions: [] as string[] };
  const { bonds, angles, torsions } = internal;
  for (let k = 0; k < bonds.length; k += 2)
    kinds.bonds.push(named.get(bonds[k] * size + bonds[k + 1])!);
  for (let k = 0; k < angles.length; k += 3) {
    const [first, last] = [symbols[angles[k]], symbols[angles[k + 2]]].sort();
    kinds.angles.push(`${first}-${symbols[angles[k + 1]]}-${last}`);
  }
  for (let k = 0; k < torsions.length; k += 4)
    kinds.torsions.push(named.get(torsions[k + 1] * size + torsions[k + 2])!);
  return kinds;
}
