import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import {
  angles,
  bestRmsd,
  type Coverage,
  coverage,
  type MolecularGraph,
  rmsdMatrix,
  summariseCoverage,
  symmetryOf,
  torsions,
} from "../../../lib/metrics/molecules/index";

function near(actual: number, wanted: number, tolerance: number): void {
  assert.ok(Math.abs(actual - wanted) < tolerance, `${actual} is not ${wanted}`);
}

function nearCoverage(actual: Coverage, wanted: Coverage, tolerance: number): void {
  for (const key of ["covR", "covP", "matR", "matP"] as const)
    near(actual[key], wanted[key], tolerance);
}

const fixture = (name: string) =>
  JSON.parse(readFileSync(join(__dirname, "fixtures", name), "utf8"));

interface Embedded extends MolecularGraph {
  readonly smiles: string;
  readonly conformers: number[][];
  readonly automorphisms: number;
  readonly plainRmsd: number[][];
  readonly bestRmsd: number[][];
  readonly coverage: Coverage & { threshold: number };
  readonly angle: [number[], number];
  readonly torsion: [number[], number] | null;
}

// The first two conformers are the references, the other three stand for generated ones.
for (const molecule of fixture("embedded.json") as Embedded[])
  test(`${molecule.smiles}: RMSDs, automorphisms, coverage and angles are RDKit's`, () => {
    const { conformers } = molecule;
    const [reference, generated] = [conformers.slice(0, 2), conformers.slice(2)];
    assert.equal(symmetryOf(molecule, { resonance: false }).order, molecule.automorphisms);

    // By NumPy's singular values over RDKit's automorphisms, so to rounding.
    const plain = rmsdMatrix(generated, reference, symmetryOf(molecule, { resonance: false }));
    for (const [k, wanted] of molecule.plainRmsd.flat().entries()) near(plain[k], wanted, 1e-7);

    // GetBestRMS stops its iteration early: 1e-6 Å as a rule, 1e-4 Å too much where atoms are in line.
    const matrix = rmsdMatrix(generated, reference, molecule);
    const tolerance = molecule.smiles === "CC#CC" ? 1e-4 : 1e-5;
    for (const [k, wanted] of molecule.bestRmsd.flat().entries())
      near(matrix[k], wanted, tolerance);
    // On the threshold itself rounding would decide.
    const { threshold } = molecule.coverage;
    nearCoverage(coverage(matrix, 3, 2, threshold + tolerance), molecule.coverage, tolerance);

    near(angles(conformers[0], Int32Array.from(molecule.angle[0]))[0], molecule.angle[1], 1e-6);
    if (molecule.torsion)
      near(
        torsions(conformers[0], Int32Array.from(molecule.torsion[0]))[0],
        molecule.torsion[1],
        1e-6,
      );
  });

interface Real {
  /** Line of the molecule, two of its conformers, RDKit's GetBestRMS without hydrogens. */
  readonly pairs: [number, number, number, number][];
  readonly coverages: (Coverage & { line: number; references: number; threshold: number })[];
  readonly mean: Coverage;
  readonly median: Coverage;
}

const FILE = join("molecules", "conformer-benchmark.jsonl.gz");
const path = join(process.env.COLLAPSE_LAB_DATA ?? "", FILE);
const absent = !process.env.COLLAPSE_LAB_DATA || !existsSync(path);

test("real conformers: best RMSD, COV and MAT are RDKit's", {
  skip: absent && `${FILE} is not here; set COLLAPSE_LAB_DATA to the folder that has it`,
}, () => {
  const records = gunzipSync(readFileSync(path))
    .toString()
    .trimEnd()
    .split("\n")
    .map((line): MolecularGraph & { conformers: { xyz: number[] }[] } => JSON.parse(line));
  const { pairs, coverages, mean, median }: Real = fixture("real.json");
  assert.ok(pairs.length > 1000);
  for (const [line, a, b, wanted] of pairs) {
    const { conformers } = records[line];
    near(bestRmsd(conformers[a].xyz, conformers[b].xyz, records[line]), wanted, 2e-6);
  }
  const found = coverages.map(({ line, references, threshold, ...wanted }) => {
    const all = records[line].conformers.map(({ xyz }) => xyz);
    const [reference, generated] = [all.slice(0, references), all.slice(references)];
    const matrix = rmsdMatrix(generated, reference, records[line]);
    const ours = coverage(matrix, generated.length, reference.length, threshold);
    nearCoverage(ours, wanted, 2e-6);
    return ours;
  });
  nearCoverage(summariseCoverage(found).mean, mean, 2e-6);
  nearCoverage(summariseCoverage(found).median, median, 2e-6);
});
