// Symmetric best RMSD over all pairs of real conformers against RDKit, one thread each, by turns:
// against GetBestRMS of two molecules, which published evaluations call, and against
// GetAllConformerBestRMS, which matches the molecule with itself only once.
//   RDKIT=/path/to/python COLLAPSE_LAB_DATA=… node --import tsx bench/rmsd.ts [MOLECULES] [ROUNDS]
// RDKIT names a Python with rdkit and numpy (pip install rdkit==2026.9.1 numpy). Times are those of the
// processor, so that other work on the machine counts less.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { UserError } from "../lib/errors";
import {
  bestRmsd,
  type MolecularGraph,
  rmsdMatrix,
  symmetryOf,
} from "../lib/metrics/molecules/index";
import { median, Worker } from "./worker";

interface Answer {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly pairs: number;
  readonly sum: number;
}

interface Molecule extends MolecularGraph {
  readonly conformers: readonly { readonly xyz: number[] }[];
}

function rdkit(): string {
  const python = process.env.RDKIT ?? "python3";
  const { status } = spawnSync(python, ["-c", "import numpy, rdkit"], { stdio: "ignore" });
  if (status !== 0)
    throw new UserError(
      `${python} has no RDKit with NumPy to compare with: name one that has in RDKIT (pip install rdkit==2026.9.1 numpy).`,
    );
  return python;
}

function conformers(): string {
  const file = join(
    process.env.COLLAPSE_LAB_DATA ?? ".",
    "molecules",
    "conformer-benchmark.jsonl.gz",
  );
  if (!existsSync(file))
    throw new UserError(
      `There is no ${file}: set COLLAPSE_LAB_DATA to the folder of the real conformers.`,
    );
  return file;
}

function timed(work: () => readonly number[]): Answer {
  const [begin, cpu] = [performance.now(), process.cpuUsage()];
  const values = work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - begin) / 1000,
    cpuSeconds: (user + system) / 1e6,
    pairs: values.length,
    sum: values.reduce((a, b) => a + b, 0),
  };
}

async function main(): Promise<void> {
  const wanted = Number(process.argv[2] ?? 693);
  const rounds = Number(process.argv[3] ?? 5);
  const python = rdkit();
  const file = conformers();
  const molecules = gunzipSync(readFileSync(file))
    .toString()
    .trimEnd()
    .split("\n")
    .slice(0, wanted)
    .map((line): Molecule => JSON.parse(line));
  const coordinates = molecules.map((molecule) =>
    molecule.conformers.map(({ xyz }) => Float64Array.from(xyz)),
  );
  const pairs = coordinates.flatMap((all, m) =>
    all.flatMap((_, a) => all.slice(0, a).map((_, b) => [m, a, b] as const)),
  );

  // The molecule's symmetry is found once for all its conformers, and that is part of the time; a
  // whole matrix holds each pair twice, so it is only asked for what is below its diagonal.
  const onePair = () => {
    const symmetries = molecules.map((molecule) => symmetryOf(molecule));
    return pairs.map(([m, a, b]) => bestRmsd(coordinates[m][a], coordinates[m][b], symmetries[m]));
  };
  const matrices = () =>
    molecules.flatMap((molecule, m) =>
      Array.from(rmsdMatrix(coordinates[m], coordinates[m], molecule)),
    );
  const peer = new Worker<Answer>("RDKit", false, [python, join(__dirname, "peers", "rmsd.py")], {
    file,
    molecules: molecules.length,
    pairs,
  });
  const rows = {
    "ours, bestRmsd": [] as Answer[],
    "ours, rmsdMatrix": [] as Answer[],
    "RDKit, GetBestRMS": [] as Answer[],
    "RDKit, GetAllConformerBestRMS": [] as Answer[],
  };
  try {
    for (let round = -1; round < rounds; round++) {
      const answers = [
        timed(onePair),
        timed(matrices),
        await peer.ask("best"),
        await peer.ask("all"),
      ];
      if (Math.abs(answers[0].sum / answers[2].sum - 1) > 1e-4)
        throw new Error(`The sums differ: ours ${answers[0].sum}, RDKit's ${answers[2].sum}.`);
      // The first round warms up.
      if (round >= 0) for (const [k, list] of Object.values(rows).entries()) list.push(answers[k]);
    }
  } finally {
    await peer.close();
  }

  const rate = (answers: readonly Answer[]) =>
    median(answers.map(({ pairs, cpuSeconds }) => pairs / cpuSeconds));
  console.log(
    `best RMSD, ${molecules.length} molecules, ${pairs.length} pairs of real conformers; median of ${rounds} alternating rounds, load ${loadavg()[0].toFixed(1)}`,
  );
  for (const [name, answers] of Object.entries(rows))
    console.log(`${name.padEnd(30)} ${rate(answers).toFixed(0).padStart(8)} pairs/CPU-s`);
  const [one, many, best, all] = Object.values(rows).map(rate);
  console.log(`a pair at a time: ${(one / best).toFixed(1)} × GetBestRMS`);
  console.log(`all pairs of a molecule: ${(many / all).toFixed(1)} × GetAllConformerBestRMS`);
  console.log(
    JSON.stringify({
      bench: "rmsd",
      ratio: one / best,
      ratioAllConformers: many / all,
      load: loadavg()[0],
      pairsPerCpuSecond: {
        bestRmsd: one,
        rmsdMatrix: many,
        getBestRms: best,
        getAllConformer: all,
      },
    }),
  );
}

main().catch((error) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
