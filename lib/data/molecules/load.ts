import { UserError } from "../../errors";
import { symmetryOf } from "../../metrics/molecules/symmetry";
import type { Streams } from "../../random/streams";
import type { SourceOptions } from "../source";
import { CONFORMER_BENCHMARK, conformerBenchmark } from "./benchmark";
import { VAN_DER_WAALS_RADII } from "./elements";
import { GEOM_DRUGS, openGeomDrugs } from "./geomDrugs";
import { LeftOut } from "./leftOut";
import type { Ensemble, Molecule } from "./molecule";
import { offlineMolecules } from "./offline";
import { reservoir } from "./reservoir";
import { splitByMolecule } from "./split";
import { adjacency } from "./thirdOrder";

/** Sets of molecules by name; "offline" needs no file. */
export const MOLECULE_SETS = ["offline", "conformer-benchmark", "geom-drugs"] as const;
export type MoleculeSetName = (typeof MOLECULE_SETS)[number];

const TITLES: Readonly<Record<MoleculeSetName, string>> = {
  offline: "offline molecules",
  "conformer-benchmark": "conformer benchmark",
  "geom-drugs": "GEOM-Drugs",
};

/** What is wanted of a set of molecules. */
export interface MoleculeCounts {
  /** Molecules to train on, and held-out ones; none is both. */
  readonly molecules: number;
  readonly testMolecules: number;
  /** Conformers of each at most, the most probable first (Boltzmann weight, where the set has it). */
  readonly conformersPerMolecule: number;
  readonly testConformers: number;
  /** Atoms of the largest molecule taken, hydrogens included. */
  readonly maxAtoms: number;
}

/** Training and held-out molecules of one set. */
export interface Molecules {
  readonly train: readonly Ensemble[];
  readonly test: readonly Ensemble[];
  /** SHA-256 of each source file's unpacked bytes; empty for what is built here. */
  readonly checksums: Readonly<Record<string, string>>;
  /** One line for captions: "conformer benchmark (300 / 50 molecules, 1,480 / 250 conformers)". */
  readonly description: string;
}

/** Why a molecule that could be read is not taken. */
export const LOAD_REASONS = {
  size: "more atoms than maxAtoms",
  fragments: "it consists of several fragments",
  element: "an element without van der Waals radius",
  symmetry: "too many automorphisms to compare conformers",
  repeated: "another entry has the same SMILES",
} as const;

/**
 * Takes molecules of a set at random and splits them, so that all conformers of one lie in the same
 * part. Sets are read piece by piece; held in memory is what is taken. Molecules of more than
 * `maxAtoms` atoms, of several fragments, or that the metrics cannot work with are left out, and
 * counted in the description.
 * @param streams "molecules" of it chooses and splits, "offline-conformers" builds
 * @throws UserError if a count is no whole number from 1 on, the set has fewer molecules, or it cannot
 *   be had
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
  const leftOut = new LeftOut();
  const wanted = counts.molecules + counts.testMolecules;
  const most = Math.max(counts.conformersPerMolecule, counts.testConformers);
  const { source, checksums } = await open(name, wanted, most, counts, streams, leftOut, options);
  const stream = streams.get("molecules");
  const fit = suitable(source, counts.maxAtoms, most, leftOut);
  const taken = await reservoir(fit, wanted, stream.at("choice"));
  if (taken.length < wanted)
    throw new UserError(
      `The set "${name}" has ${taken.length} molecules of at most ${counts.maxAtoms} atoms that can be used; ` +
        `${counts.molecules} to train on and ${counts.testMolecules} to test with were asked for. ` +
        "Take fewer, or a larger maxAtoms.",
    );
  const [train, test] = splitByMolecule(
    taken,
    [counts.molecules / wanted, counts.testMolecules / wanted],
    stream.at("split"),
  );
  const parts = {
    train: train.map((ensemble) => firstConformers(ensemble, counts.conformersPerMolecule)),
    test: test.map((ensemble) => firstConformers(ensemble, counts.testConformers)),
  };
  return { ...parts, checksums, description: describe(name, parts, counts.maxAtoms, leftOut) };
}

async function open(
  name: MoleculeSetName,
  count: number,
  most: number,
  { maxAtoms }: MoleculeCounts,
  streams: Streams,
  leftOut: LeftOut,
  options: SourceOptions,
): Promise<{
  readonly source: AsyncIterable<Ensemble> | Iterable<Ensemble>;
  readonly checksums: Readonly<Record<string, string>>;
}> {
  switch (name) {
    case "offline":
      return { source: offlineMolecules(count, streams, { most, maxAtoms }), checksums: {} };
    case "conformer-benchmark": {
      const { file, sha256 } = CONFORMER_BENCHMARK;
      return { source: conformerBenchmark(options), checksums: { [file]: sha256 } };
    }
    case "geom-drugs": {
      const { molecules, sha256 } = await openGeomDrugs(leftOut, options);
      return { source: molecules, checksums: { [GEOM_DRUGS.file]: sha256 } };
    }
  }
}

/** The molecules that can be worked with, each with its most probable conformers. */
async function* suitable(
  ensembles: AsyncIterable<Ensemble> | Iterable<Ensemble>,
  maxAtoms: number,
  most: number,
  leftOut: LeftOut,
): AsyncGenerator<Ensemble, void, undefined> {
  const seen = new Set<string>();
  for await (const ensemble of ensembles) {
    const { molecule } = ensemble;
    const reason = seen.has(molecule.smiles)
      ? LOAD_REASONS.repeated
      : unsuitable(molecule, maxAtoms);
    if (reason) leftOut.add(reason, molecule.id ?? molecule.smiles);
    else {
      if (molecule.smiles !== "") seen.add(molecule.smiles);
      yield firstConformers(ensemble, most);
    }
  }
}

function unsuitable(molecule: Molecule, maxAtoms: number): string | undefined {
  const { atomicNumbers } = molecule;
  if (atomicNumbers.length > maxAtoms) return LOAD_REASONS.size;
  if (!atomicNumbers.every((number) => VAN_DER_WAALS_RADII[number] > 0))
    return LOAD_REASONS.element;
  if (!connected(molecule)) return LOAD_REASONS.fragments;
  try {
    symmetryOf(molecule);
  } catch (error) {
    if (error instanceof UserError) return LOAD_REASONS.symmetry;
    throw error;
  }
  return undefined;
}

function connected(molecule: Molecule): boolean {
  const lists = adjacency(molecule);
  const reached = new Set([0]);
  for (const atom of reached) for (const next of lists[atom]) reached.add(next);
  return reached.size === lists.length;
}

function firstConformers({ molecule, conformers }: Ensemble, count: number): Ensemble {
  const weight = (k: number) => conformers[k].boltzmannWeight ?? 0;
  const order = [...conformers.keys()].sort((a, b) => weight(b) - weight(a) || a - b);
  return { molecule, conformers: order.slice(0, count).map((k) => conformers[k]) };
}

function describe(
  name: MoleculeSetName,
  { train, test }: Pick<Molecules, "train" | "test">,
  maxAtoms: number,
  leftOut: LeftOut,
): string {
  const grouped = (count: number) => count.toLocaleString("en-US");
  const conformers = (part: readonly Ensemble[]) =>
    part.reduce((sum, ensemble) => sum + ensemble.conformers.length, 0);
  const out = leftOut.count();
  return (
    `${TITLES[name]} (${grouped(train.length)} / ${grouped(test.length)} molecules of at most ${maxAtoms} atoms, ` +
    `${grouped(conformers(train))} / ${grouped(conformers(test))} conformers` +
    `${out > 0 ? `; ${grouped(out)} left out` : ""})`
  );
}
