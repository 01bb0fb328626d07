import { TINY_STORIES } from "../../data/text/index";
import { whereabouts } from "../../data/whereabouts";
import { languageModel } from "../../models/language/index";
import type { RunStore } from "../../store/runStore";
import { stepsOf } from "../../training/steps";
import { type Costs, FLOAT, type Reference } from "../forecast/costs";
import type { Forecast } from "../forecast/forecast";
import { forecastChains } from "../forecast/forecastChains";
import { chainsOf } from "../preset";
import { epochsAt, type LanguageConfig, modelConfig } from "./config";
import type { LanguagePreset } from "./preset";
import { languageTask } from "./task";

/** GPT-2 9M of bench/README.md: 1,350 tokens/s in training per process of one thread. */
const REFERENCE: Reference = {
  operationsPerSecond: 7e10,
  secondsPerStep: 2e-2,
  basis: "bench/README.md, 70 GFLOP/s per process",
};

/** Measured on fits of 8 to 77 stories with the network of `quick`. */
const FIXED = { fit: 1.5, sample: 1.5, evaluation: 2 } as const;

/** Stories of each set, where "all" are used, and characters of a story. */
const SETS = {
  grammar: { train: 0, test: 0, characters: 255 },
  tinystories: { train: 10_139, test: 3_117, characters: 839 },
  "tinystories-v1": { train: 2_119_719, test: 21_990, characters: 900 },
  "tinystories-v2": { train: 2_717_700, test: 27_630, characters: 810 },
} as const;

export function forecastLanguage(preset: LanguagePreset, store: RunStore): Forecast {
  const chains = chainsOf(languageTask, preset).map(({ chain }) => chain);
  const sets = new Set(chains.map(({ config }) => (config as LanguageConfig).data.dataset));
  return forecastChains(
    {
      task: languageTask.name,
      chains,
      costsOf: (config) => languageCosts(config as LanguageConfig),
      referenceOf: () => REFERENCE,
      data: [...sets].flatMap((set) =>
        set === "grammar" || set === "own"
          ? [set === "own" ? "own text: read here" : "story grammar: sampled here"]
          : [TINY_STORIES[set].train, TINY_STORIES[set].validation].map((file) =>
              whereabouts(file),
            ),
      ),
    },
    store,
  );
}

/** An item is a story. Sections that a stage does not depend on may be missing. */
export function languageCosts(config: LanguageConfig): Costs {
  const { data, model, training } = config;
  const set =
    data.dataset === "own"
      ? { train: 0, test: 0, characters: data.own?.characters ?? 0 }
      : SETS[data.dataset];
  const trainItems = data.trainItems === "all" ? set.train : data.trainItems;
  const testItems = data.testItems === "all" ? set.test : data.testItems;
  // A token is about 3 characters of a small vocabulary's and 4 of 8,000 tokens.
  const tokens = Math.min(model.context, set.characters / (1 + Math.log(data.vocabulary) / 3));
  const parameters = languageModel(modelConfig(config)).parameterCount;
  // A multiplication and an addition per parameter, and attention to all earlier tokens.
  const forward = 2 * parameters + 2 * model.layers * model.width * tokens;
  const { evaluations, items } = training.curve;
  const curveItems = items === "all" ? testItems : Math.min(items, testItems);
  return {
    trainItems,
    ...{ items: "stories", unit: "tokens", unitsPerItem: tokens },
    batchSize: training.batchSize,
    steps: (items, n) =>
      stepsOf(
        { epochs: epochsAt(config, n), batchSize: Math.min(training.batchSize, items) },
        items,
      ),
    fitOperations: 3 * forward,
    curveOperations: (n) => epochsAt(config, n) * evaluations * curveItems * tokens * forward,
    sampleOperations: forward,
    evaluationOperations: testItems * tokens * forward,
    fixedSeconds: FIXED,
    modelBytes: FLOAT * parameters,
    itemBytes: 2 * tokens + 8,
  };
}
