import { UserError } from "../../errors";
import { countOf, formatCount } from "../../format";
import type { Stream } from "../../random/stream";
import { Streams } from "../../random/streams";
import { mostProbable, reasonToSkip } from "../molecules/load";
import type { Ensemble, Molecule } from "../molecules/molecule";
import { SkipCounts } from "../molecules/skipCounts";
import { detached } from "./detached";
import type { Place } from "./files";
import { keepRanking, keptRanking, rankingKey } from "./lastRanking";
import { LowestRanks, SPLIT } from "./lowestRanks";
import { ensemblesOf, keyOf } from "./moleculeFiles";
import { FileReader, type Reading } from "./readFile";

/** Fewest molecules with which a model and a test set make sense. */
export const FEWEST_MOLECULES = 10;
/** Most molecules that are told apart, and so the most that a run can use. */
export const MOST_MOLECULES = 20_000;
/** Atoms of the largest molecule that is used: work grows with their square. */
export const MOST_ATOMS = 60;
/** Conformers of a molecule that are used. */
export const MOST_CONFORMERS = 5;
/** How a place is read for a ranking: there is one way. */
const HOW = { kind: "molecules" } as const;

export interface MoleculeSurvey {
  readonly sha256: string;
  /** Different molecules. */
  readonly items: number;
  /** Mean number of conformers of a molecule, at most {@link MOST_CONFORMERS} each. */
  readonly conformers: number;
  /** Mean and largest number of atoms. */
  readonly atoms: number;
  readonly maxAtoms: number;
  readonly said: readonly string[];
}

/**
 * Reads all molecules of a place once: SD and MOL files, and XYZ files whose comment lines are SMILES.
 * @throws UserError if there are fewer than {@link FEWEST_MOLECULES}, with the reasons
 */
export async function surveyMolecules(
  place: Place,
  _options: unknown,
  reading: Reading,
): Promise<MoleculeSurvey> {
  const skipped = new SkipCounts();
  const reader = new FileReader(place.files, reading);
  const stream = Streams.ofSeed(0).get(SPLIT);
  const ranks = new LowestRanks(MOST_MOLECULES, stream);
  let [molecules, conformers, atoms, maxAtoms] = [0, 0, 0, 0];
  for await (const ensemble of usable(place, reader, skipped)) {
    ranks.add(keyOf(ensemble.molecule), molecules++);
    const size = ensemble.molecule.atomicNumbers.length;
    conformers += ensemble.conformers.length;
    atoms += size;
    maxAtoms = Math.max(maxAtoms, size);
  }
  keepRanking(rankingKey(place, HOW, stream), ranks.items());
  const items = Math.min(molecules - ranks.repeated, MOST_MOLECULES);
  const reasons = String(skipped).split("\n").filter(Boolean);
  const leftOut = [
    ...reasons.map((line) => `${line}.`),
    ...(ranks.repeated > 0
      ? [
          `${countOf(ranks.repeated, "entry", "entries")} left out: the same molecule is earlier in the file.`,
        ]
      : []),
  ];
  if (items < FEWEST_MOLECULES)
    throw new UserError(
      `${place.path} has ${items} different molecules with conformers that can be used; at least ${FEWEST_MOLECULES} are needed. ${leftOut.join(" ")}`.trimEnd(),
    );
  return {
    ...{ sha256: reader.sha256, items, maxAtoms },
    atoms: Math.round(atoms / molecules),
    conformers: conformers / molecules,
    said: [
      `${place.name}: ${countOf(items, "molecule")} of ${Math.round(atoms / molecules)} atoms and ${(conformers / molecules).toFixed(1)} conformers on average.`,
      ...leftOut,
      ...(molecules > MOST_MOLECULES
        ? [`Of these a random ${formatCount(MOST_MOLECULES)} can be used.`]
        : []),
    ],
  };
}

/** Chooses different molecules at random and divides them; the others are not held in memory. */
export async function chooseMolecules(
  place: Place,
  counts: { readonly train: number; readonly test: number },
  streams: Streams,
  reading: Reading,
): Promise<{ readonly train: readonly Ensemble[]; readonly test: readonly Ensemble[] }> {
  const count = counts.train + counts.test;
  const stream = streams.get(SPLIT);
  const pass = () => usable(place, new FileReader(place.files, reading), new SkipCounts());
  const kept = keptRanking(rankingKey(place, HOW, stream), count);
  const order = kept ?? (await ranking(pass(), count, stream));
  const rankOf = new Map(order.map((item, rank) => [item, rank]));
  const chosen = new Array<Ensemble>(rankOf.size);
  let number = 0;
  for await (const ensemble of pass()) {
    const rank = rankOf.get(number++);
    if (rank !== undefined) chosen[rank] = { ...ensemble, molecule: named(ensemble.molecule) };
  }
  return { test: chosen.slice(0, counts.test), train: chosen.slice(counts.test) };
}

/** Molecules of the lowest ranks, lowest first. */
async function ranking(
  molecules: AsyncIterable<Ensemble>,
  count: number,
  stream: Stream,
): Promise<number[]> {
  const ranks = new LowestRanks(count, stream);
  let number = 0;
  for await (const { molecule } of molecules) ranks.add(keyOf(molecule), number++);
  return ranks.items();
}

/** The molecule with a name that does not keep the file in memory. */
function named(molecule: Molecule): Molecule {
  const { id, smiles } = molecule;
  const texts = { smiles: detached(smiles), ...(id === undefined ? {} : { id: detached(id) }) };
  return { ...molecule, ...texts };
}

/** The molecules that the model and the metrics can handle. */
async function* usable(
  place: Place,
  reader: FileReader,
  skipped: SkipCounts,
): AsyncGenerator<Ensemble, void, undefined> {
  for (const file of place.files)
    for await (const ensemble of ensemblesOf(file, reader, skipped)) {
      const { molecule } = ensemble;
      const reason = reasonToSkip(molecule, MOST_ATOMS)?.replace("maxAtoms", String(MOST_ATOMS));
      if (reason) skipped.add(reason, molecule.id ?? molecule.smiles);
      else yield mostProbable(ensemble, MOST_CONFORMERS);
    }
}
