import { setImmediate } from "node:timers/promises";
import { UserError } from "../../errors";
import { formatCount } from "../../format";
import { VAN_DER_WAALS_RADII } from "../../metrics/molecules/elements";
import { symmetryOf } from "../../metrics/molecules/symmetry";
import type { Streams } from "../../random/streams";
import type { SourceOptions } from "../source";
import { CONFORMER_BENCHMARK, conformerBenchmark } from "./benchmark";
import { GEOM_DRUGS, openGeomDrugs } from "./geomDrugs";
import type { Ensemble, Molecule } from "./molecule";
import { eachOffline } from "./offline";
import { reservoirSample } from "./reservoirSample";
import { SkipCounts } from "./skipCounts";
import { splitByMolecule } from "./split";
import { adjacency } from "./thirdOrder";

/** Names of the sets of molecules; "offline" needs no file. */
export const MOLECULE_SETS = ["offline", "conformer-benchmark", "geom-drugs"] as const;
export type MoleculeSetName = (typeof MOLECULE_SETS)[number];

/** Names for captions. */
export const MOLECULE_SET_TITLES: Readonly<Record<MoleculeSetName, string>> = {
  offline: "offline molecules",
  "conformer-benchmark": "conformer benchmark",
  "geom-drugs": "GEOM-Drugs",
};

/** How much of a set of molecules to load. */
export interface MoleculeCounts {
  /** Training molecules and held-out ones; no molecule is both. */
  readonly trainMolecules: number;
  readonly testMolecules: number;
  /** Maximum number of conformers per molecule, most probable first (by Boltzmann weight, if known). */
  readonly conformersPerMolecule: number;
  /** The same for held-out molecules. */
  readonly testConformers: number;
  /** Maximum number of atoms per molecule, hydrogens included. */
  readonly maxAtoms: number;
}

/** Training and held-out molecules of one set. */
export interface Molecules {
  readonly train: readonly Ensemble[];
  readonly test: readonly Ensemble[];
  /** SHA-256 of each source file's decompressed bytes; empty for the offline set. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "conformer benchmark (300 / 50 molecules, 1,480 / 250 conformers)". */
  readonly description: string;
}

/** Reasons for leaving out a molecule that could be read. */
export const LOAD_REASONS = {
  size: "more atoms than maxAtoms",
  fragments: "it consists of several fragments",
  element: "an element without a van der Waals radius",
  symmetry: "too many automorphisms to compare conformers",
  repeated: "another entry has the same SMILES",
} as const;

/**
 * Loads a random choice of a set's molecules and splits it, so that all conformers of a molecule are in
 * the same part. The set is read as a stream; only the chosen molecules are held in memory. Molecules of
 * more than `maxAtoms` atoms, of several fragments, or that the metrics cannot handle are left out, and
 * counted in the description.
 * @param streams uses "molecules" to choose and split, "offline-conformers" to build conformers
 * @throws UserError if a count is not a positive whole number, the set has too few molecules, or its
 *   file is missing
 */
export async function loadMolecules(
  name: MoleculeSetName,
  counts: MoleculeCounts,
  streams: Streams,
  options: SourceOptions = {},
): Promise<Molecules> {
  for (const [key, count] of Object.entries(counts))
    if (!(Number.isInteger(count) && count >= 1))
      throw new UserError(`${key} must be a whole number from 1 on, not ${count}.`);
  const skipped = new SkipCounts();
  const total = counts.trainMolecules + counts.testMolecules;
  const maxConformers = Math.max(counts.conformersPerMolecule, counts.testConformers);
  const limits = { maxAtoms: counts.maxAtoms, maxConformers };
  const { source, checksums } = await open(name, total, limits, streams, skipped, options);
  const stream = streams.get("molecules");
  const chosen = await reservoirSample(usable(source, limits, skipped), total, stream.at("choice"));
  if (chosen.length < total)
    throw new UserError(
      `The set "${name}" has ${chosen.length} usable molecules of at most ${counts.maxAtoms} atoms, but ` +
        `${counts.trainMolecules} training and ${counts.testMolecules} test molecules were requested. ` +
        "Request fewer, or raise maxAtoms.",
    );
  const [train, test] = splitByMolecule(
    chosen,
    [counts.trainMolecules / total, counts.testMolecules / total],
    stream.at("split"),
  );
  const parts = {
    train: train.map((ensemble) => mostProbable(ensemble, counts.conformersPerMolecule)),
    test: test.map((ensemble) => mostProbable(ensemble, counts.testConformers)),
  };
  return { ...parts, checksums, description: describe(name, parts, counts.maxAtoms, skipped) };
}

interface Limits {
  readonly maxAtoms: number;
  readonly maxConformers: number;
}

async function open(
  name: MoleculeSetName,
  count: number,
  limits: Limits,
  streams: Streams,
  skipped: SkipCounts,
  options: SourceOptions,
): Promise<{
  readonly source: AsyncIterable<Ensemble> | Iterable<Ensemble>;
  readonly checksums: Readonly<Record<string, string>>;
}> {
  switch (name) {
    case "offline":
      return { source: built(eachOffline(count, streams, limits), count, options), checksums: {} };
    case "conformer-benchmark": {
      const { file, sha256 } = CONFORMER_BENCHMARK;
      return { source: conformerBenchmark(options), checksums: { [file]: sha256 } };
    }
    case "geom-drugs": {
      const { molecules, sha256 } = await openGeomDrugs(skipped, options);
      return { source: molecules, checksums: { [GEOM_DRUGS.file]: sha256 } };
    }
  }
}

/**
 * Reports built molecules as if they were read. Each takes a while, so others may speak in between: the stop
 * button, for one.
 */
async function* built(
  ensembles: Iterable<Ensemble>,
  count: number,
  { signal, onRead }: SourceOptions,
): AsyncGenerator<Ensemble, void, undefined> {
  let done = 0;
  for (const ensemble of ensembles) {
    await setImmediate();
    signal?.throwIfAborted();
    yield ensemble;
    onRead?.(MOLECULE_SET_TITLES.offline, ++done, count);
  }
}

/** The molecules that the model and the metrics can handle, each with its most probable conformers. */
async function* usable(
  ensembles: AsyncIterable<Ensemble> | Iterable<Ensemble>,
  { maxAtoms, maxConformers }: Limits,
  skipped: SkipCounts,
): AsyncGenerator<Ensemble, void, undefined> {
  const seen = new Set<string>();
  for await (const ensemble of ensembles) {
    const { molecule } = ensemble;
    const reason = seen.has(molecule.smiles)
      ? LOAD_REASONS.repeated
      : reasonToSkip(molecule, maxAtoms);
    if (reason) skipped.add(reason, molecule.id ?? molecule.smiles);
    else {
      if (molecule.smiles !== "") seen.add(molecule.smiles);
      yield mostProbable(ensemble, maxConformers);
    }
  }
}

/** Why the model or the metrics cannot handle a molecule; undefined if they can. */
export function reasonToSkip(molecule: Molecule, maxAtoms: number): string | undefined {
  const { atomicNumbers } = molecule;
  if (atomicNumbers.length > maxAtoms) return LOAD_REASONS.size;
  if (!atomicNumbers.every((number) => VAN_DER_WAALS_RADII[number] > 0))
    return LOAD_REASONS.element;
  if (!isConnected(molecule)) return LOAD_REASONS.fragments;
  try {
    symmetryOf(molecule);
  } catch (error) {
    if (error instanceof UserError) return LOAD_REASONS.symmetry;
    throw error;
  }
  return undefined;
}

function isConnected(molecule: Molecule): boolean {
  const lists = adjacency(molecule);
  const reached = new Set([0]);
  for (const atom of reached) for (const next of lists[atom]) reached.add(next);
  return reached.size === lists.length;
}

/** The ensemble with at most `count` conformers, the most probable ones where that is known. */
export function mostProbable({ molecule, conformers }: Ensemble, count: number): Ensemble {
  const weight = (k: number) => conformers[k].boltzmannWeight ?? 0;
  const order = [...conformers.keys()].sort((a, b) => weight(b) - weight(a) || a - b);
  return { molecule, conformers: order.slice(0, count).map((k) => conformers[k]) };
}

function describe(
  name: MoleculeSetName,
  { train, test }: Pick<Molecules, "train" | "test">,
  maxAtoms: number,
  skipped: SkipCounts,
): string {
  const conformers = (part: readonly Ensemble[]) =>
    part.reduce((sum, ensemble) => sum + ensemble.conformers.length, 0);
  const leftOut = skipped.count();
  return (
    `${MOLECULE_SET_TITLES[name]} (${formatCount(train.length)} / ${formatCount(test.length)} molecules of at most ${maxAtoms} atoms, ` +
    `${formatCount(conformers(train))} / ${formatCount(conformers(test))} conformers` +
    `${leftOut > 0 ? `; ${formatCount(leftOut)} left out` : ""})`
  );
}
