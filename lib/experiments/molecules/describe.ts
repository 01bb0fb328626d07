import type { Provenance } from "../../figures/figure";
import type { MoleculesPreset } from "./preset";

const SETS = {
  offline: "offline molecules",
  "conformer-benchmark": "conformer benchmark",
  "geom-drugs": "GEOM-Drugs",
} as const;

const grouped = (count: number) => count.toLocaleString("en-US");
const plural = (count: number, thing: string) =>
  `${grouped(count)} ${thing}${count === 1 ? "" : "s"}`;

/** Data set, seeds and the difference from the paper. */
export function describePreset({
  task,
  variants,
}: MoleculesPreset): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const { dataset, molecules, testMolecules, conformersPerMolecule, maxAtoms } = task;
  const { model, training, schedule } = task;
  const seeds = Math.max(...variants.flatMap(({ chains }) => chains.map((c) => c.seeds)));
  const counts = `${grouped(molecules)} / ${grouped(testMolecules)} molecules`;
  const scaled =
    dataset === "geom-drugs"
      ? ""
      : `${counts} of at most ${maxAtoms} atoms with up to ${plural(conformersPerMolecule, "conformer")} each instead of 40,000 conformations of GEOM-Drugs, ` +
        `${model.width} wide with ${plural(model.interactions, "interaction")} and ${plural(model.layers, "layer")} instead of 128, 6 and 4, ` +
        `${plural(training.steps, "optimiser step")} a round in batches of ${training.batch} at a rate that falls ${training.decay.kind === "linear" ? "linearly" : "at plateaus"} from ${training.learningRate}, ` +
        `${plural(schedule.steps, "noise level")}; `;
  return {
    dataset: `${SETS[dataset]} (${counts}, up to ${plural(conformersPerMolecule, "conformer")} each)`,
    seeds: Array.from({ length: seeds }, (_, seed) => seed),
    differs: `${scaled}the paper gives of its training and sampling only 50 diffusion steps; training steps are fixed whatever the size of the pool`,
  };
}
