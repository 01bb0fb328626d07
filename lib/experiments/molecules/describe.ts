import { MOLECULE_SET_TITLES } from "../../data/molecules/index";
import type { Provenance } from "../../figures/figure";
import { countOf, formatCount } from "../../format";
import type { Schedule } from "../../training/schedule";
import { seedsOf } from "../preset";
import type { MoleculesConfig } from "./config";
import { paper } from "./paperPreset";
import { growingVariantsOf, type MoleculesPreset } from "./preset";

/** Data set, seeds and the difference from the paper. */
export function describePreset(
  preset: MoleculesPreset,
): Pick<Provenance, "dataset" | "seeds" | "differs"> {
  const { data } = preset.task;
  const each = `up to ${countOf(data.conformersPerMolecule, "conformer")} each`;
  return {
    dataset: `${data.dataset === "own" ? "own molecules" : MOLECULE_SET_TITLES[data.dataset]} (${molecules(data)}, ${each})`,
    seeds: seedsOf(preset),
    differs: [
      ...differencesFrom(paper.task, preset.task),
      "the paper states only the 50 diffusion steps of its training and sampling",
      ...(preset.task.training.epochs === undefined ? [fixedSteps(preset)] : []),
    ].join("; "),
  };
}

function fixedSteps(preset: MoleculesPreset): string {
  const growing = growingVariantsOf(preset).map(({ label }) => label);
  const except = growing.length > 0 ? `, except in the variant "${growing.join(", ")}"` : "";
  return `the number of training steps does not grow with the pool${except}`;
}

const molecules = ({ trainMolecules, testMolecules }: MoleculesConfig["data"]): string =>
  `${formatCount(trainMolecules)} / ${formatCount(testMolecules)} molecules`;

const lengthOf = ({ steps, epochs }: MoleculesConfig["training"]): string =>
  epochs === undefined ? countOf(steps, "optimiser step") : countOf(epochs, "pass", "passes");

/** What the learning rate does with its first value. */
const COURSES: Record<Schedule["kind"], string> = {
  constant: "stays at",
  linear: "falls linearly from",
  exponential: "falls exponentially from",
  plateau: "falls at plateaus from",
};

/** What a task has in place of the paper's data, network, training and noise levels. */
function differencesFrom(published: MoleculesConfig, task: MoleculesConfig): string[] {
  const { data, model, training } = task;
  const theirs = published.model;
  const same = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b);
  const falls = COURSES[training.schedule.kind];
  const parts: [boolean, string][] = [
    [
      !same(data, published.data),
      `${molecules(data)} of at most ${data.maxAtoms} atoms with up to ${countOf(data.conformersPerMolecule, "conformer")} each instead of 40,000 conformations of GEOM-Drugs`,
    ],
    [
      !same({ ...model, noiseSchedule: 0 }, { ...theirs, noiseSchedule: 0 }),
      `a network ${model.width} wide with ${countOf(model.interactions, "interaction")} and ${countOf(model.layers, "layer")} instead of ${theirs.width}, ${theirs.interactions} and ${theirs.layers}`,
    ],
    [
      !same(training, published.training),
      `${lengthOf(training)} per model in batches of ${training.batchSize} at a learning rate that ${falls} ${training.learningRate}`,
    ],
    [
      !same(model.noiseSchedule, theirs.noiseSchedule),
      `${countOf(model.noiseSchedule.steps, "noise level")} instead of ${formatCount(theirs.noiseSchedule.steps)}`,
    ],
  ];
  return parts.filter(([differs]) => differs).map(([, text]) => text);
}
