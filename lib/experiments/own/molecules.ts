import {
  chooseMolecules,
  MOST_CONFORMERS,
  type MoleculeSurvey,
  surveyMolecules,
} from "../../data/own/molecules";
import { formatCount } from "../../format";
import { withChanges } from "../changes";
import { type MoleculesConfig, moleculesConfig } from "../molecules/config";
import { molecules } from "../molecules/index";
import type { MoleculesPreset } from "../molecules/preset";
import { PRESETS_OF_MOLECULES } from "../molecules/presets";
import { conformerData, moleculesTask } from "../molecules/task";
import { MAIN } from "../preset";
import { accumulate, replace, subsample } from "../regimeSpecs";
import type { OwnKind } from "./kind";
import { ladder } from "./ladder";

/** Held-out molecules: a fifth, at most this many. */
const MOST_TEST = 20;
/** Conformers of a held-out molecule: twice as many are sampled for each to compare them with. */
const TEST_CONFORMERS = 3;
/** Held-out molecules for which that is done. */
const SAMPLED = 6;
/** Passes over the real conformers, as in `laptop`, within these numbers of steps. */
const PASSES = 35;
const STEPS = { least: 200, most: 1600 } as const;
/** Molecules from which on only the larger network is worth more of them. */
const LARGER = 100;

/** Molecules of one's own: GeoDiff as in the presets `quick` and `laptop`. */
export const ownMolecules: OwnKind<MoleculeSurvey, MoleculesConfig, MoleculesPreset> = {
  family: molecules,
  task: moleculesTask,
  version: 1,
  reads: [],
  survey: surveyMolecules,

  presets(survey) {
    const test = Math.min(MOST_TEST, Math.max(2, Math.floor(survey.items / 5)));
    const sized = (most: number, network: "quick" | "laptop") =>
      ladder(8, Math.max(8, most)).map((train) => ({
        items: Math.round(train * survey.conformers),
        preset: presetOf(survey, { train, test }, network),
      }));
    const most = survey.items - test;
    return [sized(Math.min(most, LARGER), "quick"), sized(most, "laptop")];
  },

  loadReal:
    (survey, place, reading) =>
    async ({ data }, { streams }) => {
      const counts = { train: data.trainMolecules, test: data.testMolecules };
      const { train, test } = await chooseMolecules(place, counts, streams, reading);
      return {
        ...conformerData(train, test),
        checksums: { [place.name]: survey.sha256 },
        description: `${place.name} (${formatCount(train.length)} / ${formatCount(test.length)} molecules)`,
      };
    },
};

function presetOf(
  { sha256, atoms, maxAtoms, conformers }: MoleculeSurvey,
  count: { readonly train: number; readonly test: number },
  network: "quick" | "laptop",
): MoleculesPreset {
  const { task: base } = PRESETS_OF_MOLECULES[network];
  const passes = Math.round((PASSES * count.train * conformers) / base.training.batchSize);
  const task = moleculesConfig.parse(
    withChanges(base, {
      data: {
        ...{ dataset: "own", own: { sha256, atoms }, maxAtoms },
        ...{ trainMolecules: count.train, testMolecules: count.test },
        ...{ conformersPerMolecule: MOST_CONFORMERS, testConformers: TEST_CONFORMERS },
      },
      training: { steps: Math.min(STEPS.most, Math.max(STEPS.least, passes)) },
      evaluation: { molecules: Math.min(count.test, SAMPLED) },
    }),
  );
  const [{ label, role }] = PRESETS_OF_MOLECULES[network].variants;
  const chains = [{ regimes: [replace, accumulate, subsample], iterations: 4, seeds: 3 }];
  return { task, variants: [{ name: MAIN, label, role, changes: {}, chains }] };
}
