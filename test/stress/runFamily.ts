// Runs a tiny preset of a family in a store: a process to be killed.
// node --require ./lib/typescript.cjs test/stress/runFamily.ts FAMILY STORE here|children
import { images } from "../../lib/experiments/images";
import { language } from "../../lib/experiments/language";
import { configOf } from "../../lib/experiments/linear/index";
import { linearTask } from "../../lib/experiments/linear/task";
import { molecules } from "../../lib/experiments/molecules";
import { openSession } from "../../lib/experiments/openSession";
import { chain } from "../../lib/loop/chain";
import { childProcesses } from "../../lib/loop/childProcesses";
import { inProcess } from "../../lib/loop/inProcess";
import { accumulate, accumulateSubsample, replace } from "../../lib/pool/regimes";
import { RunStore } from "../../lib/store/runStore";

type Session = ReturnType<typeof openSession>;

const variants = (iterations: number) => [
  {
    ...{ name: "main", label: "main", role: "main", changes: {} },
    chains: [{ regimes: [{ kind: "replace" }, { kind: "accumulate" }], iterations, seeds: 1 }],
  },
];

const FAMILIES: Readonly<Record<string, (session: Session) => Promise<unknown>>> = {
  linear: (session) =>
    session.chains(
      "linear",
      [replace, accumulate, accumulateSubsample].map((regime) =>
        chain({
          ...{ task: linearTask, config: configOf({ d: 4, T: 20, sigma2: 1 }, { testItems: 5 }) },
          ...{ regime, seed: 0, iterations: 12 },
        }),
      ),
    ),
  images: (session) =>
    images.run(
      images.schema.parse({
        task: {
          data: { dataset: "strokes", trainItems: 64, testItems: 32 },
          model: { family: "vae", latent: 2, channels: [4, 8] },
          training: { epochs: 20, batchSize: 16 },
        },
        variants: variants(3),
      }),
      session,
    ),
  language: (session) =>
    language.run(
      language.schema.parse({
        task: {
          data: { dataset: "grammar", trainItems: 24, testItems: 8, vocabulary: 300 },
          model: { family: "gpt2", width: 8, layers: 1, heads: 2, hidden: 16, context: 32 },
          training: { epochs: 4, batchSize: 4, learningRate: 0.01, curve: { evaluations: 2 } },
          evaluation: { textItems: 10 },
        },
        variants: variants(2).map((variant) => ({ ...variant, role: "model" })),
      }),
      session,
    ),
  molecules: (session) =>
    molecules.run(
      molecules.schema.parse({
        task: {
          data: {
            ...{ dataset: "offline", trainMolecules: 2, testMolecules: 1, maxAtoms: 13 },
            ...{ conformersPerMolecule: 2, testConformers: 2 },
          },
          model: {
            ...{ family: "geodiff", width: 8, interactions: 1, layers: 1, cutoff: 10 },
            ...{ smooth: true, noiseSchedule: { steps: 50, betaStart: 1e-7, betaEnd: 0.02 } },
          },
          training: { steps: 80, batchSize: 3 },
          sampling: { steps: 4 },
          evaluation: { levels: 4, molecules: 1 },
        },
        variants: variants(2).map((variant) => ({ ...variant, role: "sampler" })),
      }),
      session,
    ),
};

const [family, folder, where] = process.argv.slice(2);
const controller = new AbortController();
const session = openSession({
  store: RunStore.open(folder),
  signal: controller.signal,
  executor: where === "children" ? childProcesses({ processes: 2 }) : inProcess(),
  checkpointSeconds: 0.05,
  sink: { update: () => {}, finish: () => {}, line: () => {}, close: () => {} },
});
FAMILIES[family](session).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
