// The sweep of Figure 16 (d = 10, three regimes, nine conditions, 200 iterations, 100 seeds): exact
// draws against a literal NumPy simulation of the same. `node --import tsx bench/linear.ts [SEEDS]`
// SEEDS (default 2) is how many of the 100 seeds NumPy does; its time is scaled up linearly.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { conditionsOf } from "../lib/experiments/linear/conditions";
import { PRESETS_OF_LINEAR } from "../lib/experiments/linear/presets";
import { exactPaths } from "../lib/experiments/linear/simulate";
import { summarise } from "../lib/metrics/statistics";
import { oneFitError } from "../lib/theory/index";

const SEEDS = 100;
const { laptop } = PRESETS_OF_LINEAR;
const VARIANT = laptop.variants.find(({ published }) => published === "figure-16")!;
const {
  d: [d],
  T,
  sigma2,
} = VARIANT.grid;
const [{ iterations }] = VARIANT.chains;
const CONDITIONS = conditionsOf(laptop, VARIANT);

type Ratios = Record<string, number[]>;

/** Seconds of the whole sweep, and the last test errors in units of one fit. */
function ours(): { seconds: number; ratios: Ratios } {
  const ratios: Ratios = {};
  const begin = performance.now();
  for (const conditions of CONDITIONS) {
    const { regime, each } = conditions;
    ratios[regime.name] ??= [];
    for (let seed = 0; seed < SEEDS; seed++)
      exactPaths(conditions, seed).forEach((path, level) => {
        ratios[regime.name].push(path[iterations - 1] / oneFitError(each[level]));
      });
  }
  return { seconds: (performance.now() - begin) / 1000, ratios };
}

function numpy(solver: "normal" | "lstsq", seeds: number) {
  const script = join(__dirname, "peers", "linear.py");
  const config = JSON.stringify({ d, T, sigma2, iterations, seeds, solver });
  const pythons = [join(__dirname, "..", ".venv", "bin", "python"), "python3"];
  const python = pythons.find(
    (name) => spawnSync(name, ["-c", "import numpy"], { stdio: "ignore" }).status === 0,
  );
  if (!python) throw new Error("No Python with NumPy here: run `npm run setup` first.");
  const { stdout, stderr, status } = spawnSync(python, [script, config], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The NumPy peer failed:\n${stderr}`);
  return JSON.parse(stdout) as { seconds: number; ratios: Ratios };
}

/** Throws if the two simulate something different: means more than 4 s.e. apart. */
function compare(a: Ratios, b: Ratios): void {
  for (const regime of Object.keys(a)) {
    const [x, y] = [summarise(a[regime]), summarise(b[regime])];
    if (Math.abs(x.mean - y.mean) > 4 * Math.hypot(x.se ?? 0, y.se ?? 0))
      throw new Error(`${regime}: ours ${x.mean} ± ${x.se}, NumPy ${y.mean} ± ${y.se}`);
  }
}

function main(): void {
  const peerSeeds = Number(process.argv[2] ?? 2);
  const scale = SEEDS / peerSeeds;
  ours(); // warms the compiler, as one figure of a session would
  const before = [ours(), ours(), ours()];
  const normal = numpy("normal", peerSeeds);
  const lstsq = numpy("lstsq", 1);
  const after = [ours(), ours()];
  compare(before[0].ratios, normal.ratios);

  const times = [...before, ...after].map(({ seconds }) => seconds).sort((p, q) => p - q);
  const median = times[2];
  const report = (name: string, seconds: number) =>
    console.log(
      `${name.padEnd(44)} ${seconds.toFixed(2).padStart(9)} s   ratio ${(seconds / median).toFixed(0)}`,
    );
  console.log(
    `Figure 16 sweep: d = ${d}, T = ${T.join("/")}, σ² = ${sigma2.join("/")}, 3 regimes, ${iterations} iterations, ${SEEDS} seeds`,
  );
  const range = `${times[0].toFixed(2)}–${times[4].toFixed(2)}`;
  console.log(
    `exact draws, median of 5 (${range} s)`.padEnd(44),
    `${median.toFixed(2).padStart(9)} s`,
  );
  report(
    `NumPy, stack and normal equations (${peerSeeds} seeds × ${scale})`,
    normal.seconds * scale,
  );
  report(`NumPy, stack and lstsq (1 seed × ${SEEDS})`, lstsq.seconds * SEEDS);
  const ratio = (normal.seconds * scale) / median;
  console.log(
    JSON.stringify({
      bench: "linear",
      oursSeconds: Number(median.toFixed(3)),
      numpySecondsScaled: Number((normal.seconds * scale).toFixed(1)),
      peerSeeds,
      ratio: Math.round(ratio),
      wanted: 100,
    }),
  );
  if (ratio < 100) process.exitCode = 1;
}

main();
